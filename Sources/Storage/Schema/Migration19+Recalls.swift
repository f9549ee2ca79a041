// The table of recalls, and files that go by themselves: migration 19.

extension Migration {
    /// - A recall goes with its message. Those of before have their message's place, at which they were told.
    /// - Ids of notices and recalls come from the same sequence as those of messages, so the largest has to be found.
    /// - Few files have an end; the index has only those.
    static let migration19Recalls: StaticString = """
        CREATE TABLE message_recalls (
            application INTEGER NOT NULL,
            id INTEGER NOT NULL,
            message INTEGER NOT NULL,
            conversation INTEGER NOT NULL,
            PRIMARY KEY (application, id),
            FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- What a member has missed.
        CREATE INDEX message_recalls_by_conversation ON message_recalls (conversation, id);
        -- For the cascade only.
        CREATE INDEX message_recalls_by_message ON message_recalls (application, message);
        INSERT INTO message_recalls (application, id, message, conversation)
            SELECT application, id, id, conversation FROM messages WHERE flags & 9 <> 0 AND flags & 1 = 1;

        CREATE INDEX notices_by_id ON notices (id);

        ALTER TABLE files ADD COLUMN expires INTEGER;
        CREATE INDEX files_by_end ON files (application, expires) WHERE expires IS NOT NULL;

        PRAGMA user_version = 19;
        """
}
