// Which members help a group's owner to keep order.

extension GroupMemberRules {
    /// Administrators with the owner, at most.
    public static let maximumAdministrators = 100

    /// Makes a member an administrator, which ends a role of the group's own.
    ///
    /// - Throws: `.forbidden(.permission(…))`, `.group` with `.notMembers`, `.ownerProtected`, `.alreadyAdministrator` or
    ///   `.tooManyAdministrators`; for a room `.notFound(.user, …)`.
    public static func addAdministrator(
        _ reference: UserReference,
        to group: Group,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) -> User {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.setRole)
        for permission in PermissionRole.administrator.permissions.list { try authority.require(permission) }
        if group.kind == .room { _ = try UserRules.find(reference, in: store) }
        let (user, membership) = try member(reference, of: group, in: store)
        switch membership.role {
        // A room's owner can all that its administrators can.
        case .owner where group.kind == .room: return user
        case .owner: throw .group(.ownerProtected)
        case .administrator: throw .group(.alreadyAdministrator(reference.text, group.id))
        case .member: break
        }
        try makeAdministrator(membership, of: group, in: store)
        return user
    }

    /// Makes an administrator an ordinary member.
    ///
    /// - Throws: `.forbidden(.permission(.setRole))`, `.group(.notAdministrator)`, for a stranger too.
    public static func removeAdministrator(
        _ reference: UserReference,
        from group: Group,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) -> User {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.setRole)
        guard let user = try UserRules.known(reference, in: store),
            let membership = try store.membership(of: user.id, in: group.id), membership.role != .member
        else { throw .group(.notAdministrator(reference.text, group.id)) }
        if membership.role == .owner {
            // A room's owner stays what it is, and clients read that as success.
            guard group.kind == .room else { throw .group(.notAdministrator(reference.text, group.id)) }
            return user
        }
        try authority.require(.setRole, against: membership)
        try makeOrdinary(membership, of: group, in: store)
        return user
    }

    /// Makes an ordinary member an administrator, and nothing else.
    static func makeAdministrator(
        _ member: GroupMember,
        of group: Group,
        in store: any Writer
    ) throws(Failure) {
        // The owner counts, and so does the new one.
        guard try store.administrators(of: group.id).count + 2 <= maximumAdministrators else {
            throw .group(.tooManyAdministrators(maximum: maximumAdministrators))
        }
        try store.setRole(nil, of: member.user, in: group.id)
        _ = try store.setAdministrator(true, member.user, in: group.id)
        try store.record(.adminAdded, of: [member.name], in: group)
    }

    /// Makes a member who isn't the owner an ordinary one, and nothing else.
    static func makeOrdinary(_ member: GroupMember, of group: Group, in store: any Writer) throws(Failure) {
        try store.setRole(nil, of: member.user, in: group.id)
        guard member.role == .administrator else { return }
        _ = try store.setAdministrator(false, member.user, in: group.id)
        try store.record(.adminRemoved, of: [member.name], in: group)
    }
}
