// The repository of messages and conversations on SQLite.

import Domain

/// The columns that `Statement.message()` reads, in its order.
let messageColumns: StaticString = """
    messages.id, messages.conversation, messages.sequence, messages.sender, messages.kind, messages.flags,
    messages.edits, messages.text, messages.body, messages.ext, conversations.kind, conversations.key,
    conversations.name, messages.sent
    """

/// The columns that `Statement.conversation(at:)` reads, in its order.
let conversationColumns: StaticString = """
    conversations.id, conversations.kind, conversations.key, conversations.name, conversations.last_sequence,
    conversations.last_message, conversations.last_sent
    """

// CROSS JOIN fixes the order: the message first, then its conversation by its key.
private enum MessageQueries {
    static let byID = Query(
        "SELECT",
        messageColumns,
        """
        FROM messages CROSS JOIN conversations ON conversations.id = messages.conversation
        WHERE messages.application = ?1 AND messages.id = ?2
        """
    )
    static let conversation = Query(
        "SELECT",
        conversationColumns,
        "FROM conversations WHERE application = ?1 AND kind = ?2 AND key = ?3"
    )
    static let conversationByID = Query(
        "SELECT",
        conversationColumns,
        "FROM conversations WHERE id = ?2 AND application = ?1"
    )
    static let isRecipient = Query(
        "SELECT 1 FROM message_recipients WHERE application = ?1 AND user = ?2 AND message = ?3"
    )
    static let recipients = Query(
        "SELECT user FROM message_recipients WHERE application = ?1 AND message = ?2 ORDER BY user"
    )
    static let lastOfMoment = Query(
        "SELECT max(id) FROM messages WHERE application = ?1 AND id >= ?2 AND id <= ?3"
    )

    static let advance = Query(
        """
        UPDATE conversations SET last_sequence = ?3, last_message = ?4, last_sent = ?5
        WHERE id = ?2 AND application = ?1
        """
    )
    static let insertConversation = Query(
        """
        INSERT INTO conversations (application, kind, key, name, last_sequence, last_message, last_sent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """
    )
    static let insert = Query(
        """
        INSERT INTO messages (application, id, conversation, sequence, sender, kind, flags, edits, text, body, ext,
            sent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """
    )
    static let update = Query(
        """
        UPDATE messages SET kind = ?3, flags = ?4, edits = ?5, text = ?6, body = ?7, ext = ?8
        WHERE application = ?1 AND id = ?2
        """
    )
    static let insertRecipient = Query(
        """
        INSERT INTO message_recipients (application, user, message, delivered, is_queued)
        VALUES (?1, ?2, ?3, 1 - ?4, ?4)
        ON CONFLICT (application, user, message) DO NOTHING
        """
    )
}

extension TenantStore {
    func message(_ id: MessageID) throws(Failure) -> Message? {
        try prepare(MessageQueries.byID, id).first { $0.message() }.map { message throws(Failure) in
            try shown(message)
        }
    }

    func conversation(_ address: ConversationAddress) throws(Failure) -> Conversation? {
        let stored = try stored(address)
        return try prepare(MessageQueries.conversation, stored.kind.rawValue, stored.key).first {
            $0.conversation(at: 0)
        }.map { conversation throws(Failure) in try shown(conversation) }
    }

    func conversation(_ id: ConversationID) throws(Failure) -> Conversation? {
        try prepare(MessageQueries.conversationByID, id).first { $0.conversation(at: 0) }
            .map { conversation throws(Failure) in try shown(conversation) }
    }

    func isRecipient(_ user: UserID, of message: MessageID) throws(Failure) -> Bool {
        try prepare(MessageQueries.isRecipient, user, message).step()
    }

    func recipients(of message: MessageID) throws(Failure) -> [UserID] {
        try prepare(MessageQueries.recipients, message).rows { $0.id(0) }
    }
}

extension SQLiteWriter {
    func advance(
        _ address: ConversationAddress,
        to message: MessageID,
        sent: Timestamp?,
        isQueued: Bool
    ) throws(Failure) -> Conversation {
        // Read and written apart: with RETURNING, SQLite collects the rows in a table of its own first, at more than
        // twice the cost.
        guard let known = try conversation(address) else {
            let stored = try stored(address)
            let id: ConversationID = try prepare(
                MessageQueries.insertConversation,
                stored.kind.rawValue,
                stored.key,
                stored.name,
                isQueued,
                message,
                sent
            ).insert(
                // It has just been looked for.
                duplicate: .overloaded(retryAfterSeconds: 1),
                orphan: .notFound(.application, id: "")
            )
            return Conversation(
                id: id,
                address: address,
                lastSequence: isQueued ? 1 : 0,
                lastMessage: message,
                lastSent: sent
            )
        }
        let conversation = Conversation(
            id: known.id,
            address: known.address,
            lastSequence: known.lastSequence + (isQueued ? 1 : 0),
            lastMessage: max(known.lastMessage, message),
            lastSent: message > known.lastMessage ? sent : known.lastSent
        )
        try prepare(
            MessageQueries.advance,
            conversation.id,
            conversation.lastSequence,
            conversation.lastMessage,
            conversation.lastSent
        ).run()
        return conversation
    }

    func insert(_ message: Message) throws(Failure) {
        try prepare(
            MessageQueries.insert,
            message.id,
            message.conversation,
            message.sequence,
            try stored(message.sender),
            message.content.kind.rawValue,
            message.flags,
            message.edits,
            message.content.text,
            message.content.body.unlessEmpty,
            message.content.ext,
            message.sent
        ).run()
        if message.content.text != nil { session.index(message.id, of: application) }
        session.count(UncountedMessage(application: application, sent: message.sent))
    }

    func update(_ message: Message) throws(Failure) {
        try session.unindex(message.id, of: application)
        try prepare(
            MessageQueries.update,
            message.id,
            message.content.kind.rawValue,
            message.flags,
            message.edits,
            message.content.text,
            message.content.body.unlessEmpty,
            message.content.ext
        ).run()
        if message.content.text != nil { session.index(message.id, of: application) }
    }

    func insertRecipients(_ users: [UserID], of message: MessageID, isQueued: Bool) throws(Failure) {
        for user in users {
            try prepare(MessageQueries.insertRecipient, user, message, isQueued).insert()
        }
    }

    func earlierMessageID(at moment: Timestamp, now: Timestamp) throws(Failure) -> MessageID {
        var first = max(MessageID.first(at: moment).rawValue, 1)
        let known = try connection.newestID().last
        while first <= known {
            let end = first | (1 << TimeOrderedIDs.sequenceBits - 1)
            let statement = try prepare(MessageQueries.lastOfMoment, first, end)
            guard try statement.step(), !statement.isNull(0) else { return MessageID(rawValue: first) }
            let last = statement.int64(0)
            if last < min(end, known) { return MessageID(rawValue: last + 1) }
            first = end + 1
        }
        return MessageID(rawValue: try nextID(at: now))
    }
}

extension Message {
    fileprivate var flags: Int {
        var flags: MessageFlags = []
        if isRecalled { flags.insert(.recalled) }
        if returnsToSender { flags.insert(.returnsToSender) }
        if isDirected { flags.insert(.directed) }
        if !isCounted { flags.insert(.uncounted) }
        if !isRefusable { flags.insert(.unrefusable) }
        return flags.rawValue
    }
}

extension Statement {
    /// The message in the row's columns, in the order of `messageColumns`.
    func message() -> Message {
        let flags = MessageFlags(rawValue: int(5))
        return Message(
            id: id(0),
            sent: timestamp(13),
            conversation: id(1),
            address: address(at: 10),
            sequence: isNull(2) ? nil : int64(2),
            sender: text(3),
            content: MessageContent(
                kind: MessageKind(rawValue: int(4)) ?? .custom,
                text: optionalText(7),
                body: bytes(8),
                ext: isNull(9) ? nil : bytes(9)
            ),
            isRecalled: flags.contains(.recalled),
            returnsToSender: flags.contains(.returnsToSender),
            isDirected: flags.contains(.directed),
            isCounted: !flags.contains(.uncounted),
            isRefusable: !flags.contains(.unrefusable),
            edits: int(6)
        )
    }

    /// The conversation in the row's columns, in the order of `conversationColumns`.
    func conversation(at column: Int32) -> Conversation {
        Conversation(
            id: id(column),
            address: address(at: column + 1),
            lastSequence: int64(column + 4),
            lastMessage: id(column + 5),
            lastSent: isNull(column + 6) ? nil : timestamp(column + 6)
        )
    }

    func address(at column: Int32) -> ConversationAddress {
        ConversationAddress(
            kind: ConversationKind(rawValue: int(column)) ?? .broadcast,
            key: text(column + 1),
            name: text(column + 2)
        )
    }
}
