// The repository of facts about the server as a whole on SQLite.

import Domain

private enum ServerQueries {
    static let maintenance = Query("SELECT maintenance FROM server WHERE id = 1")
    static let setMaintenance = Query("UPDATE server SET maintenance = ?1 WHERE id = 1")
}

extension DirectoryStore {
    func isUnderMaintenance() throws(Failure) -> Bool {
        var statement = try connection.prepare(ServerQueries.maintenance)
        return try statement.step() && statement.int(0) == 1
    }
}

extension SQLiteAdministrationWriter {
    func setMaintenance(_ isOn: Bool) throws(Failure) {
        var statement = try connection.prepare(ServerQueries.setMaintenance)
        statement.bind(1, isOn ? 1 : 0)
        try statement.run()
        announce(.directoryChanged)
    }
}
