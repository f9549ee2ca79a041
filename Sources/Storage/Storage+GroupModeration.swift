// The repository of block lists, allow lists and mutes of groups and rooms on SQLite.

import Domain

/// The statements of one list. Who is blocked for a time stands there until it is over.
private struct ListQueries {
    let exists, names, delete: Query

    static let blocked = ListQueries(
        exists: Query(
            """
            SELECT 1 FROM group_blocks
            WHERE application = ?1 AND group_id = ?2 AND user = ?3 AND (expires IS NULL OR expires > ?4)
            """
        ),
        names: Query(
            """
            SELECT users.username FROM group_blocks CROSS JOIN users ON users.id = group_blocks.user
            WHERE group_blocks.application = ?1 AND group_blocks.group_id = ?2
                AND (group_blocks.expires IS NULL OR group_blocks.expires > ?3)
            ORDER BY group_blocks.user
            """
        ),
        delete: Query("DELETE FROM group_blocks WHERE application = ?1 AND group_id = ?2 AND user = ?3")
    )

    static let allowed = ListQueries(
        exists: Query(
            "SELECT 1 FROM group_allowed WHERE application = ?1 AND group_id = ?2 AND user = ?3 AND ?4 NOT NULL"
        ),
        names: Query(
            """
            SELECT users.username FROM group_allowed CROSS JOIN users ON users.id = group_allowed.user
            WHERE group_allowed.application = ?1 AND group_allowed.group_id = ?2 AND ?3 NOT NULL
            ORDER BY group_allowed.user
            """
        ),
        delete: Query("DELETE FROM group_allowed WHERE application = ?1 AND group_id = ?2 AND user = ?3")
    )

    static func of(_ list: GroupList) -> ListQueries {
        switch list {
        case .blocked: blocked
        case .allowed: allowed
        }
    }
}

private enum GroupListQueries {
    static let block = Query(
        """
        INSERT INTO group_blocks (application, group_id, user, created, expires) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (application, group_id, user) DO UPDATE SET expires = excluded.expires
        """
    )
    static let allow = Query(
        """
        INSERT INTO group_allowed (application, group_id, user, created) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, group_id, user) DO NOTHING
        """
    )
    static let deleteEnded = Query(
        "DELETE FROM group_blocks WHERE application = ?1 AND group_id = ?2 AND expires <= ?3"
    )
    static let deleteBlocks = Query("DELETE FROM group_blocks WHERE application = ?1 AND group_id = ?2")
}

private enum GroupMuteQueries {
    static let expiry = Query(
        "SELECT expires FROM group_mutes WHERE application = ?1 AND group_id = ?2 AND user = ?3"
    )
    static let all = Query(
        """
        SELECT users.username, group_mutes.expires FROM group_mutes CROSS JOIN users ON users.id = group_mutes.user
        WHERE group_mutes.application = ?1 AND group_mutes.group_id = ?2 AND group_mutes.expires > ?3
        ORDER BY group_mutes.user
        """
    )
    static let set = Query(
        """
        INSERT INTO group_mutes (application, group_id, user, expires)
        SELECT groups.application, groups.id, users.id, ?4
        FROM groups CROSS JOIN users ON users.id = ?3 AND users.application = ?1
        WHERE groups.id = ?2 AND groups.application = ?1
        ON CONFLICT (application, group_id, user) DO UPDATE SET expires = excluded.expires
        """
    )
    static let delete = Query(
        "DELETE FROM group_mutes WHERE application = ?1 AND group_id = ?2 AND user = ?3"
    )
}

extension TenantStore {
    func isListed(_ user: UserID, _ list: GroupList, of group: GroupID, at now: Timestamp) throws(Failure)
        -> Bool
    {
        var statement = try connection.prepare(ListQueries.of(list).exists)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        statement.bind(4, now)
        return try statement.step()
    }

    func listedNames(_ list: GroupList, of group: GroupID, at now: Timestamp) throws(Failure) -> [String] {
        var statement = try connection.prepare(ListQueries.of(list).names)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, now)
        return try statement.texts()
    }

    func muteExpiry(of user: UserID, in group: GroupID) throws(Failure) -> Timestamp? {
        var statement = try connection.prepare(GroupMuteQueries.expiry)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        return try statement.step() ? statement.timestamp(0) : nil
    }

    func groupMutes(of group: GroupID, at now: Timestamp) throws(Failure) -> [GroupMute] {
        var statement = try connection.prepare(GroupMuteQueries.all)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, now)
        var mutes: [GroupMute] = []
        while try statement.step() {
            mutes.append(GroupMute(name: statement.text(0), expires: statement.timestamp(1)))
        }
        return mutes
    }
}

extension SQLiteWriter {
    func block(
        _ user: UserID,
        until expiry: Timestamp?,
        in group: GroupID,
        at now: Timestamp
    ) throws(Failure) -> Bool {
        try deleteEndedBlocks(of: group, at: now)
        let stood = try isListed(user, .blocked, of: group, at: now)
        var statement = try connection.prepare(GroupListQueries.block)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        statement.bind(4, now)
        statement.bind(5, expiry)
        return try statement.insert() == .added && !stood
    }

    private func deleteEndedBlocks(of group: GroupID, at now: Timestamp) throws(Failure) {
        var statement = try connection.prepare(GroupListQueries.deleteEnded)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, now)
        try statement.run()
    }

    func allow(_ user: UserID, in group: GroupID, at now: Timestamp) throws(Failure) -> Bool {
        var statement = try connection.prepare(GroupListQueries.allow)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        statement.bind(4, now)
        return try statement.insert() == .added
    }

    func deleteListed(
        _ user: UserID,
        _ list: GroupList,
        of group: GroupID,
        at now: Timestamp
    ) throws(Failure) -> Bool {
        let stood = try isListed(user, list, of: group, at: now)
        var statement = try connection.prepare(ListQueries.of(list).delete)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        return try statement.run() > 0 && stood
    }

    func deleteBlocks(of group: GroupID, at now: Timestamp) throws(Failure) -> Bool {
        try deleteEndedBlocks(of: group, at: now)
        var statement = try connection.prepare(GroupListQueries.deleteBlocks)
        statement.bind(1, application)
        statement.bind(2, group)
        return try statement.run() > 0
    }

    func setGroupMute(until expiry: Timestamp?, of user: UserID, in group: GroupID) throws(Failure) {
        var statement = try connection.prepare(expiry == nil ? GroupMuteQueries.delete : GroupMuteQueries.set)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        if let expiry { statement.bind(4, expiry) }
        try statement.run()
    }
}
