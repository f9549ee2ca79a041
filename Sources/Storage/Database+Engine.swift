// The database as the server's storage engine: SQLite is the one that is always there.

public import Domain

extension Database: StorageEngine {
    /// The number of the last migration that this version knows.
    public static var newestSchema: Int { Migration.all.count }

    /// A read-only connection for one thread.
    public func openReader() throws(StorageRefusal) -> sending any SnapshotReader {
        do throws(DatabaseError) {
            return try makeReader()
        } catch {
            throw StorageRefusal(error.description)
        }
    }

    /// A backup.
    public func copy(to path: String) throws(StorageRefusal) {
        do throws(DatabaseError) {
            try backup(to: path)
        } catch {
            throw StorageRefusal(error.description)
        }
    }
}
