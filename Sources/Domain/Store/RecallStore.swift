// The repository of recalls: messages whose content is gone.

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
