// The tables, as the migrations that make them. Append only: a migration that has shipped is never edited.

/// One numbered step of the schema.
struct Migration: Sendable {
    /// The value of `user_version` after it.
    let number: Int
    /// Its statements; the last one sets `user_version`.
    let sql: StaticString

    /// All steps in order, from 1.
    static let all = [
        Migration(number: 1, sql: tenantsAndUsers),
        Migration(number: 2, sql: groups),
        Migration(number: 3, sql: messages),
        Migration(number: 4, sql: files),
        Migration(number: 5, sql: profiles),
        Migration(number: 6, sql: proposals),
        Migration(number: 7, sql: removal),
        Migration(number: 8, sql: emails),
        Migration(number: 9, sql: ownViews),
        Migration(number: 10, sql: presence),
        Migration(number: 11, sql: roles),
        Migration(number: 12, sql: server),
        Migration(number: 13, sql: bans),
        Migration(number: 14, sql: retention),
        Migration(number: 15, sql: verification),
        Migration(number: 16, sql: statuses),
        Migration(number: 17, sql: notices),
        Migration(number: 18, sql: directed),
        Migration(number: 19, sql: recalls),
        Migration(number: 20, sql: receipts),
        Migration(number: 21, sql: names),
        Migration(number: 22, sql: groupMutes),
        Migration(number: 23, sql: times),
        Migration(number: 24, sql: relationCounts),
        Migration(number: 25, sql: suspension),
        Migration(number: 26, sql: clients),
        Migration(number: 27, sql: managers),
        Migration(number: 28, sql: contactMarks),
        Migration(number: 29, sql: accountLevels),
        Migration(number: 30, sql: renamings),
        Migration(number: 31, sql: webhooks),
    ]

    /// Tenants, users and the relations between users.
    ///
    /// - STRICT: a column holds what it says, in every row.
    /// - AUTOINCREMENT: keys are in tokens and cursors, so the key of a deleted row is never given out again.
    /// - The application is the first column of every tenant key, and both ends of a relation refer to
    ///   `users (application, id)`: a row between two applications can't exist.
    /// - ON DELETE CASCADE everywhere: who deletes a user or an application leaves nothing behind. Each such
    ///   reference has an index that starts with its columns, or the cascade would read the whole table.
    private static let tenantsAndUsers: StaticString = """
        CREATE TABLE organizations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE administrators (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            password_hash TEXT NOT NULL,
            token_generation INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX administrators_by_organization ON administrators (organization);

        CREATE TABLE applications (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
            organization INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            created INTEGER NOT NULL,
            open_registration INTEGER NOT NULL CHECK (open_registration IN (0, 1)),
            maximum_contacts INTEGER NOT NULL,
            maximum_blocks INTEGER NOT NULL,
            maximum_names INTEGER NOT NULL,
            maximum_registrations INTEGER NOT NULL,
            UNIQUE (organization, name)
        ) STRICT;

        CREATE TABLE credentials (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            client_id TEXT NOT NULL UNIQUE,
            secret_hash BLOB NOT NULL,
            created INTEGER NOT NULL
        ) STRICT;
        -- An application's credentials, oldest first.
        CREATE INDEX credentials_by_application ON credentials (application, id);

        -- The password hash stands last: no other query has to read over it.
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
            username TEXT NOT NULL,
            username_key TEXT NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            activated INTEGER NOT NULL DEFAULT 1 CHECK (activated IN (0, 1)),
            token_generation INTEGER NOT NULL DEFAULT 0,
            nickname TEXT,
            display_style INTEGER,
            no_disturbing INTEGER CHECK (no_disturbing IN (0, 1)),
            no_disturbing_start INTEGER,
            no_disturbing_end INTEGER,
            notifier_name TEXT,
            device_token TEXT,
            password_hash TEXT NOT NULL,
            -- A user by name.
            UNIQUE (application, username_key),
            -- Pages by registration; what the relations refer to.
            UNIQUE (application, id)
        ) STRICT;

        CREATE TABLE contacts (
            application INTEGER NOT NULL,
            owner INTEGER NOT NULL,
            contact INTEGER NOT NULL,
            created INTEGER NOT NULL,
            remark TEXT,
            PRIMARY KEY (application, owner, contact),
            FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, contact) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX contacts_by_contact ON contacts (application, contact);

        CREATE TABLE blocks (
            application INTEGER NOT NULL,
            owner INTEGER NOT NULL,
            blocked INTEGER NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (application, owner, blocked),
            FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, blocked) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX blocks_by_blocked ON blocks (application, blocked);

        -- In the order of its one listing: by name.
        CREATE TABLE mutes (
            application INTEGER NOT NULL,
            username_key TEXT NOT NULL,
            user INTEGER NOT NULL,
            chat INTEGER,
            groupchat INTEGER,
            chatroom INTEGER,
            PRIMARY KEY (application, username_key),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- One user's mutes.
        CREATE UNIQUE INDEX mutes_by_user ON mutes (application, user);

        CREATE TABLE user_metadata (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (application, user, key),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        -- One row that the readiness probe writes.
        CREATE TABLE probe (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            written INTEGER NOT NULL
        ) STRICT;
        INSERT INTO probe (id, written) VALUES (1, 0);

        PRAGMA user_version = 1;
        """
}
