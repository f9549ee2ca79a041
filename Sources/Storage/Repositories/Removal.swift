// The removal of whole applications: at once for those that asks, in bounded slices for the disk.

import Domain

/// The queries by which an application's rows go, so many at a time.
///
/// A row that refers to many others goes after them: each cascade then has little left to do, and every slice
/// is short. Tables that aren't named here have few rows a user or group, and go with those.
enum RemovalQueries {
    /// No character of it can be in a name that somebody gives.
    static let mark = Query(
        "UPDATE applications SET removed = 1, name = '#' || id WHERE id = ?1 AND removed = 0"
    )
    static let revoke = Query("DELETE FROM credentials WHERE application = ?1")
    static let next = Query("SELECT id FROM applications WHERE removed = 1 AND id > 0 ORDER BY id LIMIT 1")
    static let isRemoved = Query("SELECT 1 FROM applications WHERE id = ?1 AND removed = 1")

    static let messages = Query("DELETE FROM messages WHERE application = ?1 AND id < ?2")
    static let laterMessage = Query(
        "SELECT id FROM messages WHERE application = ?1 ORDER BY id LIMIT 1 OFFSET ?2"
    )
    static let relations = [
        Query(
            """
            DELETE FROM positions WHERE (application, user, conversation) IN
                (SELECT application, user, conversation FROM positions WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM group_members WHERE (application, group_id, user) IN
                (SELECT application, group_id, user FROM group_members WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM contacts WHERE (application, owner, contact) IN
                (SELECT application, owner, contact FROM contacts WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM message_operations WHERE (application, operation) IN
                (SELECT application, operation FROM message_operations WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM webhook_deliveries WHERE id IN
                (SELECT id FROM webhook_deliveries WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM webhook_events WHERE id IN
                (SELECT id FROM webhook_events WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM replies WHERE (application, owner, key) IN
                (SELECT application, owner, key FROM replies WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query(
            """
            DELETE FROM audit WHERE (application, id) IN
                (SELECT application, id FROM audit WHERE application = ?1 LIMIT ?2)
            """
        ),
        Query("DELETE FROM files WHERE id IN (SELECT id FROM files WHERE application = ?1 LIMIT ?2)"),
        Query("DELETE FROM groups WHERE id IN (SELECT id FROM groups WHERE application = ?1 LIMIT ?2)"),
        Query("DELETE FROM users WHERE id IN (SELECT id FROM users WHERE application = ?1 LIMIT ?2)"),
        Query(
            "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations WHERE application = ?1 LIMIT ?2)"
        ),
    ]
    static let application = Query("DELETE FROM applications WHERE id = ?1")
    /// Organisations that were removed, once they have no application any more.
    static let organizations = Query(
        """
        DELETE FROM organizations WHERE name >= '#' AND name < '$' AND NOT EXISTS
            (SELECT 1 FROM applications WHERE organization = organizations.id)
        """
    )
}

extension WriteSession {
    /// Marks an application as removed, and removes what a first slice can take: all of it, where it is small.
    ///
    /// - Returns: whether there was such an application.
    func remove(_ application: ApplicationID) throws(Failure) -> Bool {
        guard try connection.prepare(RemovalQueries.mark, application).run() > 0 else { return false }
        try connection.prepare(RemovalQueries.revoke, application).run()
        // A text that isn't in the index can't be taken out of it.
        try flushIndex()
        if try !removeSlice(of: application) { connection.mayHaveRemovals = true }
        return true
    }

    /// Goes on with a removal.
    func continueRemoval() throws(Failure) {
        guard let application = try connection.nextRemoval() else { return }
        _ = try removeSlice(of: application)
    }

    /// Holds a job to its application's being there: it may have been removed while the job waited.
    ///
    /// - Throws: `.notFound(.application, …)`. Costs nothing while no removal is under way.
    func confirm(_ application: ApplicationID) throws(Failure) {
        guard connection.mayHaveRemovals else { return }
        if try connection.prepare(RemovalQueries.isRemoved, application).step() {
            throw .notFound(.application, id: "")
        }
    }

    /// Removes rows until there are none or the time is over.
    ///
    /// - Returns: whether all are gone, the application's own too.
    private func removeSlice(of application: ApplicationID) throws(Failure) -> Bool {
        // Freed pages are overwritten too: what was deleted must not be found in the file.
        connection.overwritesFreedPages = true
        defer { connection.overwritesFreedPages = false }
        let end = Connection.monotonicNanoseconds() + connection.removalBounds.nanoseconds
        while try removeMessages(of: application) {
            if Connection.monotonicNanoseconds() > end { return false }
        }
        for query in RemovalQueries.relations {
            while try remove(query, of: application) {
                if Connection.monotonicNanoseconds() > end { return false }
            }
        }
        try connection.prepare(RemovalQueries.application, application).run()
        try connection.prepare(RemovalQueries.organizations).run()
        return true
    }

    /// Removes some rows; false when there were none.
    private func remove(_ query: Query, of application: ApplicationID) throws(Failure) -> Bool {
        try connection.prepare(query, application, connection.removalBounds.rows).run() > 0
    }

    /// Removes the oldest messages, their texts from the index first; false when there were none.
    private func removeMessages(of application: ApplicationID) throws(Failure) -> Bool {
        let rows = connection.removalBounds.rows
        let later: MessageID? = try connection.prepare(RemovalQueries.laterMessage, application, rows)
            .first { $0.id(0) }
        let end = later ?? .last
        try unindexAll(of: application, before: end)
        return try connection.prepare(RemovalQueries.messages, application, end).run() > 0
    }
}

extension Connection {
    /// An application whose removal has begun; nil where there is none, which is remembered.
    func nextRemoval() throws(Failure) -> ApplicationID? {
        let next: ApplicationID? = try prepare(RemovalQueries.next).first { $0.id(0) }
        if next == nil { mayHaveRemovals = false }
        return next
    }
}
