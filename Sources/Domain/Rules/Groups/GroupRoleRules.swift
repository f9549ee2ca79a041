// The roles of a group: their permissions, and how they are created and assigned.

/// The roles of members and what follows from them.
public enum GroupRoleRules {
    /// Roles that a group may have of its own.
    public static let maximumRoles = 100
    /// The longest accepted name, in characters.
    public static let maximumNameCharacters = 128
    /// The longest accepted description, in characters.
    public static let maximumDescriptionCharacters = 512

    /// The role of a member.
    ///
    /// The owner and administrators have the built-in role: becoming one ends a role of the group's own.
    public static func role(of member: GroupMember, in group: Group, store: any Reader) throws(Failure)
        -> PermissionRole
    {
        guard member.role == .member, let own = try store.ownRole(of: member.user, in: group.id) else {
            return PermissionRole(member.role)
        }
        return own
    }

    /// A role by its number; one of a group's own for its members only.
    ///
    /// - Throws: `.notFound(.role, …)`, `.group(.notMembers)`.
    public static func find(
        _ id: GroupRoleID,
        for caller: Caller,
        in store: any Reader
    ) throws(Failure) -> PermissionRole {
        let role = try find(id, in: store)
        guard let id = role.group, let group = try store.group(id) else { return role }
        guard try GroupAuthority(caller, group, store).isMember else { throw .group(.notMembers([], id)) }
        return role
    }

    private static func find(_ id: GroupRoleID, in store: any Reader) throws(Failure) -> PermissionRole {
        if let standard = PermissionRole.standard.first(where: { $0.id == id }) { return standard }
        guard let role = try store.role(id) else { throw .notFound(.role, id: String(id.rawValue)) }
        return role
    }

    /// Makes a role of a group's own.
    ///
    /// Nobody gives permissions that it lacks.
    ///
    /// - Throws: `.forbidden(.permission(…))`, `.limitReached(.roles, …)`.
    public static func add(
        _ name: String,
        description: String?,
        _ permissions: RolePermissions,
        to group: Group,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) -> PermissionRole {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.setRole)
        for permission in permissions.list { try authority.require(permission) }
        guard try store.roleCount(of: group.id) < maximumRoles else {
            throw .limitReached(.roles, maximum: maximumRoles)
        }
        return try store.insertRole(name, description: description, permissions, of: group.id)
    }

    /// Gives a member a role, which takes the place of the one that it has.
    ///
    /// The owner's role hands the group over, which the owner alone does; the owner itself keeps its own until then.
    ///
    /// - Throws: `.forbidden(.permission(…))` with `.setRole`, or with a permission that the caller lacks and the role has;
    ///   `.group` with `.notMembers`, `.ownerProtected` or `.tooManyAdministrators`; `.notFound(.role, …)` for a role of another
    ///   group too.
    public static func give(
        _ id: GroupRoleID,
        to reference: UserReference,
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.setRole)
        let member = try GroupMemberRules.member(reference, of: group, in: store).membership
        let role = try find(id, in: store)
        guard role.group == nil || role.group == group.id else {
            throw .notFound(.role, id: String(id.rawValue))
        }
        if role == .owner {
            guard authority.isOwner else { throw .forbidden(.permission(.setRole)) }
            if member.role != .owner { try GroupRules.makeOwner(member, of: group, at: now, in: store) }
            return
        }
        guard member.role != .owner else { throw .group(.ownerProtected) }
        try authority.require(.setRole, against: member)
        for permission in role.permissions.list { try authority.require(permission) }
        try set(role, of: member, in: group, store)
    }

    /// Makes a member an administrator or an ordinary member, where it isn't that already.
    ///
    /// - Throws: as `give`; `.forbidden(.insufficientScope)` for a stranger; `.group(.ownerProtected)` where the level is the
    ///   owner's, since handing over is a call of its own.
    public static func setLevel(
        _ level: GroupRole,
        of reference: UserReference,
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        let authority = try GroupAuthority(caller, group, store)
        try authority.requireMembership()
        let member = try GroupMemberRules.member(reference, of: group, in: store).membership
        let standard = PermissionRole(level)
        guard try role(of: member, in: group, store: store) != standard else { return }
        try authority.require(.setRole)
        guard level != .owner else { throw .group(.ownerProtected) }
        try give(standard.id, to: reference, in: group, by: caller, at: now, store: store)
    }

    private static func set(
        _ role: PermissionRole,
        of member: GroupMember,
        in group: Group,
        _ store: any Writer
    ) throws(Failure) {
        if role == .administrator {
            if member.role == .member { try GroupMemberRules.makeAdministrator(member, of: group, in: store) }
        } else {
            let former = try self.role(of: member, in: group, store: store)
            try GroupMemberRules.makeOrdinary(member, of: group, in: store)
            if role.group != nil { try store.setRole(role.id, of: member.user, in: group.id) }
            // Becoming an administrator, and no longer being one, are events of their own.
            guard role != former, role.group != nil || former.group != nil else { return }
            try store.record(.roleChanged, of: member.user, in: group) { $0.with("role", .text(role.name)) }
        }
    }
}
