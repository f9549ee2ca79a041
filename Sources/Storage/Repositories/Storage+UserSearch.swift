// The repository of users by order and by words, and the index of words.

import Domain

private enum UserSearchQueries {
    static let byCreated = Query(
        "SELECT",
        userColumns,
        """
        FROM users INDEXED BY users_by_created
        WHERE application = ?1 AND (created, id) > (?2, ?3) ORDER BY created, id LIMIT ?4
        """
    )
    static let byCreatedDescending = Query(
        "SELECT",
        userColumns,
        """
        FROM users INDEXED BY users_by_created
        WHERE application = ?1 AND (created, id) < (?2, ?3) ORDER BY created DESC, id DESC LIMIT ?4
        """
    )
    static let byName = Query(
        "SELECT",
        userColumns,
        "FROM users WHERE application = ?1 AND username_key > ?2 ORDER BY username_key LIMIT ?3"
    )
    static let byNameDescending = Query(
        "SELECT",
        userColumns,
        "FROM users WHERE application = ?1 AND username_key < ?2 ORDER BY username_key DESC LIMIT ?3"
    )
    static let byWords = Query(
        "SELECT",
        userColumns,
        """
        FROM user_index CROSS JOIN users ON users.id = user_index.rowid AND users.application = ?1
        WHERE user_index MATCH ?2 AND user_index.rowid > ?3 ORDER BY user_index.rowid LIMIT ?4
        """
    )

    static let names = Query("SELECT username, nickname FROM users WHERE id = ?2 AND application = ?1")
    static let insert = Query("INSERT INTO user_index (rowid, scope, text) VALUES (?1, ?2, ?3)")
    static let delete = Query(
        "INSERT INTO user_index (user_index, rowid, scope, text) VALUES ('delete', ?1, ?2, ?3)"
    )
    static let unindexed = Query(
        "SELECT id, application, username, nickname FROM users WHERE id > ?1 ORDER BY id LIMIT ?2"
    )
    static let ofApplication = Query(
        "SELECT id, username, nickname FROM users WHERE application = ?1 ORDER BY id LIMIT ?2"
    )
}

extension TenantStore {
    func users(
        by order: UserOrder,
        after position: UserPosition?,
        isDescending: Bool,
        limit: Int
    ) throws(Failure) -> [User] {
        switch order {
        case .created:
            let end: Int64 = isDescending ? .max : -1
            let moment = if case .number(let moment)? = position?.value { moment } else { end }
            let query = isDescending ? UserSearchQueries.byCreatedDescending : UserSearchQueries.byCreated
            return try prepare(query, moment, position?.id.rawValue ?? end, limit).rows { $0.user() }
        case .username:
            let end = isDescending ? "\u{7F}" : ""
            let name = if case .text(let name)? = position?.value { name } else { end }
            let query = isDescending ? UserSearchQueries.byNameDescending : UserSearchQueries.byName
            return try prepare(query, name, limit).rows { $0.user() }
        }
    }

    func users(
        withWordsOf search: WordSearch,
        after id: UserID?,
        limit: Int
    ) throws(Failure) -> [User] {
        // A word is letters and digits, so nothing in it ends the quotation.
        var terms = search.words.prefix(32).map { "\"\($0)\"" }
        if search.isPrefix, terms.count == search.words.count { terms[terms.count - 1] += "*" }
        terms.append("\"\(searchScope(application.rawValue))\"")
        let match = terms.joined(separator: " AND ")
        return try prepare(UserSearchQueries.byWords, match, id?.rawValue ?? 0, limit).rows { $0.user() }
    }
}

/// The words of a user's names as they stand in the index.
private func indexedText(_ username: String, _ nickname: String?) -> String {
    (WordSearch.words(in: username) + (nickname.map { WordSearch.words(in: $0) } ?? []))
        .joined(separator: " ")
}

extension Connection {
    /// Brings every user of the file into the index.
    func indexUsers() throws(Failure) {
        var last = UserID(rawValue: 0)
        while true {
            let rows: [(UserID, ApplicationID, String)] = try prepare(UserSearchQueries.unindexed, last, 500)
                .rows { ($0.id(0), $0.id(1), indexedText($0.text(2), $0.optionalText(3))) }
            for (id, application, text) in rows {
                try prepare(UserSearchQueries.insert, id, searchScope(application.rawValue), text).run()
            }
            guard rows.count == 500, let end = rows.last else { return }
            last = end.0
        }
    }

    /// Takes some of an application's users out of the index, those that a removal of so many rows takes first.
    func unindexUsers(of application: ApplicationID, limit: Int) throws(Failure) {
        let rows: [(UserID, String)] = try prepare(UserSearchQueries.ofApplication, application, limit)
            .rows { ($0.id(0), indexedText($0.text(1), $0.optionalText(2))) }
        for (id, text) in rows {
            try prepare(UserSearchQueries.delete, id, searchScope(application.rawValue), text).run()
        }
    }
}

extension SQLiteWriter {
    /// Brings a new user's words into the index.
    func index(_ id: UserID, _ username: String, _ nickname: String?) throws(Failure) {
        try connection.prepare(
            UserSearchQueries.insert,
            id,
            searchScope(application.rawValue),
            indexedText(username, nickname)
        ).run()
    }

    /// Brings a user's words up to date before its nickname changes.
    func reindex(_ user: User) throws(Failure) {
        guard let (username, nickname) = try indexedNames(of: user.id), nickname != user.nickname else {
            return
        }
        try unindex(user.id, username, nickname)
        try index(user.id, username, user.nickname)
    }

    /// Takes a user's words out of the index, before its name changes or it is removed.
    func unindex(_ id: UserID) throws(Failure) {
        guard let (username, nickname) = try indexedNames(of: id) else { return }
        try unindex(id, username, nickname)
    }

    private func indexedNames(of id: UserID) throws(Failure) -> (username: String, nickname: String?)? {
        try prepare(UserSearchQueries.names, id).first { ($0.text(0), $0.optionalText(1)) }
    }

    private func unindex(_ id: UserID, _ username: String, _ nickname: String?) throws(Failure) {
        try connection.prepare(
            UserSearchQueries.delete,
            id,
            searchScope(application.rawValue),
            indexedText(username, nickname)
        ).run()
    }
}
