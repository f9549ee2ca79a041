// The keys of the domain's entities, each a type of its own so that one can't be passed for another.

/// The row key of an application.
///
/// Never shown outside; clients see its `UUID`.
public struct ApplicationID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of an organisation.
public struct OrganizationID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of a client credential.
///
/// Keys are never used twice, so a token of a revoked credential stays dead.
public struct CredentialID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of an organisation's administrator.
public struct AdministratorID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The row key of a user.
///
/// Keys rise with time, so their order is the order of registration.
public struct UserID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Earlier registered users come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The row key of a proposal.
///
/// Keys rise with time, so their order is the order of asking.
public struct ProposalID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Older proposals come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The id of a message: its place, since the order of ids is the order of sending.
///
/// It says nothing about the message's time.
///
/// A message brought in from elsewhere has a place among those of the moment it was sent there.
public struct MessageID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The id as stored.
    public let rawValue: Int64
    /// Wraps a stored id.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Reads the decimal form; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard let id = TimeOrderedIDs.parse(text) else { return nil }
        self.init(rawValue: id)
    }
    /// Below every id.
    public static let none = MessageID(rawValue: 0)
    /// Above every id.
    public static let last = MessageID(rawValue: .max)
    /// The smallest id that a message of a moment can have; it may have any larger one.
    public static func first(at moment: Timestamp) -> MessageID {
        MessageID(rawValue: TimeOrderedIDs.first(at: moment))
    }
    /// The decimal form: clients get ids as texts.
    public var text: String { String(rawValue) }
    /// When what gets this id now is committed.
    func time(at now: Timestamp) -> Timestamp { TimeOrderedIDs.time(of: rawValue, at: now) }
    /// The id just below.
    var predecessor: MessageID { MessageID(rawValue: rawValue - 1) }
    /// Earlier messages come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The row key of a conversation.
///
/// Never used twice. A dialect whose clients number their conversations shows it for those between two.
public struct ConversationID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Earlier begun conversations come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The id of a group or room.
///
/// Never used twice, so a message of a deleted group can't be taken for another's.
public struct GroupID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The id as stored.
    public let rawValue: Int64
    /// Wraps a stored id.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Reads the decimal form; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard let id = TimeOrderedIDs.parse(text) else { return nil }
        self.init(rawValue: id)
    }
    /// The decimal form: clients get ids as texts, since JavaScript's numbers can't hold them.
    public var text: String { String(rawValue) }
    /// Older groups come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The row key of a file.
public struct FileID: RawRepresentable, Hashable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The number of a role.
public struct GroupRoleID: RawRepresentable, Hashable, Sendable {
    /// The number as stored.
    public let rawValue: Int64
    /// Wraps a stored number.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
