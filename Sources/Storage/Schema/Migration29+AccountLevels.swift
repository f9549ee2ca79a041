// Accounts that notify: migration 29.

extension Migration {
    /// The purpose of an account; the few that notify, or are robots, have an index.
    static let migration29AccountLevels: StaticString = """
        ALTER TABLE users ADD COLUMN account_level INTEGER NOT NULL DEFAULT 1 CHECK (account_level IN (1, 3, 4));
        CREATE INDEX users_by_level ON users (application, id) WHERE account_level > 1;

        PRAGMA user_version = 29;
        """
}
