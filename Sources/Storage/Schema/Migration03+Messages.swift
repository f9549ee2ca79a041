// The tables of messages, conversations and positions, and the index of texts: migration 3.

extension Migration {
    /// Messages once each, positions once a participant, and what an application sets for them.
    ///
    /// - A message's id is its time, and the key of its table: what is new is written at the end of the
    ///   file's one b-tree, and history of a whole application is a walk along it.
    /// - `sequence` counts a conversation's queue. It is NULL where a message waits for nobody.
    /// - Senders are names, not references: a user that is deleted leaves its messages behind.
    /// - A group's conversation outlives it, as history. Positions follow the membership by trigger, since
    ///   memberships also end by cascade, which passes through no statement of ours.
    /// - The index holds each text's groups of three characters, without places in it (`detail=none`) and
    ///   without the text (`content=''`): the smallest and quickest form that still can be taken back, by a
    ///   'delete' with the text that was indexed. No trigger does that: with an untrusted schema, triggers
    ///   may not touch virtual tables; whoever deletes or changes a message takes its text out first. Its
    ///   `scope` is the conversation as one such group of characters for private use, which finds a word in
    ///   one conversation without looking at the others.
    static let migration03Messages: StaticString = """
        ALTER TABLE applications ADD COLUMN maximum_message_bytes INTEGER NOT NULL DEFAULT 5120;
        ALTER TABLE applications ADD COLUMN maximum_text_bytes INTEGER NOT NULL DEFAULT 4096;
        ALTER TABLE applications ADD COLUMN recall_seconds INTEGER NOT NULL DEFAULT 120;

        CREATE TABLE conversations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            last_sequence INTEGER NOT NULL DEFAULT 0,
            last_message INTEGER NOT NULL DEFAULT 0,
            UNIQUE (application, kind, key)
        ) STRICT;

        CREATE TABLE messages (
            application INTEGER NOT NULL,
            id INTEGER NOT NULL,
            conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            sequence INTEGER,
            sender TEXT NOT NULL,
            kind INTEGER NOT NULL,
            -- 1 recalled, 2 returns to its sender, 4 for some members only.
            flags INTEGER NOT NULL,
            edits INTEGER NOT NULL,
            text TEXT,
            body BLOB,
            ext BLOB,
            PRIMARY KEY (application, id)
        ) STRICT, WITHOUT ROWID;
        -- History and queue of one conversation.
        CREATE INDEX messages_by_conversation ON messages (conversation, id);

        CREATE TABLE positions (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            visible_after INTEGER NOT NULL,
            delivered INTEGER NOT NULL,
            delivered_sequence INTEGER NOT NULL,
            own_after_delivered INTEGER NOT NULL,
            hidden_through INTEGER NOT NULL,
            PRIMARY KEY (application, user, conversation),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX positions_by_conversation ON positions (conversation);

        -- The few messages that are for some members of their group only.
        CREATE TABLE message_recipients (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            message INTEGER NOT NULL,
            delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
            PRIMARY KEY (application, user, message),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- Those that wait.
        CREATE INDEX message_recipients_waiting ON message_recipients (application, user, message)
            WHERE delivered = 0;
        -- For the cascade only.
        CREATE INDEX message_recipients_by_message ON message_recipients (application, message);

        CREATE TRIGGER groups_begin_conversation AFTER INSERT ON groups BEGIN
            INSERT INTO conversations (application, kind, key, name)
            VALUES (NEW.application, NEW.kind + 1, CAST(NEW.id AS TEXT), CAST(NEW.id AS TEXT))
            ON CONFLICT (application, kind, key) DO NOTHING;
        END;
        CREATE TRIGGER group_members_take_position AFTER INSERT ON group_members BEGIN
            INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
                own_after_delivered, hidden_through)
            SELECT NEW.application, NEW.user, id, last_message, last_message, last_sequence, 0, 0 FROM conversations
            WHERE application = NEW.application AND kind = NEW.kind + 1 AND key = CAST(NEW.group_id AS TEXT)
            ON CONFLICT (application, user, conversation) DO NOTHING;
        END;
        CREATE TRIGGER group_members_leave_position AFTER DELETE ON group_members BEGIN
            DELETE FROM positions
            WHERE application = OLD.application AND user = OLD.user AND conversation =
                (SELECT id FROM conversations
                WHERE application = OLD.application AND kind = OLD.kind + 1 AND key = CAST(OLD.group_id AS TEXT));
        END;

        -- Groups of before.
        INSERT INTO conversations (application, kind, key, name)
            SELECT application, kind + 1, CAST(id AS TEXT), CAST(id AS TEXT) FROM groups;
        INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
                own_after_delivered, hidden_through)
            SELECT group_members.application, group_members.user, conversations.id, 0, 0, 0, 0, 0
            FROM group_members JOIN conversations ON conversations.application = group_members.application
                AND conversations.kind = group_members.kind + 1
                AND conversations.key = CAST(group_members.group_id AS TEXT);

        CREATE VIRTUAL TABLE message_index USING fts5 (
            scope, text, content = '', columnsize = 0, detail = none, tokenize = 'trigram'
        );
        -- Fewer, larger merges than the default of 4: a fifth less work for each message (measured).
        INSERT INTO message_index (message_index, rank) VALUES ('automerge', 16);

        PRAGMA user_version = 3;
        """
}
