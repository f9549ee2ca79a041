// The repository of refused messages.

/// A stretch of messages that a user refuses: it is told none of them, and none waits for it.
public struct RefusedStretch: Hashable, Sendable {
    /// In this conversation; nil for all that the user takes part in.
    public let conversation: ConversationID?
    /// The messages sent behind this one.
    public let after: MessageID
    /// And up to this one; nil as long as the user refuses what comes.
    public let through: MessageID?

    /// Memberwise.
    public init(conversation: ConversationID?, after: MessageID, through: MessageID? = nil) {
        self.conversation = conversation
        self.after = after
        self.through = through
    }
}

/// Reads what users refuse.
public protocol RefusalReader {
    /// The stretches that the user refuses or has refused, by their beginnings; empty for whoever never did.
    /// Costs a row each.
    func refusedStretches(of user: UserID) throws(Failure) -> [RefusedStretch]
    /// Those of them of one conversation, or with nil of all conversations, by their beginnings. Costs a row each.
    func refusedStretches(of user: UserID, in conversation: ConversationID?) throws(Failure)
        -> [RefusedStretch]
    /// Whether there is a message behind this one in a conversation of the user, among the broadcasts, or for
    /// it and some others. Costs a row for each conversation of the user.
    func hasMessages(for user: UserID, after id: MessageID) throws(Failure) -> Bool
    /// Whether some user has a stretch that is of this conversation, or of all. Two index look-ups.
    func hasRefusedStretches(in conversation: ConversationID) throws(Failure) -> Bool
    /// The names of the users who refuse what comes in this conversation, by user key; those who refuse all messages aren't among
    /// them. Costs a row each.
    func refusingNames(in conversation: ConversationID) throws(Failure) -> [String]
    /// Whether the message is in one of the user's stretches. Costs a row for each of the conversation and of all.
    func isInRefusedStretch(_ message: MessageID, in conversation: ConversationID, of user: UserID)
        throws(Failure) -> Bool
    /// How many messages of a stretch of a conversation's queue would wait for the user and count.
    ///
    /// Costs a row each, and one for each own message between them.
    ///
    /// - Parameter isRefused: whether only those are meant that nobody can refuse.
    func countedQueue(
        for user: User,
        in conversation: ConversationID,
        _ range: MessageRange,
        isRefused: Bool
    ) throws(Failure) -> Int64
}

/// Changes what users refuse.
public protocol RefusalWriter: RefusalReader {
    /// Adds a stretch, or replaces the user's one of this conversation with the same beginning.
    func setRefusedStretch(_ stretch: RefusedStretch, of user: UserID) throws(Failure)
    /// Removes the user's stretch of this conversation with this beginning.
    func deleteRefusedStretch(_ stretch: RefusedStretch, of user: UserID) throws(Failure)
}
