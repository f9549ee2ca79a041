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
        try prepare(MuteQueries.ofUser, id).first { $0.mutes(at: 0) } ?? Mutes()
    }

    func mutedUsers(
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [(name: String, mutes: Mutes)] {
        try prepare(MuteQueries.page, now, limit, offset).rows { ($0.text(0), $0.mutes(at: 1)) }
    }
}

extension SQLiteWriter {
    func setMutes(_ mutes: Mutes, of id: UserID) throws(Failure) {
        guard mutes != Mutes() else {
            try prepare(MuteQueries.delete, id).run()
            return
        }
        try prepare(MuteQueries.set, id, mutes.chat, mutes.groupchat, mutes.chatroom).run()
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
