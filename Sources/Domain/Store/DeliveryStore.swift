// The repository of positions: how far each user has followed each conversation.

/// Reads positions, and what waits behind them.
public protocol DeliveryReader {
    /// The user's position in a conversation; nil for one who takes no part. One look-up.
    func position(of user: UserID, in conversation: ConversationID) throws(Failure) -> Position?
    /// The user's conversations in which messages wait, by key. Costs a row for each conversation of the
    /// user.
    func waitingConversations(of user: UserID) throws(Failure) -> [FollowedConversation]
    /// All of the user's conversations, by key. Costs a row each.
    func conversations(of user: UserID) throws(Failure) -> [FollowedConversation]
    /// The user's conversations with a message to be listed, that is behind `hiddenThrough` and
    /// `visibleAfter` and older than this one; by their newest message, newest first, at most `limit`. Costs
    /// a row for each conversation.
    func listedConversations(
        of user: UserID,
        before message: MessageID,
        limit: Int
    ) throws(Failure) -> [FollowedConversation]
    /// The last message of a conversation's queue with an id up to this one. One index look-up.
    func lastQueued(
        in conversation: ConversationID,
        through id: MessageID
    ) throws(Failure) -> (id: MessageID, sequence: Int64)?
    /// How many messages of the queue behind `after` and up to `through` are this sender's own and don't wait
    /// for it.
    func ownCount(
        of sender: String,
        in conversation: ConversationID,
        after: MessageID,
        through: MessageID
    ) throws(Failure) -> Int64
    /// How many messages of the queue behind `after` don't count, whoever they wait for: recalled ones, and
    /// those sent so; but those that are this sender's own and don't wait for it. Costs a row each.
    func uncountedCount(
        besides sender: String,
        in conversation: ConversationID,
        after: MessageID
    ) throws(Failure) -> Int64
    /// How many messages that would wait for the user and count it has removed, by conversation, of those
    /// behind `after` and behind what was delivered to it. Costs a row for each that it removed behind `after`.
    func removedCounts(of user: User, after: MessageID) throws(Failure) -> [ConversationID: Int64]
    /// Directed messages that wait for the user, behind this one, oldest first, at most `limit`.
    func waitingDirected(to user: UserID, after id: MessageID, limit: Int) throws(Failure) -> [MessageID]
    /// Directed messages that were to wait for the user, delivered since or not, behind this one, oldest first,
    /// at most `limit`.
    ///
    /// Costs a row each, and one for each that waited for nobody.
    func queuedDirected(to user: UserID, after id: MessageID, limit: Int) throws(Failure) -> [MessageID]
    /// How many directed messages wait for the user: but recalled and removed ones, and those sent not to be counted.
    ///
    /// Costs a row each.
    func waitingDirectedCount(to user: UserID) throws(Failure) -> Int
    /// The users with a position in a conversation, behind this user, by key, at most `limit`.
    ///
    /// Costs a row each.
    func followers(of conversation: ConversationID, after user: UserID?, limit: Int) throws(Failure)
        -> [Follower]
    /// The last message of the application or notice for the user that is stored. Two look-ups.
    func lastNews(for user: UserID) throws(Failure) -> MessageID
    /// Whether this directed message waits for the user.
    func isWaitingDirected(_ id: MessageID, to user: UserID) throws(Failure) -> Bool
}

/// A user who takes part in a conversation.
public struct Follower: Equatable, Sendable {
    /// The caller.
    public let user: UserID
    /// Nothing up to this message can be seen.
    public let visibleAfter: MessageID

    /// Memberwise.
    public init(user: UserID, visibleAfter: MessageID) {
        self.user = user
        self.visibleAfter = visibleAfter
    }
}

/// Changes positions.
public protocol DeliveryWriter: DeliveryReader {
    /// Adds or replaces the user's position in a conversation.
    ///
    /// Members of groups and rooms get theirs by joining, at the end of the conversation, and lose it by
    /// leaving.
    func setPosition(_ position: Position, of user: UserID, in conversation: ConversationID) throws(Failure)
    /// Takes directed messages up to this one as delivered to the user.
    func acknowledgeDirected(to user: UserID, through id: MessageID) throws(Failure)
}
