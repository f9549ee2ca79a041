// Looking back: pages of history with filters and search, and whole hours for export.

/// The reader of a history.
public enum HistoryScope: Equatable, Sendable {
    /// All of the application's.
    case application
    /// One conversation's.
    case conversation(ConversationAddress)
    /// The messages that one user can see: the conversations it takes part in now, without what was removed for it.
    case user(User)
}

/// Which messages of a scope.
public struct HistoryQuery: Equatable, Sendable {
    /// The user.
    public var scope: HistoryScope
    /// Only by this sender, in any spelling.
    public var sender: String?
    /// Only to this user, group or room.
    public var receiver: String?
    /// Only in conversations of this kind; a broadcast is a chat with each.
    public var kind: ConversationKind?
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

    /// The times that are allowed.
    var span: TimeSpan {
        TimeSpan(start: after ?? TimeSpan.always.start, end: before ?? TimeSpan.always.end)
    }

    func matches(_ message: Message) -> Bool {
        guard span.contains(message.sent) else { return false }
        if let kind, kind != (message.address.kind == .broadcast ? .single : message.address.kind) {
            return false
        }
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
        let position = try cursor.map { cursor throws(Failure) in
            guard let position = Cursor(cursor, of: collection, owner: owner) else {
                throw .invalid(field: "cursor", .foreignCursor)
            }
            return MessageID(rawValue: position.key)
        }
        var sources: [MessageSource] = []
        for stretch in try stretches(of: query.span, in: store) {
            var range = MessageRange(
                after: max(query.stretch.after, stretch.after),
                before: min(query.stretch.before, stretch.before),
                isDescending: query.isDescending
            )
            if let position { range = range.continued(behind: position) }
            if !range.isEmpty { sources += try Self.sources(of: query, range, owner, store) }
        }
        var merge = MessageMerge(sources, isDescending: query.isDescending)
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

    /// The stretches of ids that hold all messages of a span of time, among others: one, or two where ids have run ahead
    /// of the clock in it.
    ///
    /// They rise and have nothing in common.
    static func stretches(of span: TimeSpan, in store: any Reader) throws(Failure) -> [MessageRange] {
        var ordinary = span.followingClock
        guard span != .always else { return [ordinary] }
        if let first = try store.firstMessage(in: nil, ordinary, sent: span) {
            ordinary.after = first.predecessor
            var backwards = ordinary
            backwards.isDescending = true
            let last = try store.firstMessage(in: nil, backwards, sent: span) ?? first
            ordinary.before = MessageID(rawValue: last.rawValue + 1)
        } else {
            ordinary.before = ordinary.after
        }
        guard let ahead = try store.aheadOfClock(span) else { return [ordinary] }
        guard !ordinary.isEmpty else { return [ahead] }
        guard ahead.after >= ordinary.before.predecessor else {
            return [
                MessageRange(
                    after: min(ordinary.after, ahead.after),
                    before: max(ordinary.before, ahead.before)
                )
            ]
        }
        return [ordinary, ahead]
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
            position.visibleAfter = try DeliveryRules.broadcastStart(of: user, in: store)
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
            isAfter = try DeliveryRules.broadcastStart(of: user, in: store)
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

    /// The parts that an hour is exported in: one, unless it was a busy one.
    ///
    /// The current hour has what was sent so far.
    ///
    /// - Throws: `.invalid("time", .illegal(…))` for what is no hour, `.invalid("time", .outOfRange(…))` for
    ///   one that can have nothing, `.notFound(.history, …)` for one that has nothing.
    public static func parts(of text: String, at now: Timestamp, in store: any Reader) throws(Failure)
        -> [HistoryPart]
    {
        guard let hour = HistoryHour(text) else {
            throw .invalid(field: "time", .illegal(value: String(text.prefix(64))))
        }
        let epoch = TimeOrderedIDs.epoch
        guard epoch <= hour.start, hour.start <= now else {
            throw .invalid(field: "time", .outOfRange(minimum: epoch.milliseconds, maximum: now.milliseconds))
        }
        var parts: [HistoryPart] = []
        for range in try stretches(of: hour.span, in: store) {
            parts += try store.parts(
                range,
                sent: hour.span,
                maximumMessages: maximumPartMessages,
                maximumBytes: maximumPartBytes
            )
        }
        guard !parts.isEmpty else { throw .notFound(.history, id: text) }
        return parts
    }

    /// Every message of a part of an hour, oldest first, handed over in pieces so that only one is in memory.
    public static func export(
        _ part: HistoryPart,
        of hour: HistoryHour,
        in store: any Reader,
        _ body: ([Message]) throws(Failure) -> Void
    ) throws(Failure) {
        var range = part.range
        while true {
            let messages = try store.messages(range, sent: hour.span, limit: 500)
            try body(messages)
            guard messages.count == 500, let last = messages.last else { return }
            range = range.continued(behind: last.id)
        }
    }
}
