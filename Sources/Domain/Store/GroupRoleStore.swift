// The repository of the roles that groups have of their own, and of who has them.

/// Reads roles of the caller's application.
public protocol GroupRoleReader {
    /// A group's own role of this number. One look-up.
    func role(_ id: GroupRoleID) throws(Failure) -> PermissionRole?
    /// The role of the group's own that a member has; nil where it has none. One look-up, and one of the role.
    func ownRole(of user: UserID, in group: GroupID) throws(Failure) -> PermissionRole?
    /// How many roles of its own a group has.
    func roleCount(of group: GroupID) throws(Failure) -> Int
}

/// Changes roles.
public protocol GroupRoleWriter: GroupRoleReader {
    /// Adds a role of a group's own; it goes with the group.
    func insertRole(
        _ name: String,
        description: String?,
        _ permissions: RolePermissions,
        of group: GroupID
    ) throws(Failure) -> PermissionRole
    /// Gives a member a role of the group's own, or takes it away; it ends with the membership. Nothing happens to who
    /// isn't a member.
    func setRole(_ id: GroupRoleID?, of user: UserID, in group: GroupID) throws(Failure)
}
