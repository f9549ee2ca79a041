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
        var statement = try connection.prepare(GroupMetadataQueries.ofMember)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        var entries: [MetadataEntry] = []
        while try statement.step() {
            entries.append(MetadataEntry(key: statement.text(0), value: statement.text(1)))
        }
        return entries
    }

    func roomMetadata(of room: GroupID) throws(Failure) -> [RoomMetadataEntry] {
        var statement = try connection.prepare(GroupMetadataQueries.ofRoom)
        statement.bind(1, application)
        statement.bind(2, room)
        var entries: [RoomMetadataEntry] = []
        while try statement.step() { entries.append(statement.roomMetadataEntry()) }
        return entries
    }

    func roomMetadata(_ key: String, of room: GroupID) throws(Failure) -> RoomMetadataEntry? {
        var statement = try connection.prepare(GroupMetadataQueries.entry)
        statement.bind(1, application)
        statement.bind(2, room)
        statement.bind(3, key)
        return try statement.step() ? statement.roomMetadataEntry() : nil
    }

    func isSuperAdministrator(_ user: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(GroupMetadataQueries.isSuperAdministrator)
        statement.bind(1, application)
        statement.bind(2, user)
        return try statement.step()
    }

    func superAdministrators(offset: Int, limit: Int) throws(Failure) -> [String] {
        var statement = try connection.prepare(GroupMetadataQueries.superAdministrators)
        statement.bind(1, application)
        statement.bind(2, limit)
        statement.bind(3, offset)
        return try statement.texts()
    }
}

extension SQLiteWriter {
    func setMemberMetadata(_ entry: MetadataEntry, of user: UserID, in group: GroupID) throws(Failure) {
        var statement = try connection.prepare(GroupMetadataQueries.setOfMember)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        statement.bind(4, entry.key)
        statement.bind(5, entry.value)
        try statement.run()
    }

    func deleteMemberMetadata(_ key: String, of user: UserID, in group: GroupID) throws(Failure) {
        var statement = try connection.prepare(GroupMetadataQueries.deleteOfMember)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, user)
        statement.bind(4, key)
        try statement.run()
    }

    func setRoomMetadata(_ entry: RoomMetadataEntry, of room: GroupID) throws(Failure) {
        var statement = try connection.prepare(GroupMetadataQueries.setOfRoom)
        statement.bind(1, application)
        statement.bind(2, room)
        statement.bind(3, entry.owner)
        statement.bind(4, entry.key)
        statement.bind(5, entry.value)
        statement.bind(6, entry.endsWithOwner)
        try statement.run()
    }

    func deleteRoomMetadata(_ key: String, of room: GroupID) throws(Failure) {
        var statement = try connection.prepare(GroupMetadataQueries.deleteOfRoom)
        statement.bind(1, application)
        statement.bind(2, room)
        statement.bind(3, key)
        try statement.run()
    }

    func deleteRoomMetadata(endingWith owner: UserID, in room: GroupID) throws(Failure) {
        var statement = try connection.prepare(GroupMetadataQueries.deleteEnding)
        statement.bind(1, application)
        statement.bind(2, room)
        statement.bind(3, owner)
        try statement.run()
    }

    func insertSuperAdministrator(_ user: UserID, at now: Timestamp) throws(Failure) -> Bool {
        var statement = try connection.prepare(GroupMetadataQueries.insertSuperAdministrator)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, now)
        return try statement.insert() == .added
    }

    func deleteSuperAdministrator(_ user: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(GroupMetadataQueries.deleteSuperAdministrator)
        statement.bind(1, application)
        statement.bind(2, user)
        return try statement.run() > 0
    }
}

extension Statement {
    fileprivate func roomMetadataEntry() -> RoomMetadataEntry {
        RoomMetadataEntry(
            key: text(0),
            value: text(1),
            owner: UserID(rawValue: int64(2)),
            endsWithOwner: bool(3)
        )
    }
}
