// Names of users that have changed: migration 30.

extension Migration {
    /// Messages and conversations have their participants' names in them, as they were when they began.
    ///
    /// `renamings` says what such a name is shown as now, and what a name of now is stored as; a name without
    /// a row is itself. `kept_names` are those that were given up and are nobody else's yet.
    ///
    /// Rows of `renamings` outlive their users, as messages do.
    static let migration30Renamings: StaticString = """
        CREATE TABLE renamings (
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            stored_key TEXT NOT NULL,
            stored TEXT NOT NULL,
            name_key TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (application, stored_key),
            UNIQUE (application, name_key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE kept_names (
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            name_key TEXT NOT NULL,
            user INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            PRIMARY KEY (application, name_key)
        ) STRICT, WITHOUT ROWID;
        -- One user's; it may be gone.
        CREATE INDEX kept_names_by_user ON kept_names (application, user, expires);

        PRAGMA user_version = 30;
        """
}
