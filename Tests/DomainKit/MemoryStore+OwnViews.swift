// Users' removed messages and options, and the names of sending operations, in memory.

import Domain

extension Tables {
    struct OperationKey: Hashable {
        let application: ApplicationID
        /// Bytes, since Swift's strings are equal in spite of different normalisation.
        let name: [UInt8]
    }

    /// One sender's name of a message in one conversation.
    struct NameKey: Hashable {
        let name: [UInt8]
        let sender: [UInt8]
        let conversation: ConversationID
    }

    struct NameRow {
        let message: MessageKey
        let digest: Int64
    }

    struct OptionKey: Hashable {
        let user: UserID
        let address: ConversationAddress
    }
}

extension MemoryStore {
    private func removal(_ message: MessageID, _ user: UserID) -> Tables.RecipientKey {
        Tables.RecipientKey(user: user, message: Tables.MessageKey(application: application, id: message))
    }

    func isRemoved(_ message: MessageID, for user: UserID) -> Bool {
        tables.removals.contains(removal(message, user))
    }

    func remove(_ message: MessageID, for user: UserID) {
        guard self.message(message) != nil, self.user(user) != nil else { return }
        database.tables.removals.insert(removal(message, user))
    }

    private func operation(_ name: String) -> Tables.OperationKey {
        Tables.OperationKey(application: application, name: Array(name.utf8))
    }

    func message(sentBy operation: String) -> MessageID? {
        tables.operations[self.operation(operation)]?.message
    }

    func note(_ operation: String, sent message: MessageID, at now: Timestamp) {
        database.tables.operations[self.operation(operation)] = (message, now)
    }

    func forgetOperations(before moment: Timestamp, limit: Int) {
        let old = tables.operations.filter { $0.key.application == application && $0.value.noted < moment }
        for (key, _) in old.sorted(by: { $0.value.noted < $1.value.noted }).prefix(limit) {
            database.tables.operations[key] = nil
        }
    }

    func message(
        called name: String,
        by sender: String,
        in conversation: ConversationID?
    ) -> NamedMessage? {
        let named = tables.clientNames.filter { key, row in
            key.name == Array(name.utf8) && key.sender == Array(sender.utf8)
                && row.message.application == application
                && (conversation == nil || key.conversation == conversation)
        }
        let first = named.min { $0.key.conversation < $1.key.conversation }?.value
        return first.map { NamedMessage(id: $0.message.id, digest: $0.digest) }
    }

    func messages(called name: String, limit: Int) -> [MessageID] {
        let named = tables.clientNames.filter {
            $0.key.name == Array(name.utf8) && $0.value.message.application == application
        }
        return Array(named.map(\.value.message.id).sorted(by: >).prefix(limit))
    }

    func setClientName(_ name: String, of message: Message) {
        let key = Tables.NameKey(
            name: Array(name.utf8),
            sender: Array(message.sender.utf8),
            conversation: message.conversation
        )
        database.tables.clientNames[key] = Tables.NameRow(
            message: Tables.MessageKey(application: application, id: message.id),
            digest: message.content.digest
        )
    }

    func messageOption(of user: UserID, in address: ConversationAddress) -> UserProfile.MessageOption {
        guard self.user(user) != nil else { return .told }
        return tables.messageOptions[Tables.OptionKey(user: user, address: address)] ?? .told
    }

    func messageOptions(
        of user: UserID
    ) -> [(address: ConversationAddress, option: UserProfile.MessageOption)] {
        guard self.user(user) != nil else { return [] }
        let set = tables.messageOptions.filter { $0.key.user == user && $0.value != .told }
        let sorted = set.sorted { one, other in
            let (left, right) = (one.key.address, other.key.address)
            return (left.kind.rawValue, left.key) < (right.kind.rawValue, right.key)
        }
        return sorted.map { ($0.key.address, $0.value) }
    }

    func setMessageOption(
        _ option: UserProfile.MessageOption,
        of user: UserID,
        in address: ConversationAddress
    ) {
        guard self.user(user) != nil else { return }
        database.tables.messageOptions[Tables.OptionKey(user: user, address: address)] = option
    }
}
