// The audit: migration 33.

extension Migration {
    /// - `application` is 0 for what was done to the server as a whole; it refers to no table, since the last row about an
    ///   application may be that of its removal.
    /// - One tree and no index: a row is added at its application's right edge, which is where the newest are read.
    static let migration33Audit: StaticString = """
        CREATE TABLE audit (
            application INTEGER NOT NULL,
            id INTEGER NOT NULL,
            time INTEGER NOT NULL,
            caller TEXT NOT NULL,
            name TEXT NOT NULL,
            address TEXT NOT NULL,
            request TEXT NOT NULL,
            route TEXT NOT NULL,
            target TEXT NOT NULL,
            outcome INTEGER NOT NULL CHECK (outcome IN (0, 1)),
            reason TEXT,
            count INTEGER,
            PRIMARY KEY (application, id)
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 33;
        """
}
