// Where the database file is and how connections to it are opened: what every thread of Storage knows.

import Domain

/// The path and the fixed circumstances of one open database.
struct DatabaseFile: Sendable {
    let path: String
    let vfs: String?
    let incidents: IncidentReporter
    /// The writer's announcements of changed users to the readers.
    let userChanges = UserChanges()

    func open(_ role: Connection.Role) throws(DatabaseError) -> Connection {
        try Connection(path: path, role: role, vfs: vfs, incidents: incidents, userChanges: userChanges)
    }
}
