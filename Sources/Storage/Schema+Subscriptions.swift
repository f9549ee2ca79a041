// Subscriptions to the comings and goings of others: migration 10.

extension Migration {
    /// A row says that `user` wants to hear of `subject`.
    static let subscriptions: StaticString = """
        CREATE TABLE subscriptions (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            subject INTEGER NOT NULL,
            PRIMARY KEY (application, user, subject),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, subject) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- Who is to be told; for the cascade, too.
        CREATE INDEX subscriptions_by_subject ON subscriptions (application, subject);

        PRAGMA user_version = 10;
        """
}
