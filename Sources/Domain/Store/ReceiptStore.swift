// The repository of receipts: to whom a message has come, as the positions in its conversation say.

/// Reads receipts of the caller's application.
public protocol ReceiptReader {
    /// The receivers of a message behind this user, by key, at most `limit`: its sender isn't among them.
    ///
    /// Of a conversation, those who take part now and did when it was sent; of a directed message, those it was sent to.
    /// Costs a row each.
    func receipts(of message: Message, after user: UserID?, limit: Int) throws(Failure) -> [Receipt]
    /// How many there are. Costs a row each.
    func receiptCounts(of message: Message) throws(Failure) -> ReceiptCounts
}
