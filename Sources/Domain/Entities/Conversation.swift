// A conversation: who talks where, how far it has come, and how far each participant has followed.

/// The kinds of conversations.
public enum ConversationKind: Int, Sendable, CaseIterable {
    /// Between two names: two users, or a user and a name that the application sends by.
    case single = 0
    /// In a group.
    case group = 1
    /// In a room.
    case room = 2
    /// From the application to all of its users.
    case broadcast = 3
}

/// The identity of a conversation in its application.
public struct ConversationAddress: Hashable, Sendable {
    /// Its kind.
    public let kind: ConversationKind
    /// Unique for its kind: two user name keys in their order, `ann:bob`; a group's or room's id; empty.
    public let key: String
    /// The key with names as they are spelled.
    public let name: String

    /// Wraps what is stored.
    public init(kind: ConversationKind, key: String, name: String) {
        self.kind = kind
        self.key = key
        self.name = name
    }

    /// Between two names, in either order; they may be the same.
    ///
    /// No name has a colon in it.
    public static func between(_ one: Username, _ other: Username) -> ConversationAddress {
        let (first, second) = one.key <= other.key ? (one, other) : (other, one)
        return ConversationAddress(
            kind: .single,
            key: "\(first.key):\(second.key)",
            name: "\(first.text):\(second.text)"
        )
    }

    /// A group's or room's.
    public static func of(_ group: GroupID, _ kind: GroupKind) -> ConversationAddress {
        ConversationAddress(kind: kind == .group ? .group : .room, key: group.text, name: group.text)
    }

    /// The application's own, to all users.
    public static let broadcast = ConversationAddress(kind: .broadcast, key: "", name: "")

    /// The two names of a conversation between two, in the order of their keys.
    public var names: (first: String, second: String)? {
        guard kind == .single, let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        return (String(name[..<colon]), String(name[name.utf8.index(after: colon)...]))
    }

    /// The receiver of a message by this sender: the other name, or the group's or room's id; `*` for all users.
    public func receiver(from sender: String) -> String {
        guard kind == .single, let names else { return kind == .broadcast ? "*" : name }
        return names.first.lowercased() == sender.lowercased() ? names.second : names.first
    }

    /// Equal when kind and key are.
    public static func == (left: Self, right: Self) -> Bool {
        left.kind == right.kind && left.key == right.key
    }
    /// Hashes kind and key.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(key)
    }
}

/// A conversation and how far it has come.
public struct Conversation: Equatable, Sendable {
    /// Row key.
    public let id: ConversationID
    /// Between whom, or where.
    public let address: ConversationAddress
    /// How many messages its queue has had.
    public let lastSequence: Int64
    /// Its newest message, in the queue or not; `.none` where there was none.
    public let lastMessage: MessageID
    /// When that was sent; nil where there was none.
    public let lastSent: Timestamp?

    /// Memberwise.
    public init(
        id: ConversationID,
        address: ConversationAddress,
        lastSequence: Int64,
        lastMessage: MessageID,
        lastSent: Timestamp?
    ) {
        self.id = id
        self.address = address
        self.lastSequence = lastSequence
        self.lastMessage = lastMessage
        self.lastSent = lastSent
    }
}

/// How far a user has followed a conversation.
///
/// Without one, the user takes no part in it.
public struct Position: Equatable, Sendable {
    /// Nothing up to this message can be seen: it is from before the user came, or was removed for this user.
    public var visibleAfter: MessageID
    /// The newest message that was delivered.
    public var delivered: MessageID
    /// Its place in the queue.
    public var deliveredSequence: Int64
    /// How many of the messages behind it are the user's own, which don't wait.
    public var ownAfterDelivered: Int64
    /// The newest message that the user has read; it may be behind the one that was delivered.
    public var read: MessageID
    /// Its place in the queue.
    public var readSequence: Int64
    /// The conversation isn't listed until there is a newer message than this one.
    public var hiddenThrough: MessageID

    /// Memberwise; without another place, what was delivered is read.
    public init(
        visibleAfter: MessageID,
        delivered: MessageID,
        deliveredSequence: Int64,
        ownAfterDelivered: Int64 = 0,
        hiddenThrough: MessageID = .none,
        read: (message: MessageID, sequence: Int64)? = nil
    ) {
        self.visibleAfter = visibleAfter
        self.delivered = delivered
        self.deliveredSequence = deliveredSequence
        self.ownAfterDelivered = ownAfterDelivered
        self.hiddenThrough = hiddenThrough
        (self.read, readSequence) = read ?? (delivered, deliveredSequence)
    }

    /// At the end of a conversation as it is: what was said before isn't for this user.
    public init(atEndOf conversation: Conversation) {
        self.init(
            visibleAfter: conversation.lastMessage,
            delivered: conversation.lastMessage,
            deliveredSequence: conversation.lastSequence
        )
    }

    /// How many messages wait.
    public func waiting(in conversation: Conversation) -> Int64 {
        max(0, conversation.lastSequence - deliveredSequence - ownAfterDelivered)
    }

    /// Takes account of a message that the user sent: it waits for all others.
    mutating func noteOwn(_ id: MessageID, sequence: Int64) {
        if sequence - 1 == deliveredSequence + ownAfterDelivered {
            (delivered, deliveredSequence, ownAfterDelivered) = (id, sequence, 0)
        } else {
            ownAfterDelivered += 1
        }
        if sequence - 1 == readSequence { (read, readSequence) = (id, sequence) }
    }

    /// Takes account of a message that the user has read; nothing is taken back.
    mutating func noteRead(_ id: MessageID, sequence: Int64) {
        if id > read { (read, readSequence) = (id, sequence) }
    }
}

/// A conversation with a participant's position in it.
public struct FollowedConversation: Equatable, Sendable {
    /// The conversation.
    public let conversation: Conversation
    /// How far the user has followed it.
    public var position: Position

    /// Memberwise.
    public init(_ conversation: Conversation, _ position: Position) {
        self.conversation = conversation
        self.position = position
    }

    /// How many messages wait for the user.
    public var waiting: Int64 { position.waiting(in: conversation) }
}
