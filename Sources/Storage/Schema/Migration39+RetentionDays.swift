// How long an application keeps things, and the indexes that find what is too old: migration 39.

extension Migration {
    /// Messages are found by their ids, which are never below the first of their moment; files and notices need an index.
    static let migration39RetentionDays: StaticString = """
        ALTER TABLE applications ADD COLUMN message_days INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE applications ADD COLUMN file_days INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE applications ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX files_by_time ON files (application, created);
        CREATE INDEX notices_by_time ON notices (application, id);

        PRAGMA user_version = 39;
        """
}
