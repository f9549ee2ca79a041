// Names that have changed, in memory: they are changed wherever they stand.

import Domain

extension Tables {
    struct KeptName {
        let user: UserID
        let expires: Timestamp
    }

    struct KeptNameKey: Hashable {
        let application: ApplicationID
        let name: Username
    }
}

extension ConversationAddress {
    /// The address with one name in place of another.
    fileprivate func replacing(_ old: Username, with new: Username) -> ConversationAddress {
        guard kind == .single, let names else { return self }
        let (first, second) = (Username(stored: names.first), Username(stored: names.second))
        return .between(first == old ? new : first, second == old ? new : second)
    }
}

extension MemoryStore {
    func isKept(_ name: Username, from user: UserID?, at now: Timestamp) -> Bool {
        guard let kept = tables.keptNames[.init(application: application, name: name)], kept.expires > now
        else { return false }
        return kept.user != user
    }

    func keptNameCount(of user: UserID, at now: Timestamp) -> Int {
        tables.keptNames.count {
            $0.key.application == application && $0.value.user == user && $0.value.expires > now
        }
    }

    func rename(_ user: User, to name: Username, keepingFormerUntil end: Timestamp) throws(Failure) {
        if let holder = self.user(named: name), holder.id != user.id {
            throw .conflict(.user, id: name.text)
        }
        guard let row = tables.users[user.id], row.application == application else { return }
        let old = row.user.username
        database.tables.users[user.id]?.user = User(
            id: row.user.id,
            uuid: row.user.uuid,
            username: name,
            created: row.user.created,
            modified: row.user.modified,
            isActivated: row.user.isActivated,
            tokenGeneration: row.user.tokenGeneration,
            nickname: row.user.nickname,
            push: row.user.push,
            profile: row.user.profile
        )
        replace(old, with: name)
        database.tables.keptNames[.init(application: application, name: name)] = nil
        if old != name {
            database.tables.keptNames[.init(application: application, name: old)] = .init(
                user: user.id,
                expires: end
            )
        }
    }

    private func replace(_ old: Username, with new: Username) {
        for id in tables.threads.keys { replaceOwner(of: id, old, with: new) }
        for (id, row) in tables.conversations where row.application == application {
            let conversation = row.conversation
            database.tables.conversations[id]?.conversation = Conversation(
                id: conversation.id,
                address: conversation.address.replacing(old, with: new),
                lastSequence: conversation.lastSequence,
                lastMessage: conversation.lastMessage,
                lastSent: conversation.lastSent
            )
        }
        for (key, message) in tables.messages where key.application == application {
            database.tables.messages[key] = message.renamed(
                sender: Username(stored: message.sender) == old ? new.text : message.sender,
                address: message.address.replacing(old, with: new)
            )
        }
        for (key, value) in tables.messageOptions where tables.users[key.user]?.application == application {
            let address = key.address.replacing(old, with: new)
            guard address != key.address else { continue }
            database.tables.messageOptions[key] = nil
            database.tables.messageOptions[.init(user: key.user, address: address)] = value
        }
        for (key, value) in tables.clientNames
        where value.message.application == application && key.sender == Array(old.text.utf8) {
            database.tables.clientNames[key] = nil
            database.tables.clientNames[
                .init(name: key.name, sender: Array(new.text.utf8), conversation: key.conversation)
            ] = value
        }
    }
}
