// Entries of users' metadata that end: migration 16.

extension Migration {
    /// An entry without an end lasts.
    ///
    /// An expired entry goes with the next change of the same user's entries.
    static let statuses: StaticString = """
        ALTER TABLE user_metadata ADD COLUMN expires INTEGER;

        PRAGMA user_version = 16;
        """
}
