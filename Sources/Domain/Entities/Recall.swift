// That a message was recalled, as it is told to those who may have read it.

/// A recall, at its own place among what a user is told.
public struct Recall: Hashable, Sendable {
    /// Its place: of the same numbers as messages, rising with time.
    public let id: MessageID
    /// The recalled message.
    public let message: MessageID
    /// When.
    public let made: Timestamp

    /// Memberwise.
    public init(id: MessageID, message: MessageID, made: Timestamp) {
        self.id = id
        self.message = message
        self.made = made
    }
}
