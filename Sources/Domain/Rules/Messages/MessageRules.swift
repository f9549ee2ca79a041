// Sending messages: the permission to send, the targets, and the outcome for each.

/// Why a message wasn't sent to one of its targets.
public enum MessageRefusal: Equatable, Sendable {
    /// There is no such user, group or room.
    case absent
    /// The receiver, or the group, blocks the sender.
    case blocked
    /// The sender is muted in the group or room.
    case muted
    /// All are muted in the group or room but those who keep it.
    case groupMuted
    /// The group or room is disabled.
    case disabled
    /// None of the users named is a member.
    case noRecipient
}

/// The outcome for one target.
public enum MessageOutcome: Equatable, Sendable {
    /// Stored, to be delivered.
    case sent(MessageID)
    /// Not stored.
    case refused(MessageRefusal)
}

/// How messages are sent.
public enum MessageRules {
    /// Users one call may send to.
    public static let maximumUsers = 600
    /// Groups one call of the newer kind may send to.
    public static let maximumGroups = 3
    /// Rooms one call of the newer kind may send to.
    public static let maximumRooms = 10
    /// Members that a directed message may name.
    public static let maximumRecipients = 20

    /// Holds a message to the application's bounds.
    ///
    /// - Throws: `.bodyTooLarge`, `.invalid("msg", .tooLong(…))`.
    public static func check(_ content: MessageContent, of application: Application) throws(Failure) {
        let settings = application.settings
        guard content.byteCount <= settings.maximumMessageBytes else {
            throw .bodyTooLarge(maximum: settings.maximumMessageBytes)
        }
        let textBytes = (content.text?.utf8.count ?? 0) + (content.ext?.count ?? 0)
        guard textBytes <= settings.maximumTextBytes else {
            throw .invalid(field: "msg", .tooLong(maximum: settings.maximumTextBytes, unit: "bytes"))
        }
    }

    /// The sender of this name: the user of that name where there is one.
    ///
    /// - Throws: `.invalid("from", .illegal(…))`; for a user `.forbidden(.deactivated)`, `.forbidden(.muted)`
    ///   when it is muted for this kind of conversation in the whole application.
    public static func sender(
        _ name: String?,
        for kind: ConversationKind,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> MessageSender {
        guard let name else { return .application(.backend) }
        guard let username = Username(name) else {
            throw .invalid(field: "from", .illegal(value: String(name.prefix(64))))
        }
        guard let user = try store.user(named: username) else { return .application(username) }
        return try sender(user, for: kind, at: now, in: store)
    }

    /// A user as a sender.
    ///
    /// - Throws: `.forbidden(.deactivated)`, `.forbidden(.muted)` when it is muted for this kind of conversation in the whole
    ///   application.
    public static func sender(
        _ user: User,
        for kind: ConversationKind,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> MessageSender {
        guard user.isActivated else { throw .forbidden(.deactivated) }
        let mutes = try store.mutes(of: user.id)
        let mute =
            switch kind {
            case .single, .broadcast: mutes.chat
            case .group: mutes.groupchat
            case .room: mutes.chatroom
            }
        if let mute, mute > now { throw .forbidden(.muted) }
        return .user(user)
    }

    /// Sends to the user of a name.
    public static func send(
        _ draft: MessageDraft,
        from sender: MessageSender,
        toUser name: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageOutcome {
        guard let username = Username(name), let receiver = try store.user(named: username) else {
            return .refused(.absent)
        }
        return try send(draft, from: sender, toUser: receiver, at: now, in: store)
    }

    /// The same, with the receiver at hand.
    public static func send(
        _ draft: MessageDraft,
        from sender: MessageSender,
        toUser receiver: User,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageOutcome {
        if let user = sender.user, try store.isBlocked(user.id, by: receiver.id) { return .refused(.blocked) }
        let isToSelf = sender.name == receiver.username
        let address = ConversationAddress.between(sender.name, receiver.username)
        let returnsToSender = draft.returnsToSender || isToSelf
        if let known = try repeated(draft, from: sender, in: address, store) { return .sent(known) }
        let draft = try InquiryRules.moderated(draft, from: sender, in: address, store)
        if draft.retention == .live {
            return .sent(try sendLive(draft, from: sender, in: address, returnsToSender, at: now, store))
        }
        let id = MessageID(rawValue: try store.nextID(at: now))
        let conversation = try store.advance(
            address,
            to: id,
            sent: id.time(at: now),
            isQueued: draft.retention == .queued
        )
        let message = message(
            id,
            id.time(at: now),
            draft,
            from: sender,
            in: conversation,
            returnsToSender: returnsToSender
        )
        try store.insert(message)
        try note(draft.clientName, of: message, store)
        if try store.position(of: receiver.id, in: conversation.id) == nil {
            try store.setPosition(.before(id, in: conversation, draft), of: receiver.id, in: conversation.id)
        }
        if let user = sender.user, !isToSelf {
            try follow(own: id, draft, by: user, in: conversation, joining: true, store)
        }
        try announce(message, named: draft.clientName, store)
        return .sent(id)
    }

    /// Pushes a message to connected receivers and stores nothing.
    ///
    /// The conversation is made where there is none, since clients know messages by it; it has no message more.
    static func sendLive(
        _ draft: MessageDraft,
        from sender: MessageSender,
        in address: ConversationAddress,
        _ returnsToSender: Bool,
        at now: Timestamp,
        _ store: any Writer
    ) throws(Failure) -> MessageID {
        let id = MessageID(rawValue: try store.nextID(at: now))
        let conversation = try store.advance(address, to: .none, sent: nil, isQueued: false)
        let message = message(
            id,
            id.time(at: now),
            draft,
            from: sender,
            in: conversation,
            returnsToSender: returnsToSender
        )
        store.announce(.liveMessageSent(message))
        try store.record(.messageSent) { .message(message).with("client_message", text: draft.clientName) }
        return id
    }

    /// Announces a message that was stored.
    static func announce(_ message: Message, named clientName: String?, _ store: any Writer) throws(Failure) {
        store.announce(.messageSent(message.id))
        try store.record(.messageSent) { .message(message).with("client_message", text: clientName) }
    }

    /// Stores a message for a conversation that has counted it.
    static func message(
        _ id: MessageID,
        _ sent: Timestamp,
        _ draft: MessageDraft,
        from sender: MessageSender,
        in conversation: Conversation,
        returnsToSender: Bool,
        isDirected: Bool = false
    ) -> Message {
        Message(
            id: id,
            sent: sent,
            conversation: conversation.id,
            address: conversation.address,
            sequence: draft.retention == .queued && !isDirected ? conversation.lastSequence : nil,
            sender: sender.name.text,
            content: draft.content,
            returnsToSender: returnsToSender,
            isDirected: isDirected,
            isCounted: draft.isCounted,
            isRefusable: draft.isRefusable
        )
    }

    /// Moves the sender's own position: what one sent oneself doesn't wait.
    ///
    /// - Parameter joining: whether a sender without a position takes part from now on.
    static func follow(
        own id: MessageID,
        _ draft: MessageDraft,
        by user: User,
        in conversation: Conversation,
        joining: Bool,
        _ store: any Writer
    ) throws(Failure) {
        let known = try store.position(of: user.id, in: conversation.id)
        guard known != nil || joining else { return }
        var position = known ?? .before(id, in: conversation, draft)
        let isOwn = draft.retention == .queued && !draft.returnsToSender
        if known != nil, !isOwn { return }
        if isOwn {
            position.noteOwn(id, sequence: conversation.lastSequence)
        }
        try store.setPosition(position, of: user.id, in: conversation.id)
    }
}

extension Position {
    /// Just before a message that the conversation has counted.
    static func before(_ id: MessageID, in conversation: Conversation, _ draft: MessageDraft) -> Position {
        Position(
            visibleAfter: id.predecessor,
            delivered: id.predecessor,
            deliveredSequence: conversation.lastSequence - (draft.retention == .queued ? 1 : 0)
        )
    }
}
