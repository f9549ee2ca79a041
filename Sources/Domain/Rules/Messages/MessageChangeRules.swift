// Changes of a sent message: recalled, rewritten; and bringing old ones in.

/// Which message to recall, and where it is believed to be.
public struct RecallRequest: Equatable, Sendable {
    /// The message.
    public let id: MessageID?
    /// The conversation's kind, where one was named.
    public let kind: ConversationKind?
    /// The receiver, where one was named.
    public let receiver: String?
    /// Whether the time limit doesn't count.
    public let isForced: Bool
    /// Where the message has to be: a stranger there doesn't learn whether it is.
    public let place: ConversationAddress?
    /// Whether each of two may recall what the other said between them.
    public let isMutual: Bool

    /// Memberwise.
    public init(
        id: MessageID?,
        kind: ConversationKind? = nil,
        receiver: String? = nil,
        isForced: Bool,
        place: ConversationAddress? = nil,
        isMutual: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.receiver = receiver
        self.isForced = isForced
        self.place = place
        self.isMutual = isMutual
    }
}

/// The outcome of a recall.
public enum RecallOutcome: Equatable, Sendable {
    /// A tombstone stands in its place now; the recall has a place of its own.
    case recalled(Message, by: MessageID)
    /// There is no such message, or it was recalled before.
    case absent
    /// The message isn't from where the request says.
    case elsewhere
    /// Too long ago.
    case late
}

/// Changes of messages.
public enum MessageChangeRules {
    /// How often a message may be rewritten.
    public static let maximumEdits = 10

    /// Recalls a message: what it said is gone, for the history and for whoever hasn't received it yet.
    ///
    /// A caller that acts for the application recalls any message. A user recalls its own, and in groups with the
    /// permission those of others.
    ///
    /// - Throws: `.forbidden(.recallDisabled)` where the application's time for it is 0; `.forbidden(.permission(.recall))` or,
    ///   between two, `.forbidden(.insufficientScope)`.
    public static func recall(
        _ request: RecallRequest,
        by caller: Caller,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> RecallOutcome {
        let window = application.settings.recallSeconds
        guard window > 0 else { throw .forbidden(.recallDisabled) }
        let found = try request.id.flatMap { id throws(Failure) in try store.message(id) }
        if let place = request.place, let authority = try authority(of: caller, in: place, store),
            !authority.isMember, found?.address != place || found?.sender != caller.person?.username.text
        {
            throw .forbidden(.permission(.recall))
        }
        guard let id = request.id, var message = found, !message.isRecalled else { return .absent }
        if let place = request.place, place != message.address { return .elsewhere }
        if let kind = request.kind, kind != message.address.kind { return .elsewhere }
        if let receiver = request.receiver, receiver.lowercased() != message.receiver.lowercased() {
            return .elsewhere
        }
        try require(recallOf: message, by: caller, request.isMutual, store)
        guard request.isForced || now <= message.sent.adding(seconds: Int64(window)) else { return .late }
        message.isRecalled = true
        message.content = MessageContent(kind: message.content.kind, text: nil)
        try store.update(message)
        let place = MessageID(rawValue: try store.nextID(at: now))
        let recall = Recall(id: place, message: id, made: place.time(at: now))
        try store.insert(recall)
        store.announce(.messageRecalled(recall))
        try store.record(.messageRecalled) { .message(message) }
        return .recalled(message, by: recall.id)
    }

    /// The caller's authority in the group or room of an address, in a thread that over its group; nil where it is none's.
    private static func authority(
        of caller: Caller,
        in address: ConversationAddress,
        _ store: any Reader
    ) throws(Failure) -> GroupAuthority? {
        guard let group = try ThreadRules.group(at: address, in: store) else { return nil }
        return try GroupAuthority(caller, group, store)
    }

    private static func require(
        recallOf message: Message,
        by caller: Caller,
        _ isMutual: Bool,
        _ store: any Reader
    ) throws(Failure) {
        switch caller {
        case .application, .manager, .administrator, .operator: return
        case .user(let user) where message.sender == user.username.text: return
        case .user, .anonymous: break
        }
        if let authority = try authority(of: caller, in: message.address, store) {
            guard try authority.allowsRecallOfOthers() else { throw .forbidden(.permission(.recall)) }
        } else {
            guard case .user(let user) = caller, isMutual, let names = message.address.names,
                [names.first, names.second].contains(where: { Username($0) == user.username })
            else { throw .forbidden(.insufficientScope) }
        }
    }

    /// Replaces what a message says.
    ///
    /// - Throws: `.notFound(.message, …)`, also after a recall; `.limitReached(.edits, …)`; what `change`
    ///   throws.
    public static func rewrite(
        _ text: String,
        of application: Application,
        in store: any Writer,
        _ change: (MessageContent) throws(Failure) -> MessageContent
    ) throws(Failure) -> Message {
        guard let id = MessageID(text) else {
            throw .invalid(field: "msg_id", .illegal(value: String(text.prefix(64))))
        }
        guard var message = try store.message(id), !message.isRecalled else {
            throw .notFound(.message, id: text)
        }
        guard message.edits < maximumEdits else { throw .limitReached(.edits, maximum: maximumEdits) }
        message.content = try change(message.content)
        try MessageRules.check(message.content, of: application)
        message.edits += 1
        try store.update(message)
        let rewritten = message
        try store.record(.messageRewritten) { .message(rewritten) }
        return message
    }

    /// Where an old message goes.
    public enum ImportTarget: Equatable, Sendable {
        /// To a user.
        case user(String)
        /// To a group.
        case group(String)
    }

    /// Brings in a message that was sent elsewhere before: it has its time, stands in the history among what
    /// was sent then, and waits for nobody.
    ///
    /// - Throws: `.invalid("from", .illegal(…))`, `.invalid("target", .unknownReference(…))`,
    ///   `.invalid("msg_timestamp", …)` for a time before 2020 or in the future.
    public static func importOld(
        _ content: MessageContent,
        from sender: String,
        to target: ImportTarget,
        sent: Timestamp?,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageID {
        guard let name = Username(sender) else {
            throw .invalid(field: "from", .illegal(value: String(sender.prefix(64))))
        }
        let user = try store.user(named: name)
        let from = user.map(MessageSender.user) ?? .application(name)
        let id = try importedID(sent, at: now, in: store)
        let sent = sent ?? now
        let draft = MessageDraft(content, retention: .archived)
        switch target {
        case .user(let name):
            guard let username = Username(name), let receiver = try store.user(named: username) else {
                throw .invalid(field: "target", .unknownReference(.user, id: name))
            }
            let conversation = try store.advance(
                .between(from.name, receiver.username),
                to: id,
                sent: sent,
                isQueued: false
            )
            try store.insert(
                MessageRules.message(id, sent, draft, from: from, in: conversation, returnsToSender: false)
            )
            for participant in [receiver, user].compactMap({ $0 }) {
                try open(id, to: participant, in: conversation, store)
            }
        case .group(let name):
            guard let group = try GroupRules.known(name, .group, in: store) else {
                throw .invalid(field: "target", .unknownReference(.group, id: name))
            }
            let conversation = try store.advance(.of(group.id, .group), to: id, sent: sent, isQueued: false)
            try store.insert(
                MessageRules.message(id, sent, draft, from: from, in: conversation, returnsToSender: false)
            )
        }
        return id
    }

    private static func importedID(
        _ sent: Timestamp?,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageID {
        guard let sent else { return MessageID(rawValue: try store.nextID(at: now)) }
        let epoch = TimeOrderedIDs.epoch
        guard epoch <= sent, sent <= now else {
            throw .invalid(
                field: "msg_timestamp",
                .outOfRange(minimum: epoch.milliseconds, maximum: now.milliseconds)
            )
        }
        return try store.earlierMessageID(at: sent, now: now)
    }

    /// Lets a participant see back to an old message.
    private static func open(
        _ id: MessageID,
        to user: User,
        in conversation: Conversation,
        _ store: any Writer
    ) throws(Failure) {
        if var position = try store.position(of: user.id, in: conversation.id) {
            guard id <= position.visibleAfter else { return }
            position.visibleAfter = id.predecessor
            try store.setPosition(position, of: user.id, in: conversation.id)
        } else {
            var position = Position(atEndOf: conversation)
            position.visibleAfter = id.predecessor
            try store.setPosition(position, of: user.id, in: conversation.id)
        }
    }
}
