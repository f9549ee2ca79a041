// The repository of session generations on SQLite.

import Domain

private enum SessionQueries {
    static let generation = Query(
        "SELECT generation FROM session_generations WHERE application = ?1 AND user = ?2 AND platform = ?3"
    )
    static let raise = Query(
        """
        INSERT INTO session_generations (application, user, platform, generation) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT (application, user, platform) DO UPDATE SET generation = generation + 1
        """
    )
}

extension TenantStore {
    func sessionGeneration(of id: UserID, platform: Int) throws(Failure) -> Int {
        var statement = try connection.prepare(SessionQueries.generation)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, platform)
        return try statement.step() ? statement.int(0) : 0
    }
}

extension SQLiteWriter {
    func raiseSessionGeneration(of id: UserID, platform: Int) throws(Failure) {
        var statement = try connection.prepare(SessionQueries.raise)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, platform)
        _ = try statement.insert()
    }
}
