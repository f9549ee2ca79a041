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
        try prepare(SessionQueries.generation, id, platform).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func raiseSessionGeneration(of id: UserID, platform: Int) throws(Failure) {
        try prepare(SessionQueries.raise, id, platform).insert()
    }
}
