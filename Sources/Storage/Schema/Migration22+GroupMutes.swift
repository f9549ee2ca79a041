// Mutes of whole groups that end: migration 22.

extension Migration {
    /// A group has the end of its mute in place of whether it is muted.
    ///
    /// Groups muted before are muted for ever: the number is that of `Mutes.forever`.
    static let migration22GroupMutes: StaticString = """
        ALTER TABLE groups ADD COLUMN mute_expires INTEGER;
        UPDATE groups SET mute_expires = 4638873600000 WHERE muted = 1;
        ALTER TABLE groups DROP COLUMN muted;

        PRAGMA user_version = 22;
        """
}
