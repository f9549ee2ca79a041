// Refused messages: a user can refuse those of one conversation, or all, from now until it accepts them again.

/// Whether messages reach their receivers.
///
/// A refused message isn't pushed, doesn't wait and doesn't count. It stands in the conversation: its history
/// and its numbers are everybody's. The decision is one about stretches of messages and not about each, so a
/// send costs the same whether anybody refuses it or not. Of the stretches that have ended,
/// ``maximumEndedStretches`` are kept of each conversation and of all.
public enum RefusalRules {
    /// Sets what becomes of messages to a user, in all conversations.
    ///
    /// - Returns: the user afterwards.
    /// - Throws: `.notFound(.user, …)`.
    public static func set(
        _ option: UserProfile.MessageOption,
        of name: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> User {
        let user = try UserRules.update(name, at: now, in: store) { $0.profile.messageOption = option }
        try setRefusal(option == .refused, in: nil, of: user, at: now, store)
        return user
    }

    /// Sets what becomes of messages to a user in one conversation, which is made where there is none.
    public static func set(
        _ option: UserProfile.MessageOption,
        of user: User,
        in address: ConversationAddress,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try store.setMessageOption(option, of: user.id, in: address)
        var conversation = try store.conversation(address)
        if conversation == nil, option == .refused {
            conversation = try store.advance(address, to: .none, sent: nil, isQueued: false)
        }
        guard let conversation else { return }
        try setRefusal(option == .refused, in: conversation.id, of: user, at: now, store)
    }

    /// Stretches that have ended and are kept, of those of one conversation, and of those of all conversations.
    ///
    /// So whatever a user changes its mind about, and how often, costs others no more than this many parts of a
    /// queue.
    public static let maximumEndedStretches = 16

    /// Begins a stretch, or ends the one that is open; what was sent before goes on waiting, or not, as it did.
    private static func setRefusal(
        _ isRefused: Bool,
        in conversation: ConversationID?,
        of user: User,
        at now: Timestamp,
        _ store: any Writer
    ) throws(Failure) {
        let stretches = try store.refusedStretches(of: user.id, in: conversation)
        let open = stretches.first { $0.through == nil }
        guard isRefused != (open != nil) else { return }
        guard let open else {
            let after = MessageID(rawValue: try store.nextID(at: now))
            return try store.setRefusedStretch(
                RefusedStretch(conversation: conversation, after: after),
                of: user.id
            )
        }
        // One with nothing in it says nothing: who changes its mind again and again leaves no trail.
        guard try isAnyMessage(behind: open.after, in: conversation, for: user, store) else {
            return try store.deleteRefusedStretch(open, of: user.id)
        }
        let through = MessageID(rawValue: try store.nextID(at: now))
        try store.setRefusedStretch(
            RefusedStretch(conversation: conversation, after: open.after, through: through),
            of: user.id
        )
        let ended = stretches.filter { $0.through != nil }
        let surplus = ended.count + 1 - maximumEndedStretches
        if surplus > 0 { try forget(surplus, of: ended, in: conversation, user, store) }
    }

    /// Whether anything was sent that would have come to the user, or was its own.
    private static func isAnyMessage(
        behind id: MessageID,
        in conversation: ConversationID?,
        for user: User,
        _ store: any Reader
    ) throws(Failure) -> Bool {
        guard let conversation else { return try store.hasMessages(for: user.id, after: id) }
        let range = MessageRange(after: id)
        let audience = MessageAudience.waiting(sender: user.username.text)
        return try !store.messageIDs(in: conversation, range, for: audience, limit: 1).isEmpty
    }

    /// Makes the oldest of a user's ended stretches fewer by so many.
    ///
    /// Those behind which everything is delivered go, since nothing of them waits. Where that isn't enough the
    /// oldest become one: what lies between them counts as refused, and stands in the history as before.
    private static func forget(
        _ surplus: Int,
        of ended: [RefusedStretch],
        in conversation: ConversationID?,
        _ user: User,
        _ store: any Writer
    ) throws(Failure) {
        let delivered =
            if let conversation {
                try store.position(of: user.id, in: conversation)?.delivered ?? .last
            } else {
                try DeliveryRules.delivered(to: user, in: store)
            }
        let past = ended.prefix { ($0.through ?? .last) <= delivered }.prefix(surplus)
        for stretch in past { try store.deleteRefusedStretch(stretch, of: user.id) }
        guard past.count < surplus else { return }
        let merged = ended.dropFirst(past.count).prefix(surplus - past.count + 1)
        guard let first = merged.first, let last = merged.last else { return }
        for stretch in merged.dropFirst() { try store.deleteRefusedStretch(stretch, of: user.id) }
        try store.setRefusedStretch(
            RefusedStretch(conversation: conversation, after: first.after, through: last.through),
            of: user.id
        )
    }

    /// Whether somebody may refuse this message: else nobody need be asked about.
    public static func canBeRefused(_ message: Message, in store: any Reader) throws(Failure) -> Bool {
        guard message.isRefusable else { return false }
        return try store.hasRefusedStretches(in: message.conversation)
    }

    /// Whether the user refuses this message.
    public static func isRefused(_ message: Message, by user: UserID, in store: any Reader) throws(Failure)
        -> Bool
    {
        guard message.isRefusable else { return false }
        return try store.isInRefusedStretch(message.id, in: message.conversation, of: user)
    }
}
