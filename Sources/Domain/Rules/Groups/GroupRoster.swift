// The list of a group's members, for callers who may see it.

/// The members of one group, as a caller may read them.
public struct GroupRoster {
    private let group: Group
    private let store: any Reader

    fileprivate init(_ group: Group, _ store: any Reader) {
        self.group = group
        self.store = store
    }

    /// Members behind this place, in the order of joining with the owner last, at most `limit`.
    public func members(after place: Int64?, limit: Int) throws(Failure) -> [GroupMember] {
        try store.members(of: group.id, after: place, limit: limit)
    }

    /// The same order, after skipping `offset`.
    public func members(offset: Int, limit: Int) throws(Failure) -> [GroupMember] {
        try store.members(of: group.id, offset: offset, limit: limit)
    }

    /// All members.
    ///
    /// Costs a row each.
    public func all() throws(Failure) -> [GroupMember] {
        var members: [GroupMember] = []
        while true {
            let page = try self.members(after: members.last?.place, limit: 500)
            members += page
            if page.count < 500 { return members }
        }
    }

    /// The administrators without the owner, in the order of joining.
    public func administrators() throws(Failure) -> [GroupMember] {
        try store.administrators(of: group.id)
    }

    /// The user's place in the group; nil for a stranger.
    public func membership(of user: User) throws(Failure) -> GroupMember? {
        try store.membership(of: user.id, in: group.id)
    }

    /// The role of each of these members, which costs a look-up each where the group has roles of its own.
    public func roles(of members: [GroupMember]) throws(Failure) -> [PermissionRole] {
        guard try store.roleCount(of: group.id) > 0 else { return members.map { PermissionRole($0.role) } }
        var roles: [PermissionRole] = []
        for member in members {
            roles.append(try GroupRoleRules.role(of: member, in: group, store: store))
        }
        return roles
    }
}

extension GroupMemberRules {
    /// The members of a group.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`: members see each other, strangers don't see them.
    public static func roster(
        of group: Group,
        for caller: Caller,
        in store: any Reader
    ) throws(Failure) -> GroupRoster {
        try GroupAuthority(caller, group, store).requireMembership()
        return GroupRoster(group, store)
    }
}
