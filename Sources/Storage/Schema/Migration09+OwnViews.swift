// Names of groups, members' profiles in them, and users' options for conversations: migration 9.

extension Migration {
    /// Aliases and pictures of groups, members' profiles, removed messages, named operations, message options.
    ///
    /// - An alias is unique in its application; most groups have none, and none is in the index.
    /// - A removal is a row a message and user: messages are stored once, whoever sees them.
    /// - Operations are forgotten by the age of their message, which is in its id.
    static let migration09OwnViews: StaticString = """
        ALTER TABLE groups ADD COLUMN alias TEXT;
        ALTER TABLE groups ADD COLUMN icon TEXT NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX groups_by_alias ON groups (application, alias) WHERE alias IS NOT NULL;

        ALTER TABLE group_members ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
        ALTER TABLE group_members ADD COLUMN icon TEXT NOT NULL DEFAULT '';
        ALTER TABLE group_members ADD COLUMN extra TEXT NOT NULL DEFAULT '';

        CREATE TABLE message_removals (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            message INTEGER NOT NULL,
            PRIMARY KEY (application, user, message),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX message_removals_by_message ON message_removals (application, message);

        CREATE TABLE message_operations (
            application INTEGER NOT NULL,
            operation TEXT NOT NULL,
            message INTEGER NOT NULL,
            PRIMARY KEY (application, operation),
            FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- What is forgotten, and for the cascade.
        CREATE INDEX message_operations_by_message ON message_operations (application, message);

        CREATE TABLE message_options (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            option INTEGER NOT NULL CHECK (option IN (0, 1, 2)),
            PRIMARY KEY (application, user, kind, key),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 9;
        """
}
