// The contract of replies that are stored under a client's key.

import Domain

extension Contract {
    private static let key = IdempotencyKey(owner: "client:a", text: "k")

    private static func stored(_ status: Int = 200, at now: Timestamp = start) -> StoredReply {
        StoredReply(fingerprint: [1, 2], created: now, status: status, contentType: "a/b", body: [0, 255])
    }

    private static func put(_ reply: StoredReply, _ key: IdempotencyKey, _ id: ApplicationID, in store: some Store) throws {
        try store.write(id) { (writer) throws(Failure) in
            try writer.store(reply, under: key, keepingSince: ReplyRules.oldest(at: reply.created))
        }
    }

    static let replies: [ContractCase] = [
        ContractCase(promise: "A reply is found by its caller's key alone, and only in its application") { store in
            let application = try store.makeApplication()
            let other = try store.makeApplication("b")
            try put(stored(), key, application.id, in: store)
            let find = { (key: IdempotencyKey, id: ApplicationID) throws -> StoredReply? in
                try store.read(id) { (reader) throws(Failure) in try reader.reply(to: key, since: start) }
            }
            try expect(try find(key, application.id), is: stored())
            try expect(try find(key, other.id), is: nil)
            try expect(try find(IdempotencyKey(owner: "client:b", text: "k"), application.id), is: nil)
            try expect(try find(IdempotencyKey(owner: "client:a", text: "K"), application.id), is: nil)
        },
        ContractCase(promise: "A reply counts for a day; then another takes its place, and old ones go") { store in
            let application = try store.makeApplication()
            try put(stored(), key, application.id, in: store)
            let find = { (fingerprint: [UInt8], now: Timestamp) throws -> StoredReply? in
                try store.read(application.id) { (reader) throws(Failure) in
                    try ReplyRules.find(key, fingerprint: fingerprint, at: now, in: reader)
                }
            }
            try expect(try find([1, 2], later(86_400)), is: stored())
            try expect(.repetition(.otherRequest)) { try find([1, 3], start) }
            try expect(try find([1, 2], later(86_401)), is: nil)
            let next = stored(404, at: later(90_000))
            try put(next, key, application.id, in: store)
            try expect(try find([1, 2], later(90_000)), is: next)
        },
        ContractCase(promise: "A reply that is stored with a change that fails goes with it") { store in
            let application = try store.makeApplication()
            try expect(.noSuchRoute) {
                try store.write(application.id) { (writer) throws(Failure) in
                    try writer.store(stored(), under: key, keepingSince: start)
                    throw .noSuchRoute
                }
            }
            let found = try store.read(application.id) { (reader) throws(Failure) in
                try reader.reply(to: key, since: start)
            }
            try expect(found, is: nil)
        },
    ]
}
