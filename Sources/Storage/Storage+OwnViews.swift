// What users removed and set for themselves, and the names of sending operations, on SQLite.

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
        INSERT INTO message_operations (application, operation, message) VALUES (?1, ?2, ?3)
        ON CONFLICT (application, operation) DO UPDATE SET message = excluded.message
        """
    )
    static let forget = Query(
        """
        DELETE FROM message_operations WHERE application = ?1 AND operation IN
            (SELECT operation FROM message_operations INDEXED BY message_operations_by_message
            WHERE application = ?1 AND message < ?2 ORDER BY message LIMIT ?3)
        """
    )
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
        var statement = try connection.prepare(OwnViewQueries.isRemoved)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, message)
        return try statement.step()
    }

    func message(sentBy operation: String) throws(Failure) -> MessageID? {
        var statement = try connection.prepare(OwnViewQueries.operation)
        statement.bind(1, application)
        statement.bind(2, operation)
        return try statement.step() ? MessageID(rawValue: statement.int64(0)) : nil
    }

    func message(called name: String, by sender: String, in conversation: ConversationID?) throws(Failure)
        -> NamedMessage?
    {
        let query = conversation == nil ? OwnViewQueries.firstNamed : OwnViewQueries.named
        var statement = try connection.prepare(query)
        statement.bind(1, application)
        statement.bind(2, name)
        statement.bind(3, sender)
        if let conversation { statement.bind(4, conversation) }
        guard try statement.step() else { return nil }
        return NamedMessage(
            id: MessageID(rawValue: statement.int64(0)),
            digest: statement.isNull(1) ? nil : statement.int64(1)
        )
    }

    func messages(called name: String, limit: Int) throws(Failure) -> [MessageID] {
        var statement = try connection.prepare(OwnViewQueries.namesakes)
        statement.bind(1, application)
        statement.bind(2, name)
        statement.bind(3, limit)
        return try statement.messageIDs()
    }

    func messageOption(
        of user: UserID,
        in address: ConversationAddress
    ) throws(Failure) -> UserProfile.MessageOption {
        var statement = try connection.prepare(OwnViewQueries.option)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, address.kind.rawValue)
        statement.bind(4, address.key)
        // The schema's CHECK keeps other options out.
        return try statement.step() ? .init(rawValue: statement.int(0)) ?? .told : .told
    }

    func messageOptions(
        of user: UserID
    ) throws(Failure) -> [(address: ConversationAddress, option: UserProfile.MessageOption)] {
        var statement = try connection.prepare(OwnViewQueries.options)
        statement.bind(1, application)
        statement.bind(2, user)
        var options: [(address: ConversationAddress, option: UserProfile.MessageOption)] = []
        while try statement.step() {
            let address = ConversationAddress(
                kind: ConversationKind(rawValue: statement.int(0)) ?? .broadcast,
                key: statement.text(1),
                name: statement.text(2)
            )
            options.append((address, .init(rawValue: statement.int(3)) ?? .told))
        }
        return options
    }
}

extension SQLiteWriter {
    func remove(_ message: MessageID, for user: UserID) throws(Failure) {
        var statement = try connection.prepare(OwnViewQueries.remove)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, message)
        _ = try statement.insert()
    }

    func setClientName(_ name: String, of message: Message) throws(Failure) {
        var statement = try connection.prepare(OwnViewQueries.setName)
        statement.bind(1, application)
        statement.bind(2, name)
        statement.bind(3, message.sender)
        statement.bind(4, message.conversation)
        statement.bind(5, message.id)
        statement.bind(6, message.content.digest)
        _ = try statement.insert()
    }

    func note(_ operation: String, sent message: MessageID) throws(Failure) {
        var statement = try connection.prepare(OwnViewQueries.note)
        statement.bind(1, application)
        statement.bind(2, operation)
        statement.bind(3, message)
        _ = try statement.insert()
    }

    func forgetOperations(before message: MessageID, limit: Int) throws(Failure) {
        var statement = try connection.prepare(OwnViewQueries.forget)
        statement.bind(1, application)
        statement.bind(2, message)
        statement.bind(3, limit)
        try statement.run()
    }

    func setMessageOption(
        _ option: UserProfile.MessageOption,
        of user: UserID,
        in address: ConversationAddress
    ) throws(Failure) {
        var statement = try connection.prepare(OwnViewQueries.setOption)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, address.kind.rawValue)
        statement.bind(4, address.key)
        statement.bind(5, address.name)
        statement.bind(6, option.rawValue)
        _ = try statement.insert()
    }
}
