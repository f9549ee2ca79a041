// Delivery to connected users: the receivers of a message, and the messages that a connection hasn't got yet.

/// The audience of a message, in the form that is quickest to compare with the connected users.
public enum Audience: Equatable, Sendable {
    /// These users.
    case users([UserID])
    /// The users with a position in the conversation before the message; about so many.
    case followers(of: ConversationID, size: Int)
    /// Every user of the application.
    case everyone
}

/// The last message that a device says it has.
public enum LastTold: Equatable, Sendable {
    /// The message with this id.
    case message(MessageID)
    /// The newest message of this time.
    case time(ExactTime)
}

extension DeliveryRules {
    /// The audience of a message at this moment: who has left since gets nothing.
    ///
    /// The sender is among them where it takes part; `Message.comes(to:)` says whether its devices are to get it.
    public static func audience(of message: Message, in store: any Reader) throws(Failure) -> Audience {
        if message.isDirected { return .users(try store.recipients(of: message.id)) }
        switch message.address.kind {
        case .broadcast: return .everyone
        case .group, .room:
            let group = try GroupID(message.address.key).flatMap { id throws(Failure) in try store.group(id) }
            if let group { return .followers(of: message.conversation, size: group.memberCount) }
            let thread = try ThreadID(message.address.key).flatMap { id throws(Failure) in
                try store.thread(id)
            }
            guard let thread else { return .users([]) }
            return .followers(of: message.conversation, size: thread.memberCount)
        case .single:
            guard let names = message.address.names else { return .users([]) }
            var users: [UserID] = []
            for name in [names.first, names.second] {
                let user = try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
                if let user, !users.contains(user.id) { users.append(user.id) }
            }
            return .users(users)
        }
    }

    /// Whether a message of a conversation is for this user too, who is or isn't one of those who follow it.
    public static func isFollowed(_ message: Message, by user: UserID, in store: any Reader) throws(Failure)
        -> Bool
    {
        guard let position = try store.position(of: user, in: message.conversation) else { return false }
        return position.visibleAfter < message.id
    }

    /// Where a connection begins that says what it was given last: by its time, or by its id.
    ///
    /// A message that lies ahead counts as sent now, so that every message is pushed. But ids rise also while
    /// the clock goes back: what has been given out was given, whatever time it is.
    public static func start(
        behind told: LastTold,
        for user: UserID,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> MessageID {
        let given: MessageID
        switch told {
        case .message(let id): given = id
        case .time(let time): given = try max(time.lastID, store.lastAheadOfClock(through: time) ?? .none)
        }
        let present = MessageID.first(at: now).predecessor
        return given <= present
            ? given : try min(given, max(present, store.lastNews(for: user), store.lastRecall()))
    }

    /// The messages behind one that a connection was given last, in the order of sending, at most `limit`.
    ///
    /// Ids rise with commits, so nothing ever comes to stand before what was given.
    ///
    /// - Parameter isDevice: whether the message was the last one that this very device has: then all that came
    ///   behind it is read, delivered to another device or not. Else what waits for the user is.
    public static func missed(
        _ limit: Int,
        after id: MessageID,
        isDevice: Bool,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> [Message] {
        guard isDevice else {
            let cursor = Cursor(collection: .waitingMessages, owner: user.id.rawValue, key: id.rawValue)
            return try page(limit, after: cursor, for: user, in: store).elements
        }
        let followed = try store.conversations(of: user.id) + unfollowedBroadcast(of: user, in: store)
        let queues = followed.filter { $0.conversation.lastMessage > id }
            .map { ($0.conversation, max(id, $0.position.visibleAfter)) }
        return try merged(queues, id, .queued, limit: limit, for: user, in: store)
    }

    /// The recalls behind what a connection was given last, in their order, at most `limit`: of messages that
    /// are the user's to read, whether it has read them or not.
    public static func missedRecalls(
        _ limit: Int,
        after id: MessageID,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> [Recall] {
        // Recalls are few: most connections have had the last one.
        guard try id < store.lastRecall() else { return [] }
        let followed = try store.conversations(of: user.id) + unfollowedBroadcast(of: user, in: store)
        var sources: [MessageSource] = []
        var visibleAfter: [ConversationID: MessageID] = [:]
        for (conversation, position) in followed.map({ ($0.conversation.id, $0.position) }) {
            visibleAfter[conversation] = position.visibleAfter
            sources.append(
                MessageSource(MessageRange(after: id), through: .last) { range, limit throws(Failure) in
                    try store.recalls(in: conversation, after: range.after, limit: limit)
                }
            )
        }
        var merge = MessageMerge(sources, isDescending: false)
        var recalls: [Recall] = []
        while recalls.count < limit, let id = try merge.next() {
            guard let recall = try store.recall(id), let message = try store.message(recall.message),
                visibleAfter[message.conversation] ?? .last < message.id,
                try isFor(user, message, store)
            else { continue }
            recalls.append(recall)
        }
        return recalls
    }

    /// Whether a message that a user can see back to is for it, and neither removed nor refused by it.
    private static func isFor(
        _ user: User,
        _ message: Message,
        _ store: any Reader
    ) throws(Failure) -> Bool {
        guard message.comes(to: user), try !store.isRemoved(message.id, for: user.id),
            try !RefusalRules.isRefused(message, by: user.id, in: store)
        else { return false }
        return message.isDirected ? try store.isRecipient(user.id, of: message.id) : true
    }
}
