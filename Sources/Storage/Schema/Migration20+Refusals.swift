// Refusals of users: migration 20.

extension Migration {
    /// A stretch is of one conversation, or of all (0), and open (NULL) while its user refuses what comes.
    ///
    /// - Few users have one; a message of a conversation that nobody refuses costs one look-up in the second index.
    /// - The other index has the few messages that nobody can refuse (16).
    /// - Refusals set before begin now, behind the newest message.
    static let migration20Refusals: StaticString = """
        CREATE TABLE refused_stretches (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            conversation INTEGER NOT NULL,
            after_message INTEGER NOT NULL,
            through_message INTEGER,
            PRIMARY KEY (application, user, conversation, after_message),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX refused_stretches_by_conversation ON refused_stretches (application, conversation);
        CREATE INDEX messages_unrefusable ON messages (conversation, id) WHERE flags & 16 <> 0;

        INSERT INTO conversations (application, kind, key, name)
            SELECT application, kind, key, name FROM message_options WHERE option = 1
            ON CONFLICT (application, kind, key) DO NOTHING;
        INSERT INTO refused_stretches (application, user, conversation, after_message)
            SELECT message_options.application, message_options.user, conversations.id,
                coalesce((SELECT max(id) FROM messages WHERE application = message_options.application), 0)
            FROM message_options JOIN conversations ON conversations.application = message_options.application
                AND conversations.kind = message_options.kind AND conversations.key = message_options.key
            WHERE message_options.option = 1;
        INSERT INTO refused_stretches (application, user, conversation, after_message)
            SELECT application, id, 0,
                coalesce((SELECT max(id) FROM messages WHERE application = users.application), 0)
            FROM users WHERE message_option = 1;

        PRAGMA user_version = 20;
        """
}
