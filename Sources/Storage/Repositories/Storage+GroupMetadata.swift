// The repository of members' and rooms' metadata and of super admins on SQLite.

import Domain

private enum GroupMetadataQueries {
    static let ofMember = Query(
        """
        SELECT key, value FROM group_member_metadata WHERE application = ?1 AND group_id = ?2 AND user = ?3
        ORDER BY key
        """
    )
    static let setOfMember = Query(
        """
        INSERT INTO group_member_metadata (application, group_id, user, key, value)
        SELECT application, group_id, user, ?4, ?5 FROM group_members
        WHERE application = ?1 AND group_id = ?2 AND user = ?3
        ON CONFLICT (application, group_id, user, key) DO UPDATE SET value = excluded.value
        """
    )
    static let deleteOfMember = Query(
        """
        DELETE FROM group_member_metadata WHERE application = ?1 AND group_id = ?2 AND user = ?3 AND key = ?4
        """
    )

    static let ofRoom = Query(
        """
        SELECT key, value, owner, ends_with_owner FROM room_metadata WHERE application = ?1 AND group_id = ?2
        ORDER BY key
        """
    )
    static let entry = Query(
        """
        SELECT key, value, owner, ends_with_owner FROM room_metadata
        WHERE application = ?1 AND group_id = ?2 AND key = ?3
        """
    )
    static let setOfRoom = Query(
        """
        INSERT INTO room_metadata (application, group_id, key, value, owner, ends_with_owner)
        SELECT groups.application, groups.id, ?4, ?5, users.id, ?6
        FROM groups CROSS JOIN users ON users.id = ?3 AND users.application = ?1
        WHERE groups.id = ?2 AND groups.application = ?1
        ON CONFLICT (application, group_id, key) DO UPDATE
        SET value = excluded.value, owner = excluded.owner, ends_with_owner = excluded.ends_with_owner
        """
    )
    static let deleteOfRoom = Query(
        "DELETE FROM room_metadata WHERE application = ?1 AND group_id = ?2 AND key = ?3"
    )
    static let deleteEnding = Query(
        """
        DELETE FROM room_metadata
        WHERE application = ?1 AND group_id = ?2 AND owner = ?3 AND ends_with_owner = 1
        """
    )

    static let isSuperAdministrator = Query(
        "SELECT 1 FROM room_administrators WHERE application = ?1 AND user = ?2"
    )
    static let superAdministrators = Query(
        """
        SELECT users.username FROM room_administrators CROSS JOIN users ON users.id = room_administrators.user
        WHERE room_administrators.application = ?1 ORDER BY room_administrators.user LIMIT ?2 OFFSET ?3
        """
    )
    static let insertSuperAdministrator = Query(
        """
        INSERT INTO room_administrators (application, user, created) VALUES (?1, ?2, ?3)
        ON CONFLICT (application, user) DO NOTHING
        """
    )
    static let deleteSuperAdministrator = Query(
        "DELETE FROM room_administrators WHERE application = ?1 AND user = ?2"
    )
}

extension TenantStore {
    func memberMetadata(of user: UserID, in group: GroupID) throws(Failure) -> [MetadataEntry] {
        try prepare(GroupMetadataQueries.ofMember, group, user).rows {
            MetadataEntry(key: $0.text(0), value: $0.text(1))
        }
    }

    func roomMetadata(of room: GroupID) throws(Failure) -> [RoomMetadataEntry] {
        try prepare(GroupMetadataQueries.ofRoom, room).rows { $0.roomMetadataEntry() }
    }

    func roomMetadata(_ key: String, of room: GroupID) throws(Failure) -> RoomMetadataEntry? {
        try prepare(GroupMetadataQueries.entry, room, key).first { $0.roomMetadataEntry() }
    }

    func isSuperAdministrator(_ user: UserID) throws(Failure) -> Bool {
        try prepare(GroupMetadataQueries.isSuperAdministrator, user).step()
    }

    func superAdministrators(offset: Int, limit: Int) throws(Failure) -> [String] {
        try prepare(GroupMetadataQueries.superAdministrators, limit, offset).rows { $0.text(0) }
    }
}

extension SQLiteWriter {
    func setMemberMetadata(_ entry: MetadataEntry, of user: UserID, in group: GroupID) throws(Failure) {
        try prepare(GroupMetadataQueries.setOfMember, group, user, entry.key, entry.value).run()
    }

    func deleteMemberMetadata(_ key: String, of user: UserID, in group: GroupID) throws(Failure) {
        try prepare(GroupMetadataQueries.deleteOfMember, group, user, key).run()
    }

    func setRoomMetadata(_ entry: RoomMetadataEntry, of room: GroupID) throws(Failure) {
        try prepare(
            GroupMetadataQueries.setOfRoom,
            room,
            entry.owner,
            entry.key,
            entry.value,
            entry.endsWithOwner
        ).run()
    }

    func deleteRoomMetadata(_ key: String, of room: GroupID) throws(Failure) {
        try prepare(GroupMetadataQueries.deleteOfRoom, room, key).run()
    }

    func deleteRoomMetadata(endingWith owner: UserID, in room: GroupID) throws(Failure) {
        try prepare(GroupMetadataQueries.deleteEnding, room, owner).run()
    }

    func insertSuperAdministrator(_ user: UserID, at now: Timestamp) throws(Failure) -> Bool {
        try prepare(GroupMetadataQueries.insertSuperAdministrator, user, now).insert() == .added
    }

    func deleteSuperAdministrator(_ user: UserID) throws(Failure) -> Bool {
        try prepare(GroupMetadataQueries.deleteSuperAdministrator, user).run() > 0
    }
}

extension Statement {
    fileprivate func roomMetadataEntry() -> RoomMetadataEntry {
        RoomMetadataEntry(
            key: text(0),
            value: text(1),
            owner: id(2),
            endsWithOwner: bool(3)
        )
    }
}
