// The tables of groups' own roles: migration 11.

extension Migration {
    /// Roles go with their group, who has them with its membership.
    ///
    /// Their numbers begin behind those of every group.
    static let migration11Roles: StaticString = """
        CREATE TABLE group_roles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            description TEXT,
            permissions INTEGER NOT NULL,
            UNIQUE (application, group_id, id),
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
        ) STRICT;

        CREATE TABLE group_member_roles (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            user INTEGER NOT NULL,
            role INTEGER NOT NULL,
            PRIMARY KEY (application, group_id, user),
            FOREIGN KEY (application, group_id, user)
                REFERENCES group_members (application, group_id, user) ON DELETE CASCADE,
            FOREIGN KEY (application, group_id, role)
                REFERENCES group_roles (application, group_id, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX group_member_roles_by_role ON group_member_roles (application, group_id, role);

        -- Three roles are every group's.
        INSERT INTO sqlite_sequence (name, seq) VALUES ('group_roles', 3);

        PRAGMA user_version = 11;
        """
}
