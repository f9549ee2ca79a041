// The tables of threads and of reactions: migration 36.

extension Migration {
    /// - A member of a thread is a member of its group: leaving the group, or its end, ends the membership by cascade.
    /// - A thread's conversation is a group conversation by its kind, so that everything that reads and delivers a group's messages
    ///   does so here, too. It outlives the thread, as a group's does, and positions follow the membership by trigger.
    /// - The owner is a name, as senders are: a thread stays when the user who made it is deleted.
    /// - A reaction goes with its message, and by trigger with the last user who takes it back; its number of users is kept by
    ///   triggers, too, since a user's rows also go by cascade.
    static let migration36Threads: StaticString = """
        ALTER TABLE applications ADD COLUMN thread_count INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE threads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            message INTEGER NOT NULL,
            name TEXT NOT NULL,
            owner TEXT NOT NULL,
            created INTEGER NOT NULL,
            member_count INTEGER NOT NULL DEFAULT 0,
            -- What members refer to.
            UNIQUE (application, group_id, id),
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
        ) STRICT;
        CREATE UNIQUE INDEX threads_by_message ON threads (application, message);
        -- Pages of threads.
        CREATE INDEX threads_by_application ON threads (application, id);

        CREATE TABLE thread_members (
            application INTEGER NOT NULL,
            thread INTEGER NOT NULL,
            user INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            place INTEGER NOT NULL,
            PRIMARY KEY (application, thread, user),
            FOREIGN KEY (application, group_id, thread) REFERENCES threads (application, group_id, id) ON DELETE CASCADE,
            FOREIGN KEY (application, group_id, user)
                REFERENCES group_members (application, group_id, user) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- Pages of members.
        CREATE UNIQUE INDEX thread_members_by_place ON thread_members (application, thread, place);
        -- A user's threads, and those of one group; for the cascade, too.
        CREATE INDEX thread_members_by_user ON thread_members (application, user, thread);
        CREATE INDEX thread_members_by_membership ON thread_members (application, group_id, user, thread);
        -- For the cascade only.
        CREATE INDEX thread_members_by_thread ON thread_members (application, group_id, thread);

        CREATE TRIGGER threads_inserted AFTER INSERT ON threads BEGIN
            UPDATE applications SET thread_count = thread_count + 1 WHERE id = NEW.application;
            INSERT INTO conversations (application, kind, key, name)
            VALUES (NEW.application, 1, CAST(NEW.id AS TEXT), CAST(NEW.id AS TEXT))
            ON CONFLICT (application, kind, key) DO NOTHING;
        END;
        CREATE TRIGGER threads_deleted AFTER DELETE ON threads BEGIN
            UPDATE applications SET thread_count = thread_count - 1 WHERE id = OLD.application;
        END;
        CREATE TRIGGER thread_members_inserted AFTER INSERT ON thread_members BEGIN
            UPDATE threads SET member_count = member_count + 1 WHERE id = NEW.thread;
            INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
                own_after_delivered, hidden_through)
            SELECT NEW.application, NEW.user, id, last_message, last_message, last_sequence, 0, 0 FROM conversations
            WHERE application = NEW.application AND kind = 1 AND key = CAST(NEW.thread AS TEXT)
            ON CONFLICT (application, user, conversation) DO NOTHING;
        END;
        CREATE TRIGGER thread_members_deleted AFTER DELETE ON thread_members BEGIN
            UPDATE threads SET member_count = member_count - 1 WHERE id = OLD.thread;
            DELETE FROM positions
            WHERE application = OLD.application AND user = OLD.user AND conversation =
                (SELECT id FROM conversations
                WHERE application = OLD.application AND kind = 1 AND key = CAST(OLD.thread AS TEXT));
        END;

        CREATE TABLE reactions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL,
            message INTEGER NOT NULL,
            sign TEXT NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            user_count INTEGER NOT NULL DEFAULT 0,
            UNIQUE (application, message, sign),
            -- What users refer to.
            UNIQUE (application, id),
            FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
        ) STRICT;

        CREATE TABLE reaction_users (
            application INTEGER NOT NULL,
            reaction INTEGER NOT NULL,
            user INTEGER NOT NULL,
            place INTEGER NOT NULL,
            PRIMARY KEY (application, reaction, user),
            FOREIGN KEY (application, reaction) REFERENCES reactions (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- Pages of users.
        CREATE UNIQUE INDEX reaction_users_by_place ON reaction_users (application, reaction, place);
        -- For the cascade only.
        CREATE INDEX reaction_users_by_user ON reaction_users (application, user);

        CREATE TRIGGER reaction_users_inserted AFTER INSERT ON reaction_users BEGIN
            UPDATE reactions SET user_count = user_count + 1 WHERE id = NEW.reaction;
        END;
        CREATE TRIGGER reaction_users_deleted AFTER DELETE ON reaction_users BEGIN
            UPDATE reactions SET user_count = user_count - 1 WHERE id = OLD.reaction;
            DELETE FROM reactions WHERE id = OLD.reaction AND user_count = 0;
        END;

        PRAGMA user_version = 36;
        """
}
