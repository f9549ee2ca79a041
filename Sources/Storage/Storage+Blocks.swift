// The repository of blocks on SQLite.

import Domain

private enum BlockQueries {
    static let exists = Query("SELECT 1 FROM blocks WHERE application = ?1 AND owner = ?2 AND blocked = ?3")
    static let count = Query("SELECT count(*) FROM blocks WHERE application = ?1 AND owner = ?2")
    static let names = Query(
        """
        SELECT users.username FROM blocks CROSS JOIN users ON users.id = blocks.blocked
        WHERE blocks.application = ?1 AND blocks.owner = ?2
        ORDER BY blocks.created DESC, blocks.blocked DESC
        """
    )

    static let insert = Query(
        """
        INSERT INTO blocks (application, owner, blocked, created) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, owner, blocked) DO NOTHING
        """
    )
    static let delete = Query("DELETE FROM blocks WHERE application = ?1 AND owner = ?2 AND blocked = ?3")
}

extension TenantStore {
    func isBlocked(_ other: UserID, by owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(BlockQueries.exists)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        return try statement.step()
    }

    func blockCount(by owner: UserID) throws(Failure) -> Int {
        var statement = try connection.prepare(BlockQueries.count)
        statement.bind(1, application)
        statement.bind(2, owner)
        return try statement.step() ? statement.int(0) : 0
    }

    func blockedNames(by owner: UserID) throws(Failure) -> [String] {
        var statement = try connection.prepare(BlockQueries.names)
        statement.bind(1, application)
        statement.bind(2, owner)
        return try statement.texts()
    }
}

extension SQLiteWriter {
    func insertBlock(_ other: UserID, by owner: UserID, at now: Timestamp) throws(Failure) -> Bool {
        var statement = try connection.prepare(BlockQueries.insert)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        statement.bind(4, now)
        return try statement.insert() == .added
    }

    func deleteBlock(_ other: UserID, by owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(BlockQueries.delete)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        return try statement.run() > 0
    }
}
