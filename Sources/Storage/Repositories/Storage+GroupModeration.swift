// The repository of block lists, allow lists and mutes of groups and rooms on SQLite.

import Domain

/// The statements of one list.
///
/// A temporary block is listed until its end.
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
        try prepare(ListQueries.of(list).exists, group, user, now).step()
    }

    func listedNames(_ list: GroupList, of group: GroupID, at now: Timestamp) throws(Failure) -> [String] {
        try prepare(ListQueries.of(list).names, group, now).rows { $0.text(0) }
    }

    func muteExpiry(of user: UserID, in group: GroupID) throws(Failure) -> Timestamp? {
        try prepare(GroupMuteQueries.expiry, group, user).first { $0.timestamp(0) }
    }

    func groupMutes(of group: GroupID, at now: Timestamp) throws(Failure) -> [GroupMute] {
        try prepare(GroupMuteQueries.all, group, now).rows {
            GroupMute(name: $0.text(0), expires: $0.timestamp(1))
        }
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
        return try prepare(GroupListQueries.block, group, user, now, expiry).insert() == .added && !stood
    }

    private func deleteEndedBlocks(of group: GroupID, at now: Timestamp) throws(Failure) {
        try prepare(GroupListQueries.deleteEnded, group, now).run()
    }

    func allow(_ user: UserID, in group: GroupID, at now: Timestamp) throws(Failure) -> Bool {
        try prepare(GroupListQueries.allow, group, user, now).insert() == .added
    }

    func deleteListed(
        _ user: UserID,
        _ list: GroupList,
        of group: GroupID,
        at now: Timestamp
    ) throws(Failure) -> Bool {
        let stood = try isListed(user, list, of: group, at: now)
        return try prepare(ListQueries.of(list).delete, group, user).run() > 0 && stood
    }

    func deleteBlocks(of group: GroupID, at now: Timestamp) throws(Failure) -> Bool {
        try deleteEndedBlocks(of: group, at: now)
        return try prepare(GroupListQueries.deleteBlocks, group).run() > 0
    }

    func setGroupMute(until expiry: Timestamp?, of user: UserID, in group: GroupID) throws(Failure) {
        try prepare(expiry == nil ? GroupMuteQueries.delete : GroupMuteQueries.set, group, user, expiry).run()
    }
}
