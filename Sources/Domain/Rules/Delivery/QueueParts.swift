// A conversation's queue as one user gets it: in parts of which it refuses everything, or nothing.

/// A part of a queue.
struct QueuePart: Equatable {
    /// Its messages, oldest first.
    let range: MessageRange
    /// Whether only what nobody can refuse comes to the user.
    let isRefused: Bool
}

/// The stretches that a user refuses or has refused, indexed by conversation.
struct Refusals {
    private let stretches: [ConversationID?: [RefusedStretch]]

    /// Reads all of it, or where only one conversation is asked about what there is of that one.
    init(of user: User, in conversations: [ConversationID], _ store: any Reader) throws(Failure) {
        switch conversations.count {
        case 0: stretches = [:]
        case 1:
            stretches = [
                nil: try store.refusedStretches(of: user.id, in: nil),
                conversations[0]: try store.refusedStretches(of: user.id, in: conversations[0]),
            ]
        default: stretches = Dictionary(grouping: try store.refusedStretches(of: user.id), by: \.conversation)
        }
    }

    /// The queue of a conversation behind a message.
    func queue(of conversation: ConversationID, behind floor: MessageID) -> QueueParts {
        let all = (stretches[nil] ?? []) + (stretches[conversation] ?? [])
        return QueueParts(of: conversation, behind: floor, all.sorted { $0.after < $1.after })
    }
}

/// The parts of a queue: at most twice as many as the stretches that are kept, and one.
struct QueueParts {
    /// Oldest first, without a gap.
    let parts: [QueuePart]
    private let conversation: ConversationID

    /// The parts behind a message; one where the user refuses nothing there.
    ///
    /// - Parameter stretches: the user's that are of this conversation or of all, by their beginnings.
    init(of conversation: ConversationID, behind floor: MessageID, _ stretches: [RefusedStretch]) {
        var parts: [QueuePart] = []
        var start = floor
        for stretch in stretches {
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
        self.parts = parts
        self.conversation = conversation
    }

    /// Whether the user refuses nothing there.
    var isWhole: Bool { parts.count == 1 && !parts[0].isRefused }

    /// The first part with a message in this range, cut to it; nil where there is none.
    ///
    /// So parts without messages cost nothing, and others one look-up in an index.
    func first(in range: MessageRange, _ store: any Reader) throws(Failure) -> QueuePart? {
        guard !range.isEmpty else { return nil }
        if isWhole { return QueuePart(range: range, isRefused: false) }
        let ids = try store.messageIDs(in: conversation, range, for: .everyone, limit: 1)
        guard let id = ids.first, let part = parts.first(where: { id < $0.range.before }) else { return nil }
        let cut = MessageRange(
            after: max(range.after, part.range.after),
            before: min(range.before, part.range.before)
        )
        return QueuePart(range: cut, isRefused: part.isRefused)
    }
}

extension MessageRange {
    /// The messages behind one message, up to another one.
    fileprivate static func between(_ after: MessageID, _ last: MessageID) -> MessageRange {
        MessageRange(after: after, before: last == .last ? .last : MessageID(rawValue: last.rawValue + 1))
    }
}
