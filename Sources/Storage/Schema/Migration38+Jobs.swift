// Jobs and the lines that they refused: migration 38.

extension Migration {
    /// - A job's files are bytes in the folder of files, named by their digest; a row that goes releases them.
    /// - `offset`, `digest` and the counts are written in the transaction of the lines they are about.
    static let migration38Jobs: StaticString = """
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            format TEXT NOT NULL,
            dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
            updates INTEGER NOT NULL CHECK (updates IN (0, 1)),
            subject TEXT NOT NULL,
            created INTEGER NOT NULL,
            -- Of a purge.
            moment INTEGER,
            place INTEGER,
            source BLOB,
            source_size INTEGER NOT NULL DEFAULT 0,
            result BLOB,
            result_size INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL,
            failure TEXT,
            finished INTEGER,
            line INTEGER NOT NULL DEFAULT 0,
            offset INTEGER NOT NULL DEFAULT 0,
            digest BLOB,
            counts TEXT NOT NULL DEFAULT '',
            errors INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX jobs_by_application ON jobs (application, id);
        CREATE INDEX jobs_by_source ON jobs (source) WHERE source IS NOT NULL;
        CREATE INDEX jobs_by_result ON jobs (result) WHERE result IS NOT NULL;
        CREATE INDEX jobs_running ON jobs (id) WHERE finished IS NULL;
        CREATE INDEX jobs_by_end ON jobs (application, finished) WHERE finished IS NOT NULL;

        CREATE TABLE job_errors (
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (job, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER jobs_deleted AFTER DELETE ON jobs BEGIN
            INSERT OR IGNORE INTO released_files (digest) SELECT OLD.source WHERE OLD.source IS NOT NULL;
            INSERT OR IGNORE INTO released_files (digest) SELECT OLD.result WHERE OLD.result IS NOT NULL;
        END;

        CREATE TRIGGER jobs_changed AFTER UPDATE OF source ON jobs
        WHEN OLD.source IS NOT NULL AND OLD.source IS NOT NEW.source BEGIN
            INSERT OR IGNORE INTO released_files (digest) VALUES (OLD.source);
        END;

        PRAGMA user_version = 38;
        """
}
