// The permissions of a role in a group: permissions by number, the three roles that every group has, and those
// of its own.

/// One thing that a role may allow.
public enum RolePermission: Int, Sendable, CaseIterable {
    case send = 1
    /// The messages of others.
    case recall
    case ban
    case unban
    case remove
    case setName
    case setAvatar
    case setDescription
    case delete
    case setRole
    case mute
    case unmute
    /// Requests to come in.
    case accept
    case encrypt
}

/// A set of permissions.
public struct RolePermissions: OptionSet, Hashable, Sendable {
    /// Bit n - 1 stands for permission n.
    public let rawValue: Int64
    /// Wraps the bits.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// The set of these.
    public init(_ permissions: some Sequence<RolePermission>) {
        rawValue = permissions.reduce(0) { $0 | 1 << Int64($1.rawValue - 1) }
    }

    /// Whether it is in the set.
    public func allows(_ permission: RolePermission) -> Bool {
        rawValue >> Int64(permission.rawValue - 1) & 1 == 1
    }
    /// Those in the set, by number.
    public var list: [RolePermission] { RolePermission.allCases.filter(allows) }
    /// All there are.
    public static let all = RolePermissions(RolePermission.allCases)
}

/// A role with its permissions: one of the three that every group has, or one of a group's own.
public struct PermissionRole: Equatable, Sendable {
    /// 1, 2 and 3 are the roles of every group.
    public let id: GroupRoleID
    /// The one group that has it; nil for the roles of every group.
    public let group: GroupID?
    /// The name, not empty.
    public let name: String
    /// Its purpose.
    public let description: String?
    /// Its permissions.
    public let permissions: RolePermissions

    /// Memberwise.
    public init(
        id: GroupRoleID,
        group: GroupID?,
        name: String,
        description: String?,
        permissions: RolePermissions
    ) {
        self.id = id
        self.group = group
        self.name = name
        self.description = description
        self.permissions = permissions
    }

    /// The one that an ordinary member, an administrator or the owner has without another one being given.
    public init(_ role: GroupRole) {
        switch role {
        case .member: self = .member
        case .administrator: self = .administrator
        case .owner: self = .owner
        }
    }

    /// Speaks, and recalls its own messages; roles of a group's own with the same permission recall those of others.
    public static let member = PermissionRole(
        id: GroupRoleID(rawValue: 1),
        group: nil,
        name: "member",
        description: nil,
        permissions: RolePermissions([.send, .recall])
    )
    /// Keeps order: all but deleting the group and giving roles.
    public static let administrator = PermissionRole(
        id: GroupRoleID(rawValue: 2),
        group: nil,
        name: "admin",
        description: nil,
        permissions: RolePermissions.all.subtracting(RolePermissions([.delete, .setRole]))
    )
    /// Does everything.
    public static let owner = PermissionRole(
        id: GroupRoleID(rawValue: 3),
        group: nil,
        name: "owner",
        description: nil,
        permissions: .all
    )
    /// The roles of every group, by number.
    public static let standard = [member, administrator, owner]
}
