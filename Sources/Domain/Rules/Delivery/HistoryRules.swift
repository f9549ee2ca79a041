// Looking back: pages of history with filters and search, and whole hours for export.

/// Whose history is read.
public enum HistoryScope: Equatable, Sendable {
    /// All of the application's.
    case application
    /// One conversation's.
    case conversation(ConversationAddress)
    /// What one user can see: the conversations it takes part in now, without what was removed for it.
    case user(User)
}

/// Which messages of a scope.
public struct HistoryQuery: Equatable, Sendable {
    /// Whose.
    public var scope: HistoryScope
    /// Only by this sender, in any spelling.
    public var sender: String?
    /// Only to this user, group or room.
    public var receiver: String?
    /// Only with this text.
    public var search: HistorySearch?
    /// Only sent at this moment or later.
    public var after: Timestamp?
    /// Only sent before this moment.
    public var before: Timestamp?
    /// Whether the newest comes first.
    public var isDescending: Bool
    /// Only messages inside this stretch; its direction doesn't count.
    public var stretch = MessageRange()

    /// Memberwise, of all messages.
    public init(
        scope: HistoryScope,
        sender: String? = nil,
        receiver: String? = nil,
        search: HistorySearch? = nil,
        after: Timestamp? = nil,
        before: Timestamp? = nil,
        isDescending: Bool = true
    ) {
        self.scope = scope
        self.sender = sender?.lowercased()
        self.receiver = receiver?.lowercased()
        self.search = search
        self.after = after
        self.before = before
        self.isDescending = isDescending
    }

    /// The messages that the times allow.
    var range: MessageRange {
        MessageRange(
            after: max(stretch.after, after.map { MessageID.first(at: $0).predecessor } ?? .none),
            before: min(stretch.before, before.map(MessageID.first) ?? .last),
            isDescending: isDescending
        )
    }

    func matches(_ message: Message) -> Bool {
        if let sender, message.sender.lowercased() != sender { return false }
        if let receiver, message.receiver.lowercased() != receiver { return false }
        guard let search else { return true }
        return message.content.text.map(search.matches) ?? false
    }
}

/// Reading history.
public enum HistoryRules {
    /// Messages that one page looks at, at most: with filters that fit few, it ends there with what it found.
    public static let maximumExamined = 10_000
    /// Messages of one part of an exported hour, at most.
    public static let maximumPartMessages = 10_000
    /// Bytes of messages at which a part of an exported hour ends.
    public static let maximumPartBytes = 4 << 20
    /// How long the link to an exported hour is good.
    public static let linkSeconds: Int64 = 1800

    /// One page, in the order of sending.
    ///
    /// It may have fewer messages than asked for and still not be the last.
    public static func page(
        _ limit: Int,
        of query: HistoryQuery,
        after cursor: String?,
        application: ApplicationID,
        in store: any Reader
    ) throws(Failure) -> Page<Message> {
        guard let (collection, owner) = try place(of: query.scope, application, store) else {
            return Page(elements: [], next: nil)
        }
        var range = query.range
        if let cursor {
            guard let position = Cursor(cursor, of: collection, owner: owner) else {
                throw .invalid(field: "cursor", .foreignCursor)
            }
            range = range.continued(behind: MessageID(rawValue: position.key))
        }
        var merge = MessageMerge(
            try sources(of: query, range, owner, store),
            isDescending: query.isDescending
        )
        var messages: [Message] = []
        var last = MessageID.none
        for _ in 0..<maximumExamined {
            guard let id = try merge.next() else { return Page(elements: messages, next: nil) }
            // One more than asked for proves that there is a next page.
            let next = Cursor(collection: collection, owner: owner, key: last.rawValue)
            if messages.count == limit { return Page(elements: messages, next: next) }
            last = id
            guard let message = try store.message(id), query.matches(message) else { continue }
            if case .user(let user) = query.scope, try !isVisible(message, to: user, store) { continue }
            messages.append(message)
        }
        return Page(
            elements: messages,
            next: Cursor(collection: collection, owner: owner, key: last.rawValue)
        )
    }

    /// The key under which a scope's pages are known; nil for a conversation that never was.
    private static func place(
        of scope: HistoryScope,
        _ application: ApplicationID,
        _ store: any Reader
    ) throws(Failure) -> (PagedCollection, Int64)? {
        switch scope {
        case .application: return (.messages, application.rawValue)
        case .conversation(let address):
            return try store.conversation(address).map { (.conversationMessages, $0.id.rawValue) }
        case .user(let user): return (.userMessages, user.id.rawValue)
        }
    }

    private static func sources(
        of query: HistoryQuery,
        _ range: MessageRange,
        _ owner: Int64,
        _ store: any Reader
    ) throws(Failure) -> [MessageSource] {
        switch query.scope {
        case .application: return [source(query, range, in: nil, through: .last, store)]
        case .conversation:
            return [source(query, range, in: ConversationID(rawValue: owner), through: .last, store)]
        case .user(let user):
            var sources: [MessageSource] = []
            for followed in try followed(by: user, store) {
                var range = range
                range.after = max(range.after, followed.position.visibleAfter)
                let conversation = followed.conversation
                sources.append(
                    source(query, range, in: conversation.id, through: conversation.lastMessage, store)
                )
            }
            return sources
        }
    }

    private static func source(
        _ query: HistoryQuery,
        _ range: MessageRange,
        in conversation: ConversationID?,
        through newest: MessageID,
        _ store: any Reader
    ) -> MessageSource {
        MessageSource(range, through: newest) { range, limit throws(Failure) in
            if let search = query.search, !search.trigrams.isEmpty {
                return try store.candidateIDs(matching: search, in: conversation, range, limit: limit)
            }
            return try store.messageIDs(in: conversation, range, for: .everyone, limit: limit)
        }
    }

    /// The user's conversations with that of the application's broadcasts.
    private static func followed(by user: User, _ store: any Reader) throws(Failure) -> [FollowedConversation]
    {
        var followed = try store.conversations(of: user.id)
        if let broadcast = try store.conversation(.broadcast),
            !followed.contains(where: { $0.conversation.id == broadcast.id })
        {
            var position = Position(atEndOf: broadcast)
            position.visibleAfter = MessageID.first(at: user.created).predecessor
            followed.append(FollowedConversation(broadcast, position))
        }
        return followed
    }

    /// A message, where the user takes part in its conversation and can see it; nil for every other id.
    public static func message(_ id: MessageID, for user: User, in store: any Reader) throws(Failure)
        -> Message?
    {
        guard let message = try store.message(id), try isVisible(message, to: user, store) else { return nil }
        let isAfter: MessageID?
        if message.address.kind == .broadcast,
            try store.position(of: user.id, in: message.conversation) == nil
        {
            isAfter = MessageID.first(at: user.created).predecessor
        } else {
            isAfter = try store.position(of: user.id, in: message.conversation)?.visibleAfter
        }
        return isAfter.map { $0 < id } ?? false ? message : nil
    }

    static func isVisible(_ message: Message, to user: User, _ store: any Reader) throws(Failure) -> Bool {
        guard try !store.isRemoved(message.id, for: user.id) else { return false }
        guard message.isDirected, message.sender != user.username.text else { return true }
        return try store.isRecipient(user.id, of: message.id)
    }

    // MARK: Whole hours

    /// A part of an exported hour: its first and its last message.
    public struct Part: Equatable, Sendable {
        /// The first message.
        public let first: MessageID
        /// The last one.
        public let last: MessageID

        /// Memberwise.
        public init(first: MessageID, last: MessageID) {
            self.first = first
            self.last = last
        }

        /// Its messages, oldest first.
        public var range: MessageRange {
            MessageRange(after: first.predecessor, before: MessageID(rawValue: last.rawValue + 1))
        }
    }

    /// The parts that an hour is exported in: one, unless it was a busy one.
    ///
    /// The current hour has what was sent so far.
    ///
    /// - Throws: `.invalid("time", .illegal(…))` for what is no hour, `.invalid("time", .outOfRange(…))` for
    ///   one that can have nothing, `.notFound(.history, …)` for one that has nothing.
    public static func parts(of text: String, at now: Timestamp, in store: any Reader) throws(Failure)
        -> [Part]
    {
        guard let hour = HistoryHour(text) else {
            throw .invalid(field: "time", .illegal(value: String(text.prefix(64))))
        }
        let epoch = TimeOrderedIDs.epoch
        guard epoch <= hour.start, hour.start <= now else {
            throw .invalid(field: "time", .outOfRange(minimum: epoch.milliseconds, maximum: now.milliseconds))
        }
        let starts = try store.partStarts(
            hour.range,
            maximumMessages: maximumPartMessages,
            maximumBytes: maximumPartBytes
        )
        var backwards = hour.range
        backwards.isDescending = true
        guard let last = try store.messageIDs(in: nil, backwards, for: .everyone, limit: 1).first else {
            throw .notFound(.history, id: text)
        }
        return starts.indices.map { index in
            Part(
                first: starts[index],
                last: index + 1 < starts.count ? starts[index + 1].predecessor : last
            )
        }
    }

    /// Every message of a part, oldest first, handed over in pieces so that only one is in memory.
    public static func export(
        _ part: Part,
        in store: any Reader,
        _ body: ([Message]) -> Void
    ) throws(Failure) {
        var range = part.range
        while true {
            let messages = try store.messages(range, limit: 500)
            body(messages)
            guard messages.count == 500, let last = messages.last else { return }
            range = range.continued(behind: last.id)
        }
    }
}
