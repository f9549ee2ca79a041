// The table of e-mail addresses: migration 8.

extension Migration {
    /// One address a user at most, and one user an address.
    static let migration08Emails: StaticString = """
        CREATE TABLE emails (
            application INTEGER NOT NULL,
            key TEXT NOT NULL,
            address TEXT NOT NULL,
            user INTEGER NOT NULL,
            PRIMARY KEY (application, key),
            UNIQUE (application, user),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 8;
        """
}
