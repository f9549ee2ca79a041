// The storage engine of a server: the one file that knows which engine it is.

import Domain
import Storage
import Webhooks

/// Opens stores.
enum StoreOpening {
    /// The number of the last migration that this version knows.
    static var newestSchema: Int { Database.newestSchema }

    /// Opens the store of a data folder, and takes the folder's lock.
    ///
    /// - Parameter committed: called with the events of each commit, in order, before the commit's completions.
    static func open(
        _ folder: String,
        log: EventLog,
        committed: @escaping @Sendable ([CommittedEvent]) -> Void
    ) throws(StorageRefusal) -> any StorageEngine {
        var options = Database.Options(folder: folder, now: log.now)
        options.incident = { log.write($0) }
        options.committed = committed
        options.idsAhead = { log.write(idsAheadMilliseconds: $0) }
        options.eventBody = EventBody.bytes
        if log.level >= .debug { options.slowStatement = { log.write($0) } }
        do throws(DatabaseError) {
            return try Database(options)
        } catch {
            throw StorageRefusal(error.description)
        }
    }
}
