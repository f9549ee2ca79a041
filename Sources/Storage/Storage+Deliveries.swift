// The repository of positions on SQLite.

import Domain

/// The columns that `Statement.position(at:)` reads, in its order.
private let positionColumns: StaticString = """
    positions.visible_after, positions.delivered, positions.delivered_sequence, positions.own_after_delivered,
    positions.hidden_through
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

    static let set = Query(
        """
        INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
            own_after_delivered, hidden_through)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (application, user, conversation) DO UPDATE SET visible_after = excluded.visible_after,
            delivered = excluded.delivered, delivered_sequence = excluded.delivered_sequence,
            own_after_delivered = excluded.own_after_delivered, hidden_through = excluded.hidden_through
        """
    )
    static let acknowledgeDirected = Query(
        """
        UPDATE message_recipients SET delivered = 1
        WHERE application = ?1 AND user = ?2 AND delivered = 0 AND message <= ?3
        """
    )
}

extension TenantStore {
    func position(of user: UserID, in conversation: ConversationID) throws(Failure) -> Position? {
        var statement = try connection.prepare(DeliveryQueries.position)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, conversation)
        return try statement.step() ? statement.position(at: 0) : nil
    }

    func waitingConversations(of user: UserID) throws(Failure) -> [FollowedConversation] {
        var statement = try connection.prepare(DeliveryQueries.waiting)
        statement.bind(1, application)
        statement.bind(2, user)
        return try statement.followedConversations()
    }

    func conversations(of user: UserID) throws(Failure) -> [FollowedConversation] {
        var statement = try connection.prepare(DeliveryQueries.all)
        statement.bind(1, application)
        statement.bind(2, user)
        return try statement.followedConversations()
    }

    func listedConversations(
        of user: UserID,
        before message: MessageID,
        limit: Int
    ) throws(Failure) -> [FollowedConversation] {
        var statement = try connection.prepare(DeliveryQueries.listed)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, message)
        statement.bind(4, limit)
        return try statement.followedConversations()
    }

    func lastQueued(
        in conversation: ConversationID,
        through id: MessageID
    ) throws(Failure) -> (id: MessageID, sequence: Int64)? {
        var statement = try connection.prepare(DeliveryQueries.lastQueued)
        statement.bind(1, application)
        statement.bind(2, conversation)
        statement.bind(3, id)
        return try statement.step() ? (MessageID(rawValue: statement.int64(0)), statement.int64(1)) : nil
    }

    func ownCount(
        of sender: String,
        in conversation: ConversationID,
        after: MessageID,
        through: MessageID
    ) throws(Failure) -> Int64 {
        var statement = try connection.prepare(DeliveryQueries.ownCount)
        statement.bind(1, application)
        statement.bind(2, conversation)
        statement.bind(3, sender)
        statement.bind(4, after)
        statement.bind(5, through)
        return try statement.step() ? statement.int64(0) : 0
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
        var statement = try connection.prepare(query)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, id)
        statement.bind(4, limit)
        return try statement.messageIDs()
    }

    func followers(
        of conversation: ConversationID,
        after user: UserID?,
        limit: Int
    ) throws(Failure) -> [Follower] {
        var statement = try connection.prepare(DeliveryQueries.followers)
        statement.bind(1, application)
        statement.bind(2, conversation)
        statement.bind(3, user ?? UserID(rawValue: 0))
        statement.bind(4, limit)
        var followers: [Follower] = []
        while try statement.step() {
            followers.append(
                Follower(
                    user: UserID(rawValue: statement.int64(0)),
                    visibleAfter: MessageID(rawValue: statement.int64(1))
                )
            )
        }
        return followers
    }

    func lastNews(for user: UserID) throws(Failure) -> MessageID {
        var messages = try connection.prepare(DeliveryQueries.lastMessage)
        messages.bind(1, application)
        let message = try messages.step() ? messages.int64(0) : 0
        var notices = try connection.prepare(DeliveryQueries.lastNotice)
        notices.bind(1, application)
        notices.bind(2, user)
        let notice = try notices.step() ? notices.int64(0) : 0
        return MessageID(rawValue: max(message, notice))
    }

    func isWaitingDirected(_ id: MessageID, to user: UserID) throws(Failure) -> Bool {
        var statement = try connection.prepare(DeliveryQueries.isWaitingDirected)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, id)
        return try statement.step()
    }
}

extension SQLiteWriter {
    func setPosition(_ position: Position, of user: UserID, in conversation: ConversationID) throws(Failure) {
        var statement = try connection.prepare(DeliveryQueries.set)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, conversation)
        statement.bind(4, position.visibleAfter)
        statement.bind(5, position.delivered)
        statement.bind(6, position.deliveredSequence)
        statement.bind(7, position.ownAfterDelivered)
        statement.bind(8, position.hiddenThrough)
        _ = try statement.insert()
    }

    func acknowledgeDirected(to user: UserID, through id: MessageID) throws(Failure) {
        var statement = try connection.prepare(DeliveryQueries.acknowledgeDirected)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, id)
        try statement.run()
    }
}

extension Statement {
    fileprivate mutating func followedConversations() throws(Failure) -> [FollowedConversation] {
        var followed: [FollowedConversation] = []
        while try step() { followed.append(FollowedConversation(conversation(at: 0), position(at: 6))) }
        return followed
    }

    fileprivate func position(at column: Int32) -> Position {
        Position(
            visibleAfter: MessageID(rawValue: int64(column)),
            delivered: MessageID(rawValue: int64(column + 1)),
            deliveredSequence: int64(column + 2),
            ownAfterDelivered: int64(column + 3),
            hiddenThrough: MessageID(rawValue: int64(column + 4))
        )
    }
}
