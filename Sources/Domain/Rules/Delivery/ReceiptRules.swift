// Receipts: to whom a message has come, who has read it, and who refuses it.

/// Answers what has become of a message.
public enum ReceiptRules {
    /// A receiver, and whether it refuses the message.
    public struct Line: Equatable, Sendable {
        /// The receipt that its position stands for.
        public let receipt: Receipt
        /// Whether it wants no messages of this conversation, or none at all, and so doesn't get it.
        public let isRefused: Bool
    }

    /// The fate of a message.
    public struct Report: Sendable {
        /// The message.
        public let message: Message
        /// Of all receivers.
        public let counts: ReceiptCounts
        /// One page of them, by the order of their registration.
        public let page: Page<Line>
    }

    /// The fate of a message, with one page of its receivers.
    ///
    /// Costs a row for each of them.
    ///
    /// - Throws: `.notFound(.message, …)`.
    public static func report(
        on text: String,
        _ limit: Int,
        after cursor: (MessageID) throws(Failure) -> Cursor?,
        in store: any Reader
    ) throws(Failure) -> Report {
        guard let id = MessageID(text), let message = try store.message(id) else {
            throw .notFound(.message, id: text)
        }
        let position = try cursor(id)
        let receipts = try store.receipts(
            of: message,
            after: position.map { UserID(rawValue: $0.key) },
            limit: limit + 1
        )
        var lines: [Line] = []
        for receipt in receipts {
            var isRefused = false
            if !receipt.isDelivered {
                isRefused = try RefusalRules.isRefused(message, by: receipt.user, in: store)
            }
            lines.append(Line(receipt: receipt, isRefused: isRefused))
        }
        return Report(
            message: message,
            counts: try store.receiptCounts(of: message),
            page: Page(rows: lines, limit: limit) {
                Cursor(collection: .receivers, owner: id.rawValue, key: $0.receipt.user.rawValue)
            }
        )
    }
}
