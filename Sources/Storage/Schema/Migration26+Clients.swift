// Values that clients of the original systems set and read back: migration 26.

extension Migration {
    /// The secret of a credential of before stays a hash that nobody can turn back: its `derivation` is NULL.
    static let migration26Clients: StaticString = """
        ALTER TABLE applications ADD COLUMN checks_recipients INTEGER NOT NULL DEFAULT 0
            CHECK (checks_recipients IN (0, 1));
        ALTER TABLE applications ADD COLUMN product_name TEXT NOT NULL DEFAULT '';
        ALTER TABLE applications ADD COLUMN about TEXT NOT NULL DEFAULT '';
        ALTER TABLE applications ADD COLUMN status TEXT NOT NULL DEFAULT 'online';
        ALTER TABLE credentials ADD COLUMN derivation INTEGER;
        ALTER TABLE groups ADD COLUMN large INTEGER NOT NULL DEFAULT 0 CHECK (large IN (0, 1));

        PRAGMA user_version = 26;
        """
}
