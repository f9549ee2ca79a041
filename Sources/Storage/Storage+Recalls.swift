// The repository of recalls on SQLite.

import Domain

private enum RecallQueries {
    static let byID = Query("SELECT message FROM message_recalls WHERE application = ?1 AND id = ?2")
    static let inConversation = Query(
        """
        SELECT id FROM message_recalls WHERE conversation = ?2 AND id > ?3 AND application = ?1
        ORDER BY id LIMIT ?4
        """
    )
    static let last = Query("SELECT max(id) FROM message_recalls WHERE application = ?1")
    static let insert = Query(
        """
        INSERT INTO message_recalls (application, id, message, conversation)
        SELECT application, ?2, id, conversation FROM messages WHERE application = ?1 AND id = ?3
        """
    )
}

extension TenantStore {
    func recall(_ id: MessageID) throws(Failure) -> Recall? {
        var statement = try connection.prepare(RecallQueries.byID)
        statement.bind(1, application)
        statement.bind(2, id)
        return try statement.step() ? Recall(id: id, message: MessageID(rawValue: statement.int64(0))) : nil
    }

    func recalls(
        in conversation: ConversationID,
        after id: MessageID,
        limit: Int
    ) throws(Failure) -> [MessageID] {
        var statement = try connection.prepare(RecallQueries.inConversation)
        statement.bind(1, application)
        statement.bind(2, conversation)
        statement.bind(3, id)
        statement.bind(4, limit)
        return try statement.messageIDs()
    }

    func lastRecall() throws(Failure) -> MessageID {
        var statement = try connection.prepare(RecallQueries.last)
        statement.bind(1, application)
        return try statement.step() ? MessageID(rawValue: statement.int64(0)) : .none
    }
}

extension SQLiteWriter {
    func insert(_ recall: Recall) throws(Failure) {
        var statement = try connection.prepare(RecallQueries.insert)
        statement.bind(1, application)
        statement.bind(2, recall.id)
        statement.bind(3, recall.message)
        try statement.run()
    }
}
