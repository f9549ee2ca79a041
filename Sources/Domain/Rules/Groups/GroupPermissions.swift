// What a caller may do in a group: the application everything, a user what its role there allows.

/// What a user may want to do in a group.
public enum GroupPermission: Sendable {
    /// See who is in it, and speak.
    case takePart
    /// Bring others in.
    case invite
    /// Keep order: change its settings, remove, mute.
    case moderate
    /// Hand it over, delete it, name administrators.
    case own
}

/// Who may do what in a group.
public enum GroupPermissionRules {
    /// Whether a member of this role may; a stranger has none.
    public static func allows(_ permission: GroupPermission, _ role: GroupRole?, in group: Group) -> Bool {
        switch permission {
        case .takePart: role != nil
        case .invite: role.map { $0 != .member || group.settings.allowsInvites } ?? false
        case .moderate: role == .owner || role == .administrator
        case .own: role == .owner
        }
    }

    /// Holds a caller to what it may do in a group; whoever acts for the application may do all of it.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public static func require(
        _ permission: GroupPermission,
        of caller: Caller,
        in group: Group,
        _ store: any Reader
    ) throws(Failure) {
        guard case .user(let user) = caller else { return }
        let role = try store.membership(of: user.id, in: group.id)?.role
        guard allows(permission, role, in: group) else { throw .forbidden(.insufficientScope) }
    }

    /// Holds a caller to keeping order among those below it: an administrator can't remove or mute another one.
    ///
    /// Who isn't a member is below everybody.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public static func requireModeration(
        by caller: Caller,
        over names: [String],
        in group: Group,
        _ store: any Reader
    ) throws(Failure) {
        try require(.moderate, of: caller, in: group, store)
        guard case .user(let user) = caller,
            try store.membership(of: user.id, in: group.id)?.role != .owner
        else { return }
        for name in names {
            guard let other = try GroupMemberRules.known(name, in: store),
                let role = try store.membership(of: other.id, in: group.id)?.role
            else { continue }
            guard role == .member else { throw .forbidden(.insufficientScope) }
        }
    }
}
