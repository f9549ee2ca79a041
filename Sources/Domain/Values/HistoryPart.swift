// A part of exported history, by its first and its last message.

/// A part of an exported hour: its first and its last message.
public struct HistoryPart: Equatable, Sendable {
    /// The first message.
    public let first: MessageID
    /// The last one.
    public let last: MessageID

    /// Memberwise.
    public init(first: MessageID, last: MessageID) {
        self.first = first
        self.last = last
    }

    /// Its messages, oldest first, and others that weren't sent in its hour.
    public var range: MessageRange {
        MessageRange(after: first.predecessor, before: MessageID(rawValue: last.rawValue + 1))
    }
}
