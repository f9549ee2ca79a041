// The repositories of counts, connections and receipts, in memory.

import Domain

extension Tables {
    /// When a position moved, and how far its user has read.
    struct PositionTimes {
        var delivered: Timestamp?
        var readAt: Timestamp?
    }

    struct ConnectionRow {
        let application: ApplicationID
        let user: UserID
        let number: Int64
        var connection: PastConnection
    }

    /// A message that was stored, whatever became of it.
    struct CountedMessage {
        let application: ApplicationID
        let sent: Timestamp
    }
}

extension MemoryStore {
    // MARK: Counts

    func counts() -> ApplicationCounts {
        ApplicationCounts(
            users: userCount(),
            groups: groupCount(.group),
            rooms: groupCount(.room),
            fileBytes: fileBytes()
        )
    }

    func messageCounts(by span: CountedSpan, from start: Timestamp) -> [SpanCount] {
        let counted = tables.countedMessages.filter {
            $0.application == application && $0.sent >= span.start(of: start)
        }
        return Dictionary(grouping: counted) { span.start(of: $0.sent) }
            .map { SpanCount(start: $0.key, count: $0.value.count) }.sorted { $0.start < $1.start }
    }

    func groupNames(_ kind: GroupKind, before id: GroupID?, limit: Int) -> [(id: GroupID, name: String)] {
        groups(kind, before: id, limit: limit).map { ($0.id, $0.settings.name) }
    }

    // MARK: Connections

    func connections(of user: UserID, since start: Timestamp, before id: ConnectionID?, limit: Int)
        -> [PastConnection]
    {
        let own = tables.connections.filter { $0.application == application && $0.user == user }
        let found = own.map(\.connection).filter {
            $0.opened >= start && $0.id.rawValue < id?.rawValue ?? .max
        }
        return Array(found.sorted { $0.id > $1.id }.prefix(limit))
    }

    func insert(_ connection: NewConnection) {
        guard user(connection.user) != nil else { return }
        let past = PastConnection(
            id: ConnectionID(rawValue: database.tables.nextKey()),
            opened: connection.opened,
            end: nil,
            address: connection.address,
            platform: connection.platform
        )
        database.tables.connections.append(
            Tables.ConnectionRow(
                application: application,
                user: connection.user,
                number: connection.number,
                connection: past
            )
        )
    }

    func end(_ number: Int64, of user: UserID, _ end: PastConnection.End) {
        let index = tables.connections.firstIndex {
            $0.application == application && $0.user == user && $0.number == number
                && $0.connection.end == nil
        }
        guard let index else { return }
        database.tables.connections[index].connection.end(end)
    }

    func forgetConnections(before moment: Timestamp, limit: Int) -> Int {
        let old = tables.connections.filter {
            $0.application == application && $0.connection.opened < moment
        }
        let gone = Set(old.map(\.connection).sorted { $0.opened < $1.opened }.prefix(limit).map(\.id))
        database.tables.connections.removeAll { gone.contains($0.connection.id) }
        return gone.count
    }

    // MARK: Receipts

    private func receivers(of message: Message) -> [(user: User, delivered: Bool)] {
        var found: [(user: User, delivered: Bool)] = []
        if message.isDirected {
            for (key, value) in tables.recipients
            where key.message.id == message.id && key.message.application == application {
                if let user = user(key.user) { found.append((user, value.isDelivered)) }
            }
        } else {
            for (key, position) in tables.positions
            where key.conversation == message.conversation && position.visibleAfter < message.id {
                if let user = user(key.user) { found.append((user, position.delivered >= message.id)) }
            }
        }
        return found.filter { $0.user.username.key != message.sender.lowercased() }
            .sorted { $0.user.id < $1.user.id }
    }

    func receipts(of message: Message, after user: UserID?, limit: Int) -> [Receipt] {
        let rows = receivers(of: message).filter { $0.user.id.rawValue > user?.rawValue ?? 0 }
        return rows.prefix(limit).map { row in
            let key = Tables.PositionKey(user: row.user.id, conversation: message.conversation)
            let times = tables.positionTimes[key] ?? Tables.PositionTimes()
            let isRead = tables.positions[key]?.read ?? .none >= message.id
            let delivered =
                message.isDirected
                ? tables.directedTimes[
                    Tables.RecipientKey(user: row.user.id, message: messageKey(message.id))
                ]
                : times.delivered
            return Receipt(
                user: row.user.id,
                name: row.user.username.text,
                isDelivered: row.delivered,
                deliveredAt: row.delivered ? delivered : nil,
                isRead: isRead,
                readAt: isRead ? times.readAt : nil
            )
        }
    }

    func receiptCounts(of message: Message) -> ReceiptCounts {
        let all = receipts(of: message, after: nil, limit: .max)
        return ReceiptCounts(
            receivers: all.count,
            delivered: all.count(where: \.isDelivered),
            read: all.count(where: \.isRead)
        )
    }

    private func messageKey(_ id: MessageID) -> Tables.MessageKey {
        Tables.MessageKey(application: application, id: id)
    }
}

extension PastConnection {
    fileprivate mutating func end(_ end: End) {
        self = PastConnection(id: id, opened: opened, end: end, address: address, platform: platform)
    }
}
