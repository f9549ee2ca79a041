// The repository of what is too old, in memory.

import Domain

extension MemoryStore {
    func oldMessages(before moment: Timestamp, in conversation: ConversationID?, limit: Int) -> [OldMessage] {
        let old = tables.messages.filter { key, message in
            key.application == application && message.sent < moment
                && conversation.map { $0 == message.conversation } ?? true
        }
        return old.map(\.value).sorted { $0.id < $1.id }.prefix(limit).map {
            OldMessage(id: $0.id, conversation: $0.conversation, sequence: $0.sequence)
        }
    }

    func laggards(in conversation: ConversationID, behind id: MessageID, limit: Int) -> [UserID] {
        let behind = tables.positions.filter {
            $0.key.conversation == conversation && $0.value.delivered < id
        }
        return Array(behind.map(\.key.user).filter { user($0) != nil }.sorted().prefix(limit))
    }

    func deleteMessages(_ ids: [MessageID]) {
        let gone = Set(ids.map { Tables.MessageKey(application: application, id: $0) })
        database.tables.messages = tables.messages.filter { !gone.contains($0.key) }
        database.tables.recipients = tables.recipients.filter { !gone.contains($0.key.message) }
        database.tables.removals = tables.removals.filter { !gone.contains($0.message) }
        database.tables.recalls = tables.recalls.filter { !gone.contains($0.value.message) }
        database.tables.clientNames = tables.clientNames.filter { !gone.contains($0.value.message) }
    }

    func deleteFiles(sentBefore moment: Timestamp, limit: Int) -> Int {
        let old = tables.files.filter {
            $0.value.application == application && $0.value.file.created < moment
        }
        let gone = old.sorted { $0.value.file.created < $1.value.file.created }.prefix(limit)
        for (id, _) in gone { deleteFile(id) }
        return gone.count
    }

    func deleteNotices(before moment: Timestamp, limit: Int) -> Int {
        let end = MessageID.first(at: moment)
        var count = 0
        for user in users(after: nil, limit: .max) {
            for id in (tables.notices[user.id] ?? [:]).keys where id < end && count < limit {
                database.tables.notices[user.id]?[id] = nil
                count += 1
            }
        }
        return count
    }
}
