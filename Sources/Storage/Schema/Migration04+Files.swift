// The tables of files: migration 4.

extension Migration {
    /// Files, and the digests that some file had which is gone.
    ///
    /// - Bytes are beside the database, under their digest. A trigger notes the digest of each row that goes, by whatever
    ///   cascade: whoever removes bytes looks there, and whether another row has them.
    /// - A file outlives its sender, whose messages may be about it, but not its group.
    static let migration04Files: StaticString = """
        ALTER TABLE applications ADD COLUMN maximum_file_bytes INTEGER NOT NULL DEFAULT 10737418240;
        ALTER TABLE applications ADD COLUMN file_bytes INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
            owner INTEGER REFERENCES users (id) ON DELETE SET NULL,
            owner_name TEXT NOT NULL,
            group_id INTEGER,
            name TEXT NOT NULL,
            content_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            share_secret TEXT,
            created INTEGER NOT NULL,
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
        ) STRICT;
        -- A group's files by age; for the cascades, too.
        CREATE INDEX files_by_group ON files (application, group_id, id);
        CREATE INDEX files_by_owner ON files (owner) WHERE owner IS NOT NULL;
        -- Whose bytes these are.
        CREATE INDEX files_by_digest ON files (digest);

        CREATE TABLE released_files (
            digest BLOB PRIMARY KEY
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER files_inserted AFTER INSERT ON files BEGIN
            UPDATE applications SET file_bytes = file_bytes + NEW.size WHERE id = NEW.application;
        END;
        CREATE TRIGGER files_deleted AFTER DELETE ON files BEGIN
            UPDATE applications SET file_bytes = file_bytes - OLD.size WHERE id = OLD.application;
            INSERT OR IGNORE INTO released_files (digest) VALUES (OLD.digest);
        END;

        PRAGMA user_version = 4;
        """
}
