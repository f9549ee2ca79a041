// When messages were sent, apart from their ids: migration 23.

extension Migration {
    /// - Older messages have the time of their id: no other was stored.
    /// - The index has the few messages whose ids run ahead of their time, because the clock had been ahead before: all others
    ///   are found by id, as it is never behind. 1577836800000 is the moment at which ids begin.
    static let migration23Times: StaticString = """
        ALTER TABLE messages ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
        UPDATE messages SET sent = (id >> 12) + 1577836800000;
        CREATE INDEX messages_ahead ON messages (application, sent) WHERE id >> 12 > sent - 1577836800000;

        ALTER TABLE conversations ADD COLUMN last_sent INTEGER;
        UPDATE conversations SET last_sent = (last_message >> 12) + 1577836800000 WHERE last_message > 0;

        ALTER TABLE message_recalls ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
        UPDATE message_recalls SET made = (id >> 12) + 1577836800000;

        ALTER TABLE message_operations ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;
        UPDATE message_operations SET noted = (message >> 12) + 1577836800000;
        DROP INDEX message_operations_by_message;
        -- What is forgotten.
        CREATE INDEX message_operations_by_time ON message_operations (application, noted);

        PRAGMA user_version = 23;
        """
}
