// Groups and rooms: one entity of two kinds, its members and their roles.

/// The two kinds of conversation with many members.
public enum GroupKind: Int, Sendable, CaseIterable {
    /// Its members stay, connected or not.
    case group = 0
    /// A room's messages reach only who is in it at the moment.
    case room = 1
}

/// The role of a member.
public enum GroupRole: Int, Sendable {
    /// Speaks.
    case member = 0
    /// Helps the owner to keep order.
    case administrator = 1
    /// One for each group, always.
    case owner = 2
}

/// The settings of a group that its owner may change.
public struct GroupSettings: Equatable, Sendable {
    /// The name, 1–128 characters, of a session up to 200; several groups may have the same.
    public var name: String
    /// At most 512 characters.
    public var description: String
    /// Whether anybody can find it.
    public var isPublic: Bool
    /// Members including the owner, at most.
    public var maximumMembers: Int
    /// Whether joining needs the consent of the owner or an administrator.
    public var needsApproval: Bool
    /// Whether ordinary members may invite.
    public var allowsInvites: Bool
    /// Whether who is invited has to agree.
    public var needsInviteConsent: Bool
    /// Text of the application's own, at most 1024 characters.
    public var custom: String
    /// Address of a picture, at most 1024 characters; empty where there is none.
    public var icon: String
    /// Whether its maker called it a large one; nothing depends on it.
    public var isLarge: Bool

    /// Memberwise.
    public init(
        name: String,
        description: String,
        isPublic: Bool,
        maximumMembers: Int,
        needsApproval: Bool = false,
        allowsInvites: Bool = false,
        needsInviteConsent: Bool = true,
        custom: String = "",
        icon: String = "",
        isLarge: Bool = false
    ) {
        self.name = name
        self.description = description
        self.isPublic = isPublic
        self.maximumMembers = maximumMembers
        self.needsApproval = needsApproval
        self.allowsInvites = allowsInvites
        self.needsInviteConsent = needsInviteConsent
        self.custom = custom
        self.icon = icon
        self.isLarge = isLarge
    }
}

/// A group or a room of one application.
public struct Group: Equatable, Sendable {
    /// Its id; rises with time.
    public let id: GroupID
    /// Group or room, for ever.
    public let kind: GroupKind
    /// The one owner.
    public let owner: UserID
    /// The owner's name as registered.
    public let ownerName: String
    /// When it was made.
    public let created: Timestamp
    /// When its settings, announcement or state were last changed.
    public var modified: Timestamp
    /// Members including the owner.
    public let memberCount: Int
    /// Name, description, bounds.
    public var settings: GroupSettings
    /// At most 512 characters; empty where there is none.
    public var announcement: String
    /// Until when all are muted except the owner, administrators and the allow list, also when that is over;
    /// `Mutes.forever` for ever, nil where nobody has muted them.
    public var muteExpiry: Timestamp?
    /// Whether nobody may send.
    public var isDisabled: Bool
    /// The name that whoever made it chose for it, unique in the application; nil where it is known by its id only.
    public let alias: String?

    /// Memberwise.
    public init(
        id: GroupID,
        kind: GroupKind,
        owner: UserID,
        ownerName: String,
        created: Timestamp,
        modified: Timestamp,
        memberCount: Int,
        settings: GroupSettings,
        announcement: String,
        muteExpiry: Timestamp?,
        isDisabled: Bool,
        alias: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.owner = owner
        self.ownerName = ownerName
        self.created = created
        self.modified = modified
        self.memberCount = memberCount
        self.settings = settings
        self.announcement = announcement
        self.muteExpiry = muteExpiry
        self.isDisabled = isDisabled
        self.alias = alias
    }

    /// Whether all are muted except the owner, administrators and the allow list.
    public func isMuted(at now: Timestamp) -> Bool { muteExpiry.map { $0 > now } ?? false }
}

/// How a member is shown in one group; empty where nothing was set.
public struct MemberProfile: Equatable, Sendable {
    /// The name in this group, at most 64 characters.
    public var nickname: String
    /// Address of a picture, at most 1024 characters.
    public var icon: String
    /// Text of the application's own, at most 1024 characters.
    public var extra: String

    /// Memberwise.
    public init(nickname: String = "", icon: String = "", extra: String = "") {
        self.nickname = nickname
        self.icon = icon
        self.extra = extra
    }
}

/// A user's place in a group.
public struct GroupMember: Equatable, Sendable {
    /// The user.
    public let user: UserID
    /// The name as registered.
    public let name: String
    /// Owner, administrator or member.
    public let role: GroupRole
    /// When the user came in.
    public let joined: Timestamp
    /// The sort key of member lists: rises with joining; the owner's is the last there can be.
    public let place: Int64
    /// How the member is shown in this group.
    public let profile: MemberProfile

    /// The owner's place.
    public static let ownersPlace = Int64.max

    /// Memberwise.
    public init(
        user: UserID,
        name: String,
        role: GroupRole,
        joined: Timestamp,
        place: Int64,
        profile: MemberProfile = MemberProfile()
    ) {
        self.user = user
        self.name = name
        self.role = role
        self.joined = joined
        self.place = place
        self.profile = profile
    }
}
