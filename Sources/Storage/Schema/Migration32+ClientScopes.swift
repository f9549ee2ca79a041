// Clients with names, scopes, an end and a secret that is replaced: migration 32.

extension Migration {
    /// The credentials of before may do everything, as before.
    ///
    /// `scopes` is one bit for each scope, 65535 for all;
    /// `expires` NULL is never.
    static let migration32ClientScopes: StaticString = """
        ALTER TABLE credentials ADD COLUMN name TEXT NOT NULL DEFAULT 'default';
        ALTER TABLE credentials ADD COLUMN scopes INTEGER NOT NULL DEFAULT 65535;
        ALTER TABLE credentials ADD COLUMN expires INTEGER;
        ALTER TABLE credentials ADD COLUMN last_used INTEGER;
        ALTER TABLE credentials ADD COLUMN former_hash BLOB;
        ALTER TABLE credentials ADD COLUMN former_expires INTEGER;

        PRAGMA user_version = 32;
        """
}
