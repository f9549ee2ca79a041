// Messages and positions brought in: they stand in the history at their time, and wait for nobody.

/// A conversation that messages of a transaction went to.
struct ImportedTalk {
    var conversation: Conversation
    /// The newest of them.
    var newest: (id: MessageID, sent: Timestamp)?
    /// Participants who can see back to the oldest of them, and what they could see before.
    var opened: [UserID: MessageID] = [:]
}

extension ImportRules {
    mutating func take(_ message: TransferMessage, _ store: any Writer) throws(Failure) -> ImportOutcome {
        try MessageRules.check(message.content, of: application)
        guard let sender = Username(message.sender) else {
            throw .invalid(field: "from", .illegal(value: String(message.sender.prefix(64))))
        }
        let user = try known(message.sender, store)
        let from = user?.username ?? sender
        let (address, participants, group) = try place(of: message, from: from, user, store)
        var recipients: [UserID]?
        if let names = message.recipients {
            guard group != nil else { throw .invalid(field: "users", .unknownField) }
            var found: [UserID] = []
            for name in names { found.append(try self.user(name, "users", store).id) }
            recipients = found
        }
        let sent = message.sent ?? now
        let epoch = TimeOrderedIDs.epoch
        guard epoch <= sent, sent <= now else {
            throw .invalid(
                field: "timestamp",
                .outOfRange(minimum: epoch.milliseconds, maximum: now.milliseconds)
            )
        }
        var talk = try talk(address, store)
        if try isThere(message, from.text, in: talk.conversation, store) { return .existing }
        let id = try id(of: message, sent, store)
        let stored = Message(
            id: id,
            sent: sent,
            conversation: talk.conversation.id,
            address: talk.conversation.address,
            sequence: nil,
            sender: from.text,
            content: message.content,
            isRecalled: message.isRecalled,
            isDirected: recipients != nil,
            edits: message.edits
        )
        try store.insert(stored)
        if let recipients { try store.insertRecipients(recipients, of: id, isQueued: false) }
        if let name = message.id, name != id.text { try store.setClientName(name, of: stored) }
        for participant in participants { try open(id, to: participant, in: &talk, store) }
        if id > talk.newest?.id ?? .none { talk.newest = (id, sent) }
        talks[address] = talk
        return .created
    }

    /// Where a message was said, and the users whose conversation it is where it is between two.
    private mutating func place(
        of message: TransferMessage,
        from sender: Username,
        _ user: User?,
        _ store: any Writer
    ) throws(Failure) -> (ConversationAddress, participants: [User], group: Group?) {
        switch message.kind {
        case .broadcast: return (.broadcast, [], nil)
        case .group, .room:
            let kind: GroupKind = message.kind == .group ? .group : .room
            let group = try group(message.receiver, kind, "to", store)
            return (.of(group.id, kind), [], group)
        case .single:
            guard let name = Username(message.receiver) else {
                throw .invalid(field: "to", .illegal(value: String(message.receiver.prefix(64))))
            }
            let receiver = try known(message.receiver, store)
            guard receiver != nil || user != nil else {
                throw .invalid(field: "to", .unknownReference(.user, id: message.receiver))
            }
            let participants = [receiver, user].compactMap(\.self)
            return (.between(sender, receiver?.username ?? name), participants, nil)
        }
    }

    private func talk(_ address: ConversationAddress, _ store: any Writer) throws(Failure) -> ImportedTalk {
        if let known = talks[address] { return known }
        if let found = try store.conversation(address) { return ImportedTalk(conversation: found) }
        return ImportedTalk(
            conversation: try store.advance(address, to: .none, sent: nil, isQueued: false)
        )
    }

    /// Whether a message with this id, or one that was given this name when it was brought in, is there.
    private func isThere(
        _ message: TransferMessage,
        _ sender: String,
        in conversation: Conversation,
        _ store: any Writer
    ) throws(Failure) -> Bool {
        guard let name = message.id else { return false }
        if let id = MessageID(name), try store.message(id)?.conversation == conversation.id { return true }
        return try store.message(called: name, by: sender, in: conversation.id) != nil
    }

    /// The id that the message had, where it can have that here, too; else one among those of its time.
    private func id(of message: TransferMessage, _ sent: Timestamp, _ store: any Writer) throws(Failure)
        -> MessageID
    {
        if let name = message.id, let id = MessageID(name), id >= MessageID.first(at: sent),
            id < MessageID.first(at: now), try store.message(id) == nil
        {
            return id
        }
        return try store.earlierMessageID(at: sent, now: now)
    }

    /// Lets a participant see back to an old message.
    private func open(
        _ id: MessageID,
        to user: User,
        in talk: inout ImportedTalk,
        _ store: any Writer
    ) throws(Failure) {
        if let floor = talk.opened[user.id], floor < id { return }
        var position = try store.position(of: user.id, in: talk.conversation.id)
        let isNew = position == nil
        var changed = position ?? Position(atEndOf: talk.conversation)
        position = nil
        if isNew || id <= changed.visibleAfter {
            changed.visibleAfter = id.predecessor
            try store.setPosition(changed, of: user.id, in: talk.conversation.id)
        }
        talk.opened[user.id] = changed.visibleAfter
    }

    mutating func take(_ position: TransferPosition, _ store: any Writer) throws(Failure) -> ImportOutcome {
        let user = try user(position.name, "username", store)
        let address: ConversationAddress
        switch position.kind {
        case .broadcast: address = .broadcast
        case .group, .room:
            let kind: GroupKind = position.kind == .group ? .group : .room
            let group = try group(position.conversation, kind, "conversation", store)
            guard try store.membership(of: user.id, in: group.id) != nil else {
                throw .group(.notMembers([user.username.text], group.id))
            }
            address = .of(group.id, kind)
        case .single:
            guard let name = Username(position.conversation) else {
                throw .invalid(field: "conversation", .illegal(value: position.conversation))
            }
            address = .between(user.username, try known(name.text, store)?.username ?? name)
        }
        try flush(address, store)
        let conversation = try talk(address, store).conversation
        let delivered = min(position.delivered, conversation.lastMessage)
        let read = min(position.read, conversation.lastMessage)
        let wanted = Position(
            visibleAfter: min(position.visibleAfter, conversation.lastMessage),
            delivered: delivered,
            deliveredSequence: try store.lastQueued(in: conversation.id, through: delivered)?.sequence ?? 0,
            hiddenThrough: min(position.hiddenThrough, conversation.lastMessage),
            read: (read, try store.lastQueued(in: conversation.id, through: read)?.sequence ?? 0)
        )
        let isThere = try store.position(of: user.id, in: conversation.id) == wanted
        if !isThere { try store.setPosition(wanted, of: user.id, in: conversation.id) }
        return isThere ? .existing : .created
    }

    /// Writes what the lines have in common; to be called behind the last of them.
    public mutating func finish(in store: any Writer) throws(Failure) {
        for address in talks.keys { try flush(address, store) }
    }

    private mutating func flush(_ address: ConversationAddress, _ store: any Writer) throws(Failure) {
        guard var talk = talks[address], let newest = talk.newest else { return }
        talk.newest = nil
        talk.conversation = try store.advance(address, to: newest.id, sent: newest.sent, isQueued: false)
        talks[address] = talk
    }
}
