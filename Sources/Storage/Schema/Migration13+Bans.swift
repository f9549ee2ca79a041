// Blocks of groups that end: migration 13.

extension Migration {
    /// A block without an end lasts.
    ///
    /// Whose time is over is as good as gone, and goes with the next block of its group.
    static let migration13Bans: StaticString = """
        ALTER TABLE group_blocks ADD COLUMN expires INTEGER;
        CREATE INDEX group_blocks_by_expiry ON group_blocks (application, group_id, expires)
            WHERE expires IS NOT NULL;

        PRAGMA user_version = 13;
        """
}
