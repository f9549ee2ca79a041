// Rows of users that readers keep: what they may never do is to be older than what was acknowledged.

import CSQLite
import Domain
import DomainKit
import Synchronization
import Testing
import Threads

@testable import Storage

@Suite struct UserCacheTests {
    private static let ann = Username(stored: "ann")

    private static func ann(_ reader: ReaderConnection, _ app: ApplicationID) throws -> User? {
        try reader.read(app) { (reader) throws(Failure) in try reader.user(named: ann) }
    }

    @Test(arguments: [true, false])
    func `A user that nothing has changed is read from the file once`(keepsSnapshot: Bool) throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        reader.keepsSnapshot = keepsSnapshot
        defer { reader.close() }
        let first = try #require(try Self.ann(reader, app))
        for _ in 0..<3 { #expect(try Self.ann(reader, app) == first) }
        // Commits that leave the row alone, in its own table too.
        for name in ["bob", "cat"] {
            try store.register(name, in: app)
            #expect(try Self.ann(reader, app) == first)
        }
        #expect(reader.users?.hits == 5)
    }

    @Test func `Every change of a user is seen by the next read`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        reader.keepsSnapshot = true
        defer { reader.close() }
        let before = try #require(try Self.ann(reader, app))
        let changed = try store.write(app) { (writer) throws(Failure) in
            try UserRules.update("ann", at: start, in: writer) { $0.nickname = "Ann" }
        }
        #expect(try Self.ann(reader, app) == changed)
        try store.write(app) { (writer) throws(Failure) in try writer.delete(before.id) }
        #expect(try Self.ann(reader, app) == nil)
        try store.register("ann", in: app)
        let again = try #require(try Self.ann(reader, app))
        #expect(again.id != before.id)
    }

    @Test func `A change that is taken back leaves the row as it was`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        defer { reader.close() }
        let before = try Self.ann(reader, app)
        #expect(throws: Failure.noSuchRoute) {
            try store.write(app) { (writer) throws(Failure) -> Void in
                _ = try UserRules.update("ann", at: start, in: writer) { $0.nickname = "Ann" }
                throw .noSuchRoute
            }
        }
        #expect(try Self.ann(reader, app) == before)
    }

    @Test func `The writer reads a user once, sees its own changes, and forgets what was rolled back`() throws
    {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        func nickname() throws -> String? {
            try store.write(app) { (writer) throws(Failure) in try writer.user(named: Self.ann)?.nickname }
        }
        #expect(try nickname() == nil)
        let seen = try store.write(app) { (writer) throws(Failure) -> String? in
            _ = try UserRules.update("ann", at: start, in: writer) { $0.nickname = "Ann" }
            return try writer.user(named: Self.ann)?.nickname
        }
        #expect(seen == "Ann")
        #expect(throws: Failure.noSuchRoute) {
            try store.write(app) { (writer) throws(Failure) -> Void in
                _ = try UserRules.update("ann", at: start, in: writer) { $0.nickname = "Anna" }
                _ = try writer.user(named: Self.ann)
                throw .noSuchRoute
            }
        }
        #expect(try nickname() == "Ann")
        let hits = try store.write(app) { (writer) throws(Failure) -> Int in
            let users = (writer as? SQLiteWriter)?.connection.users
            let before = users?.hits ?? 0
            for _ in 0..<3 { _ = try writer.user(named: Self.ann) }
            return ((writer as? SQLiteWriter)?.connection.users.hits ?? 0) - before
        }
        #expect(hits >= 2)
        try store.write(app) { (writer) throws(Failure) in
            guard let user = try writer.user(named: Self.ann) else { return }
            try writer.delete(user.id)
        }
        #expect(try store.write(app) { (writer) throws(Failure) in try writer.user(named: Self.ann) } == nil)
    }

    @Test func `A user that goes with its application isn't found any more`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        defer { reader.close() }
        #expect(try Self.ann(reader, app) != nil)
        try store.administer { (writer) throws(Failure) in try writer.deleteApplication(app) }
        #expect(try Self.ann(reader, app) == nil)
    }

    @Test func `A user of another application is never what a name finds`() throws {
        let store = try TemporaryDatabase()
        let (app, other) = (try store.makeApplication().id, try store.makeApplication("other").id)
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        defer { reader.close() }
        #expect(try Self.ann(reader, app) != nil)
        #expect(try Self.ann(reader, other) == nil)
        try store.register("ann", in: other)
        #expect(try Self.ann(reader, other)?.uuid != Self.ann(reader, app)?.uuid)
    }

    @Test func `What a cached user and the rows beside it show is one snapshot`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        defer { reader.close() }
        #expect(try Self.ann(reader, app) != nil)
        let seen = try reader.read(app) { (reader) throws(Failure) in
            let user = try reader.user(named: Self.ann)
            try store.write(app) { (writer) throws(Failure) in
                if let user { try writer.delete(user.id) }
            }
            return (user != nil, try reader.users(after: nil, limit: 10).count)
        }
        #expect(seen == (true, 1))
        #expect(try Self.ann(reader, app) == nil)
    }

    @Test func `Readers beside a writer never see less than was acknowledged before they began`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let acknowledged = Acknowledged()
        let threads = try (0..<2).map { _ in
            let reader = try store.database.makeReader()
            reader.keepsSnapshot = true
            let bound = Handed(reader)
            return try NamedThread.start(name: "reader") {
                let reader = bound.reader
                defer { reader.close() }
                while !acknowledged.isOver.load(ordering: .acquiring) {
                    let least = acknowledged.generation.load(ordering: .acquiring)
                    let user = try? reader.read(app) { (reader) throws(Failure) in
                        try reader.user(named: Self.ann)
                    }
                    guard let user, user.tokenGeneration >= least else {
                        acknowledged.stale.add(1, ordering: .relaxed)
                        continue
                    }
                    acknowledged.reads.add(1, ordering: .relaxed)
                }
            }
        }
        for generation in 1...200 {
            _ = try store.write(app) { (writer) throws(Failure) in
                try UserRules.update("ann", at: start, in: writer) { $0.tokenGeneration = generation }
            }
            acknowledged.generation.store(generation, ordering: .releasing)
        }
        acknowledged.isOver.store(true, ordering: .releasing)
        for thread in threads { thread.join() }
        #expect(acknowledged.stale.load(ordering: .acquiring) == 0)
    }

    @Test func `Registrations leave what is kept alone`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let reader = try store.database.makeReader()
        defer { reader.close() }
        #expect(try Self.ann(reader, app) != nil)
        // Each place of the table of changes is some new user's.
        try store.write(app) { (writer) throws(Failure) in
            for number in 0..<4200 { _ = try writer.insert(.sample("user\(number)"), at: start) }
        }
        #expect(try Self.ann(reader, app) != nil)
        #expect(reader.users?.hits == 1)
    }

    @Test func `A user with long texts is read each time`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        _ = try store.write(app) { (writer) throws(Failure) in
            try UserRules.update("ann", at: start, in: writer) {
                $0.profile.extra = String(repeating: "x", count: 1000)
            }
        }
        let reader = try store.database.makeReader()
        defer { reader.close() }
        for _ in 0..<2 { #expect(try Self.ann(reader, app)?.profile.extra.count == 1000) }
        #expect(reader.users?.count == 0)
    }

    @Test func `A cache holds two generations and no more, and forgets what isn't asked for`() {
        let changes = UserChanges()
        var cache = UserCache(changes, maximum: 4)
        let app = ApplicationID(rawValue: 1)
        for id in 1...20 {
            cache.keep(.sample(Int64(id)), app, named: "u\(id)", seen: 0)
            #expect(cache.user(app, named: "u1") != nil)
            #expect(cache.count <= 8)
        }
        #expect(cache.user(app, named: "u2") == nil)
        #expect(cache.user(app, named: "u20") != nil)
    }

    @Test func `A row is good until a commit after its snapshot changed it, or a neighbour in its place`() {
        let changes = UserChanges()
        var cache = UserCache(changes)
        let app = ApplicationID(rawValue: 1)
        cache.keep(.sample(7), app, named: "ann", seen: 3)
        changes.note([UserID(rawValue: 8)], by: 4)
        #expect(cache.user(app, named: "ann") != nil)
        changes.note([UserID(rawValue: 7)], by: 3)
        #expect(cache.user(app, named: "ann") != nil)
        changes.note([UserID(rawValue: 7 + 4096)], by: 4)
        #expect(cache.user(app, named: "ann") == nil)
    }
}

private final class Acknowledged: Sendable {
    let generation = Atomic(0), stale = Atomic(0), reads = Atomic(0)
    let isOver = Atomic(false)
}

/// A reader on its way to the one thread that uses it.
private struct Handed: @unchecked Sendable {
    let reader: ReaderConnection

    init(_ reader: sending ReaderConnection) { self.reader = reader }
}

extension User {
    fileprivate static func sample(_ id: Int64) -> User {
        User(
            id: UserID(rawValue: id),
            uuid: UUID(high: 0, low: UInt64(id)),
            username: Username(stored: "u\(id)"),
            created: start,
            modified: start,
            isActivated: true,
            tokenGeneration: 0,
            nickname: nil,
            push: PushSettings()
        )
    }
}
