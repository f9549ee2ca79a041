// Directed relations between two users, one row each: contacts and blocks are two tables of one shape.

import Domain

/// The queries on one table of relations.
struct UserRelation: Sendable {
    let exists: Query
    let count: Query
    let names: Query
    let insert: Query
    let delete: Query

    /// A table, and its column with the other user's key.
    ///
    /// Its other columns are `application`, `owner` and `created`.
    private init(_ table: StaticString, _ other: StaticString) {
        exists = Query("SELECT 1 FROM", table, "WHERE application = ?1 AND owner = ?2 AND", other, "= ?3")
        count = Query("SELECT count(*) FROM", table, "WHERE application = ?1 AND owner = ?2")
        // CROSS JOIN fixes the order: the owner's rows first, then each one's user by its key.
        names = Query(
            "SELECT users.username FROM",
            table,
            "AS relation CROSS JOIN users ON users.id =",
            other,
            "WHERE relation.application = ?1 AND relation.owner = ?2 ORDER BY relation.created DESC,",
            other,
            "DESC"
        )
        insert = Query(
            "INSERT INTO",
            table,
            "(application, owner,",
            other,
            ", created) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (application, owner,",
            other,
            ") DO NOTHING"
        )
        delete = Query("DELETE FROM", table, "WHERE application = ?1 AND owner = ?2 AND", other, "= ?3")
    }

    static let contacts = UserRelation("contacts", "contact")
    static let blocks = UserRelation("blocks", "blocked")
}

extension TenantStore {
    func has(_ other: UserID, in relation: UserRelation, of owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(relation.exists)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        return try statement.step()
    }

    func count(of relation: UserRelation, of owner: UserID) throws(Failure) -> Int {
        var statement = try connection.prepare(relation.count)
        statement.bind(1, application)
        statement.bind(2, owner)
        return try statement.step() ? statement.int(0) : 0
    }

    func names(in relation: UserRelation, of owner: UserID) throws(Failure) -> [String] {
        var statement = try connection.prepare(relation.names)
        statement.bind(1, application)
        statement.bind(2, owner)
        return try statement.texts()
    }
}

extension SQLiteWriter {
    func insert(
        _ other: UserID,
        into relation: UserRelation,
        of owner: UserID,
        at now: Timestamp
    ) throws(Failure) -> Bool {
        var statement = try connection.prepare(relation.insert)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        statement.bind(4, now)
        return try statement.insert() == .added
    }

    func delete(_ other: UserID, from relation: UserRelation, of owner: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(relation.delete)
        statement.bind(1, application)
        statement.bind(2, owner)
        statement.bind(3, other)
        return try statement.run() > 0
    }
}
