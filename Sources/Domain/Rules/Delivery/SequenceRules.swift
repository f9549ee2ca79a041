// A conversation's queue by numbers: how far it goes for a participant, and stretches of it.

/// Reading a conversation's queue by the numbers of its messages.
public enum SequenceRules {
    /// The numbers that a participant can ask for.
    public struct Bounds: Equatable, Sendable {
        /// The smallest; one above the largest where there is nothing to see.
        public let first: Int64
        /// The largest.
        public let last: Int64
    }

    /// The part of a queue that the participant can see: nothing from before it came, or that was cleared for it.
    public static func bounds(
        of followed: FollowedConversation,
        in store: any Reader
    ) throws(Failure) -> Bounds {
        let conversation = followed.conversation
        let hidden = try store.lastQueued(in: conversation.id, through: followed.position.visibleAfter)
        return Bounds(first: (hidden?.sequence ?? 0) + 1, last: conversation.lastSequence)
    }

    /// The messages whose numbers are in a range, at most `limit`, as far as the user can see them.
    ///
    /// No index has the numbers: as ids and numbers rise together, the first message is found by halving the ids
    /// between the queue's ends, which takes some fifty index look-ups.
    ///
    /// - Parameter isDescending: whether the largest numbers come first, and stay where there are too many.
    public static func messages(
        in followed: FollowedConversation,
        _ range: ClosedRange<Int64>,
        limit: Int,
        isDescending: Bool,
        for user: User,
        in store: any Reader
    ) throws(Failure) -> [Message] {
        let bounds = try bounds(of: followed, in: store)
        let first = max(range.lowerBound, bounds.first)
        let last = min(range.upperBound, bounds.last)
        guard first <= last else { return [] }
        let conversation = followed.conversation
        var stretch = MessageRange(
            after: try id(of: first, in: conversation, store).predecessor,
            before: last == bounds.last ? .last : try id(of: last + 1, in: conversation, store),
            isDescending: isDescending
        )
        var messages: [Message] = []
        while messages.count < limit, !stretch.isEmpty {
            let ids = try store.messageIDs(in: conversation.id, stretch, for: .everyone, limit: 100)
            for id in ids where messages.count < limit {
                // A message that waits for nobody has no number.
                guard let message = try store.message(id), message.sequence != nil,
                    try HistoryRules.isVisible(message, to: user, store)
                else { continue }
                messages.append(message)
            }
            guard ids.count == 100, let end = ids.last else { break }
            stretch = stretch.continued(behind: end)
        }
        return messages
    }

    /// Takes the messages of a conversation up to a number as read by a participant, and so as delivered to it; nothing is
    /// taken back.
    public static func read(
        through number: Int64,
        in followed: FollowedConversation,
        for user: User,
        in store: any Writer
    ) throws(Failure) {
        let conversation = followed.conversation
        guard number > 0 else { return }
        let last = number < conversation.lastSequence ? try id(of: number, in: conversation, store) : .last
        var position =
            try DeliveryRules.advanced(followed, through: last, for: user, store) ?? followed.position
        if let message = try store.lastQueued(in: conversation.id, through: last) {
            position.noteRead(message.id, sequence: message.sequence)
        }
        guard position != followed.position else { return }
        try store.setPosition(position, of: user.id, in: conversation.id)
        let isRead = position.read > followed.position.read
        let reached = isRead ? position.read : position.delivered
        try store.record(isRead ? .messageRead : .messageDelivered) {
            .receipt(user.username, reached, in: conversation.address)
        }
    }

    /// The id of the message with this number.
    private static func id(
        of sequence: Int64,
        in conversation: Conversation,
        _ store: any Reader
    ) throws(Failure) -> MessageID {
        var low: Int64 = 0
        var high = conversation.lastMessage.rawValue
        while low < high {
            let middle = low + (high - low) / 2
            let found = try store.lastQueued(in: conversation.id, through: MessageID(rawValue: middle))
            if let found, found.sequence >= sequence {
                high = found.id.rawValue
                if found.sequence == sequence { break }
            } else {
                low = middle + 1
            }
        }
        return MessageID(rawValue: high)
    }
}
