// Roles of administrators: migration 36.

extension Migration {
    /// Administrators of before are owners. `applications` is a list of names with spaces between them; empty for all.
    static let migration36AdministratorRoles: StaticString = """
        ALTER TABLE administrators ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';
        ALTER TABLE administrators ADD COLUMN applications TEXT NOT NULL DEFAULT '';
        ALTER TABLE administrators ADD COLUMN operator INTEGER NOT NULL DEFAULT 0 CHECK (operator IN (0, 1));

        PRAGMA user_version = 36;
        """
}
