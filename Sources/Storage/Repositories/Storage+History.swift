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
        WHERE messages.application = ?1 AND messages.id > ?2 AND messages.id < ?3
            AND messages.sent >= ?5 AND messages.sent < ?6
        ORDER BY messages.id LIMIT ?4
        """
    )
    static let sizes = Query(
        """
        SELECT id, coalesce(length(CAST(text AS BLOB)), 0) + coalesce(length(body), 0) + coalesce(length(ext), 0)
        FROM messages WHERE application = ?1 AND id > ?2 AND id < ?3 AND sent >= ?4 AND sent < ?5 ORDER BY id
        """
    )
    // The condition on ids is the index's own.
    static let ahead = Query(
        """
        SELECT min(id), max(id) FROM messages INDEXED BY messages_ahead
        WHERE application = ?1 AND sent >= ?2 AND sent < ?3 AND id >> 12 > sent - 1577836800000
        """
    )
    static let lastAhead = Query(
        """
        SELECT id FROM messages INDEXED BY messages_ahead
        WHERE application = ?1 AND sent <= ?2 AND (sent < ?2 OR id & 4095 <= ?3) AND id >> 12 > sent - 1577836800000
        ORDER BY sent DESC, id DESC LIMIT 1
        """
    )
    static let first = Query(
        """
        SELECT id FROM messages WHERE application = ?1 AND id > ?2 AND id < ?3 AND sent >= ?4 AND sent < ?5
        ORDER BY id LIMIT 1
        """
    )
    static let last = Query(
        """
        SELECT id FROM messages WHERE application = ?1 AND id > ?2 AND id < ?3 AND sent >= ?4 AND sent < ?5
        ORDER BY id DESC LIMIT 1
        """
    )
    static let firstOfConversation = Query(
        """
        SELECT id FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?6 AND id > ?2 AND id < ?3 AND application = ?1 AND sent >= ?4 AND sent < ?5
        ORDER BY id LIMIT 1
        """
    )
    static let lastOfConversation = Query(
        """
        SELECT id FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?6 AND id > ?2 AND id < ?3 AND application = ?1 AND sent >= ?4 AND sent < ?5
        ORDER BY id DESC LIMIT 1
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
            case .waiting(let sender), .unrefusable(let sender): try stored(sender)
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

    func messages(_ range: MessageRange, sent span: TimeSpan, limit: Int) throws(Failure) -> [Message] {
        let statement = try prepare(
            HistoryQueries.page,
            range.after,
            range.before,
            limit,
            span.start,
            span.end
        )
        return try shown(statement.rows { $0.message() })
    }

    func aheadOfClock(_ span: TimeSpan) throws(Failure) -> MessageRange? {
        let statement = try prepare(HistoryQueries.ahead, span.start, span.end)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return MessageRange(
            after: MessageID(rawValue: statement.int64(0) - 1),
            before: MessageID(rawValue: statement.int64(1) + 1)
        )
    }

    func lastAheadOfClock(through time: ExactTime) throws(Failure) -> MessageID? {
        try prepare(HistoryQueries.lastAhead, time.moment, time.place).first { $0.id(0) }
    }

    func firstMessage(
        in conversation: ConversationID?,
        _ range: MessageRange,
        sent span: TimeSpan
    ) throws(Failure) -> MessageID? {
        let query =
            switch (conversation == nil, range.isDescending) {
            case (true, true): HistoryQueries.last
            case (true, false): HistoryQueries.first
            case (false, true): HistoryQueries.lastOfConversation
            case (false, false): HistoryQueries.firstOfConversation
            }
        return try prepare(query, range.after, range.before, span.start, span.end, conversation).first {
            $0.id(0)
        }
    }

    func parts(
        _ range: MessageRange,
        sent span: TimeSpan,
        maximumMessages: Int,
        maximumBytes: Int
    ) throws(Failure) -> [HistoryPart] {
        let statement = try prepare(
            HistoryQueries.sizes,
            range.after,
            range.before,
            span.start,
            span.end
        )
        var parts: [HistoryPart] = []
        var (messages, bytes) = (0, 0)
        while try statement.step() {
            let id: MessageID = statement.id(0)
            if let part = parts.last, messages < maximumMessages, bytes < maximumBytes {
                parts[parts.count - 1] = HistoryPart(first: part.first, last: id)
            } else {
                parts.append(HistoryPart(first: id, last: id))
                (messages, bytes) = (0, 0)
            }
            messages += 1
            bytes += statement.int(1)
        }
        return parts
    }
}
