// Ids of groups, rooms and messages: one sequence for the file, kept by the writer's connection.

import Domain

private enum IDQueries {
    /// The largest id in the file: one query for each table with such ids, each one look-up.
    static let largest = [
        // The largest there ever was, also when its group is gone.
        Query("SELECT seq FROM sqlite_sequence WHERE name = 'groups'"),
        Query("SELECT seq FROM sqlite_sequence WHERE name = 'threads'"),
        Query(
            "SELECT max((SELECT max(id) FROM messages WHERE application = applications.id)) FROM applications"
        ),
        Query(
            "SELECT max((SELECT max(id) FROM message_recalls WHERE application = applications.id)) FROM applications"
        ),
        Query("SELECT max(id) FROM notices"),
        // Also of endpoints that are gone; a delivery is numbered after its event.
        Query("SELECT max(seq) FROM sqlite_sequence WHERE name IN ('webhooks', 'webhook_deliveries')"),
    ]
}

extension Connection {
    /// The largest id in the file, kept with the connection from here on: one that replaces it after a failed commit looks
    /// into the file anew.
    func newestID() throws(Failure) -> TimeOrderedIDs {
        if let ids { return ids }
        var largest: Int64 = 0
        for query in IDQueries.largest {
            largest = max(largest, try prepare(query).first { $0.int64(0) } ?? 0)
        }
        let found = TimeOrderedIDs(after: largest)
        ids = found
        return found
    }

    /// The same while the file is opened, where an error is about the file.
    func findNewestID(path: String) throws(DatabaseError) -> TimeOrderedIDs {
        do throws(Failure) {
            return try newestID()
        } catch {
            throw Self.openingError(extendedErrorCode, path, handle)
        }
    }
}

extension SQLiteWriter {
    func nextID(at now: Timestamp) throws(Failure) -> Int64 {
        var ids = try connection.newestID()
        let id = ids.next(at: now)
        connection.ids = ids
        return id
    }
}
