// Who of a group's members helps its owner to keep order.

extension GroupMemberRules {
    /// Administrators with the owner, at most.
    public static let maximumAdministrators = 100

    /// Makes a member an administrator.
    ///
    /// - Throws: `.group` with `.notMembers`, `.ownerProtected`, `.alreadyAdministrator` or `.tooManyAdministrators`.
    public static func addAdministrator(
        _ name: String,
        to group: Group,
        in store: any Writer
    ) throws(Failure) -> User {
        let (user, membership) = try member(name, of: group, in: store)
        switch membership.role {
        case .owner: throw .group(.ownerProtected)
        case .administrator: throw .group(.alreadyAdministrator(name, group.id))
        case .member: break
        }
        // The owner counts, and so does the new one.
        guard try store.administrators(of: group.id).count + 2 <= maximumAdministrators else {
            throw .group(.tooManyAdministrators(maximum: maximumAdministrators))
        }
        _ = try store.setAdministrator(true, user.id, in: group.id)
        return user
    }

    /// Makes an administrator an ordinary member.
    ///
    /// - Throws: `.group(.notAdministrator)`, for a stranger too.
    public static func removeAdministrator(
        _ name: String,
        from group: Group,
        in store: any Writer
    ) throws(Failure) -> User {
        guard let user = try known(name, in: store),
            try store.membership(of: user.id, in: group.id)?.role == .administrator
        else { throw .group(.notAdministrator(name, group.id)) }
        _ = try store.setAdministrator(false, user.id, in: group.id)
        return user
    }
}
