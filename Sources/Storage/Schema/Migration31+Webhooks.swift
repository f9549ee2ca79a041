// The tables of webhooks, and how far users have read: migration 31.

extension Migration {
    /// - An event is one row, however many endpoints it is for; a delivery is a row of its own, which is small until it was
    ///   tried.
    /// - Deliveries don't refer to their endpoint or event: either may be gone before them, and they go in slices.
    /// - The place up to which a user has read a conversation stands beside the one up to which it was delivered to; until now
    ///   they were one.
    /// - The one index of deliveries serves the queue of an endpoint (state 0), its lists and the removal of an application;
    ///   the partial one has the few that wait for another attempt.
    static let migration31Webhooks: StaticString = """
        CREATE TABLE webhooks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            url TEXT NOT NULL,
            events TEXT NOT NULL,
            format TEXT NOT NULL,
            active INTEGER NOT NULL CHECK (active IN (0, 1)),
            timeout_ms INTEGER NOT NULL,
            inquiry TEXT,
            failure_policy TEXT NOT NULL,
            messages INTEGER,
            secret BLOB NOT NULL,
            previous_secret BLOB,
            previous_until INTEGER,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            failing_since INTEGER,
            disabled_reason TEXT,
            rule BLOB
        ) STRICT;
        CREATE INDEX webhooks_by_application ON webhooks (application, id);

        CREATE TABLE webhook_events (
            id INTEGER PRIMARY KEY,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            lane INTEGER NOT NULL,
            created INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX webhook_events_by_application ON webhook_events (application, id);

        CREATE TABLE webhook_deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            webhook INTEGER NOT NULL,
            event INTEGER NOT NULL,
            name TEXT NOT NULL,
            lane INTEGER NOT NULL,
            created INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
            attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER,
            attempted INTEGER,
            status INTEGER,
            error TEXT,
            duration_ms INTEGER,
            request_fields TEXT,
            request_body TEXT,
            response_fields TEXT,
            response_body TEXT
        ) STRICT;
        CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (application, webhook, state, id);
        CREATE INDEX webhook_deliveries_due ON webhook_deliveries (application, webhook, due) WHERE state = 1;

        CREATE TABLE webhook_chores (
            id INTEGER PRIMARY KEY,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            webhook INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            first_event INTEGER NOT NULL,
            row_end INTEGER NOT NULL,
            after_time INTEGER NOT NULL,
            before_time INTEGER NOT NULL,
            selectors TEXT NOT NULL
        ) STRICT;
        CREATE INDEX webhook_chores_by_application ON webhook_chores (application, id);

        CREATE TABLE announced_online (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            PRIMARY KEY (application, user),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE positions ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE positions ADD COLUMN read_sequence INTEGER NOT NULL DEFAULT 0;
        UPDATE positions SET read = delivered, read_sequence = delivered_sequence;
        DROP TRIGGER group_members_take_position;
        CREATE TRIGGER group_members_take_position AFTER INSERT ON group_members BEGIN
            INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
                own_after_delivered, hidden_through, read, read_sequence)
            SELECT NEW.application, NEW.user, id, last_message, last_message, last_sequence, 0, 0, last_message,
                last_sequence
            FROM conversations
            WHERE application = NEW.application AND kind = NEW.kind + 1 AND key = CAST(NEW.group_id AS TEXT)
            ON CONFLICT (application, user, conversation) DO NOTHING;
        END;

        PRAGMA user_version = 31;
        """
}
