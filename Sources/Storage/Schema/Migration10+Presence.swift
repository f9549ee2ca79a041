// The tables of presence and of push preferences: migration 10.

extension Migration {
    /// Users' published presence, their subscriptions, and their push preferences.
    ///
    /// In `push_preferences` an absent end counts as 0 in the key, since NULLs are all different from each other.
    static let migration10Presence: StaticString = """
        CREATE TABLE device_presences (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            resource TEXT NOT NULL,
            status TEXT NOT NULL,
            note TEXT NOT NULL,
            published INTEGER NOT NULL,
            PRIMARY KEY (application, user, resource),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE presence_subscriptions (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            followed INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            PRIMARY KEY (application, user, followed),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, followed) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- Who follows a user; for the cascade, too.
        CREATE INDEX presence_subscriptions_by_followed ON presence_subscriptions (application, followed);

        CREATE TABLE push_preferences (
            id INTEGER PRIMARY KEY,
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            peer INTEGER,
            group_id INTEGER CHECK ((group_id IS NULL) = (peer IS NOT NULL)),
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
            quiet_start INTEGER CHECK (quiet_start BETWEEN 0 AND 1439),
            quiet_end INTEGER CHECK (quiet_end BETWEEN 0 AND 1439),
            quiet_until INTEGER,
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, peer) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
        ) STRICT;
        CREATE UNIQUE INDEX push_preferences_by_subject
            ON push_preferences (application, user, ifnull(peer, 0), ifnull(group_id, 0));
        -- For the cascades only.
        CREATE INDEX push_preferences_by_peer ON push_preferences (application, peer) WHERE peer IS NOT NULL;
        CREATE INDEX push_preferences_by_group ON push_preferences (application, group_id) WHERE group_id IS NOT NULL;

        CREATE TABLE push_languages (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            language TEXT NOT NULL,
            PRIMARY KEY (application, user),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE push_templates (
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            title TEXT NOT NULL,
            content TEXT NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (application, name)
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 10;
        """
}
