// Whether a caller may act in a group: the one place that decides it, asked by every rule that changes a group or speaks in one.

/// The permissions of a caller in one group or room.
///
/// The application, its managers, administrators and operators may do everything. A user may do what its role there allows: a
/// role of the group's own, else the built-in role of its kind of membership (``PermissionRole/standard``). A stranger may do
/// nothing. Costs one look-up for a user and none for others; the first question about a permission of an ordinary member costs
/// one more, for a role of the group's own.
public struct GroupAuthority {
    private enum Standing {
        /// Acts for the application.
        case application
        case member(GroupMember)
        case stranger
    }

    private let standing: Standing
    private let group: Group
    private let store: any Reader

    /// Looks up where the caller stands in the group.
    public init(_ caller: Caller, _ group: Group, _ store: any Reader) throws(Failure) {
        self.group = group
        self.store = store
        switch caller {
        case .application, .manager, .administrator, .operator: standing = .application
        case .user(let user):
            standing = try store.membership(of: user.id, in: group.id).map(Standing.member) ?? .stranger
        case .anonymous: standing = .stranger
        }
    }

    // MARK: Permissions

    /// Whether the caller has a permission.
    public func allows(_ permission: RolePermission) throws(Failure) -> Bool {
        switch standing {
        case .application: true
        case .member(let member):
            try GroupRoleRules.role(of: member, in: group, store: store).permissions.allows(permission)
        case .stranger: false
        }
    }

    /// Holds the caller to a permission.
    ///
    /// - Throws: `.forbidden(.permission(…))`.
    public func require(_ permission: RolePermission) throws(Failure) {
        guard try allows(permission) else { throw .forbidden(.permission(permission)) }
    }

    /// Holds the caller to a permission of which another member feels the effect.
    ///
    /// Against the owner and administrators only the owner acts, and whoever acts for the application: no role of the group's own
    /// changes that.
    ///
    /// - Throws: `.forbidden(.permission(…))`.
    public func require(_ permission: RolePermission, against other: GroupMember) throws(Failure) {
        try require(permission)
        guard other.role == .member || isOwner else { throw .forbidden(.permission(permission)) }
    }

    /// Whether the caller may recall what others said in the group.
    ///
    /// The built-in member's permission covers its own messages only.
    public func allowsRecallOfOthers() throws(Failure) -> Bool {
        guard case .member(let member) = standing else { return try allows(.recall) }
        let role = try GroupRoleRules.role(of: member, in: group, store: store)
        return role.id != PermissionRole.member.id && role.permissions.allows(.recall)
    }

    // MARK: Acts without a number of their own

    /// Whether the caller is a member, or acts for the application.
    public var isMember: Bool {
        if case .stranger = standing { false } else { true }
    }

    /// Whether the caller is the owner, or acts for the application.
    public var isOwner: Bool {
        switch standing {
        case .application: true
        case .member(let member): member.role == .owner
        case .stranger: false
        }
    }

    /// Whether the caller may bring others in without asking them: the owner, administrators, and members where the group allows
    /// invites.
    public var allowsAdmission: Bool {
        switch standing {
        case .application: true
        case .member(let member): member.role != .member || group.settings.allowsInvites
        case .stranger: false
        }
    }

    /// Whether the caller is this user, in the group.
    public func isAbout(_ user: UserID) -> Bool {
        if case .member(let member) = standing { member.user == user } else { false }
    }

    /// Holds the caller to membership: members see each other, and ask others in.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public func requireMembership() throws(Failure) {
        guard isMember else { throw .forbidden(.insufficientScope) }
    }

    /// Holds the caller to ownership: handing over is the owner's alone.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public func requireOwnership() throws(Failure) {
        guard isOwner else { throw .forbidden(.insufficientScope) }
    }

    /// Holds the caller to bringing others in at once.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public func requireAdmission() throws(Failure) {
        guard allowsAdmission else { throw .forbidden(.insufficientScope) }
    }

    /// Holds the caller to acting for the application: disabling a group, and what rooms are made of, is no member's business.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public func requireApplication() throws(Failure) {
        guard case .application = standing else { throw .forbidden(.insufficientScope) }
    }

    // MARK: Speaking

    /// The caller's own membership, where it is this user's.
    func membership(of user: User) throws(Failure) -> GroupMember? {
        if case .member(let member) = standing, member.user == user.id { return member }
        return try store.membership(of: user.id, in: group.id)
    }
}
