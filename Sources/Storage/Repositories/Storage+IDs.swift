// Ids of groups, rooms and messages: one sequence for the file, kept by the writer's connection.

import Domain

private enum IDQueries {
    /// The largest id in the file: one query for each table with such ids, each one look-up.
    static let largest = [
        // The largest there ever was, also when its group is gone.
        Query("SELECT seq FROM sqlite_sequence WHERE name = 'groups'"),
        Query(
            "SELECT max((SELECT max(id) FROM messages WHERE application = applications.id)) FROM applications"
        ),
        Query(
            "SELECT max((SELECT max(id) FROM message_recalls WHERE application = applications.id)) FROM applications"
        ),
        Query("SELECT max(id) FROM notices"),
    ]
}

extension SQLiteWriter {
    func nextID(at now: Timestamp) throws(Failure) -> Int64 {
        // Kept with the connection: one that replaces it after a failed commit looks into the file anew.
        var ids: TimeOrderedIDs
        if let known = connection.ids { ids = known } else { ids = TimeOrderedIDs(after: try largestID()) }
        let id = ids.next(at: now)
        connection.ids = ids
        return id
    }

    private func largestID() throws(Failure) -> Int64 {
        var largest: Int64 = 0
        for query in IDQueries.largest {
            largest = max(largest, try connection.prepare(query).first { $0.int64(0) } ?? 0)
        }
        return largest
    }
}
