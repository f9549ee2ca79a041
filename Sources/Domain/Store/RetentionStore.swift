// The repository of what is too old: found by its time, removed some rows at a time.

/// A message that is to be removed.
public struct OldMessage: Equatable, Sendable {
    /// Its id.
    public let id: MessageID
    /// Where it was sent.
    public let conversation: ConversationID
    /// Its place in the conversation's queue; nil where it waits for nobody.
    public let sequence: Int64?

    /// Memberwise.
    public init(id: MessageID, conversation: ConversationID, sequence: Int64?) {
        self.id = id
        self.conversation = conversation
        self.sequence = sequence
    }
}

/// Reads what is too old.
public protocol RetentionReader {
    /// Messages that were sent before a moment, of one conversation or with nil of all, at most `limit`.
    ///
    /// Costs a row each, and one for each message of the conversation that is ahead of the clock.
    func oldMessages(before moment: Timestamp, in conversation: ConversationID?, limit: Int) throws(Failure)
        -> [OldMessage]
    /// The users whose position in a conversation is before this message, by key, at most `limit`. Costs a row for each
    /// position.
    func laggards(in conversation: ConversationID, behind id: MessageID, limit: Int) throws(Failure)
        -> [UserID]
}

/// Removes what is too old.
public protocol RetentionWriter: RetentionReader {
    /// Removes messages with all that refers to them, their texts from the index first.
    func deleteMessages(_ ids: [MessageID]) throws(Failure)
    /// Removes files that were sent before a moment, the oldest first, at most `limit`.
    ///
    /// - Returns: how many went.
    func deleteFiles(sentBefore moment: Timestamp, limit: Int) throws(Failure) -> Int
    /// Removes notices of before a moment, at most `limit`.
    ///
    /// - Returns: how many went.
    func deleteNotices(before moment: Timestamp, limit: Int) throws(Failure) -> Int
}
