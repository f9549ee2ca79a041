// The number of contacts and of blocked users, kept for each user who has any: migration 24.

extension Migration {
    /// Adding to a list asks for its length first, and counting a list of hundreds costs more than the addition.
    ///
    /// - Triggers keep the numbers, so that they hold for what a cascade removes, too.
    /// - A table of its own: a row of `users` that changed would be read anew by every reader that has it.
    /// - The row of a user whose lists are empty goes.
    static let migration24RelationCounts: StaticString = """
        CREATE TABLE relation_counts (
            application INTEGER NOT NULL,
            owner INTEGER NOT NULL,
            contacts INTEGER NOT NULL DEFAULT 0,
            blocks INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (application, owner)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO relation_counts (application, owner, contacts)
            SELECT application, owner, count(*) FROM contacts GROUP BY application, owner;
        INSERT INTO relation_counts (application, owner, blocks)
            SELECT application, owner, count(*) FROM blocks WHERE true GROUP BY application, owner
            ON CONFLICT (application, owner) DO UPDATE SET blocks = excluded.blocks;

        CREATE TRIGGER contacts_added AFTER INSERT ON contacts BEGIN
            INSERT INTO relation_counts (application, owner, contacts) VALUES (NEW.application, NEW.owner, 1)
                ON CONFLICT (application, owner) DO UPDATE SET contacts = contacts + 1;
        END;
        CREATE TRIGGER contacts_removed AFTER DELETE ON contacts BEGIN
            UPDATE relation_counts SET contacts = contacts - 1
                WHERE application = OLD.application AND owner = OLD.owner;
            DELETE FROM relation_counts
                WHERE application = OLD.application AND owner = OLD.owner AND contacts = 0 AND blocks = 0;
        END;
        CREATE TRIGGER blocks_added AFTER INSERT ON blocks BEGIN
            INSERT INTO relation_counts (application, owner, blocks) VALUES (NEW.application, NEW.owner, 1)
                ON CONFLICT (application, owner) DO UPDATE SET blocks = blocks + 1;
        END;
        CREATE TRIGGER blocks_removed AFTER DELETE ON blocks BEGIN
            UPDATE relation_counts SET blocks = blocks - 1
                WHERE application = OLD.application AND owner = OLD.owner;
            DELETE FROM relation_counts
                WHERE application = OLD.application AND owner = OLD.owner AND contacts = 0 AND blocks = 0;
        END;

        PRAGMA user_version = 24;
        """
}
