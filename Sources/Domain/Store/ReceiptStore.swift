// The repository of receipts: to whom a message has come, as the positions in its conversation say.

/// Reads receipts of the caller's application.
public protocol ReceiptReader {
    /// The receivers of a message behind this user, by key, at most `limit`: its sender isn't among them.
    ///
    /// Of a conversation, those who take part now and did when it was sent; of a directed message, those it was sent to.
    /// Costs a row each.
    func receipts(of message: Message, after user: UserID?, limit: Int) throws(Failure) -> [Receipt]
    /// Up to which message the user has read a conversation; `.none` where it never said so. One look-up.
    func readPosition(of user: UserID, in conversation: ConversationID) throws(Failure) -> MessageID
    /// How many there are. Costs a row each.
    func receiptCounts(of message: Message) throws(Failure) -> ReceiptCounts
}

/// Writes what positions don't say.
public protocol ReceiptWriter: ReceiptReader {
    /// Notes that the user has read a conversation up to this message; nothing is taken back.
    func noteRead(through id: MessageID, by user: UserID, in conversation: ConversationID) throws(Failure)
}
