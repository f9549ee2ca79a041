// The repository of history on SQLite: walks along the messages' keys.

import Domain

private enum HistoryQueries {
    static let ids = Query(
        "SELECT id FROM messages WHERE application = ?1 AND id > ?2 AND id < ?3 ORDER BY id LIMIT ?4"
    )
    static let idsDescending = Query(
        "SELECT id FROM messages WHERE application = ?1 AND id > ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4"
    )
    static let idsOfConversation = Query(
        """
        SELECT id FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?5 AND id > ?2 AND id < ?3 AND application = ?1 ORDER BY id LIMIT ?4
        """
    )
    static let idsOfConversationDescending = Query(
        """
        SELECT id FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?5 AND id > ?2 AND id < ?3 AND application = ?1 ORDER BY id DESC LIMIT ?4
        """
    )
    static let waiting = Query(
        """
        SELECT id FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?5 AND id > ?2 AND id < ?3 AND application = ?1
            AND sequence IS NOT NULL AND (sender <> ?6 OR flags & 2 <> 0)
        ORDER BY id LIMIT ?4
        """
    )
    // The condition on the flags is the index's own.
    static let unrefusable = Query(
        """
        SELECT id FROM messages INDEXED BY messages_unrefusable
        WHERE conversation = ?5 AND id > ?2 AND id < ?3 AND flags & 16 <> 0 AND application = ?1
            AND sequence IS NOT NULL AND (sender <> ?6 OR flags & 2 <> 0)
        ORDER BY id LIMIT ?4
        """
    )
    static let page = Query(
        "SELECT",
        messageColumns,
        """
        FROM messages CROSS JOIN conversations ON conversations.id = messages.conversation
        WHERE messages.application = ?1 AND messages.id > ?2 AND messages.id < ?3 ORDER BY messages.id LIMIT ?4
        """
    )
    static let sizes = Query(
        """
        SELECT id, coalesce(length(CAST(text AS BLOB)), 0) + coalesce(length(body), 0) + coalesce(length(ext), 0)
        FROM messages WHERE application = ?1 AND id > ?2 AND id < ?3 ORDER BY id
        """
    )
}

extension TenantStore {
    func messageIDs(
        in conversation: ConversationID?,
        _ range: MessageRange,
        for audience: MessageAudience,
        limit: Int
    ) throws(Failure) -> [MessageID] {
        let query = Self.query(isOfConversation: conversation != nil, range, audience)
        let sender =
            switch audience {
            case .everyone: nil as String?
            case .waiting(let sender), .unrefusable(let sender): sender
            }
        return try prepare(query, range.after, range.before, limit, conversation, sender).rows { $0.id(0) }
    }

    private static func query(isOfConversation: Bool, _ range: MessageRange, _ audience: MessageAudience)
        -> Query
    {
        switch (audience, isOfConversation, range.isDescending) {
        // A queue is of one conversation and read forwards.
        case (.waiting, _, _): HistoryQueries.waiting
        case (.unrefusable, _, _): HistoryQueries.unrefusable
        case (.everyone, true, true): HistoryQueries.idsOfConversationDescending
        case (.everyone, true, false): HistoryQueries.idsOfConversation
        case (.everyone, false, true): HistoryQueries.idsDescending
        case (.everyone, false, false): HistoryQueries.ids
        }
    }

    func messages(_ range: MessageRange, limit: Int) throws(Failure) -> [Message] {
        try prepare(HistoryQueries.page, range.after, range.before, limit).rows { $0.message() }
    }

    func partStarts(
        _ range: MessageRange,
        maximumMessages: Int,
        maximumBytes: Int
    ) throws(Failure) -> [MessageID] {
        let statement = try prepare(HistoryQueries.sizes, range.after, range.before)
        var starts: [MessageID] = []
        var (messages, bytes) = (0, 0)
        while try statement.step() {
            if starts.isEmpty || messages >= maximumMessages || bytes >= maximumBytes {
                starts.append(statement.id(0))
                (messages, bytes) = (0, 0)
            }
            messages += 1
            bytes += statement.int(1)
        }
        return starts
    }
}
