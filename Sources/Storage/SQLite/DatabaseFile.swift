// Where the database file is and how connections to it are opened: what every thread of Storage knows.

import Domain

/// The path and the fixed circumstances of one open database.
struct DatabaseFile: Sendable {
    let path: String
    let vfs: String?
    let incidents: IncidentReporter
    /// How slow statements are watched; nil where nobody asks.
    let slow: SlowStatements.Watch?
    /// The changes of users that the writer publishes to the readers.
    let userChanges = UserChanges()

    func open(_ role: Connection.Role) throws(DatabaseError) -> Connection {
        let connection = try Connection(
            path: path,
            role: role,
            vfs: vfs,
            incidents: incidents,
            userChanges: userChanges
        )
        if let slow { connection.watchSlowStatements(slow) }
        return connection
    }
}
