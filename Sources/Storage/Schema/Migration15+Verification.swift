// Proofs of e-mail addresses: migration 15.

extension Migration {
    /// Earlier accounts need no proof.
    ///
    /// A pending proof goes with its address.
    static let migration15Verification: StaticString = """
        ALTER TABLE applications ADD COLUMN requires_email_verification INTEGER NOT NULL DEFAULT 0
            CHECK (requires_email_verification IN (0, 1));
        ALTER TABLE emails ADD COLUMN verified INTEGER NOT NULL DEFAULT 1 CHECK (verified IN (0, 1));

        CREATE TABLE email_verifications (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            secret_hash BLOB NOT NULL,
            sent INTEGER NOT NULL,
            PRIMARY KEY (application, user),
            FOREIGN KEY (application, user) REFERENCES emails (application, user) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 15;
        """
}
