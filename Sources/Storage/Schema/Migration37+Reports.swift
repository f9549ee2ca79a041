// The sources of reports: kept counts, connections, and when positions moved: migration 37.

extension Migration {
    /// - The number of users is kept by triggers, as that of groups is: users also go by cascade.
    /// - Messages are counted once a batch, not by a trigger: a row of a minute and one of a day, whoever sent how many.
    ///   Those of the last month are counted here, a walk along the end of each application's messages.
    /// - A connection is a row from its beginning, so that one that a crash ended is seen to have been; `number` is the
    ///   process's own and means nothing once the row has ended.
    /// - A position says how far, and now also since when; what was acknowledged before has no time.
    static let migration37Reports: StaticString = """
        ALTER TABLE applications ADD COLUMN user_count INTEGER NOT NULL DEFAULT 0;
        UPDATE applications SET user_count = (SELECT count(*) FROM users WHERE application = applications.id);
        CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
            UPDATE applications SET user_count = user_count + 1 WHERE id = NEW.application;
        END;
        CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN
            UPDATE applications SET user_count = user_count - 1 WHERE id = OLD.application;
        END;

        CREATE TABLE message_counts (
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            -- 0 a minute, 1 a day.
            span INTEGER NOT NULL CHECK (span IN (0, 1)),
            start INTEGER NOT NULL,
            messages INTEGER NOT NULL,
            PRIMARY KEY (application, span, start)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO message_counts (application, span, start, messages)
            SELECT messages.application, 1, messages.sent / 86400000 * 86400000, count(*)
            FROM applications CROSS JOIN messages ON messages.application = applications.id
                AND messages.id >= ((strftime('%s', 'now') - 2678400) * 1000 - 1577836800000) << 12
            GROUP BY 1, 3;

        CREATE TABLE connections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            number INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            address TEXT NOT NULL,
            platform INTEGER NOT NULL,
            closed INTEGER,
            reason TEXT CHECK ((reason IS NULL) = (closed IS NULL)),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX connections_by_user ON connections (application, user, id);
        CREATE INDEX connections_by_time ON connections (application, opened);
        CREATE UNIQUE INDEX connections_live ON connections (number) WHERE closed IS NULL;

        ALTER TABLE positions ADD COLUMN delivered_at INTEGER;
        ALTER TABLE positions ADD COLUMN read_at INTEGER;
        ALTER TABLE message_recipients ADD COLUMN delivered_at INTEGER;

        PRAGMA user_version = 37;
        """
}
