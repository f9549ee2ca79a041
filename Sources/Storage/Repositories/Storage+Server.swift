// The repository of facts about the server as a whole on SQLite.

import Domain

private enum ServerQueries {
    static let maintenance = Query("SELECT maintenance FROM server WHERE id = 1")
    static let setMaintenance = Query("UPDATE server SET maintenance = ?1 WHERE id = 1")
}

extension DirectoryStore {
    func isUnderMaintenance() throws(Failure) -> Bool {
        try prepare(ServerQueries.maintenance).first { $0.int(0) } == 1
    }
}

extension SQLiteAdministrationWriter {
    func setMaintenance(_ isOn: Bool) throws(Failure) {
        try prepare(ServerQueries.setMaintenance, isOn).run()
        announce(.directoryChanged)
    }
}
