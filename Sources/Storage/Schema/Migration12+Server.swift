// The table of facts about the server as a whole: migration 12.

extension Migration {
    /// One row, which is always there.
    static let migration12Server: StaticString = """
        CREATE TABLE server (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            maintenance INTEGER NOT NULL CHECK (maintenance IN (0, 1))
        ) STRICT;
        INSERT INTO server (id, maintenance) VALUES (1, 0);

        PRAGMA user_version = 12;
        """
}
