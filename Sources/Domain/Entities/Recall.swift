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

/// Reads recalls of the caller's application.
public protocol RecallReader {
    /// The recall of this id. One look-up.
    func recall(_ id: MessageID) throws(Failure) -> Recall?
    /// Recalls in a conversation behind this id, oldest first, at most `limit`. Costs a row each.
    func recalls(in conversation: ConversationID, after id: MessageID, limit: Int) throws(Failure)
        -> [MessageID]
    /// The application's last recall; `.none` without any. One look-up.
    func lastRecall() throws(Failure) -> MessageID
}

/// Keeps recalls: each for as long as the message, of which the tombstone stands.
public protocol RecallWriter: RecallReader {
    /// Keeps a recall; its id has to be new.
    func insert(_ recall: Recall) throws(Failure)
}
