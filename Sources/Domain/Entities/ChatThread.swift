// A thread: a conversation below one message of a group, among some of the group's members.

/// The id of a thread.
///
/// From the same sequence as those of groups and messages, and never used twice: it names the thread's conversation, too.
public struct ThreadID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The id as stored.
    public let rawValue: Int64
    /// Wraps a stored id.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Reads the decimal form; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard let id = GroupID(text) else { return nil }
        self.init(rawValue: id.rawValue)
    }
    /// The decimal form: clients get ids as texts.
    public var text: String { String(rawValue) }
    /// Older threads come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A thread of a group.
///
/// It goes with its group. Its members are members of the group, and leaving the group ends their membership here.
public struct ChatThread: Equatable, Sendable {
    /// Its id.
    public let id: ThreadID
    /// The group that it belongs to.
    public let group: GroupID
    /// The group's message that it hangs below; no other thread does.
    public let message: MessageID
    /// The name, 1–64 characters.
    public let name: String
    /// The name, as registered, of the member who made it; it stays when that user is gone.
    public let ownerName: String
    /// When it was made.
    public let created: Timestamp
    /// How many members it has.
    public let memberCount: Int

    /// Memberwise.
    public init(
        id: ThreadID,
        group: GroupID,
        message: MessageID,
        name: String,
        ownerName: String,
        created: Timestamp,
        memberCount: Int
    ) {
        self.id = id
        self.group = group
        self.message = message
        self.name = name
        self.ownerName = ownerName
        self.created = created
        self.memberCount = memberCount
    }

    /// The address of its conversation: what is said there is stored, delivered and read like a group's messages.
    public var address: ConversationAddress { .of(id) }
}

/// A member of a thread.
public struct ThreadMember: Equatable, Sendable {
    /// The user.
    public let user: UserID
    /// The name as registered.
    public let name: String
    /// The sort key of member lists: rises with joining.
    public let place: Int64

    /// Memberwise.
    public init(user: UserID, name: String, place: Int64) {
        self.user = user
        self.name = name
        self.place = place
    }
}

extension ConversationAddress {
    /// A thread's: a group conversation by its kind, whose key is the thread's id.
    public static func of(_ thread: ThreadID) -> ConversationAddress {
        ConversationAddress(kind: .group, key: thread.text, name: thread.text)
    }
}
