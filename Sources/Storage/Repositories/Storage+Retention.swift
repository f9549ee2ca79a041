// The repository of what is too old on SQLite.

import Domain

private enum RetentionQueries {
    /// No id is below the first one of its message's moment.
    static let messages = Query(
        """
        SELECT id, conversation, sequence FROM messages
        WHERE application = ?1 AND id < ?2 AND sent < ?3 ORDER BY id LIMIT ?4
        """
    )
    /// Those whose ids have run ahead of the clock.
    static let messagesAhead = Query(
        """
        SELECT id, conversation, sequence FROM messages INDEXED BY messages_ahead
        WHERE application = ?1 AND sent < ?2 AND id >> 12 > sent - 1577836800000 ORDER BY sent LIMIT ?3
        """
    )
    static let ofConversation = Query(
        """
        SELECT id, conversation, sequence FROM messages INDEXED BY messages_by_conversation
        WHERE conversation = ?2 AND application = ?1 AND id < ?3 ORDER BY id LIMIT ?4
        """
    )
    static let ofConversationAhead = Query(
        """
        SELECT id, conversation, sequence FROM messages INDEXED BY messages_ahead
        WHERE application = ?1 AND sent < ?3 AND id >> 12 > sent - 1577836800000 AND conversation = ?2
        ORDER BY sent LIMIT ?4
        """
    )
    static let laggards = Query(
        """
        SELECT user FROM positions
        WHERE conversation = ?2 AND application = ?1 AND user > 0 AND delivered < ?3 ORDER BY user LIMIT ?4
        """
    )
    static let deleteMessage = Query("DELETE FROM messages WHERE application = ?1 AND id = ?2")
    static let deleteFiles = Query(
        """
        DELETE FROM files WHERE id IN
            (SELECT id FROM files INDEXED BY files_by_time
            WHERE application = ?1 AND created < ?2 ORDER BY created LIMIT ?3)
        """
    )
    static let deleteNotices = Query(
        """
        DELETE FROM notices WHERE (application, user, id) IN
            (SELECT application, user, id FROM notices INDEXED BY notices_by_time
            WHERE application = ?1 AND id < ?2 ORDER BY id LIMIT ?3)
        """
    )
}

extension TenantStore {
    func oldMessages(before moment: Timestamp, in conversation: ConversationID?, limit: Int) throws(Failure)
        -> [OldMessage]
    {
        let end = MessageID.first(at: moment)
        if let conversation {
            let found = try prepare(RetentionQueries.ofConversation, conversation, end, limit).rows {
                $0.oldMessage()
            }
            guard found.isEmpty else { return found }
            return try prepare(RetentionQueries.ofConversationAhead, conversation, moment, limit).rows {
                $0.oldMessage()
            }
        }
        let found = try prepare(RetentionQueries.messages, end, moment, limit).rows { $0.oldMessage() }
        guard found.isEmpty else { return found }
        return try prepare(RetentionQueries.messagesAhead, moment, limit).rows { $0.oldMessage() }
    }

    func laggards(in conversation: ConversationID, behind id: MessageID, limit: Int) throws(Failure)
        -> [UserID]
    {
        try prepare(RetentionQueries.laggards, conversation, id, limit).rows { $0.id(0) }
    }
}

extension SQLiteWriter {
    func deleteMessages(_ ids: [MessageID]) throws(Failure) {
        // Their texts must not be found in the file.
        connection.overwritesFreedPages = true
        defer { connection.overwritesFreedPages = false }
        for id in ids {
            try session.unindex(id, of: application)
            try prepare(RetentionQueries.deleteMessage, id).run()
        }
    }

    func deleteFiles(sentBefore moment: Timestamp, limit: Int) throws(Failure) -> Int {
        try prepare(RetentionQueries.deleteFiles, moment, limit).run()
    }

    func deleteNotices(before moment: Timestamp, limit: Int) throws(Failure) -> Int {
        try prepare(RetentionQueries.deleteNotices, MessageID.first(at: moment), limit).run()
    }
}

extension Statement {
    fileprivate func oldMessage() -> OldMessage {
        OldMessage(id: id(0), conversation: id(1), sequence: isNull(2) ? nil : int64(2))
    }
}
