// The repository of kept counts: the size of an application, and how much was said in it by minute and by day.

/// The size of an application: each number is kept, and counted by nobody.
public struct ApplicationCounts: Equatable, Sendable {
    /// Registered users.
    public let users: Int
    /// Groups.
    public let groups: Int
    /// Rooms.
    public let rooms: Int
    /// Bytes of all files, one that was sent twice counted twice.
    public let fileBytes: Int

    /// Memberwise.
    public init(users: Int, groups: Int, rooms: Int, fileBytes: Int) {
        self.users = users
        self.groups = groups
        self.rooms = rooms
        self.fileBytes = fileBytes
    }
}

/// A span of time in which messages are counted.
public enum CountedSpan: Int, Sendable, CaseIterable {
    /// Kept for two hours.
    case minute = 0
    /// Kept as long as the application.
    case day = 1

    /// Its length.
    public var milliseconds: Int64 { self == .minute ? 60_000 : 86_400_000 }

    /// The beginning of the span that a moment is in.
    public func start(of moment: Timestamp) -> Timestamp {
        let number = moment.milliseconds.quotientAndRemainder(dividingBy: milliseconds)
        return Timestamp(
            milliseconds: (number.remainder < 0 ? number.quotient - 1 : number.quotient) * milliseconds
        )
    }
}

/// The messages that were sent in one span of time.
public struct SpanCount: Equatable, Sendable {
    /// When the span began.
    public let start: Timestamp
    /// Messages.
    public let count: Int

    /// Memberwise.
    public init(start: Timestamp, count: Int) {
        self.start = start
        self.count = count
    }
}

/// Reads the kept counts of the caller's application.
public protocol CountReader {
    /// The size of the application. One look-up.
    func counts() throws(Failure) -> ApplicationCounts
    /// How many messages were stored in each span from the one of this moment on, oldest first, without those of none.
    ///
    /// By the messages' times; one that was removed later still counts. Costs a row each span.
    func messageCounts(by span: CountedSpan, from start: Timestamp) throws(Failure) -> [SpanCount]
    /// Names of groups or rooms older than the one with this id, newest first, at most `limit`. Costs a row each.
    func groupNames(_ kind: GroupKind, before id: GroupID?, limit: Int) throws(Failure) -> [(
        id: GroupID, name: String
    )]
}
