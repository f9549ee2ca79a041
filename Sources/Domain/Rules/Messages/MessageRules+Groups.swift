// Sending to groups, rooms and everybody: one stored message, however many receive it.

extension MessageRules {
    /// Sends to a group or a room.
    ///
    /// - Throws: `.forbidden(.permission(.send))` for a caller who may not speak there, whatever sender it names.
    public static func send(
        _ draft: MessageDraft,
        from sender: MessageSender,
        to group: Group,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageOutcome {
        try send(draft, from: sender, in: .of(group.id, group.kind), of: group, by: caller, at: now, store)
    }

    /// Says something in a thread, under the rules of its group.
    ///
    /// - Throws: as for the group.
    public static func send(
        _ draft: MessageDraft,
        from sender: MessageSender,
        to thread: ChatThread,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageOutcome {
        guard let group = try store.group(thread.group) else { return .refused(.absent) }
        return try send(draft, from: sender, in: thread.address, of: group, by: caller, at: now, store)
    }

    private static func send(
        _ draft: MessageDraft,
        from sender: MessageSender,
        in address: ConversationAddress,
        of group: Group,
        by caller: Caller,
        at now: Timestamp,
        _ store: any Writer
    ) throws(Failure) -> MessageOutcome {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.send)
        if let refusal = try refusal(of: sender, in: group, authority, at: now, store) {
            return .refused(refusal)
        }
        return .sent(try post(draft, from: sender, in: address, at: now, store))
    }

    /// Sends to some members of a group or room; nobody else sees it there.
    ///
    /// It stands beside the queue, and waits for each of the members named where it is to be queued. One that shall be live
    /// is archived: whom it is for is kept with it. Sent again under its client's name to the same members, it is the same
    /// message.
    ///
    /// - Parameter members: names, of which those that are no member's count for nothing.
    /// - Throws: `.forbidden(.permission(.send))`.
    public static func send(
        _ draft: MessageDraft,
        from sender: MessageSender,
        to group: Group,
        members: [String],
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageOutcome {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.send)
        if let refusal = try refusal(of: sender, in: group, authority, at: now, store) {
            return .refused(refusal)
        }
        var recipients: [UserID] = []
        for name in members {
            guard let username = Username(name), let user = try store.user(named: username),
                try store.membership(of: user.id, in: group.id) != nil, !recipients.contains(user.id)
            else { continue }
            recipients.append(user.id)
        }
        guard !recipients.isEmpty else { return .refused(.noRecipient) }
        let address = ConversationAddress.of(group.id, group.kind)
        if let known = try repeated(draft, from: sender, in: address, to: recipients, store) {
            return .sent(known)
        }
        let draft = try InquiryRules.moderated(draft, from: sender, in: address, store)
        let id = MessageID(rawValue: try store.nextID(at: now))
        let conversation = try store.advance(address, to: id, sent: id.time(at: now), isQueued: false)
        let message = message(
            id,
            id.time(at: now),
            draft,
            from: sender,
            in: conversation,
            returnsToSender: draft.returnsToSender,
            isDirected: true
        )
        try store.insert(message)
        try note(draft.clientName, of: message, store)
        for user in recipients {
            let isRefused = try RefusalRules.isRefused(message, by: user, in: store)
            try store.insertRecipients([user], of: id, isQueued: draft.retention == .queued && !isRefused)
        }
        try announce(message, named: draft.clientName, store)
        return .sent(id)
    }

    /// Sends to all users of the application, those of later excepted, as one message.
    ///
    /// A sender who has no position among the broadcasts yet gets one later that leaves out its own.
    public static func broadcast(
        _ draft: MessageDraft,
        from sender: MessageSender,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageID {
        try post(draft, from: sender, in: .broadcast, at: now, store)
    }

    /// Sends to every room that isn't disabled: one message a room, whatever the number of members.
    ///
    /// - Returns: an id that is above those of the messages.
    /// - Throws: `.forbidden(.permission(.send))` where the caller may not speak in one of them.
    public static func broadcastToRooms(
        _ draft: MessageDraft,
        from sender: MessageSender,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> MessageID {
        var last: GroupID?
        while true {
            let rooms = try store.groups(.room, before: last, limit: 100)
            for room in rooms {
                let authority = try GroupAuthority(caller, room, store)
                try authority.require(.send)
                guard try refusal(of: sender, in: room, authority, at: now, store) == nil else { continue }
                _ = try post(draft, from: sender, in: .of(room.id, room.kind), at: now, store)
            }
            last = rooms.last?.id
            if rooms.count < 100 { return MessageID(rawValue: try store.nextID(at: now)) }
        }
    }

    /// One message to a conversation of many, the same one where it is sent again under its client's name.
    private static func post(
        _ draft: MessageDraft,
        from sender: MessageSender,
        in address: ConversationAddress,
        at now: Timestamp,
        _ store: any Writer
    ) throws(Failure) -> MessageID {
        if let known = try repeated(draft, from: sender, in: address, store) { return known }
        let draft = try InquiryRules.moderated(draft, from: sender, in: address, store)
        if draft.retention == .live {
            return try sendLive(draft, from: sender, in: address, draft.returnsToSender, at: now, store)
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
            returnsToSender: draft.returnsToSender
        )
        try store.insert(message)
        try note(draft.clientName, of: message, store)
        if let user = sender.user {
            try follow(own: id, draft, by: user, in: conversation, joining: false, store)
        }
        try announce(message, named: draft.clientName, store)
        return id
    }

    /// Why this sender can't speak in a group now; nil when it can.
    ///
    /// Whether the caller may speak for it was asked before: a backend speaks for whom it likes, for users who aren't members too.
    private static func refusal(
        of sender: MessageSender,
        in group: Group,
        _ authority: GroupAuthority,
        at now: Timestamp,
        _ store: any Reader
    ) throws(Failure) -> MessageRefusal? {
        if group.isDisabled { return .disabled }
        guard let user = sender.user else { return nil }
        if try store.isListed(user.id, .blocked, of: group.id, at: now) { return .blocked }
        if let expiry = try store.muteExpiry(of: user.id, in: group.id), expiry > now { return .muted }
        guard group.isMuted(at: now) else { return nil }
        let role = try authority.membership(of: user)?.role
        if role == .owner || role == .administrator { return nil }
        return try store.isListed(user.id, .allowed, of: group.id, at: now) ? nil : .groupMuted
    }
}
