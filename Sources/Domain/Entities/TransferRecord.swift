// One line of an import or export: each type of thing that an application consists of, by names instead of row keys.

/// One thing of an application, as a file carries it.
public enum TransferRecord: Equatable, Sendable {
    case user(TransferUser)
    /// That the second stands in the contacts of the first; of two that are mutual each way is a line.
    case contact(String, String)
    /// The first user's own name for a contact.
    case remark(String, contact: String, text: String)
    /// That the first blocks the second.
    case block(String, String)
    case mute(TransferMute)
    case metadata(TransferMetadata)
    case group(TransferGroup)
    case member(TransferMember)
    /// The announcement of a group or room.
    case announcement(group: String, GroupKind, text: String)
    case role(TransferRole)
    case message(TransferMessage)
    case position(TransferPosition)
    case file(TransferFile)

    /// The word that a line begins with.
    public var type: String {
        switch self {
        case .user: "user"
        case .contact: "contact"
        case .remark: "remark"
        case .block: "block"
        case .mute: "mute"
        case .metadata: "metadata"
        case .group(let group): group.kind == .group ? "group" : "room"
        case .member: "member"
        case .announcement: "announcement"
        case .role: "role"
        case .message: "message"
        case .position: "position"
        case .file: "file"
        }
    }
}

/// A user.
public struct TransferUser: Equatable, Sendable {
    /// The name.
    public var name: Username
    /// The password in clear; nil where the hash or nothing is given.
    public var password: String?
    /// The password as a modular crypt string.
    public var passwordHash: String?
    /// The name that others see.
    public var nickname: String?
    /// When it was registered.
    public var created: Timestamp?
    /// Whether it may log in.
    public var isActivated: Bool
    /// Notification settings.
    public var push: PushSettings
    /// The public profile.
    public var profile: UserProfile
    /// The address by which it is found.
    public var email: EmailAddress?

    /// A user of a name, and nothing else.
    public init(name: Username) {
        self.name = name
        isActivated = true
        push = PushSettings()
        profile = UserProfile()
    }
}

/// A mute of a user, in the whole application or in one group.
public struct TransferMute: Equatable, Sendable {
    /// The user's name.
    public var name: String
    /// The group or room by its id; nil for the whole application.
    public var group: String?
    /// By kind of conversation; in a group ``Mutes/groupchat`` alone.
    public var mutes: Mutes

    /// Memberwise.
    public init(name: String, group: String? = nil, mutes: Mutes) {
        self.name = name
        self.group = group
        self.mutes = mutes
    }
}

/// Entries of metadata: of a user, of a user as member of a group, or of a room that a user has put there.
public struct TransferMetadata: Equatable, Sendable {
    /// The user's name.
    public var name: String
    /// The group or room by its id; nil for the user's own.
    public var group: String?
    /// Keys and values, by key.
    public var entries: [MetadataEntry]

    /// Memberwise.
    public init(name: String, group: String? = nil, entries: [MetadataEntry]) {
        self.name = name
        self.group = group
        self.entries = entries
    }
}

/// A message of the past.
public struct TransferMessage: Equatable, Sendable {
    /// Its id where it was sent; nil for none.
    public var id: String?
    /// The sender's name.
    public var sender: String
    /// A user's name, a group's or room's id, or `*` for all users.
    public var receiver: String
    /// Between two, in a group or room, or to all.
    public var kind: ConversationKind
    /// When it was sent; nil for now.
    public var sent: Timestamp?
    /// The text and the other parts of the message.
    public var content: MessageContent
    /// Whether it was recalled.
    public var isRecalled: Bool
    /// How often it was rewritten.
    public var edits: Int
    /// The members that it is for; nil for all.
    public var recipients: [String]?

    /// Memberwise.
    public init(
        id: String?,
        sender: String,
        receiver: String,
        kind: ConversationKind,
        sent: Timestamp?,
        content: MessageContent,
        isRecalled: Bool = false,
        edits: Int = 0,
        recipients: [String]? = nil
    ) {
        self.id = id
        self.sender = sender
        self.receiver = receiver
        self.kind = kind
        self.sent = sent
        self.content = content
        self.isRecalled = isRecalled
        self.edits = edits
        self.recipients = recipients
    }
}

/// How far a user has followed a conversation; each message by its id.
public struct TransferPosition: Equatable, Sendable {
    /// The user's name.
    public var name: String
    /// The other user's name, a group's or room's id, or `*` for what is sent to all.
    public var conversation: String
    /// Between two, in a group or room, or to all.
    public var kind: ConversationKind
    /// Up to which message everything was delivered.
    public var delivered: MessageID
    /// Up to which message everything was read.
    public var read: MessageID
    /// Up to which message nothing can be seen.
    public var visibleAfter: MessageID
    /// Up to which message the conversation isn't listed.
    public var hiddenThrough: MessageID

    /// Memberwise.
    public init(
        name: String,
        conversation: String,
        kind: ConversationKind,
        delivered: MessageID = .none,
        read: MessageID = .none,
        visibleAfter: MessageID = .none,
        hiddenThrough: MessageID = .none
    ) {
        self.name = name
        self.conversation = conversation
        self.kind = kind
        self.delivered = delivered
        self.read = read
        self.visibleAfter = visibleAfter
        self.hiddenThrough = hiddenThrough
    }
}

/// A file; its bytes travel beside the lines.
public struct TransferFile: Equatable, Sendable {
    /// The identifier that clients see.
    public var uuid: UUID
    /// The sender's name.
    public var owner: String
    /// The group it is shared in, by its id.
    public var group: String?
    /// Name, type, size, digest.
    public var content: UploadedFile
    /// The secret that readers must present.
    public var shareSecret: String?
    /// When it was sent.
    public var created: Timestamp
    /// From when on it is gone.
    public var expires: Timestamp?

    /// Memberwise.
    public init(
        uuid: UUID,
        owner: String,
        group: String?,
        content: UploadedFile,
        shareSecret: String?,
        created: Timestamp,
        expires: Timestamp?
    ) {
        self.uuid = uuid
        self.owner = owner
        self.group = group
        self.content = content
        self.shareSecret = shareSecret
        self.created = created
        self.expires = expires
    }
}
