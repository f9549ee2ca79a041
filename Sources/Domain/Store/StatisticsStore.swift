// The repository of counts: how many came, and how much was said, by day.

/// One day in UTC and how much fell on it.
public struct DayCount: Equatable, Sendable {
    /// Days since 1970-01-01.
    public let day: Int64
    /// How many.
    public let count: Int

    /// Memberwise.
    public init(day: Int64, count: Int) {
        self.day = day
        self.count = count
    }
}

/// How a set has grown in a span of time.
public struct Growth: Equatable, Sendable {
    /// How many there are, whenever they came.
    public let total: Int
    /// How many of them came before the span.
    public let before: Int
    /// How many came on each day of the span, without the days on which none did, oldest first.
    public let days: [DayCount]

    /// Memberwise.
    public init(total: Int, before: Int, days: [DayCount]) {
        self.total = total
        self.before = before
        self.days = days
    }
}

/// The keys by which messages are counted.
public enum TrafficSubject: Equatable, Sendable {
    /// By sender: of conversations between two, and of groups where those are wanted.
    case senders(withGroups: Bool)
    /// By group.
    case groups
}

/// A key with its number of messages.
public struct TrafficShare: Equatable, Sendable {
    /// A sender's name, or a group's id.
    public let name: String
    /// Messages.
    public let count: Int

    /// Memberwise.
    public init(name: String, count: Int) {
        self.name = name
        self.count = count
    }
}

/// The messages of a span of time, counted.
public struct Traffic: Equatable, Sendable {
    /// Messages.
    public let messages: Int
    /// How many subjects had any.
    public let subjects: Int
    /// Messages of each day that had any, oldest first.
    public let days: [DayCount]
    /// The stretch of subjects asked for: those with most messages first, or last, then by name.
    public let shares: [TrafficShare]

    /// Memberwise.
    public init(messages: Int, subjects: Int, days: [DayCount], shares: [TrafficShare]) {
        self.messages = messages
        self.subjects = subjects
        self.days = days
        self.shares = shares
    }
}

/// Counts what is in the caller's application; nothing of it is kept, so each call costs the rows that it counts.
public protocol StatisticsReader {
    /// How many users there are, and when they registered. Costs a row each user.
    func registrations(from start: Timestamp, before end: Timestamp) throws(Failure) -> Growth
    /// How many groups there are, without rooms, and when they were made. Costs a row each group.
    func groupCreations(from start: Timestamp, before end: Timestamp) throws(Failure) -> Growth
    /// The messages of a span, counted by sender or place. Costs an index entry and a conversation each message of the span.
    func traffic(
        of subject: TrafficSubject,
        from start: Timestamp,
        before end: Timestamp,
        isAscending: Bool,
        skipping offset: Int,
        limit: Int
    ) throws(Failure) -> Traffic
}
