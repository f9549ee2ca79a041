// The repository of messages and of the conversations they are in.

/// Reads messages and conversations of the caller's application.
public protocol MessageReader {
    /// The message of this id. One look-up, and one of its conversation.
    func message(_ id: MessageID) throws(Failure) -> Message?
    /// The conversation of this kind and key. One index look-up.
    func conversation(_ address: ConversationAddress) throws(Failure) -> Conversation?
    /// The conversation of this key. One look-up.
    func conversation(_ id: ConversationID) throws(Failure) -> Conversation?
    /// Whether a message that is for some members only is for this user. One look-up.
    func isRecipient(_ user: UserID, of message: MessageID) throws(Failure) -> Bool
    /// The users that a directed message is for, by key; none for another one. Costs a row each.
    func recipients(of message: MessageID) throws(Failure) -> [UserID]
}

/// Changes messages and conversations of the caller's application.
public protocol MessageWriter: MessageReader {
    /// Counts one more message of a conversation, which is made where there is none: of its queue, or beside
    /// it.
    ///
    /// - Returns: the conversation afterwards.
    func advance(
        _ address: ConversationAddress,
        to message: MessageID,
        isQueued: Bool
    ) throws(Failure) -> Conversation
    /// Adds a message; its id has to be new. Its text can be searched for when the transaction is committed.
    func insert(_ message: Message) throws(Failure)
    /// Writes what may change of a message: content, whether it is recalled, how often it was rewritten.
    func update(_ message: Message) throws(Failure)
    /// Names the users that a directed message is for; it waits for each of them.
    func insertRecipients(_ users: [UserID], of message: MessageID) throws(Failure)
    /// The smallest unused id of a moment; nil when all 4096 ids of that millisecond are used.
    func unusedMessageID(at moment: Timestamp) throws(Failure) -> MessageID?
}
