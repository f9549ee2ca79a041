// The repository of positions on SQLite.

import Domain

/// The columns that `Statement.position(at:)` reads, in its order.
private let positionColumns: StaticString = """
    positions.visible_after, positions.delivered, positions.delivered_sequence, positions.own_after_delivered,
    positions.hidden_through, positions.read, positions.read_sequence
    """

// CROSS JOIN fixes the order: the user's positions first, then each one's conversation by its key.
private enum DeliveryQueries {
    static let position = Query(
        "SELECT",
        positionColumns,
        "FROM positions WHERE application = ?1 AND user = ?2 AND conversation = ?3"
    )
    static let waiting = Query(
        "SELECT",
        conversationColumns,
        ",",
        positionColumns,
        """
        FROM positions CROSS JOIN conversations ON conversations.id = positions.conversation
        WHERE positions.application = ?1 AND positions.user = ?2
            AND conversations.last_sequence > positions.delivered_sequence + positions.own_after_delivered
        ORDER BY positions.conversation
        """
    )
    static let all = Query(
        "SELECT",
        conversationColumns,
        ",",
        positionColumns,
        """
        FROM positions CROSS JOIN conversations ON conversations.id = positions.conversation
        WHERE positions.application = ?1 AND positions.user = ?2 ORDER BY positions.conversation
        """
    )
    static let listed = Query(
        "SELECT",
        conversationColumns,
        ",",
        positionColumns,
        """
        FROM positions CROSS JOIN conversations ON conversations.id = positions.conversation
        WHERE positions.application = ?1 AND positions.user = ?2 AND conversations.kind IN (0, 1)
            AND conversations.last_message < ?3
            AND conversations.last_message > max(positions.visible_after, positions.hidden_through)
        ORDER BY conversations.last_message DESC LIMIT ?4
        """
    )
    static let lastQueued = Query(
        """
        SELECT id, sequence FROM messages WHERE conversation = ?2 AND id <= ?3 AND application = ?1
            AND sequence IS NOT NULL
        ORDER BY id DESC LIMIT 1
        """
    )
    static let ownCount = Query(
        """
        SELECT count(*) FROM messages WHERE conversation = ?2 AND id > ?4 AND id <= ?5 AND application = ?1
            AND sequence IS NOT NULL AND sender = ?3 AND flags & 2 = 0
        """
    )
    static let waitingDirected = Query(
        """
        SELECT message FROM message_recipients
        WHERE application = ?1 AND user = ?2 AND delivered = 0 AND message > ?3 ORDER BY message LIMIT ?4
        """
    )
    static let queuedDirected = Query(
        """
        SELECT message FROM message_recipients
        WHERE application = ?1 AND user = ?2 AND message > ?3 AND is_queued = 1 ORDER BY message LIMIT ?4
        """
    )
    static let followers = Query(
        """
        SELECT user, visible_after FROM positions
        WHERE conversation = ?2 AND application = ?1 AND user > ?3 ORDER BY user LIMIT ?4
        """
    )
    static let lastMessage = Query("SELECT max(id) FROM messages WHERE application = ?1")
    static let lastNotice = Query("SELECT max(id) FROM notices WHERE application = ?1 AND user = ?2")
    static let isWaitingDirected = Query(
        """
        SELECT 1 FROM message_recipients
        WHERE application = ?1 AND user = ?2 AND message = ?3 AND delivered = 0
        """
    )

    /// Most positions are there already; changing one leaves its foreign keys alone, which an upsert checks.
    static let update = Query(
        """
        UPDATE positions SET visible_after = ?4, delivered = ?5, delivered_sequence = ?6,
            own_after_delivered = ?7, hidden_through = ?8, read = ?9, read_sequence = ?10,
            delivered_at = iif(?5 > delivered, ?11, delivered_at), read_at = iif(?9 > read, ?11, read_at)
        WHERE application = ?1 AND user = ?2 AND conversation = ?3
        """
    )
    static let insert = Query(
        """
        INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
            own_after_delivered, hidden_through, read, read_sequence, delivered_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """
    )
    static let acknowledgeDirected = Query(
        """
        UPDATE message_recipients SET delivered = 1, delivered_at = ?4
        WHERE application = ?1 AND user = ?2 AND delivered = 0 AND message <= ?3
        """
    )
}

extension TenantStore {
    func position(of user: UserID, in conversation: ConversationID) throws(Failure) -> Position? {
        try prepare(DeliveryQueries.position, user, conversation).first { $0.position(at: 0) }
    }

    func waitingConversations(of user: UserID) throws(Failure) -> [FollowedConversation] {
        try shown(prepare(DeliveryQueries.waiting, user).rows { $0.followedConversation() })
    }

    func conversations(of user: UserID) throws(Failure) -> [FollowedConversation] {
        try shown(prepare(DeliveryQueries.all, user).rows { $0.followedConversation() })
    }

    func listedConversations(
        of user: UserID,
        before message: MessageID,
        limit: Int
    ) throws(Failure) -> [FollowedConversation] {
        try shown(prepare(DeliveryQueries.listed, user, message, limit).rows { $0.followedConversation() })
    }

    func lastQueued(
        in conversation: ConversationID,
        through id: MessageID
    ) throws(Failure) -> (id: MessageID, sequence: Int64)? {
        try prepare(DeliveryQueries.lastQueued, conversation, id).first { ($0.id(0), $0.int64(1)) }
    }

    func ownCount(
        of sender: String,
        in conversation: ConversationID,
        after: MessageID,
        through: MessageID
    ) throws(Failure) -> Int64 {
        try prepare(DeliveryQueries.ownCount, conversation, stored(sender), after, through).first {
            $0.int64(0)
        } ?? 0
    }

    func waitingDirected(to user: UserID, after id: MessageID, limit: Int) throws(Failure) -> [MessageID] {
        try directed(DeliveryQueries.waitingDirected, to: user, after: id, limit: limit)
    }

    func queuedDirected(to user: UserID, after id: MessageID, limit: Int) throws(Failure) -> [MessageID] {
        try directed(DeliveryQueries.queuedDirected, to: user, after: id, limit: limit)
    }

    private func directed(
        _ query: Query,
        to user: UserID,
        after id: MessageID,
        limit: Int
    ) throws(Failure) -> [MessageID] {
        try prepare(query, user, id, limit).rows { $0.id(0) }
    }

    func followers(
        of conversation: ConversationID,
        after user: UserID?,
        limit: Int
    ) throws(Failure) -> [Follower] {
        try prepare(DeliveryQueries.followers, conversation, user?.rawValue ?? 0, limit).rows {
            Follower(
                user: $0.id(0),
                visibleAfter: $0.id(1)
            )
        }
    }

    func lastNews(for user: UserID) throws(Failure) -> MessageID {
        let message: MessageID? = try prepare(DeliveryQueries.lastMessage).first { $0.id(0) }
        let notice: MessageID? = try prepare(DeliveryQueries.lastNotice, user).first { $0.id(0) }
        return max(message ?? .none, notice ?? .none)
    }

    func isWaitingDirected(_ id: MessageID, to user: UserID) throws(Failure) -> Bool {
        try prepare(DeliveryQueries.isWaitingDirected, user, id).step()
    }
}

extension SQLiteWriter {
    func setPosition(_ position: Position, of user: UserID, in conversation: ConversationID) throws(Failure) {
        let now = connection.clock
        if try prepare(DeliveryQueries.update, user, conversation, position, now).run() > 0 { return }
        try prepare(DeliveryQueries.insert, user, conversation, position, now).insert()
    }

    func acknowledgeDirected(to user: UserID, through id: MessageID) throws(Failure) {
        try prepare(DeliveryQueries.acknowledgeDirected, user, id, connection.clock).run()
    }
}

/// Seven parameters, in the order of `positionColumns`.
extension Position: Bindable {
    func bind(to statement: inout Statement) {
        statement.bind(visibleAfter)
        statement.bind(delivered)
        statement.bind(deliveredSequence)
        statement.bind(ownAfterDelivered)
        statement.bind(hiddenThrough)
        statement.bind(read)
        statement.bind(readSequence)
    }
}

extension Statement {
    fileprivate func followedConversation() -> FollowedConversation {
        FollowedConversation(conversation(at: 0), position(at: 7))
    }

    fileprivate func position(at column: Int32) -> Position {
        Position(
            visibleAfter: id(column),
            delivered: id(column + 1),
            deliveredSequence: int64(column + 2),
            ownAfterDelivered: int64(column + 3),
            hiddenThrough: id(column + 4),
            read: (message: id(column + 5), sequence: int64(column + 6))
        )
    }
}
