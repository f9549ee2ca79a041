// Who may do what in a group by its role there, and how roles are made and given.

/// The roles of members and what follows from them.
public enum GroupRoleRules {
    /// Roles that a group may have of its own.
    public static let maximumRoles = 100
    /// The longest accepted name, in characters.
    public static let maximumNameCharacters = 128
    /// The longest accepted description, in characters.
    public static let maximumDescriptionCharacters = 512

    /// The role of a user in a group; nil for a stranger.
    public static func role(of user: User, in group: Group, store: any Reader) throws(Failure)
        -> PermissionRole?
    {
        guard let member = try store.membership(of: user.id, in: group.id) else { return nil }
        return try role(of: member, in: group, store: store)
    }

    /// The role of a member.
    static func role(of member: GroupMember, in group: Group, store: any Reader) throws(Failure)
        -> PermissionRole
    {
        // The owner can do everything: else nobody might be left who can.
        guard member.role != .owner, let own = try store.ownRole(of: member.user, in: group.id) else {
            return PermissionRole(member.role)
        }
        return own
    }

    /// Holds a user to the permissions of its role.
    ///
    /// - Throws: `.forbidden(.permission(…))`, for a stranger too.
    public static func require(
        _ permission: RolePermission,
        of user: User,
        in group: Group,
        store: any Reader
    ) throws(Failure) {
        guard try role(of: user, in: group, store: store)?.permissions.allows(permission) == true else {
            throw .forbidden(.permission(permission))
        }
    }

    /// A role by its number.
    ///
    /// - Throws: `.notFound(.role, …)`.
    public static func find(_ id: GroupRoleID, in store: any Reader) throws(Failure) -> PermissionRole {
        if let standard = PermissionRole.standard.first(where: { $0.id == id }) { return standard }
        guard let role = try store.role(id) else { throw .notFound(.role, id: String(id.rawValue)) }
        return role
    }

    /// Makes a role of a group's own.
    ///
    /// Nobody gives away what it doesn't have.
    ///
    /// - Throws: `.forbidden(.permission(…))`, `.limitReached(.roles, …)`.
    public static func add(
        _ name: String,
        description: String?,
        _ permissions: RolePermissions,
        to group: Group,
        by user: User,
        in store: any Writer
    ) throws(Failure) -> PermissionRole {
        try require(.setRole, of: user, in: group, store: store)
        for permission in permissions.list { try require(permission, of: user, in: group, store: store) }
        guard try store.roleCount(of: group.id) < maximumRoles else {
            throw .limitReached(.roles, maximum: maximumRoles)
        }
        return try store.insertRole(name, description: description, permissions, of: group.id)
    }

    /// Gives a member a role.
    ///
    /// The owner's role hands the group over; the owner itself keeps its own until then.
    ///
    /// - Throws: `.forbidden(.permission(.setRole))`, `.group(.notMembers)`, `.group(.ownerProtected)`,
    ///   `.notFound(.role, …)` for a role of another group too.
    public static func give(
        _ id: GroupRoleID,
        to name: String,
        in group: Group,
        by user: User,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try require(.setRole, of: user, in: group, store: store)
        guard let target = try GroupMemberRules.known(name, in: store),
            let member = try store.membership(of: target.id, in: group.id)
        else { throw .group(.notMembers([name], group.id)) }
        let role = try find(id, in: store)
        guard role.group == nil || role.group == group.id else {
            throw .notFound(.role, id: String(id.rawValue))
        }
        if role == .owner {
            // Only the owner can give away what is the owner's alone.
            guard group.owner == user.id else { throw .forbidden(.permission(.setRole)) }
            if member.role != .owner {
                try store.setRole(nil, of: target.id, in: group.id)
                try GroupRules.transfer(group, to: name, at: now, in: store)
            }
            return
        }
        guard member.role != .owner else { throw .group(.ownerProtected) }
        for permission in role.permissions.list { try require(permission, of: user, in: group, store: store) }
        try setAdministrator(role == .administrator, member, in: group, store)
        try store.setRole(role.group == nil ? nil : id, of: target.id, in: group.id)
    }

    private static func setAdministrator(
        _ isAdministrator: Bool,
        _ member: GroupMember,
        in group: Group,
        _ store: any Writer
    ) throws(Failure) {
        guard isAdministrator != (member.role == .administrator) else { return }
        _ =
            isAdministrator
            ? try GroupMemberRules.addAdministrator(member.name, to: group, in: store)
            : try GroupMemberRules.removeAdministrator(member.name, from: group, in: store)
    }
}
