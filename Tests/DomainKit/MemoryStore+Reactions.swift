// The repositories of reactions and of bound devices, in memory.

import Domain

extension Tables {
    /// A reaction with those who put it there, by user: their places.
    struct ReactionRow {
        let message: MessageKey
        let sign: String
        let created: Timestamp
        var modified: Timestamp
        var users: [UserID: Int64] = [:]
    }

    /// The cascades and triggers of the schema when a user goes.
    mutating func removeFromReactions(_ user: UserID) {
        for id in reactions.keys { reactions[id]?.users[user] = nil }
        reactions = reactions.filter { !$0.value.users.isEmpty }
    }
}

extension MemoryStore {
    private func reaction(_ id: ReactionID, _ row: Tables.ReactionRow) -> Reaction {
        Reaction(
            id: id,
            message: row.message.id,
            sign: row.sign,
            created: row.created,
            modified: row.modified,
            count: row.users.count
        )
    }

    func reactions(to message: MessageID) -> [Reaction] {
        let key = Tables.MessageKey(application: application, id: message)
        return tables.reactions.filter { $0.value.message == key }.sorted { $0.key < $1.key }
            .map { reaction($0.key, $0.value) }
    }

    func reaction(_ sign: String, to message: MessageID) -> Reaction? {
        reactions(to: message).first { $0.sign.utf8.elementsEqual(sign.utf8) }
    }

    private func row(_ id: ReactionID) -> Tables.ReactionRow? {
        guard let row = tables.reactions[id], row.message.application == application else { return nil }
        return row
    }

    func users(of reaction: ReactionID, after place: Int64?, limit: Int) -> [ReactionUser] {
        let users = (row(reaction)?.users ?? [:]).filter { $0.value > place ?? 0 }
        return users.sorted { $0.value < $1.value }.prefix(limit).map { user, place in
            ReactionUser(user: user, name: self.user(user)?.username.text ?? "", place: place)
        }
    }

    func hasReacted(_ user: UserID, with reaction: ReactionID) -> Bool {
        row(reaction)?.users[user] != nil
    }

    func react(
        _ user: UserID,
        with sign: String,
        to message: MessageID,
        at now: Timestamp
    ) throws(Failure) {
        let key = Tables.MessageKey(application: application, id: message)
        guard tables.messages[key] != nil else { throw .notFound(.message, id: message.text) }
        guard self.user(user) != nil else { throw .notFound(.user, id: "") }
        let id: ReactionID
        if let known = reaction(sign, to: message) {
            id = known.id
        } else {
            id = ReactionID(rawValue: database.tables.nextKey())
            database.tables.reactions[id] = Tables.ReactionRow(
                message: key,
                sign: sign,
                created: now,
                modified: now
            )
        }
        guard !hasReacted(user, with: id) else { return }
        // Before the row is written to: the sequence is in the same tables.
        let place = nextID(at: now)
        database.tables.reactions[id]?.users[user] = place
        database.tables.reactions[id]?.modified = now
    }

    func unreact(_ user: UserID, with sign: String, to message: MessageID) -> Bool {
        guard let id = reaction(sign, to: message)?.id, hasReacted(user, with: id) else { return false }
        database.tables.reactions[id]?.users[user] = nil
        if row(id)?.users.isEmpty == true { database.tables.reactions[id] = nil }
        return true
    }

    // MARK: Bound devices

    func pushBindings(of user: UserID) -> [PushBinding] {
        guard self.user(user) != nil else { return [] }
        return (tables.pushBindings[user] ?? [:]).sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map(\.value)
    }

    func setPushBinding(_ binding: PushBinding, of user: UserID) {
        guard self.user(user) != nil else { return }
        database.tables.pushBindings[user, default: [:]][Array(binding.device.utf8)] = binding
    }

    func deletePushBinding(of device: String, of user: UserID) {
        guard self.user(user) != nil else { return }
        database.tables.pushBindings[user]?[Array(device.utf8)] = nil
    }
}
