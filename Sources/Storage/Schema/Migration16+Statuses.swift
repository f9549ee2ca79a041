// Entries of users' metadata that end: migration 16.

extension Migration {
    /// An entry without an end lasts.
    ///
    /// An entry whose time is over is deleted with the next change of the same user's entries.
    static let migration16Statuses: StaticString = """
        ALTER TABLE user_metadata ADD COLUMN expires INTEGER;

        PRAGMA user_version = 16;
        """
}
