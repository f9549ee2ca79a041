// Uncounted messages, clients' names of messages, and operations of messages that aren't stored: migration 14.

extension Migration {
    /// - The index has the few messages of a queue that don't count: recalled ones (1) and those sent so (8).
    /// - A client's name is its sender's in one conversation, so that a message sent again is found by its key.
    /// - An operation may have sent a message of which nothing was kept, so it doesn't refer to one any more.
    static let migration14Retention: StaticString = """
        CREATE INDEX messages_uncounted ON messages (conversation, id) WHERE flags & 9 <> 0;

        CREATE TABLE message_names (
            application INTEGER NOT NULL,
            name TEXT NOT NULL,
            sender TEXT NOT NULL,
            conversation INTEGER NOT NULL,
            message INTEGER NOT NULL,
            PRIMARY KEY (application, name, sender, conversation),
            FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX message_names_by_message ON message_names (application, message);

        ALTER TABLE message_operations RENAME TO earlier_message_operations;
        DROP INDEX message_operations_by_message;
        CREATE TABLE message_operations (
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            operation TEXT NOT NULL,
            message INTEGER NOT NULL,
            PRIMARY KEY (application, operation)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO message_operations SELECT application, operation, message FROM earlier_message_operations;
        DROP TABLE earlier_message_operations;
        -- What is forgotten.
        CREATE INDEX message_operations_by_message ON message_operations (application, message);

        PRAGMA user_version = 14;
        """
}
