// Messages for some members only: migration 18.

extension Migration {
    /// Whether a recipient was to wait for a message is kept beside whether any of its devices has it: another device
    /// may still lack it.
    ///
    /// Messages archived before can't be distinguished from delivered ones any more, and count as delivered.
    static let migration18Directed: StaticString = """
        ALTER TABLE message_recipients
            ADD COLUMN is_queued INTEGER NOT NULL DEFAULT 1 CHECK (is_queued IN (0, 1));

        PRAGMA user_version = 18;
        """
}
