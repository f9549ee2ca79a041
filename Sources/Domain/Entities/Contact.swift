// The relations between two users, and the mutes of one: contacts are mutual, blocks are one-sided.

/// A contact as its owner sees it.
public struct Contact: Equatable, Sendable {
    /// The other user.
    public let user: User
    /// The owner's private remark.
    public let remark: String?
    /// When they became contacts.
    public let created: Timestamp
    /// Whether the owner wants to see it before others.
    public let isPinned: Bool
    /// Whatever else the owner's clients keep with the contact, at most 1024 characters.
    public let extra: String

    /// Memberwise.
    public init(
        user: User,
        remark: String?,
        created: Timestamp,
        isPinned: Bool = false,
        extra: String = ""
    ) {
        self.user = user
        self.remark = remark
        self.created = created
        self.isPinned = isPinned
        self.extra = extra
    }
}

/// Until when a user may not send, by kind of conversation; nil where not muted.
public struct Mutes: Equatable, Sendable {
    /// One-to-one messages.
    public var chat: Timestamp?
    /// Group messages.
    public var groupchat: Timestamp?
    /// Room messages.
    public var chatroom: Timestamp?

    /// Not muted at all.
    public init(chat: Timestamp? = nil, groupchat: Timestamp? = nil, chatroom: Timestamp? = nil) {
        self.chat = chat
        self.groupchat = groupchat
        self.chatroom = chatroom
    }

    /// The moment that means "for ever": 2117-01-01, as the platform dialect prints it.
    public static let forever = Timestamp(milliseconds: 4_638_873_600_000)
}
