// The repository of memberships on SQLite.

import Domain

private let memberColumns: StaticString = """
    group_members.user, users.username, group_members.role, group_members.joined, group_members.place,
    group_members.nickname, group_members.icon, group_members.extra
    """

private enum MemberQueries {
    static let one = Query(
        "SELECT",
        memberColumns,
        """
        FROM group_members CROSS JOIN users ON users.id = group_members.user
        WHERE group_members.application = ?1 AND group_members.group_id = ?2 AND group_members.user = ?3
        """
    )
    static let page = Query(
        "SELECT",
        memberColumns,
        """
        FROM group_members INDEXED BY group_members_by_place CROSS JOIN users ON users.id = group_members.user
        WHERE group_members.application = ?1 AND group_members.group_id = ?2 AND group_members.place > ?3
        ORDER BY group_members.place LIMIT ?4 OFFSET ?5
        """
    )
    static let newestPage = Query(
        "SELECT",
        memberColumns,
        """
        FROM group_members INDEXED BY group_members_by_place CROSS JOIN users ON users.id = group_members.user
        WHERE group_members.application = ?1 AND group_members.group_id = ?2 AND group_members.place < ?3
        ORDER BY group_members.place DESC LIMIT ?4
        """
    )
    static let administrators = Query(
        "SELECT",
        memberColumns,
        """
        FROM group_members INDEXED BY group_administrators CROSS JOIN users ON users.id = group_members.user
        WHERE group_members.application = ?1 AND group_members.group_id = ?2 AND group_members.role = 1
        ORDER BY group_members.place
        """
    )

    static let heir = Query(
        "SELECT",
        memberColumns,
        """
        FROM group_members INDEXED BY group_members_by_place CROSS JOIN users ON users.id = group_members.user
        WHERE group_members.application = ?1 AND group_members.group_id = ?2 AND group_members.role < 2
        ORDER BY users.activated DESC, group_members.role DESC, group_members.place LIMIT 1
        """
    )

    static let insert = Query(
        """
        INSERT INTO group_members (application, group_id, user, kind, role, joined, place)
        SELECT groups.application, groups.id, users.id, groups.kind, 0, ?4, ?5
        FROM groups CROSS JOIN users ON users.id = ?3 AND users.application = ?1
        WHERE groups.id = ?2 AND groups.application = ?1
        ON CONFLICT (application, group_id, user) DO NOTHING
        """
    )
    static let delete = Query(
        "DELETE FROM group_members WHERE application = ?1 AND group_id = ?2 AND user = ?3 AND role < 2"
    )
    static let setRole = Query(
        """
        UPDATE group_members SET role = ?4 WHERE application = ?1 AND group_id = ?2 AND user = ?3 AND role < 2
        """
    )
    static let setProfile = Query(
        """
        UPDATE group_members SET nickname = ?4, icon = ?5, extra = ?6
        WHERE application = ?1 AND group_id = ?2 AND user = ?3
        """
    )
    static let demoteOwner = Query(
        """
        UPDATE group_members SET role = 0, place = ?3
        WHERE application = ?1 AND group_id = ?2 AND place = 9223372036854775807
        """
    )
    static let promote = Query(
        """
        UPDATE group_members SET role = 2, place = 9223372036854775807
        WHERE application = ?1 AND group_id = ?2 AND user = ?3
        """
    )
    static let setOwner = Query(
        "UPDATE groups SET owner = ?3, modified = ?4 WHERE id = ?2 AND application = ?1"
    )
}

extension TenantStore {
    func membership(of user: UserID, in group: GroupID) throws(Failure) -> GroupMember? {
        try prepare(MemberQueries.one, group, user).first { $0.member() }
    }

    func members(of group: GroupID, after place: Int64?, limit: Int) throws(Failure) -> [GroupMember] {
        try members(of: group, after: place, limit: limit, offset: 0)
    }

    func members(of group: GroupID, offset: Int, limit: Int) throws(Failure) -> [GroupMember] {
        try members(of: group, after: nil, limit: limit, offset: offset)
    }

    private func members(
        of group: GroupID,
        after place: Int64?,
        limit: Int,
        offset: Int
    ) throws(Failure) -> [GroupMember] {
        try prepare(MemberQueries.page, group, place ?? 0, limit, offset).rows { $0.member() }
    }

    func members(of group: GroupID, before place: Int64?, limit: Int) throws(Failure) -> [GroupMember] {
        // The owner's place is the largest.
        try prepare(MemberQueries.newestPage, group, place ?? .max, limit).rows { $0.member() }
    }

    func administrators(of group: GroupID) throws(Failure) -> [GroupMember] {
        try prepare(MemberQueries.administrators, group).rows { $0.member() }
    }

    func heir(of group: GroupID) throws(Failure) -> GroupMember? {
        try prepare(MemberQueries.heir, group).first { $0.member() }
    }
}

extension SQLiteWriter {
    func insertMember(_ user: UserID, into group: GroupID, at now: Timestamp) throws(Failure) -> Bool {
        let place = try nextID(at: now)
        return try prepare(MemberQueries.insert, group, user, now, place).run() > 0
    }

    func deleteMember(_ user: UserID, from group: GroupID) throws(Failure) -> Bool {
        try prepare(MemberQueries.delete, group, user).run() > 0
    }

    func setAdministrator(_ isAdministrator: Bool, _ user: UserID, in group: GroupID) throws(Failure) -> Bool
    {
        try prepare(
            MemberQueries.setRole,
            group,
            user,
            (isAdministrator ? GroupRole.administrator : .member).rawValue
        ).run() > 0
    }

    func setProfile(_ profile: MemberProfile, of user: UserID, in group: GroupID) throws(Failure) -> Bool {
        try prepare(MemberQueries.setProfile, group, user, profile.nickname, profile.icon, profile.extra)
            .run() > 0
    }

    func setOwner(_ user: UserID, of group: GroupID, at now: Timestamp) throws(Failure) -> Bool {
        guard let member = try membership(of: user, in: group), member.role != .owner else { return false }
        let place = try nextID(at: now)
        // The old owner first: the owner's place is unique.
        try prepare(MemberQueries.demoteOwner, group, place).run()
        try prepare(MemberQueries.promote, group, user).run()
        try prepare(MemberQueries.setOwner, group, user, now).run()
        return true
    }
}

extension Statement {
    /// The member in the columns of `memberColumns`.
    fileprivate func member() -> GroupMember {
        // The schema's CHECK keeps other roles out.
        GroupMember(
            user: id(0),
            name: text(1),
            role: GroupRole(rawValue: int(2)) ?? .member,
            joined: timestamp(3),
            place: int64(4),
            profile: MemberProfile(nickname: text(5), icon: text(6), extra: text(7))
        )
    }

    /// The rows that are left.
    fileprivate mutating func members() throws(Failure) -> [GroupMember] {
        var members: [GroupMember] = []
        while try step() { members.append(member()) }
        return members
    }
}
