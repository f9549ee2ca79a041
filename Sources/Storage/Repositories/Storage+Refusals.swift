// The repository of what users refuse on SQLite.

import Domain

private enum RefusalQueries {
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
        """
        SELECT 1 FROM refused_stretches WHERE application = ?1 AND conversation = 0
        UNION ALL
        SELECT 1 FROM refused_stretches WHERE application = ?1 AND conversation = ?2
        LIMIT 1
        """
    )
    static let refusing = Query(
        """
        SELECT users.username FROM refused_stretches INDEXED BY refused_stretches_by_conversation
        CROSS JOIN users ON users.id = refused_stretches.user
        WHERE refused_stretches.application = ?1 AND refused_stretches.conversation = ?2
            AND refused_stretches.through_message IS NULL
        ORDER BY refused_stretches.user
        """
    )
    static let has = Query(
        """
        SELECT 1 FROM refused_stretches
        WHERE application = ?1 AND user = ?2 AND conversation = 0 AND after_message < ?4
            AND (through_message IS NULL OR through_message >= ?4)
        UNION ALL
        SELECT 1 FROM refused_stretches
        WHERE application = ?1 AND user = ?2 AND conversation = ?3 AND after_message < ?4
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
        try prepare(RefusalQueries.ofUser, user).refusedStretches()
    }

    func refusedStretches(of user: UserID, in conversation: ConversationID?) throws(Failure)
        -> [RefusedStretch]
    {
        try prepare(RefusalQueries.ofUserInConversation, user, conversation?.rawValue ?? 0).refusedStretches()
    }

    func hasMessages(for user: UserID, after id: MessageID) throws(Failure) -> Bool {
        try prepare(RefusalQueries.hasMessages, user, id).step()
    }

    func hasRefusedStretches(in conversation: ConversationID) throws(Failure) -> Bool {
        try prepare(RefusalQueries.inConversation, conversation).step()
    }

    func refusingNames(in conversation: ConversationID) throws(Failure) -> [String] {
        try prepare(RefusalQueries.refusing, conversation).rows { $0.text(0) }
    }

    func isInRefusedStretch(
        _ message: MessageID,
        in conversation: ConversationID,
        of user: UserID
    ) throws(Failure) -> Bool {
        try prepare(RefusalQueries.has, user, conversation, message).step()
    }

    func countedQueue(
        for user: User,
        in conversation: ConversationID,
        _ range: MessageRange,
        isRefused: Bool
    ) throws(Failure) -> Int64 {
        try prepare(
            isRefused ? RefusalQueries.countedUnrefusable : RefusalQueries.counted,
            conversation,
            range.after,
            range.before,
            stored(user.username.text),
            user.id
        ).first { $0.int64(0) } ?? 0
    }
}

extension Statement {
    /// The rows that are left: they come in the order of their conversations.
    fileprivate func refusedStretches() throws(Failure) -> [RefusedStretch] {
        try rows { $0.refusedStretch() }.sorted { $0.after < $1.after }
    }

    private func refusedStretch() -> RefusedStretch {
        let conversation: ConversationID = id(0)
        return RefusedStretch(
            conversation: conversation.rawValue == 0 ? nil : conversation,
            after: id(1),
            through: optionalID(2)
        )
    }
}

extension SQLiteWriter {
    func setRefusedStretch(_ stretch: RefusedStretch, of user: UserID) throws(Failure) {
        try prepare(
            RefusalQueries.set,
            user,
            stretch.conversation?.rawValue ?? 0,
            stretch.after,
            stretch.through
        ).insert()
    }

    func deleteRefusedStretch(_ stretch: RefusedStretch, of user: UserID) throws(Failure) {
        try prepare(RefusalQueries.delete, user, stretch.conversation?.rawValue ?? 0, stretch.after).run()
    }
}
