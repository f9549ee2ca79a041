// The repository of groups and rooms on SQLite.

import Domain

/// The columns that `Statement.group()` reads, in its order.
private let groupColumns: StaticString = """
    groups.id, groups.kind, groups.owner, users.username, groups.created, groups.modified, groups.member_count,
    groups.name, groups.description, groups.public, groups.maximum_members, groups.needs_approval,
    groups.allows_invites, groups.needs_invite_consent, groups.custom, groups.announcement, groups.mute_expires,
    groups.disabled, groups.icon, groups.alias, groups.large
    """

// CROSS JOIN fixes the order everywhere: the groups first, then each one's owner by its key.
private enum GroupQueries {
    static let byID = Query(
        "SELECT",
        groupColumns,
        "FROM groups CROSS JOIN users ON users.id = groups.owner WHERE groups.id = ?2 AND groups.application = ?1"
    )
    static let byAlias = Query(
        "SELECT",
        groupColumns,
        """
        FROM groups INDEXED BY groups_by_alias CROSS JOIN users ON users.id = groups.owner
        WHERE groups.application = ?1 AND groups.alias = ?2 AND groups.alias IS NOT NULL
        """
    )
    static let page = Query(
        "SELECT",
        groupColumns,
        """
        FROM groups INDEXED BY groups_by_kind CROSS JOIN users ON users.id = groups.owner
        WHERE groups.application = ?1 AND groups.kind = ?2 AND groups.id < ?3
        ORDER BY groups.id DESC LIMIT ?4
        """
    )
    static let publicPage = Query(
        "SELECT",
        groupColumns,
        """
        FROM groups INDEXED BY groups_public CROSS JOIN users ON users.id = groups.owner
        WHERE groups.application = ?1 AND groups.kind = 0 AND groups.public = 1 AND groups.id < ?2
        ORDER BY groups.id DESC LIMIT ?3
        """
    )
    static let groupCount = Query("SELECT group_count FROM applications WHERE id = ?1")
    static let roomCount = Query("SELECT room_count FROM applications WHERE id = ?1")
    static let joinedPage = Query(
        "SELECT",
        groupColumns,
        """
        FROM group_members INDEXED BY group_members_by_user
        CROSS JOIN groups ON groups.id = group_members.group_id CROSS JOIN users ON users.id = groups.owner
        WHERE group_members.application = ?1 AND group_members.user = ?2 AND group_members.kind = ?3
            AND group_members.group_id < ?4
        ORDER BY group_members.group_id DESC LIMIT ?5 OFFSET ?6
        """
    )
    static let joinedCount = Query(
        "SELECT count(*) FROM group_members WHERE application = ?1 AND user = ?2 AND kind = ?3"
    )

    static let insert = Query(
        """
        INSERT INTO groups (id, application, kind, owner, created, modified, name, description, public,
            maximum_members, needs_approval, allows_invites, needs_invite_consent, custom, icon, large)
        VALUES (?2, ?1, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """
    )
    static let insertOwner = Query(
        """
        INSERT INTO group_members (application, group_id, user, kind, role, joined, place)
        VALUES (?1, ?2, ?3, ?4, 2, ?5, 9223372036854775807)
        """
    )
    static let update = Query(
        """
        UPDATE groups SET modified = ?3, name = ?4, description = ?5, public = ?6, maximum_members = ?7,
            needs_approval = ?8, allows_invites = ?9, needs_invite_consent = ?10, custom = ?11, announcement = ?12,
            mute_expires = ?13, disabled = ?14, icon = ?15, large = ?16
        WHERE id = ?2 AND application = ?1
        """
    )
    static let setAlias = Query(
        """
        UPDATE groups SET alias = ?3 WHERE id = ?2 AND application = ?1 AND NOT EXISTS
            (SELECT 1 FROM groups AS other WHERE other.application = ?1 AND other.alias = ?3 AND other.id <> ?2)
        """
    )
    static let delete = Query("DELETE FROM groups WHERE id = ?2 AND application = ?1")
}

extension TenantStore {
    func group(_ id: GroupID) throws(Failure) -> Group? {
        try prepare(GroupQueries.byID, id).first { $0.group() }
    }

    func group(aliased alias: String) throws(Failure) -> Group? {
        try prepare(GroupQueries.byAlias, alias).first { $0.group() }
    }

    func groups(_ kind: GroupKind, before id: GroupID?, limit: Int) throws(Failure) -> [Group] {
        try prepare(GroupQueries.page, kind.rawValue, id?.rawValue ?? .max, limit).rows { $0.group() }
    }

    func publicGroups(before id: GroupID?, limit: Int) throws(Failure) -> [Group] {
        try prepare(GroupQueries.publicPage, id?.rawValue ?? .max, limit).rows { $0.group() }
    }

    func groupCount(_ kind: GroupKind) throws(Failure) -> Int {
        try prepare(kind == .group ? GroupQueries.groupCount : GroupQueries.roomCount).first { $0.int(0) }
            ?? 0
    }

    func joinedGroups(
        of user: UserID,
        _ kind: GroupKind,
        before id: GroupID?,
        limit: Int
    ) throws(Failure) -> [Group] {
        try joinedGroups(of: user, kind, before: id, limit: limit, offset: 0)
    }

    func joinedGroups(of user: UserID, _ kind: GroupKind, offset: Int, limit: Int) throws(Failure) -> [Group]
    {
        try joinedGroups(of: user, kind, before: nil, limit: limit, offset: offset)
    }

    private func joinedGroups(
        of user: UserID,
        _ kind: GroupKind,
        before id: GroupID?,
        limit: Int,
        offset: Int
    ) throws(Failure) -> [Group] {
        try prepare(GroupQueries.joinedPage, user, kind.rawValue, id?.rawValue ?? .max, limit, offset).rows {
            $0.group()
        }
    }

    func joinedCount(of user: UserID, _ kind: GroupKind) throws(Failure) -> Int {
        try prepare(GroupQueries.joinedCount, user, kind.rawValue).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func insertGroup(
        _ id: GroupID,
        _ kind: GroupKind,
        _ settings: GroupSettings,
        owner: UserID,
        at now: Timestamp
    ) throws(Failure) -> Group {
        let statement = try prepare(
            GroupQueries.insert,
            id,
            kind.rawValue,
            owner,
            now,
            settings,
            settings.icon,
            settings.isLarge
        )
        guard try statement.insert() == .added else { throw .notFound(.user, id: "") }
        try prepare(GroupQueries.insertOwner, id, owner, kind.rawValue, now).run()
        guard let group = try group(id) else { throw .notFound(.group, id: id.text) }
        return group
    }

    func update(_ group: Group) throws(Failure) {
        try prepare(
            GroupQueries.update,
            group.id,
            group.modified,
            group.settings,
            group.announcement,
            group.muteExpiry,
            group.isDisabled,
            group.settings.icon,
            group.settings.isLarge
        ).run()
    }

    func setAlias(_ alias: String, of group: GroupID) throws(Failure) -> Bool {
        try prepare(GroupQueries.setAlias, group, alias).run() > 0
    }

    func deleteGroup(_ id: GroupID) throws(Failure) {
        try prepare(GroupQueries.delete, id).run()
    }
}

/// Eight parameters, in the order of the columns from `name` to `custom`.
extension GroupSettings: Bindable {
    func bind(to statement: inout Statement) {
        statement.bind(name)
        statement.bind(description)
        statement.bind(isPublic)
        statement.bind(maximumMembers)
        statement.bind(needsApproval)
        statement.bind(allowsInvites)
        statement.bind(needsInviteConsent)
        statement.bind(custom)
    }
}

extension Statement {
    /// The group in the columns of `groupColumns`.
    fileprivate func group() -> Group {
        // The schema's CHECK keeps other kinds out.
        Group(
            id: id(0),
            kind: GroupKind(rawValue: int(1)) ?? .group,
            owner: id(2),
            ownerName: text(3),
            created: timestamp(4),
            modified: timestamp(5),
            memberCount: int(6),
            settings: GroupSettings(
                name: text(7),
                description: text(8),
                isPublic: bool(9),
                maximumMembers: int(10),
                needsApproval: bool(11),
                allowsInvites: bool(12),
                needsInviteConsent: bool(13),
                custom: text(14),
                icon: text(18),
                isLarge: bool(20)
            ),
            announcement: text(15),
            muteExpiry: optionalTimestamp(16),
            isDisabled: bool(17),
            alias: optionalText(19)
        )
    }

    /// The rows that are left.
    fileprivate mutating func groups() throws(Failure) -> [Group] {
        var groups: [Group] = []
        while try step() { groups.append(group()) }
        return groups
    }
}
