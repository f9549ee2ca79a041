// How an application goes that has too much to go at once: migration 7.

extension Migration {
    /// A mark on applications that are being removed.
    ///
    /// Its rows go in slices between the batches, the row of the application last; so a removal goes on where it was
    /// after a crash. Until then nobody finds it: it has no credential any more, is in no list, and gives its name
    /// up for another one.
    static let migration07Removal: StaticString = """
        ALTER TABLE applications ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
        CREATE INDEX applications_removed ON applications (id) WHERE removed = 1;

        PRAGMA user_version = 7;
        """
}
