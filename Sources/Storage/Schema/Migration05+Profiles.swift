// Profiles, managers and session generations: migration 5.

extension Migration {
    /// Users' profiles, managers of applications, and generations of sessions.
    ///
    /// An absent value of a profile is NULL: SQLite allocates for each text of a row that is read, also for an empty one.
    /// A session generation is a row only once a platform's sessions were ended.
    static let migration05Profiles: StaticString = """
        ALTER TABLE users ADD COLUMN icon TEXT;
        ALTER TABLE users ADD COLUMN gender INTEGER NOT NULL DEFAULT 0 CHECK (gender BETWEEN 0 AND 2);
        ALTER TABLE users ADD COLUMN mobile TEXT;
        ALTER TABLE users ADD COLUMN birth TEXT;
        ALTER TABLE users ADD COLUMN email TEXT;
        ALTER TABLE users ADD COLUMN extra TEXT;
        ALTER TABLE users ADD COLUMN message_option INTEGER NOT NULL DEFAULT 0 CHECK (message_option BETWEEN 0 AND 2);

        -- Names with a blank between them; none may have one.
        ALTER TABLE applications ADD COLUMN managers TEXT NOT NULL DEFAULT 'openIM123456 openIM654321 openIMAdmin';

        CREATE TABLE session_generations (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            platform INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            PRIMARY KEY (application, user, platform),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 5;
        """
}
