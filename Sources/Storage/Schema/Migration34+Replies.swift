// Replies to requests with a key of the client's: migration 34.

extension Migration {
    /// - `application` is 0 for calls on the tenants; it refers to no table, as in `audit`.
    /// - The index finds what is too old, whichever application it is of.
    static let migration34Replies: StaticString = """
        CREATE TABLE replies (
            application INTEGER NOT NULL,
            owner TEXT NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            created INTEGER NOT NULL,
            status INTEGER NOT NULL,
            content_type TEXT,
            body BLOB,
            PRIMARY KEY (application, owner, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX replies_by_age ON replies (created);

        PRAGMA user_version = 34;
        """
}
