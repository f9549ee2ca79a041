// The repository of application-wide mutes on SQLite.

import Domain

private enum MuteQueries {
    static let ofUser = Query(
        "SELECT chat, groupchat, chatroom FROM mutes WHERE application = ?1 AND user = ?2"
    )
    // The key of the table is its order, so a page is a walk along it; no row of an unmuted user is in the
    // way.
    static let page = Query(
        """
        SELECT users.username, mutes.chat, mutes.groupchat, mutes.chatroom
        FROM mutes CROSS JOIN users ON users.id = mutes.user
        WHERE mutes.application = ?1 AND (mutes.chat > ?2 OR mutes.groupchat > ?2 OR mutes.chatroom > ?2)
        ORDER BY mutes.username_key LIMIT ?3 OFFSET ?4
        """
    )

    // The name's key never changes, so its copy can't go stale.
    static let set = Query(
        """
        INSERT INTO mutes (application, username_key, user, chat, groupchat, chatroom)
        SELECT application, username_key, id, ?3, ?4, ?5 FROM users WHERE id = ?2 AND application = ?1
        ON CONFLICT (application, username_key) DO UPDATE
        SET chat = excluded.chat, groupchat = excluded.groupchat, chatroom = excluded.chatroom
        """
    )
    static let delete = Query("DELETE FROM mutes WHERE application = ?1 AND user = ?2")
}

extension TenantStore {
    func mutes(of id: UserID) throws(Failure) -> Mutes {
        var statement = try connection.prepare(MuteQueries.ofUser)
        statement.bind(1, application)
        statement.bind(2, id)
        return try statement.step() ? statement.mutes(at: 0) : Mutes()
    }

    func mutedUsers(
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [(name: String, mutes: Mutes)] {
        var statement = try connection.prepare(MuteQueries.page)
        statement.bind(1, application)
        statement.bind(2, now)
        statement.bind(3, limit)
        statement.bind(4, offset)
        var users: [(name: String, mutes: Mutes)] = []
        while try statement.step() { users.append((statement.text(0), statement.mutes(at: 1))) }
        return users
    }
}

extension SQLiteWriter {
    func setMutes(_ mutes: Mutes, of id: UserID) throws(Failure) {
        guard mutes != Mutes() else {
            var statement = try connection.prepare(MuteQueries.delete)
            statement.bind(1, application)
            statement.bind(2, id)
            try statement.run()
            return
        }
        var statement = try connection.prepare(MuteQueries.set)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, mutes.chat)
        statement.bind(4, mutes.groupchat)
        statement.bind(5, mutes.chatroom)
        try statement.run()
    }
}

extension Statement {
    fileprivate func mutes(at column: Int32) -> Mutes {
        Mutes(
            chat: optionalTimestamp(column),
            groupchat: optionalTimestamp(column + 1),
            chatroom: optionalTimestamp(column + 2)
        )
    }
}
