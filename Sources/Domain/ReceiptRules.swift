// What users receive: who doesn't want messages gets none, from that moment until it wants them again.

/// Whether messages come to those whom they are for.
///
/// What is refused isn't told to who is connected, waits for nobody and doesn't count. It stands in the conversation: its
/// history and its numbers are everybody's. The decision is one about stretches of messages and not about each, so a send
/// costs the same whether anybody refuses it or not.
public enum ReceiptRules {
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
        try setRefusal(option == .refused, in: nil, of: user.id, at: now, store)
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
            conversation = try store.advance(address, to: .none, isQueued: false)
        }
        guard let conversation else { return }
        try setRefusal(option == .refused, in: conversation.id, of: user.id, at: now, store)
    }

    /// Begins a stretch, or ends the one that is open; what was sent before goes on waiting, or not, as it did.
    private static func setRefusal(
        _ isRefused: Bool,
        in conversation: ConversationID?,
        of user: UserID,
        at now: Timestamp,
        _ store: any Writer
    ) throws(Failure) {
        let open = try store.refusedStretches(of: user).first {
            $0.conversation == conversation && $0.through == nil
        }
        guard isRefused != (open != nil) else { return }
        guard let open else {
            let after = MessageID(rawValue: try store.nextID(at: now))
            return try store.setRefusedStretch(
                RefusedStretch(conversation: conversation, after: after),
                of: user
            )
        }
        // One with nothing in it says nothing: who changes its mind again and again leaves no trail.
        let range = MessageRange(after: open.after)
        guard try !store.messageIDs(in: conversation, range, for: .everyone, limit: 1).isEmpty else {
            return try store.deleteRefusedStretch(open, of: user)
        }
        let through = MessageID(rawValue: try store.nextID(at: now))
        try store.setRefusedStretch(
            RefusedStretch(conversation: conversation, after: open.after, through: through),
            of: user
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

/// A part of a conversation's queue in which the user refuses everything, or nothing.
struct QueuePart: Equatable {
    /// Its messages, oldest first.
    let range: MessageRange
    /// Whether only what nobody can refuse comes to the user.
    let isRefused: Bool

    /// The parts of a queue behind a message; one where the user refuses nothing there.
    ///
    /// - Parameter stretches: the user's, by their beginnings.
    static func parts(
        behind floor: MessageID,
        of conversation: ConversationID,
        _ stretches: [RefusedStretch]
    ) -> [QueuePart] {
        var parts: [QueuePart] = []
        var start = floor
        for stretch in stretches where stretch.conversation == nil || stretch.conversation == conversation {
            if stretch.after > start {
                parts.append(QueuePart(range: .between(start, stretch.after), isRefused: false))
                start = stretch.after
            }
            let end = stretch.through ?? .last
            if end > start {
                parts.append(QueuePart(range: .between(start, end), isRefused: true))
                start = end
            }
        }
        if start < .last { parts.append(QueuePart(range: .between(start, .last), isRefused: false)) }
        return parts
    }
}

extension MessageRange {
    /// What is behind one message, up to another one.
    fileprivate static func between(_ after: MessageID, _ last: MessageID) -> MessageRange {
        MessageRange(after: after, before: last == .last ? .last : MessageID(rawValue: last.rawValue + 1))
    }
}
