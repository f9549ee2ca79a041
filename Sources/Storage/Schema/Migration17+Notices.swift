// The table of notices: migration 17.

extension Migration {
    /// A notice goes with the proposal that it is about, and with the user whom it is for.
    static let migration17Notices: StaticString = """
        CREATE TABLE notices (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            id INTEGER NOT NULL,
            proposal INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
            is_answer INTEGER NOT NULL CHECK (is_answer IN (0, 1)),
            PRIMARY KEY (application, user, id),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX notices_by_proposal ON notices (proposal);

        PRAGMA user_version = 17;
        """
}
