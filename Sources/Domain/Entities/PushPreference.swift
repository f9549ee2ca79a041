// The notifications that a user wants, by conversation, with their language and words.

/// The subject of a push preference.
public enum PushSubject: Hashable, Sendable {
    /// The conversation with this user; with oneself, everything that has no preference of its own.
    case user(UserID)
    /// This group.
    case group(GroupID)
}

/// Of which messages a user is notified.
public enum PushLevel: Int, Sendable, CaseIterable {
    /// As everywhere else.
    case standard = 0
    /// Of all.
    case all = 1
    /// Of those that mention the user.
    case mentions = 2
    /// Of none.
    case none = 3
}

/// A time of day, every day, without notifications.
public struct QuietHours: Equatable, Sendable {
    /// The minute of the day at which it begins, 0–1439.
    public let start: Int
    /// The minute at which it ends; before `start` when that is on the next day.
    public let end: Int

    /// Memberwise; nil for minutes that no day has.
    public init?(start: Int, end: Int) {
        guard (0..<1440).contains(start), (0..<1440).contains(end) else { return nil }
        self.start = start
        self.end = end
    }
}

/// When and of what a user is notified in one conversation.
public struct PushPreference: Equatable, Sendable {
    /// Of which messages.
    public var level: PushLevel
    /// Never at this time of day; nil where there is none.
    public var quietHours: QuietHours?
    /// Not before this moment; nil where there is none.
    public var quietUntil: Timestamp?

    /// Memberwise.
    public init(level: PushLevel = .standard, quietHours: QuietHours? = nil, quietUntil: Timestamp? = nil) {
        self.level = level
        self.quietHours = quietHours
        self.quietUntil = quietUntil
    }
}

/// The words of a notification, with `{0}` and so on for its parts.
public struct PushTemplate: Equatable, Sendable {
    /// The name by which messages refer to it, 1–64 characters.
    public let name: String
    /// The title's pattern.
    public let title: String
    /// The text's pattern.
    public let content: String
    /// When it was made.
    public let created: Timestamp
    /// When it was last changed.
    public let modified: Timestamp

    /// Memberwise.
    public init(name: String, title: String, content: String, created: Timestamp, modified: Timestamp) {
        self.name = name
        self.title = title
        self.content = content
        self.created = created
        self.modified = modified
    }
}
