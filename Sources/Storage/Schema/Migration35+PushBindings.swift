// The table of devices that are bound to push services: migration 35.

extension Migration {
    /// A device is bound once; its rows go with the user.
    static let migration35PushBindings: StaticString = """
        CREATE TABLE push_bindings (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            device TEXT NOT NULL,
            token TEXT NOT NULL,
            notifier TEXT NOT NULL,
            PRIMARY KEY (application, user, device),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 35;
        """
}
