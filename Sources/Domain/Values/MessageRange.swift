// A stretch of a conversation, by message ids.

/// A stretch of messages between two ids, neither of them included, in one of two directions.
public struct MessageRange: Equatable, Sendable {
    /// Only messages behind this one.
    public var after: MessageID
    /// Only messages before this one.
    public var before: MessageID
    /// Whether the newest comes first.
    public var isDescending: Bool

    /// Memberwise.
    public init(after: MessageID = .none, before: MessageID = .last, isDescending: Bool = false) {
        self.after = after
        self.before = before
        self.isDescending = isDescending
    }

    /// The rest behind a message in this direction.
    public func continued(behind id: MessageID) -> MessageRange {
        var rest = self
        if isDescending { rest.before = min(before, id) } else { rest.after = max(after, id) }
        return rest
    }

    /// Whether nothing can lie in it.
    public var isEmpty: Bool { after >= before.predecessor }
}
