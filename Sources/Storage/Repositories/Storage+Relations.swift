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
    private init(_ table: StaticString, _ other: StaticString, count: Query) {
        self.count = count
        exists = Query("SELECT 1 FROM", table, "WHERE application = ?1 AND owner = ?2 AND", other, "= ?3")
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

    static let contacts = UserRelation(
        "contacts",
        "contact",
        count: Query("SELECT contacts FROM relation_counts WHERE application = ?1 AND owner = ?2")
    )
    static let blocks = UserRelation(
        "blocks",
        "blocked",
        count: Query("SELECT blocks FROM relation_counts WHERE application = ?1 AND owner = ?2")
    )
}

extension TenantStore {
    func has(_ other: UserID, in relation: UserRelation, of owner: UserID) throws(Failure) -> Bool {
        try prepare(relation.exists, owner, other).step()
    }

    func count(of relation: UserRelation, of owner: UserID) throws(Failure) -> Int {
        try prepare(relation.count, owner).first { $0.int(0) } ?? 0
    }

    func names(in relation: UserRelation, of owner: UserID) throws(Failure) -> [String] {
        try prepare(relation.names, owner).rows { $0.text(0) }
    }
}

extension SQLiteWriter {
    func insert(
        _ other: UserID,
        into relation: UserRelation,
        of owner: UserID,
        at now: Timestamp
    ) throws(Failure) -> Bool {
        try prepare(relation.insert, owner, other, now).insert() == .added
    }

    func delete(_ other: UserID, from relation: UserRelation, of owner: UserID) throws(Failure) -> Bool {
        try prepare(relation.delete, owner, other).run() > 0
    }
}
