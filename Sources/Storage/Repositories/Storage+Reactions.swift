// The repository of reactions on SQLite.

import Domain

private let reactionColumns: StaticString = "id, message, sign, created, modified, user_count"

private enum ReactionQueries {
    static let ofMessage = Query(
        "SELECT",
        reactionColumns,
        "FROM reactions WHERE application = ?1 AND message = ?2 ORDER BY id"
    )
    static let one = Query(
        "SELECT",
        reactionColumns,
        "FROM reactions WHERE application = ?1 AND message = ?2 AND sign = ?3"
    )
    static let users = Query(
        """
        SELECT reaction_users.user, users.username, reaction_users.place
        FROM reaction_users INDEXED BY reaction_users_by_place CROSS JOIN users ON users.id = reaction_users.user
        WHERE reaction_users.application = ?1 AND reaction_users.reaction = ?2 AND reaction_users.place > ?3
        ORDER BY reaction_users.place LIMIT ?4
        """
    )
    static let has = Query(
        "SELECT 1 FROM reaction_users WHERE application = ?1 AND reaction = ?2 AND user = ?3"
    )

    static let insert = Query(
        """
        INSERT INTO reactions (application, message, sign, created, modified) VALUES (?1, ?2, ?3, ?4, ?4)
        ON CONFLICT (application, message, sign) DO NOTHING
        """
    )
    static let touch = Query("UPDATE reactions SET modified = ?3 WHERE id = ?2 AND application = ?1")
    static let insertUser = Query(
        """
        INSERT INTO reaction_users (application, reaction, user, place) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, reaction, user) DO NOTHING
        """
    )
    static let deleteUser = Query(
        "DELETE FROM reaction_users WHERE application = ?1 AND reaction = ?2 AND user = ?3"
    )
}

extension TenantStore {
    func reactions(to message: MessageID) throws(Failure) -> [Reaction] {
        try prepare(ReactionQueries.ofMessage, message).rows { $0.reaction() }
    }

    func reaction(_ sign: String, to message: MessageID) throws(Failure) -> Reaction? {
        try prepare(ReactionQueries.one, message, sign).first { $0.reaction() }
    }

    func users(of reaction: ReactionID, after place: Int64?, limit: Int) throws(Failure) -> [ReactionUser] {
        try prepare(ReactionQueries.users, reaction, place ?? 0, limit).rows {
            ReactionUser(user: $0.id(0), name: $0.text(1), place: $0.int64(2))
        }
    }

    func hasReacted(_ user: UserID, with reaction: ReactionID) throws(Failure) -> Bool {
        try prepare(ReactionQueries.has, reaction, user).step()
    }
}

extension SQLiteWriter {
    func react(
        _ user: UserID,
        with sign: String,
        to message: MessageID,
        at now: Timestamp
    ) throws(Failure) {
        if try prepare(ReactionQueries.insert, message, sign, now).insert() == .orphan {
            throw .notFound(.message, id: message.text)
        }
        guard let reaction = try reaction(sign, to: message) else { return }
        let place = try nextID(at: now)
        switch try prepare(ReactionQueries.insertUser, reaction.id, user, place).insert() {
        case .added: try prepare(ReactionQueries.touch, reaction.id, now).run()
        case .duplicate: return
        case .orphan: throw .notFound(.user, id: "")
        }
    }

    func unreact(_ user: UserID, with sign: String, to message: MessageID) throws(Failure) -> Bool {
        guard let reaction = try reaction(sign, to: message) else { return false }
        return try prepare(ReactionQueries.deleteUser, reaction.id, user).run() > 0
    }
}

extension Statement {
    /// The reaction in the columns of `reactionColumns`.
    fileprivate func reaction() -> Reaction {
        Reaction(
            id: id(0),
            message: id(1),
            sign: text(2),
            created: timestamp(3),
            modified: timestamp(4),
            count: int(5)
        )
    }
}
