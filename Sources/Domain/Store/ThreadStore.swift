// The repository of threads and their members.

/// The threads that a list has.
public enum ThreadList: Equatable, Sendable {
    /// All of the application.
    case all
    /// Those that the user is in, or only those of one group.
    case joined(UserID, GroupID?)
}

/// A page of threads: those behind an id in one of two directions.
public struct ThreadRange: Equatable, Sendable {
    /// The last thread of the page before; nil for the first page.
    public var last: ThreadID?
    /// Whether the newest comes first.
    public var isDescending: Bool
    /// Threads, at most.
    public var limit: Int

    /// Memberwise.
    public init(after last: ThreadID?, isDescending: Bool, limit: Int) {
        self.last = last
        self.isDescending = isDescending
        self.limit = limit
    }

    /// The ids between which the page lies, neither of them included.
    public var bounds: (after: ThreadID, before: ThreadID) {
        let (lowest, highest) = (ThreadID(rawValue: 0), ThreadID(rawValue: .max))
        return isDescending ? (lowest, last ?? highest) : (last ?? lowest, highest)
    }
}

/// Reads threads of the caller's application.
public protocol ThreadReader {
    /// The thread of this id. One look-up.
    func thread(_ id: ThreadID) throws(Failure) -> ChatThread?
    /// The thread below this message. One index look-up.
    func thread(below message: MessageID) throws(Failure) -> ChatThread?
    /// Threads of a list by their ids. Costs the rows it returns; in one group, those that it passes over, too.
    func threads(_ list: ThreadList, _ range: ThreadRange) throws(Failure) -> [ChatThread]
    /// How many threads the application has. One look-up: the number is kept.
    func threadCount() throws(Failure) -> Int
    /// Whether the user is a member. One index look-up.
    func isMember(_ user: UserID, of thread: ThreadID) throws(Failure) -> Bool
    /// Members behind this place, in the order of joining, at most `limit`.
    func members(of thread: ThreadID, after place: Int64?, limit: Int) throws(Failure) -> [ThreadMember]
}

/// Changes threads of the caller's application.
public protocol ThreadWriter: ThreadReader {
    /// Adds a thread without members, and its conversation.
    ///
    /// - Throws: `.notFound(.group, …)`, `.conflict(.thread, …)` where the message has one.
    func insert(_ thread: ChatThread) throws(Failure)
    /// Renames a thread.
    func setName(_ name: String, of thread: ThreadID) throws(Failure)
    /// Removes a thread and, by the schema's cascades, its memberships; its messages stay as history.
    func delete(_ thread: ThreadID) throws(Failure)
    /// Adds a member behind all others, who follows the thread's conversation from now on; nothing happens for a member, and for a
    /// user who is no member of the group.
    ///
    /// - Returns: whether a row was added.
    func insertMember(_ user: UserID, into thread: ThreadID, at now: Timestamp) throws(Failure) -> Bool
    /// Removes a member, who follows the conversation no longer.
    ///
    /// - Returns: whether there was one.
    func deleteMember(_ user: UserID, from thread: ThreadID) throws(Failure) -> Bool
}
