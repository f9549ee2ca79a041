// Stored replies, in memory.

import Domain

extension MemoryDatabase {
    fileprivate func reply(_ key: IdempotencyKey, _ application: ApplicationID, since: Timestamp) -> StoredReply? {
        let found = tables.replies[Tables.ReplyKey(application: application, key: key)]
        return found.flatMap { $0.created >= since ? $0 : nil }
    }

    fileprivate func store(_ reply: StoredReply, _ key: IdempotencyKey, _ application: ApplicationID, since: Timestamp) {
        tables.replies[Tables.ReplyKey(application: application, key: key)] = reply
        tables.replies = tables.replies.filter { $0.value.created >= since }
    }
}

extension MemoryStore {
    func reply(to key: IdempotencyKey, since: Timestamp) -> StoredReply? {
        database.reply(key, application, since: since)
    }

    func store(_ reply: StoredReply, under key: IdempotencyKey, keepingSince since: Timestamp) {
        database.store(reply, key, application, since: since)
    }
}

extension MemoryAdministrationStore {
    private var place: ApplicationID { origin.application ?? ApplicationID(rawValue: 0) }

    func reply(to key: IdempotencyKey, since: Timestamp) -> StoredReply? {
        database.reply(key, ApplicationID(rawValue: 0), since: since)
    }

    func store(_ reply: StoredReply, under key: IdempotencyKey, keepingSince since: Timestamp) {
        database.store(reply, key, place, since: since)
    }
}
