// The repository of messages and of the conversations they are in.

/// A message that a client has a name for.
public struct NamedMessage: Equatable, Sendable {
    /// The message.
    public let id: MessageID
    /// The digest of its content when it was sent; nil for one of before that was kept.
    public let digest: Int64?

    /// Memberwise.
    public init(id: MessageID, digest: Int64?) {
        self.id = id
        self.digest = digest
    }
}

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
    /// Whether the user removed this message for itself. One look-up.
    func isRemoved(_ message: MessageID, for user: UserID) throws(Failure) -> Bool
    /// The message that was sent by an operation that a client named; nil where none is known. One look-up.
    func message(sentBy operation: String) throws(Failure) -> MessageID?
    /// The message that a client calls so, by its sender, in a conversation; with nil the one in its first. One
    /// look-up.
    func message(called name: String, by sender: String, in conversation: ConversationID?) throws(Failure)
        -> NamedMessage?
    /// The messages that clients call so, newest first, at most `limit`. Costs a row for each of that name.
    func messages(called name: String, limit: Int) throws(Failure) -> [MessageID]
    /// The treatment of a conversation's messages for the user; `.told` where nothing was set. One look-up.
    func messageOption(of user: UserID, in address: ConversationAddress) throws(Failure)
        -> UserProfile.MessageOption
    /// Every conversation for which the user has set something else, by kind and key. Costs a row each.
    func messageOptions(
        of user: UserID
    ) throws(Failure) -> [(address: ConversationAddress, option: UserProfile.MessageOption)]
}

/// Changes messages and conversations of the caller's application.
public protocol MessageWriter: MessageReader {
    /// Counts one more message of a conversation, which is made where there is none: of its queue, or beside
    /// it.
    ///
    /// - Parameter sent: when the message was; nothing where there is none.
    /// - Returns: the conversation afterwards.
    func advance(
        _ address: ConversationAddress,
        to message: MessageID,
        sent: Timestamp?,
        isQueued: Bool
    ) throws(Failure) -> Conversation
    /// Adds a message; its id has to be new. Its text can be searched for when the transaction is committed.
    func insert(_ message: Message) throws(Failure)
    /// Writes what may change of a message: content, whether it is recalled, how often it was rewritten.
    func update(_ message: Message) throws(Failure)
    /// Names the users that a directed message is for; it waits for each of them until it is delivered, or it
    /// isn't queued and waits for nobody.
    func insertRecipients(_ users: [UserID], of message: MessageID, isQueued: Bool) throws(Failure)
    /// Removes a message for one user; nothing happens where it is unknown, or removed already.
    func remove(_ message: MessageID, for user: UserID) throws(Failure)
    /// Keeps what the sender's client calls a message, and its content's digest; its conversation has none of
    /// that name by that sender.
    func setClientName(_ name: String, of message: Message) throws(Failure)
    /// Keeps the name of the operation that sent a message, stored or not, in place of an older one of that name.
    func note(_ operation: String, sent message: MessageID, at now: Timestamp) throws(Failure)
    /// Forgets operations that were noted before this moment, the oldest first, at most `limit`.
    func forgetOperations(before moment: Timestamp, limit: Int) throws(Failure)
    /// Sets what becomes of messages of a conversation for the user.
    func setMessageOption(
        _ option: UserProfile.MessageOption,
        of user: UserID,
        in address: ConversationAddress
    ) throws(Failure)
    /// An unused id for a message of a past moment: behind those that were sent then, or of the next
    /// millisecond that has one free; where nothing is behind, the next of all ids.
    ///
    /// Costs a look-up for each 4096 messages of that moment.
    func earlierMessageID(at moment: Timestamp, now: Timestamp) throws(Failure) -> MessageID
}
