// The repository of receipts on SQLite: what positions and directed messages say of one message.

import Domain

// CROSS JOIN fixes the order: the positions first, then each one's user by its key.
private enum ReceiptQueries {
    static let ofConversation = Query(
        """
        SELECT positions.user, users.username, positions.delivered >= ?3, positions.delivered_at,
            positions.read >= ?3, positions.read_at
        FROM positions CROSS JOIN users ON users.id = positions.user
        WHERE positions.conversation = ?2 AND positions.application = ?1 AND positions.user > ?5
            AND positions.visible_after < ?3 AND users.username_key <> ?4
        ORDER BY positions.user LIMIT ?6
        """
    )
    static let ofDirected = Query(
        """
        SELECT message_recipients.user, users.username, message_recipients.delivered,
            message_recipients.delivered_at, ifnull(positions.read >= ?3, 0), positions.read_at
        FROM message_recipients INDEXED BY message_recipients_by_message
        CROSS JOIN users ON users.id = message_recipients.user
        LEFT JOIN positions ON positions.application = ?1 AND positions.user = message_recipients.user
            AND positions.conversation = ?2
        WHERE message_recipients.application = ?1 AND message_recipients.message = ?3
            AND message_recipients.user > ?5 AND users.username_key <> ?4
        ORDER BY message_recipients.user LIMIT ?6
        """
    )
    static let countOfConversation = Query(
        """
        SELECT count(*), sum(positions.delivered >= ?3), sum(positions.read >= ?3)
        FROM positions CROSS JOIN users ON users.id = positions.user
        WHERE positions.conversation = ?2 AND positions.application = ?1 AND positions.visible_after < ?3
            AND users.username_key <> ?4
        """
    )
    static let countOfDirected = Query(
        """
        SELECT count(*), sum(message_recipients.delivered), sum(ifnull(positions.read >= ?3, 0))
        FROM message_recipients INDEXED BY message_recipients_by_message
        CROSS JOIN users ON users.id = message_recipients.user
        LEFT JOIN positions ON positions.application = ?1 AND positions.user = message_recipients.user
            AND positions.conversation = ?2
        WHERE message_recipients.application = ?1 AND message_recipients.message = ?3
            AND users.username_key <> ?4
        """
    )
}

extension TenantStore {
    func receipts(of message: Message, after user: UserID?, limit: Int) throws(Failure) -> [Receipt] {
        try prepare(
            message.isDirected ? ReceiptQueries.ofDirected : ReceiptQueries.ofConversation,
            message.conversation,
            message.id,
            message.sender.lowercased(),
            user ?? UserID(rawValue: 0),
            limit
        ).rows { row in
            Receipt(
                user: row.id(0),
                name: row.text(1),
                isDelivered: row.bool(2),
                deliveredAt: row.bool(2) ? row.optionalTimestamp(3) : nil,
                isRead: row.bool(4),
                readAt: row.bool(4) ? row.optionalTimestamp(5) : nil
            )
        }
    }

    func receiptCounts(of message: Message) throws(Failure) -> ReceiptCounts {
        try prepare(
            message.isDirected ? ReceiptQueries.countOfDirected : ReceiptQueries.countOfConversation,
            message.conversation,
            message.id,
            message.sender.lowercased()
        ).first { ReceiptCounts(receivers: $0.int(0), delivered: $0.int(1), read: $0.int(2)) }
            ?? ReceiptCounts()
    }
}

extension Connection {
    /// The moment of the commit, as the recorder's clock says it.
    var clock: Timestamp { recorder?.now() ?? Timestamp(milliseconds: 0) }
}
