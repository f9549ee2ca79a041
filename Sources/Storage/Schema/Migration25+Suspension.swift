// Whether an application is suspended, and how long its tokens live: migration 25.

extension Migration {
    /// - Without a life of its own, an application's tokens live as long as before.
    static let migration25Suspension: StaticString = """
        ALTER TABLE applications ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1));
        ALTER TABLE applications ADD COLUMN token_seconds INTEGER NOT NULL DEFAULT 0;

        PRAGMA user_version = 25;
        """
}
