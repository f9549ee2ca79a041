// The repositories of messages, positions and history, in memory.

import Domain

extension Tables {
    struct ConversationRow {
        var application: ApplicationID
        var conversation: Conversation
    }

    struct MessageKey: Hashable {
        let application: ApplicationID
        let id: MessageID
    }

    struct PositionKey: Hashable {
        let user: UserID
        let conversation: ConversationID
    }

    /// A directed message and one of those it is for.
    struct RecipientKey: Hashable {
        let user: UserID
        let message: MessageKey
    }

    /// The schema's triggers: every group has a conversation, every member a position in it.
    mutating func followMemberships() {
        for (id, row) in groups {
            let address = ConversationAddress.of(id, row.kind)
            let known = conversations.values.first {
                $0.application == row.application && $0.conversation.address == address
            }
            let conversation = known?.conversation ?? addConversation(address, row.application)
            for user in row.members.keys {
                let key = PositionKey(user: user, conversation: conversation.id)
                if positions[key] == nil { positions[key] = Position(atEndOf: conversation) }
            }
        }
        positions = positions.filter { key, _ in
            guard let address = conversations[key.conversation]?.conversation.address,
                address.kind == .group || address.kind == .room
            else { return true }
            return isFollowed(address, by: key.user)
        }
    }

    private func isFollowed(_ address: ConversationAddress, by user: UserID) -> Bool {
        GroupID(address.key).flatMap { groups[$0] }?.members[user] != nil
            || ThreadID(address.key).flatMap { threads[$0] }?.members[user] != nil
    }

    mutating func addConversation(
        _ address: ConversationAddress,
        _ application: ApplicationID
    ) -> Conversation {
        let conversation = Conversation(
            id: ConversationID(rawValue: nextKey()),
            address: address,
            lastSequence: 0,
            lastMessage: .none,
            lastSent: nil
        )
        conversations[conversation.id] = ConversationRow(application: application, conversation: conversation)
        return conversation
    }

    /// The schema's cascades when a user is deleted.
    mutating func removeFromMessages(_ user: UserID) {
        positions = positions.filter { $0.key.user != user }
        recipients = recipients.filter { $0.key.user != user }
        removals = removals.filter { $0.user != user }
        messageOptions = messageOptions.filter { $0.key.user != user }
        refusedStretches[user] = nil
    }

    /// The schema's cascades when an application is deleted.
    mutating func removeMessages(of application: ApplicationID) {
        conversations = conversations.filter { $0.value.application != application }
        messages = messages.filter { $0.key.application != application }
        recalls = recalls.filter { $0.key.application != application }
        reactions = reactions.filter { $0.value.message.application != application }
        recipients = recipients.filter { $0.key.message.application != application }
        removals = removals.filter { $0.message.application != application }
        operations = operations.filter { $0.key.application != application }
        clientNames = clientNames.filter { $0.value.message.application != application }
        positions = positions.filter { conversations[$0.key.conversation] != nil }
    }
}

extension MemoryStore {
    private func key(_ id: MessageID) -> Tables.MessageKey {
        Tables.MessageKey(application: application, id: id)
    }

    private func own(_ user: UserID) -> Bool { tables.users[user]?.application == application }

    func conversation(_ id: ConversationID) -> Conversation? {
        guard let row = tables.conversations[id], row.application == application else { return nil }
        return row.conversation
    }

    // MARK: Messages

    func message(_ id: MessageID) -> Message? { tables.messages[key(id)] }

    func conversation(_ address: ConversationAddress) -> Conversation? {
        tables.conversations.values.first {
            $0.application == application && $0.conversation.address == address
        }?.conversation
    }

    func isRecipient(_ user: UserID, of message: MessageID) -> Bool {
        tables.recipients[Tables.RecipientKey(user: user, message: key(message))] != nil
    }

    func recipients(of message: MessageID) -> [UserID] {
        let users = tables.recipients.keys.filter { $0.message == key(message) }.map(\.user)
        return users.sorted { $0.rawValue < $1.rawValue }
    }

    func advance(
        _ address: ConversationAddress,
        to message: MessageID,
        sent: Timestamp?,
        isQueued: Bool
    ) throws(Failure) -> Conversation {
        guard tables.applications[application] != nil else { throw .notFound(.application, id: "") }
        let known = conversation(address) ?? database.tables.addConversation(address, application)
        let advanced = Conversation(
            id: known.id,
            address: known.address,
            lastSequence: known.lastSequence + (isQueued ? 1 : 0),
            lastMessage: max(known.lastMessage, message),
            lastSent: message > known.lastMessage ? sent : known.lastSent
        )
        database.tables.conversations[known.id]?.conversation = advanced
        return advanced
    }

    func insert(_ message: Message) {
        database.tables.messages[key(message.id)] = message
        database.tables.countedMessages.append(
            Tables.CountedMessage(application: application, sent: message.sent)
        )
    }

    func update(_ message: Message) {
        guard var row = tables.messages[key(message.id)] else { return }
        row.content = message.content
        row.isRecalled = message.isRecalled
        row.edits = message.edits
        database.tables.messages[key(message.id)] = row
    }

    func insertRecipients(_ users: [UserID], of message: MessageID, isQueued: Bool) {
        for user in users where own(user) {
            let recipient = Tables.RecipientKey(user: user, message: key(message))
            guard tables.recipients[recipient] == nil else { continue }
            database.tables.recipients[recipient] = (isQueued, isDelivered: false)
        }
    }

    func earlierMessageID(at moment: Timestamp, now: Timestamp) -> MessageID {
        var first = max(MessageID.first(at: moment).rawValue, 1)
        while first <= tables.ids.last {
            let end = min(first | 4095, tables.ids.last)
            let used = tables.messages.keys.filter {
                $0.application == application && (first...end).contains($0.id.rawValue)
            }
            guard let last = used.map(\.id.rawValue).max() else { return MessageID(rawValue: first) }
            if last < end { return MessageID(rawValue: last + 1) }
            first = first | 4095 + 1
        }
        return MessageID(rawValue: nextID(at: now))
    }

    // MARK: Positions

    func position(of user: UserID, in conversation: ConversationID) -> Position? {
        guard own(user) else { return nil }
        return tables.positions[Tables.PositionKey(user: user, conversation: conversation)]
    }

    func conversations(of user: UserID) -> [FollowedConversation] {
        guard own(user) else { return [] }
        let followed = tables.positions.compactMap { key, position -> FollowedConversation? in
            key.user == user ? conversation(key.conversation).map { FollowedConversation($0, position) } : nil
        }
        return followed.sorted { $0.conversation.id < $1.conversation.id }
    }

    func waitingConversations(of user: UserID) -> [FollowedConversation] {
        conversations(of: user).filter { $0.waiting > 0 }
    }

    func listedConversations(of user: UserID, before message: MessageID, limit: Int) -> [FollowedConversation]
    {
        let listed = conversations(of: user).filter { followed in
            let (conversation, position) = (followed.conversation, followed.position)
            return [.single, .group].contains(conversation.address.kind) && conversation.lastMessage < message
                && conversation.lastMessage > max(position.visibleAfter, position.hiddenThrough)
        }
        return Array(
            listed.sorted { $0.conversation.lastMessage > $1.conversation.lastMessage }.prefix(limit)
        )
    }

    func lastQueued(
        in conversation: ConversationID,
        through id: MessageID
    ) -> (id: MessageID, sequence: Int64)? {
        let last = sorted(MessageRange()).last {
            $0.conversation == conversation && $0.id <= id && $0.sequence != nil
        }
        return last.map { ($0.id, $0.sequence ?? 0) }
    }

    func ownCount(
        of sender: String,
        in conversation: ConversationID,
        after: MessageID,
        through: MessageID
    ) -> Int64 {
        let own = sorted(MessageRange(after: after)).filter {
            $0.conversation == conversation && $0.id <= through && $0.sequence != nil && $0.sender == sender
                && !$0.returnsToSender
        }
        return Int64(own.count)
    }

    private func queued(to user: UserID, isWaiting: Bool = true) -> [MessageID] {
        tables.recipients.filter {
            $0.key.user == user && $0.key.message.application == application && $0.value.isQueued
                && !(isWaiting && $0.value.isDelivered)
        }
        .map(\.key.message.id).sorted()
    }

    func waitingDirected(to user: UserID, after id: MessageID, limit: Int) -> [MessageID] {
        Array(queued(to: user).filter { $0 > id }.prefix(limit))
    }

    func queuedDirected(to user: UserID, after id: MessageID, limit: Int) -> [MessageID] {
        Array(queued(to: user, isWaiting: false).filter { $0 > id }.prefix(limit))
    }

    func waitingDirectedCount(to user: UserID) -> Int {
        queued(to: user).count { id in
            message(id).map { !$0.isRecalled && $0.isCounted } ?? false && !isRemoved(id, for: user)
        }
    }

    func uncountedCount(besides sender: String, in conversation: ConversationID, after: MessageID) -> Int64 {
        let uncounted = sorted(MessageRange(after: after)).filter {
            $0.conversation == conversation && $0.sequence != nil && ($0.isRecalled || !$0.isCounted)
                && ($0.sender != sender || $0.returnsToSender)
        }
        return Int64(uncounted.count)
    }

    func removedCounts(of user: User, after: MessageID) -> [ConversationID: Int64] {
        let removed = sorted(MessageRange(after: after)).filter { message in
            guard isRemoved(message.id, for: user.id), message.sequence != nil, message.isCounted,
                !message.isRecalled, let position = position(of: user.id, in: message.conversation)
            else { return false }
            return message.id > position.delivered
                && (message.sender != user.username.text || message.returnsToSender)
        }
        return Dictionary(grouping: removed, by: \.conversation).mapValues { Int64($0.count) }
    }

    func lastNews(for user: UserID) -> MessageID {
        let messages = tables.messages.keys.filter { $0.application == application }.map(\.id)
        let notices = self.user(user) == nil ? [] : Array((tables.notices[user] ?? [:]).keys)
        return (messages + notices).max() ?? .none
    }

    func isWaitingDirected(_ id: MessageID, to user: UserID) -> Bool { queued(to: user).contains(id) }

    func followers(of conversation: ConversationID, after user: UserID?, limit: Int) -> [Follower] {
        guard self.conversation(conversation) != nil else { return [] }
        let followers = tables.positions.compactMap { key, position -> Follower? in
            guard key.conversation == conversation, key.user.rawValue > user?.rawValue ?? 0 else {
                return nil
            }
            return Follower(user: key.user, visibleAfter: position.visibleAfter)
        }
        return Array(followers.sorted { $0.user.rawValue < $1.user.rawValue }.prefix(limit))
    }

    func setPosition(_ position: Position, of user: UserID, in conversation: ConversationID) {
        guard own(user), self.conversation(conversation) != nil else { return }
        let key = Tables.PositionKey(user: user, conversation: conversation)
        if position.delivered > tables.positions[key]?.delivered ?? .none {
            database.tables.positionTimes[key, default: Tables.PositionTimes()].delivered = MemoryDatabase.now
        }
        if let known = tables.positions[key], position.read > known.read {
            database.tables.positionTimes[key, default: Tables.PositionTimes()].readAt = MemoryDatabase.now
        }
        database.tables.positions[key] = position
    }

    func acknowledgeDirected(to user: UserID, through id: MessageID) {
        for message in queued(to: user) where message <= id {
            let recipient = Tables.RecipientKey(user: user, message: key(message))
            database.tables.recipients[recipient]?.isDelivered = true
            database.tables.directedTimes[recipient] = MemoryDatabase.now
        }
    }

    // MARK: History

    private func sorted(_ range: MessageRange) -> [Message] {
        tables.messages.filter {
            $0.key.application == application && range.after < $0.key.id && $0.key.id < range.before
        }
        .values.sorted { range.isDescending ? $0.id > $1.id : $0.id < $1.id }
    }

    func messageIDs(
        in conversation: ConversationID?,
        _ range: MessageRange,
        for audience: MessageAudience,
        limit: Int
    ) -> [MessageID] {
        let messages = sorted(range).filter { message in
            guard conversation == nil || message.conversation == conversation else { return false }
            switch audience {
            case .everyone: return true
            case .unrefusable where message.isRefusable: return false
            case .waiting(let sender), .unrefusable(let sender):
                return message.sequence != nil && (message.sender != sender || message.returnsToSender)
            }
        }
        return messages.prefix(limit).map(\.id)
    }

    func messages(_ range: MessageRange, sent span: TimeSpan, limit: Int) -> [Message] {
        Array(sorted(range).filter { span.contains($0.sent) }.prefix(limit))
    }

    private var ahead: [Message] {
        sorted(MessageRange()).filter {
            $0.id >= MessageID.first(at: Timestamp(milliseconds: $0.sent.milliseconds + 1))
        }
    }

    func aheadOfClock(_ span: TimeSpan) -> MessageRange? {
        let ahead = ahead.filter { span.contains($0.sent) }.map(\.id.rawValue)
        guard let first = ahead.first, let last = ahead.last else { return nil }
        return MessageRange(after: MessageID(rawValue: first - 1), before: MessageID(rawValue: last + 1))
    }

    func lastAheadOfClock(through time: ExactTime) -> MessageID? {
        let earlier = ahead.filter {
            $0.sent < time.moment || $0.sent == time.moment && $0.exactTime.place <= time.place
        }
        return earlier.max { ($0.sent, $0.id) < ($1.sent, $1.id) }?.id
    }

    func firstMessage(in conversation: ConversationID?, _ range: MessageRange, sent span: TimeSpan)
        -> MessageID?
    {
        sorted(range).first {
            (conversation == nil || $0.conversation == conversation) && span.contains($0.sent)
        }?.id
    }

    func candidateIDs(
        matching query: HistorySearch,
        in conversation: ConversationID?,
        _ range: MessageRange,
        limit: Int
    ) -> [MessageID] {
        let messages = sorted(range).filter { message in
            (conversation == nil || message.conversation == conversation)
                && message.content.text.map(query.matches) ?? false
        }
        return messages.prefix(limit).map(\.id)
    }

    func parts(
        _ range: MessageRange,
        sent span: TimeSpan,
        maximumMessages: Int,
        maximumBytes: Int
    ) -> [HistoryPart] {
        var parts: [HistoryPart] = []
        var (count, bytes) = (0, 0)
        for message in sorted(range) where span.contains(message.sent) {
            if parts.isEmpty || count >= maximumMessages || bytes >= maximumBytes {
                parts.append(HistoryPart(first: message.id, last: message.id))
                (count, bytes) = (0, 0)
            }
            parts[parts.count - 1] = HistoryPart(first: parts[parts.count - 1].first, last: message.id)
            count += 1
            bytes +=
                (message.content.text?.utf8.count ?? 0) + message.content.body.count
                + (message.content.ext?.count ?? 0)
        }
        return parts
    }
}
