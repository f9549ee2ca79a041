// Users' removed messages and options, and the names of sending operations, on SQLite.

import Domain

private enum OwnViewQueries {
    static let isRemoved = Query(
        "SELECT 1 FROM message_removals WHERE application = ?1 AND user = ?2 AND message = ?3"
    )
    static let remove = Query(
        """
        INSERT INTO message_removals (application, user, message) VALUES (?1, ?2, ?3)
        ON CONFLICT (application, user, message) DO NOTHING
        """
    )
    static let operation = Query(
        "SELECT message FROM message_operations WHERE application = ?1 AND operation = ?2"
    )
    static let note = Query(
        """
        INSERT INTO message_operations (application, operation, message, noted) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, operation) DO UPDATE SET message = excluded.message, noted = excluded.noted
        """
    )
    static let old = Query(
        """
        SELECT operation FROM message_operations INDEXED BY message_operations_by_time
        WHERE application = ?1 AND noted < ?2 ORDER BY noted LIMIT ?3
        """
    )
    static let forget = Query("DELETE FROM message_operations WHERE application = ?1 AND operation = ?2")
    static let named = Query(
        """
        SELECT message, digest FROM message_names
        WHERE application = ?1 AND name = ?2 AND sender = ?3 AND conversation = ?4
        """
    )
    static let firstNamed = Query(
        """
        SELECT message, digest FROM message_names WHERE application = ?1 AND name = ?2 AND sender = ?3
        ORDER BY conversation LIMIT 1
        """
    )
    static let namesakes = Query(
        "SELECT message FROM message_names WHERE application = ?1 AND name = ?2 ORDER BY message DESC LIMIT ?3"
    )
    static let setName = Query(
        """
        INSERT INTO message_names (application, name, sender, conversation, message, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (application, name, sender, conversation)
        DO UPDATE SET message = excluded.message, digest = excluded.digest
        """
    )
    static let option = Query(
        "SELECT option FROM message_options WHERE application = ?1 AND user = ?2 AND kind = ?3 AND key = ?4"
    )
    static let options = Query(
        """
        SELECT kind, key, name, option FROM message_options WHERE application = ?1 AND user = ?2 AND option > 0
        ORDER BY kind, key
        """
    )
    static let setOption = Query(
        """
        INSERT INTO message_options (application, user, kind, key, name, option) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (application, user, kind, key) DO UPDATE SET option = excluded.option
        """
    )
}

extension TenantStore {
    func isRemoved(_ message: MessageID, for user: UserID) throws(Failure) -> Bool {
        try prepare(OwnViewQueries.isRemoved, user, message).step()
    }

    func message(sentBy operation: String) throws(Failure) -> MessageID? {
        try prepare(OwnViewQueries.operation, operation).first { $0.id(0) }
    }

    func message(called name: String, by sender: String, in conversation: ConversationID?) throws(Failure)
        -> NamedMessage?
    {
        let query = conversation == nil ? OwnViewQueries.firstNamed : OwnViewQueries.named
        return try prepare(query, name, stored(sender), conversation).first {
            NamedMessage(
                id: $0.id(0),
                digest: $0.isNull(1) ? nil : $0.int64(1)
            )
        }
    }

    func messages(called name: String, limit: Int) throws(Failure) -> [MessageID] {
        try prepare(OwnViewQueries.namesakes, name, limit).rows { $0.id(0) }
    }

    func messageOption(
        of user: UserID,
        in address: ConversationAddress
    ) throws(Failure) -> UserProfile.MessageOption {
        // The schema's CHECK keeps other options out.
        try prepare(OwnViewQueries.option, user, address.kind.rawValue, stored(address).key).first {
            .init(rawValue: $0.int(0)) ?? .told
        } ?? .told
    }

    func messageOptions(
        of user: UserID
    ) throws(Failure) -> [(address: ConversationAddress, option: UserProfile.MessageOption)] {
        let rows = try prepare(OwnViewQueries.options, user).rows {
            (address: $0.address(at: 0), option: UserProfile.MessageOption(rawValue: $0.int(3)) ?? .told)
        }
        return try rows.map { row throws(Failure) in (try shown(row.address), row.option) }
    }
}

extension SQLiteWriter {
    func remove(_ message: MessageID, for user: UserID) throws(Failure) {
        try prepare(OwnViewQueries.remove, user, message).insert()
    }

    func setClientName(_ name: String, of message: Message) throws(Failure) {
        try prepare(
            OwnViewQueries.setName,
            name,
            stored(message.sender),
            message.conversation,
            message.id,
            message.content.digest
        ).insert()
    }

    func note(_ operation: String, sent message: MessageID, at now: Timestamp) throws(Failure) {
        try prepare(OwnViewQueries.note, operation, message, now).insert()
    }

    func forgetOperations(before moment: Timestamp, limit: Int) throws(Failure) {
        // Looked for first: there are none most of the time, and a DELETE with a subquery collects them in a table.
        for operation in try prepare(OwnViewQueries.old, moment, limit).rows({ $0.text(0) }) {
            try prepare(OwnViewQueries.forget, operation).run()
        }
    }

    func setMessageOption(
        _ option: UserProfile.MessageOption,
        of user: UserID,
        in address: ConversationAddress
    ) throws(Failure) {
        let address = try stored(address)
        try prepare(
            OwnViewQueries.setOption,
            user,
            address.kind.rawValue,
            address.key,
            address.name,
            option.rawValue
        ).insert()
    }
}
