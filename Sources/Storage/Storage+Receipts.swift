// The repository of what users refuse on SQLite.

import Domain

private enum ReceiptQueries {
    static let ofUser = Query(
        """
        SELECT conversation, after_message, through_message FROM refused_stretches
        WHERE application = ?1 AND user = ?2
        """
    )
    static let ofUserInConversation = Query(
        """
        SELECT conversation, after_message, through_message FROM refused_stretches
        WHERE application = ?1 AND user = ?2 AND conversation = ?3
        """
    )
    // CROSS JOIN fixes the order: the user's positions first. 3 are the broadcasts.
    static let hasMessages = Query(
        """
        SELECT 1 FROM positions CROSS JOIN conversations ON conversations.id = positions.conversation
        WHERE positions.application = ?1 AND positions.user = ?2 AND conversations.last_message > ?3
        UNION ALL
        SELECT 1 FROM conversations WHERE application = ?1 AND kind = 3 AND last_message > ?3
        UNION ALL
        SELECT 1 FROM message_recipients WHERE application = ?1 AND user = ?2 AND message > ?3
        LIMIT 1
        """
    )
    static let inConversation = Query(
        "SELECT 1 FROM refused_stretches WHERE application = ?1 AND conversation IN (0, ?2) LIMIT 1"
    )
    static let has = Query(
        """
        SELECT 1 FROM refused_stretches
        WHERE application = ?1 AND user = ?2 AND conversation IN (0, ?3) AND after_message < ?4
            AND (through_message IS NULL OR through_message >= ?4)
        LIMIT 1
        """
    )
    static let counted = Query(
        """
        SELECT count(*) FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?2 AND id > ?3 AND id < ?4 AND application = ?1
            AND sequence IS NOT NULL AND flags & 9 = 0 AND (sender <> ?5 OR flags & 2 <> 0)
            AND NOT EXISTS (SELECT 1 FROM message_removals
                WHERE application = ?1 AND user = ?6 AND message = messages.id)
        """
    )
    // The condition on the flags is the index's own.
    static let countedUnrefusable = Query(
        """
        SELECT count(*) FROM messages INDEXED BY messages_unrefusable
        WHERE conversation = ?2 AND id > ?3 AND id < ?4 AND flags & 16 <> 0 AND application = ?1
            AND sequence IS NOT NULL AND flags & 9 = 0 AND (sender <> ?5 OR flags & 2 <> 0)
            AND NOT EXISTS (SELECT 1 FROM message_removals
                WHERE application = ?1 AND user = ?6 AND message = messages.id)
        """
    )

    static let set = Query(
        """
        INSERT INTO refused_stretches (application, user, conversation, after_message, through_message)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (application, user, conversation, after_message)
        DO UPDATE SET through_message = excluded.through_message
        """
    )
    static let delete = Query(
        """
        DELETE FROM refused_stretches
        WHERE application = ?1 AND user = ?2 AND conversation = ?3 AND after_message = ?4
        """
    )
}

extension TenantStore {
    func refusedStretches(of user: UserID) throws(Failure) -> [RefusedStretch] {
        var statement = try connection.prepare(ReceiptQueries.ofUser)
        statement.bind(1, application)
        statement.bind(2, user)
        return try statement.refusedStretches()
    }

    func refusedStretches(of user: UserID, in conversation: ConversationID?) throws(Failure)
        -> [RefusedStretch]
    {
        var statement = try connection.prepare(ReceiptQueries.ofUserInConversation)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, conversation?.rawValue ?? 0)
        return try statement.refusedStretches()
    }

    func hasMessages(for user: UserID, after id: MessageID) throws(Failure) -> Bool {
        var statement = try connection.prepare(ReceiptQueries.hasMessages)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, id)
        return try statement.step()
    }

    func hasRefusedStretches(in conversation: ConversationID) throws(Failure) -> Bool {
        var statement = try connection.prepare(ReceiptQueries.inConversation)
        statement.bind(1, application)
        statement.bind(2, conversation)
        return try statement.step()
    }

    func isInRefusedStretch(
        _ message: MessageID,
        in conversation: ConversationID,
        of user: UserID
    ) throws(Failure) -> Bool {
        var statement = try connection.prepare(ReceiptQueries.has)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, conversation)
        statement.bind(4, message)
        return try statement.step()
    }

    func countedQueue(
        for user: User,
        in conversation: ConversationID,
        _ range: MessageRange,
        isRefused: Bool
    ) throws(Failure) -> Int64 {
        var statement = try connection.prepare(
            isRefused ? ReceiptQueries.countedUnrefusable : ReceiptQueries.counted
        )
        statement.bind(1, application)
        statement.bind(2, conversation)
        statement.bind(3, range.after)
        statement.bind(4, range.before)
        statement.bind(5, user.username.text)
        statement.bind(6, user.id)
        return try statement.step() ? statement.int64(0) : 0
    }
}

extension Statement {
    fileprivate mutating func refusedStretches() throws(Failure) -> [RefusedStretch] {
        var stretches: [RefusedStretch] = []
        while try step() {
            let conversation = int64(0)
            stretches.append(
                RefusedStretch(
                    conversation: conversation == 0 ? nil : ConversationID(rawValue: conversation),
                    after: MessageID(rawValue: int64(1)),
                    through: isNull(2) ? nil : MessageID(rawValue: int64(2))
                )
            )
        }
        // They come in the order of their conversations.
        return stretches.sorted { $0.after < $1.after }
    }
}

extension SQLiteWriter {
    func setRefusedStretch(_ stretch: RefusedStretch, of user: UserID) throws(Failure) {
        var statement = try connection.prepare(ReceiptQueries.set)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, stretch.conversation?.rawValue ?? 0)
        statement.bind(4, stretch.after)
        if let through = stretch.through { statement.bind(5, through) }
        _ = try statement.insert()
    }

    func deleteRefusedStretch(_ stretch: RefusedStretch, of user: UserID) throws(Failure) {
        var statement = try connection.prepare(ReceiptQueries.delete)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, stretch.conversation?.rawValue ?? 0)
        statement.bind(4, stretch.after)
        try statement.run()
    }
}
