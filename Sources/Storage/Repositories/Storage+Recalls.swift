// The repository of recalls on SQLite.

import Domain

private enum RecallQueries {
    static let byID = Query("SELECT message, made FROM message_recalls WHERE application = ?1 AND id = ?2")
    static let inConversation = Query(
        """
        SELECT id FROM message_recalls WHERE conversation = ?2 AND id > ?3 AND application = ?1
        ORDER BY id LIMIT ?4
        """
    )
    static let last = Query("SELECT max(id) FROM message_recalls WHERE application = ?1")
    static let insert = Query(
        """
        INSERT INTO message_recalls (application, id, message, conversation, made)
        SELECT application, ?2, id, conversation, ?4 FROM messages WHERE application = ?1 AND id = ?3
        """
    )
}

extension TenantStore {
    func recall(_ id: MessageID) throws(Failure) -> Recall? {
        try prepare(RecallQueries.byID, id).first { Recall(id: id, message: $0.id(0), made: $0.timestamp(1)) }
    }

    func recalls(
        in conversation: ConversationID,
        after id: MessageID,
        limit: Int
    ) throws(Failure) -> [MessageID] {
        try prepare(RecallQueries.inConversation, conversation, id, limit).rows { $0.id(0) }
    }

    func lastRecall() throws(Failure) -> MessageID {
        try prepare(RecallQueries.last).first { $0.id(0) } ?? .none
    }
}

extension SQLiteWriter {
    func insert(_ recall: Recall) throws(Failure) {
        try prepare(RecallQueries.insert, recall.id, recall.message, recall.made).run()
    }
}
