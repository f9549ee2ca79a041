// A user's own view of its conversations: the list of them, and removing from it without anybody else's
// noticing.

/// One conversation of a user's list.
public struct ListedConversation: Equatable, Sendable {
    /// The conversation, and how far the user has followed it.
    public let followed: FollowedConversation
    /// How many messages wait in it, and count.
    public let waiting: Int64
    /// Its newest message that the user can see.
    public let newest: Message?
}

/// The conversations that a user sees.
public enum ConversationRules {
    /// One page of the user's conversations that aren't empty, by their newest message, newest first.
    public static func page(
        _ limit: Int,
        after cursor: Cursor?,
        of user: User,
        in store: any Reader
    ) throws(Failure) -> Page<ListedConversation> {
        let rows = try store.listedConversations(
            of: user.id,
            before: cursor.map { MessageID(rawValue: $0.key) } ?? .last,
            limit: limit + 1
        )
        let counts = try DeliveryRules.waitingCounts(in: rows, for: user, store)
        var listed: [ListedConversation] = []
        for (followed, waiting) in zip(rows, counts) {
            let message = try store.message(followed.conversation.lastMessage)
            let isVisible = try message.map { message throws(Failure) in
                try HistoryRules.isVisible(message, to: user, store)
            }
            listed.append(
                ListedConversation(
                    followed: followed,
                    waiting: waiting,
                    newest: isVisible == true ? message : nil
                )
            )
        }
        return Page(rows: listed, limit: limit) { row in
            Cursor(
                collection: .listedConversations,
                owner: user.id.rawValue,
                key: row.followed.conversation.lastMessage.rawValue
            )
        }
    }

    /// The address of a conversation as its participant names it: the other user, or the group's or room's
    /// id.
    public static func address(
        of other: String,
        _ kind: ConversationKind,
        for user: User
    ) throws(Failure) -> ConversationAddress {
        switch kind {
        case .single:
            guard let name = Username(other) else { throw .notFound(.user, id: other) }
            return .between(user.username, name)
        case .group, .room:
            guard let id = GroupID(other) else { throw .notFound(kind == .group ? .group : .room, id: other) }
            return .of(id, kind == .group ? .group : .room)
        case .broadcast: return .broadcast
        }
    }

    /// Takes a conversation off the user's list until there is something new in it.
    ///
    /// - Parameter withMessages: whether what was said so far is removed for the user too.
    public static func hide(
        _ address: ConversationAddress,
        withMessages: Bool,
        for user: User,
        in store: any Writer
    ) throws(Failure) {
        guard let conversation = try store.conversation(address),
            var position = try store.position(of: user.id, in: conversation.id)
        else { return }
        position.hiddenThrough = conversation.lastMessage
        try store.setPosition(position, of: user.id, in: conversation.id)
        if withMessages { try clear(address, through: conversation.lastMessage, for: user, in: store) }
    }

    /// Removes the messages up to one for the user only: they are neither seen nor delivered any more.
    ///
    /// Nothing happens in a conversation that the user takes no part in.
    public static func clear(
        _ address: ConversationAddress,
        through id: MessageID,
        for user: User,
        in store: any Writer
    ) throws(Failure) {
        guard let conversation = try store.conversation(address),
            let position = try store.position(of: user.id, in: conversation.id)
        else { return }
        try clear(FollowedConversation(conversation, position), through: id, for: user, in: store)
    }

    /// The same up to a moment, messages of that millisecond included.
    public static func clear(
        _ address: ConversationAddress,
        through moment: Timestamp,
        for user: User,
        in store: any Writer
    ) throws(Failure) {
        let next = Timestamp(milliseconds: min(moment.milliseconds, .max - 1) + 1)
        let span = TimeSpan(start: TimeSpan.always.start, end: next)
        guard let conversation = try store.conversation(address) else { return }
        for var range in try HistoryRules.stretches(of: span, in: store).reversed() {
            range.isDescending = true
            guard let last = try store.firstMessage(in: conversation.id, range, sent: span) else { continue }
            return try clear(address, through: last, for: user, in: store)
        }
    }

    /// Removes all that was ever said to or by the user, for the user only.
    public static func clearAll(for user: User, in store: any Writer) throws(Failure) {
        for followed in try store.conversations(of: user.id) {
            try clear(followed, through: followed.conversation.lastMessage, for: user, in: store)
        }
        try store.acknowledgeDirected(to: user.id, through: .last)
        if let broadcast = try store.conversation(.broadcast),
            try store.position(of: user.id, in: broadcast.id) == nil
        {
            try store.setPosition(Position(atEndOf: broadcast), of: user.id, in: broadcast.id)
        }
    }

    /// Removes single messages for the user only; what the user can't see is left out.
    ///
    /// They don't wait any more.
    public static func remove(_ messages: [MessageID], for user: User, in store: any Writer) throws(Failure) {
        for id in messages {
            guard let message = try HistoryRules.message(id, for: user, in: store) else { continue }
            if message.address.kind == .broadcast { try DeliveryRules.followBroadcast(user, store) }
            try store.remove(id, for: user.id)
        }
    }

    /// Removes single messages of some conversations for the user only; those of others are left alone.
    public static func remove(
        _ messages: [MessageID],
        in addresses: [ConversationAddress],
        for user: User,
        in store: any Writer
    ) throws(Failure) {
        var own: [MessageID] = []
        for id in messages {
            if let message = try store.message(id), addresses.contains(message.address) { own.append(id) }
        }
        try remove(own, for: user, in: store)
    }

    private static func clear(
        _ followed: FollowedConversation,
        through id: MessageID,
        for user: User,
        in store: any Writer
    ) throws(Failure) {
        var position =
            try DeliveryRules.advanced(followed, through: id, for: user, store) ?? followed.position
        position.visibleAfter = max(position.visibleAfter, min(id, followed.conversation.lastMessage))
        // A message that is gone is no longer unread.
        if let last = try store.lastQueued(in: followed.conversation.id, through: position.visibleAfter) {
            position.noteRead(last.id, sequence: last.sequence)
        }
        try store.setPosition(position, of: user.id, in: followed.conversation.id)
    }
}
