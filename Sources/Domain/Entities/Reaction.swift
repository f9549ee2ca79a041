// A reaction: a sign that users put below a message.

/// The row key of a reaction; rises with time.
public struct ReactionID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Earlier reactions come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One sign below a message, of all users who put it there; it goes with the message, and with the last user who takes it back.
public struct Reaction: Equatable, Sendable {
    /// Row key.
    public let id: ReactionID
    /// The message.
    public let message: MessageID
    /// The sign as clients know it, 1–128 characters.
    public let sign: String
    /// When the first user put it there.
    public let created: Timestamp
    /// When the last one did.
    public let modified: Timestamp
    /// How many users did.
    public let count: Int

    /// Memberwise.
    public init(
        id: ReactionID,
        message: MessageID,
        sign: String,
        created: Timestamp,
        modified: Timestamp,
        count: Int
    ) {
        self.id = id
        self.message = message
        self.sign = sign
        self.created = created
        self.modified = modified
        self.count = count
    }
}

/// A user among those who put a reaction below a message.
public struct ReactionUser: Equatable, Sendable {
    /// The user.
    public let user: UserID
    /// The name as registered.
    public let name: String
    /// The sort key: rises with the moment.
    public let place: Int64

    /// Memberwise.
    public init(user: UserID, name: String, place: Int64) {
        self.user = user
        self.name = name
        self.place = place
    }
}
