// How an owner sees a contact: migration 28.

extension Migration {
    /// Whether a contact is pinned, and what clients keep with it.
    static let migration28ContactMarks: StaticString = """
        ALTER TABLE contacts ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1));
        ALTER TABLE contacts ADD COLUMN extra TEXT NOT NULL DEFAULT '';

        PRAGMA user_version = 28;
        """
}
