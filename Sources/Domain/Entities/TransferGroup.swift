// Groups, members and roles as lines of imports and exports carry them.

/// A group or room.
public struct TransferGroup: Equatable, Sendable {
    /// Which of the two.
    public var kind: GroupKind
    /// The id by which other lines name it; nil where none does.
    public var id: String?
    /// The owner's name.
    public var owner: String
    /// Name, description, bounds.
    public var settings: GroupSettings
    /// When it was made.
    public var created: Timestamp?
    /// Whether nobody may send.
    public var isDisabled: Bool
    /// Until when all but its keepers are muted.
    public var muteExpiry: Timestamp?

    /// Memberwise.
    public init(
        kind: GroupKind,
        id: String?,
        owner: String,
        settings: GroupSettings,
        created: Timestamp? = nil,
        isDisabled: Bool = false,
        muteExpiry: Timestamp? = nil
    ) {
        self.kind = kind
        self.id = id
        self.owner = owner
        self.settings = settings
        self.created = created
        self.isDisabled = isDisabled
        self.muteExpiry = muteExpiry
    }
}

/// A member of a group or room.
public struct TransferMember: Equatable, Sendable {
    /// The group or room by its id.
    public var group: String
    /// The user's name.
    public var name: String
    /// Owner, administrator or member.
    public var role: GroupRole
    /// When the user came in.
    public var joined: Timestamp?
    /// How the member is shown.
    public var profile: MemberProfile

    /// Memberwise.
    public init(
        group: String,
        name: String,
        role: GroupRole = .member,
        joined: Timestamp? = nil,
        profile: MemberProfile = MemberProfile()
    ) {
        self.group = group
        self.name = name
        self.role = role
        self.joined = joined
        self.profile = profile
    }
}

/// A role of a group's own, and the members who have it.
public struct TransferRole: Equatable, Sendable {
    /// The group by its id.
    public var group: String
    /// The role's name.
    public var name: String
    /// Its purpose.
    public var description: String?
    /// Its permissions.
    public var permissions: RolePermissions
    /// Names of members who have it.
    public var members: [String]

    /// Memberwise.
    public init(
        group: String,
        name: String,
        description: String?,
        permissions: RolePermissions,
        members: [String]
    ) {
        self.group = group
        self.name = name
        self.description = description
        self.permissions = permissions
        self.members = members
    }
}
