// Delivery: what waits for a user, in which order it comes, and how it is acknowledged.

/// The queue of waiting messages.
public enum DeliveryRules {
    /// How many messages wait for the user, and count.
    public static func waitingCount(for user: User, in store: any Reader) throws(Failure) -> Int64 {
        let queues = try queues(of: user, in: store)
        let directed = Int64(try store.waitingDirectedCount(to: user.id))
        let counts = try waitingCounts(in: queues, for: user, store)
        return counts.reduce(directed, +)
    }

    /// The same by conversation.
    ///
    /// A message that was recalled, removed or refused by the user, or sent without being counted, stays in the
    /// queue's numbers, which are everybody's, and is taken off here. The tombstone of a recall is delivered,
    /// since somebody may have read the message without acknowledging it.
    static func waitingCounts(
        in queues: [FollowedConversation],
        for user: User,
        _ store: any Reader
    ) throws(Failure) -> [Int64] {
        let delivered = queues.filter { $0.waiting > 0 }.map(\.position.delivered)
        guard let first = delivered.min() else { return queues.map { _ in 0 } }
        let removed = try store.removedCounts(of: user, after: first)
        let waiting = queues.filter { $0.waiting > 0 }.map(\.conversation.id)
        let refusals = try Refusals(of: user, in: waiting, store)
        var counts: [Int64] = []
        for followed in queues {
            guard followed.waiting > 0 else {
                counts.append(0)
                continue
            }
            let id = followed.conversation.id
            let queue = refusals.queue(of: id, behind: followed.position.delivered)
            guard queue.isWhole else {
                let range = MessageRange(after: followed.position.delivered)
                counts.append(try counted(queue, range, of: id, for: user, store))
                continue
            }
            let uncounted = try store.uncountedCount(
                besides: user.username.text,
                in: id,
                after: followed.position.delivered
            )
            counts.append(max(0, followed.waiting - uncounted - (removed[id] ?? 0)))
        }
        return counts
    }

    /// How many messages wait in a queue of which the user refuses parts.
    private static func counted(
        _ queue: QueueParts,
        _ range: MessageRange,
        of conversation: ConversationID,
        for user: User,
        _ store: any Reader
    ) throws(Failure) -> Int64 {
        var count: Int64 = 0
        var rest = range
        while let part = try queue.first(in: rest, store) {
            count += try store.countedQueue(
                for: user,
                in: conversation,
                part.range,
                isRefused: part.isRefused
            )
            rest.after = part.range.before.predecessor
        }
        return count
    }

    /// The number up to which the user has read a conversation.
    public static func readNumber(
        in followed: FollowedConversation,
        by user: User,
        in store: any Reader
    ) throws(Failure) -> Int64 {
        let (conversation, position) = (followed.conversation, followed.position)
        guard position.readSequence < conversation.lastSequence else { return conversation.lastSequence }
        let behind = position.read
        let refusals = try Refusals(of: user, in: [conversation.id], store)
        guard !refusals.queue(of: conversation.id, behind: behind).isWhole else {
            return position.readSequence
        }
        let waiting = try merged([(conversation, behind)], .last, .waiting, limit: 1, for: user, in: store)
        return waiting.first?.sequence.map { $0 - 1 } ?? conversation.lastSequence
    }

    /// Whether a message waits for the user; one that is unknown, or isn't for the user, doesn't.
    public static func isWaiting(_ id: MessageID, for user: User, in store: any Reader) throws(Failure)
        -> Bool
    {
        guard let message = try store.message(id), try !store.isRemoved(id, for: user.id) else {
            return false
        }
        if message.isDirected { return try store.isWaitingDirected(id, to: user.id) }
        guard message.sequence != nil, message.comes(to: user),
            try !RefusalRules.isRefused(message, by: user.id, in: store)
        else { return false }
        if message.address.kind == .broadcast {
            return try queues(of: user, in: store).contains {
                $0.conversation.id == message.conversation && $0.position.delivered < id
            }
        }
        guard let position = try store.position(of: user.id, in: message.conversation) else { return false }
        return position.delivered < id
    }

    /// One page of the messages that wait, in the order of sending over all conversations; behind a cursor,
    /// those behind it.
    public static func page(
        _ limit: Int,
        after cursor: Cursor?,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> Page<Message> {
        let floor = cursor.map { MessageID(rawValue: $0.key) } ?? .none
        let waiting = try queues(of: user, in: store).filter { $0.waiting > 0 }.map { followed in
            (followed.conversation, max(floor, followed.position.delivered))
        }
        let messages = try merged(waiting, floor, .waiting, limit: limit + 1, for: user, in: store)
        return Page(rows: messages, limit: limit) { message in
            Cursor(collection: .waitingMessages, owner: user.id.rawValue, key: message.id.rawValue)
        }
    }

    /// Which of a user's directed messages are read: they stand beside the queues, so no position is among them.
    enum DirectedMessages {
        /// The messages that no device has acknowledged.
        case waiting
        /// The messages that wait or have waited: one device may lack what another one has acknowledged.
        case queued
    }

    /// The first messages of these queues, each behind its own message, and of the directed ones behind `floor`.
    static func merged(
        _ queues: [(conversation: Conversation, after: MessageID)],
        _ floor: MessageID,
        _ directed: DirectedMessages,
        limit: Int,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> [Message] {
        let name = user.username.text
        let refusals = try Refusals(of: user, in: queues.map(\.conversation.id), store)
        var sources: [MessageSource] = []
        for queue in queues {
            let conversation = queue.conversation.id
            let parts = refusals.queue(of: conversation, behind: queue.after)
            sources.append(
                MessageSource(MessageRange(after: queue.after), through: queue.conversation.lastMessage) {
                    range,
                    limit throws(Failure) in
                    var (ids, rest): ([MessageID], _) = ([], range)
                    while ids.count < limit, let part = try parts.first(in: rest, store) {
                        ids += try store.messageIDs(
                            in: conversation,
                            part.range,
                            for: part.isRefused ? .unrefusable(sender: name) : .waiting(sender: name),
                            limit: limit - ids.count
                        )
                        rest.after = part.range.before.predecessor
                    }
                    return ids
                }
            )
        }
        sources.append(
            MessageSource(MessageRange(after: floor), through: .last) { range, limit throws(Failure) in
                switch directed {
                case .waiting: try store.waitingDirected(to: user.id, after: range.after, limit: limit)
                case .queued: try store.queuedDirected(to: user.id, after: range.after, limit: limit)
                }
            }
        )
        var merge = MessageMerge(sources, isDescending: false)
        var messages: [Message] = []
        while messages.count < limit, let id = try merge.next() {
            guard let message = try store.message(id), try !store.isRemoved(id, for: user.id) else {
                continue
            }
            messages.append(message)
        }
        return messages
    }

    /// Takes every message up to this one as delivered to the user, in all conversations.
    public static func acknowledge(
        through id: MessageID,
        by user: User,
        in store: any Writer
    ) throws(Failure) {
        var last: (message: MessageID, address: ConversationAddress)?
        for followed in try queues(of: user, in: store) where followed.waiting > 0 {
            if let position = try advanced(followed, through: id, for: user, store) {
                try store.setPosition(position, of: user.id, in: followed.conversation.id)
                if position.delivered > last?.message ?? .none {
                    last = (position.delivered, followed.conversation.address)
                }
            }
        }
        try store.acknowledgeDirected(to: user.id, through: id)
        guard let last else { return }
        try store.record(.messageDelivered) { .receipt(user.username, last.message, in: last.address) }
    }

    /// A position moved on; nil where nothing moves.
    static func advanced(
        _ followed: FollowedConversation,
        through id: MessageID,
        for user: User,
        _ store: any Writer
    ) throws(Failure) -> Position? {
        var position = followed.position
        let conversation = followed.conversation
        guard let last = try store.lastQueued(in: conversation.id, through: id), last.id > position.delivered
        else {
            return nil
        }
        if last.sequence == conversation.lastSequence {
            position.ownAfterDelivered = 0
        } else {
            position.ownAfterDelivered -= try store.ownCount(
                of: user.username.text,
                in: conversation.id,
                after: position.delivered,
                through: last.id
            )
        }
        (position.delivered, position.deliveredSequence) = (last.id, last.sequence)
        return position
    }

    /// The message up to which everything is delivered to the user in its conversations; above every id where
    /// nothing waits.
    static func delivered(to user: User, in store: any Reader) throws(Failure) -> MessageID {
        try queues(of: user, in: store).filter { $0.waiting > 0 }.map(\.position.delivered).min() ?? .last
    }

    /// The conversations in which messages may wait, with that of the application's broadcasts.
    ///
    /// A user has no position in the latter before the first acknowledgement: it starts where the user
    /// registered.
    private static func queues(of user: User, in store: any Reader) throws(Failure) -> [FollowedConversation]
    {
        try store.waitingConversations(of: user.id) + unfollowedBroadcast(of: user, in: store)
    }

    /// The last message that was sent to everybody before the user registered, or one of that time.
    static func broadcastStart(of user: User, in store: any Reader) throws(Failure) -> MessageID {
        let moment = Timestamp(milliseconds: user.created.milliseconds - 1)
        let ahead = try store.lastAheadOfClock(through: ExactTime(moment, .last))
        return max(MessageID.first(at: user.created).predecessor, ahead ?? .none)
    }

    /// Writes down a user's position in the broadcasts, where it has none yet: what it removed is counted from there.
    static func followBroadcast(_ user: User, _ store: any Writer) throws(Failure) {
        for followed in try unfollowedBroadcast(of: user, in: store) {
            try store.setPosition(followed.position, of: user.id, in: followed.conversation.id)
        }
    }

    /// The broadcasts of a user who has no position in them yet.
    static func unfollowedBroadcast(of user: User, in store: any Reader) throws(Failure)
        -> [FollowedConversation]
    {
        if let broadcast = try store.conversation(.broadcast), broadcast.lastSequence > 0,
            try store.position(of: user.id, in: broadcast.id) == nil
        {
            let start = try broadcastStart(of: user, in: store)
            let before = try store.lastQueued(in: broadcast.id, through: start)?.sequence ?? 0
            let own = try store.ownCount(
                of: user.username.text,
                in: broadcast.id,
                after: start,
                through: broadcast.lastMessage
            )
            return [
                FollowedConversation(
                    broadcast,
                    Position(
                        visibleAfter: start,
                        delivered: start,
                        deliveredSequence: before,
                        ownAfterDelivered: own
                    )
                )
            ]
        }
        return []
    }
}
