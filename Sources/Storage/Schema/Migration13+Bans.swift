// Blocks of groups that end: migration 13.

extension Migration {
    /// A block without an end lasts.
    ///
    /// A block whose time is over counts as gone, and is deleted with the next block of its group.
    static let migration13Bans: StaticString = """
        ALTER TABLE group_blocks ADD COLUMN expires INTEGER;
        CREATE INDEX group_blocks_by_expiry ON group_blocks (application, group_id, expires)
            WHERE expires IS NOT NULL;

        PRAGMA user_version = 13;
        """
}
