// Snapshots, scans and their limits.

import CSQLite
import Domain
import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct ReaderTests {
    @Test func `One read is one snapshot, and the next one sees what was committed meanwhile`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let reader = try store.database.makeReader()
        let counts = try reader.read(app) { (reader) throws(Failure) in
            let before = try reader.users(after: nil, limit: 10).count
            _ = try store.write(app) { (writer) throws(Failure) in
                try writer.insert(.sample("ann"), at: start)
            }
            return (before, try reader.users(after: nil, limit: 10).count)
        }
        #expect(counts == (0, 0))
        #expect(
            try reader.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 10) }.count
                == 1
        )
        reader.close()
    }

    @Test func `A read that throws ends its snapshot`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let reader = try store.database.makeReader()
        #expect(throws: Failure.noSuchRoute) {
            try reader.read(app) { (reader) throws(Failure) -> Void in
                _ = try reader.users(after: nil, limit: 10)
                throw .noSuchRoute
            }
        }
        try store.register("ann", in: app)
        #expect(
            try reader.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 10) }.count
                == 1
        )
        reader.close()
    }

    @Test func `A kept snapshot serves reads until something is committed`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let reader = try store.database.makeReader()
        reader.keepsSnapshot = true
        defer { reader.close() }
        for (index, name) in ["ann", "bob"].enumerated() {
            for _ in 0..<2 { #expect(try Self.count(reader, app) == index) }
            try store.register(name, in: app)
        }
        #expect(try Self.count(reader, app) == 2)
    }

    @Test(arguments: [true, false])
    func `A kept snapshot pins the WAL until it is released`(isReleased: Bool) throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let reader = try store.database.makeReader()
        reader.keepsSnapshot = true
        defer { reader.close() }
        try store.register("ann", in: app)
        #expect(try Self.count(reader, app) == 1)
        if isReleased { reader.release() }
        // A second connection, with which to ask whether anybody is in the way of starting the WAL anew.
        let connection = try store.database.file.open(.writer)
        var (frames, copied): (Int32, Int32) = (0, 0)
        sqlite3_busy_timeout(connection.handle, 0)
        let code = sqlite3_wal_checkpoint_v2(
            connection.handle,
            nil,
            SQLITE_CHECKPOINT_TRUNCATE,
            &frames,
            &copied
        )
        #expect(code == (isReleased ? SQLITE_OK : SQLITE_BUSY))
    }

    private static func count(_ reader: ReaderConnection, _ app: ApplicationID) throws -> Int {
        try reader.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 10) }.count
    }

    @Test func `A reader's connection can't write`() throws {
        let store = try TemporaryDatabase()
        let connection = try store.database.file.open(.reader)
        #expect(throws: Failure.self) { try connection.run(Query("DELETE FROM organizations")) }
        let incident = try #require(store.told.incidents.withLock { $0.first })
        #expect(incident.code == 8)  // SQLITE_READONLY
    }

    @Test func `A scan reads on a thread of its own`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let count = try wait { done in
            store.database.scan(
                app,
                { (reader) throws(Failure) in try reader.users(after: nil, limit: 10).count },
                completion: done
            )
        }
        #expect(count == 1)
        let names = try wait { done in
            store.database.administer(
                scanning: { (reader) throws(Failure) in try reader.organizations().map(\.name) },
                completion: done
            )
        }
        #expect(names == ["org"])
    }

    @Test func `A scan that takes too long is told that the server is overloaded, and the thread goes on`()
        throws
    {
        let store = try TemporaryDatabase { $0.scanMilliseconds = 5 }
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let result = Result { () throws(Failure) in
            try wait { done in
                store.database.scan(
                    app,
                    { (reader) throws(Failure) -> Int in
                        // Ends by the limit alone.
                        while true { _ = try reader.users(after: nil, limit: 10) }
                    },
                    completion: done
                )
            }
        }
        #expect(result == .failure(.overloaded(retryAfterSeconds: 1)))
        let bytes = try wait { done in
            store.database.scan(
                app,
                { (reader) throws(Failure) in try reader.metadataBytes() },
                completion: done
            )
        }
        #expect(bytes == 0)
        #expect(store.told.incidents.withLock { $0 } == [])
    }

    @Test func `One statement that takes too long is interrupted`() throws {
        let store = try TemporaryDatabase()
        let connection = try store.database.file.open(.reader)
        connection.deadline = Connection.monotonicNanoseconds() + 5_000_000
        let endless = Query(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        )
        #expect(throws: Failure.overloaded(retryAfterSeconds: 1)) { try connection.run(endless) }
    }

    @Test func `A full queue of scans refuses`() throws {
        let store = try TemporaryDatabase { $0.scanCapacity = 1 }
        let app = try store.makeApplication().id
        let hold = Answer<Void>()
        let isReached = Answer<Void>()
        let first = Answer<Void>()
        let isFirstTaken = store.database.scan(
            app,
            { _ in
                isReached.give(.success(()))
                _ = hold.wait()
            },
            completion: { first.give($0) }
        )
        _ = isReached.wait()
        let second = Answer<Void>()
        let isSecondTaken = store.database.scan(app, { _ in }, completion: { second.give($0) })
        #expect(store.database.statistics.scanQueueDepth == 1)
        let isThirdTaken = store.database.scan(
            app,
            { _ in },
            completion: { _ in Issue.record("A refused scan ran.") }
        )
        #expect(isFirstTaken && isSecondTaken && !isThirdTaken)
        hold.give(.success(()))
        _ = first.wait()
        _ = second.wait()
    }

    @Test func `A reader outlives a checkpoint with its snapshot unchanged`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let reader = try store.database.makeReader()
        let counts = try reader.read(app) { (reader) throws(Failure) in
            let before = try reader.users(after: nil, limit: 2000).count
            // More than a checkpoint's worth of WAL.
            for batch in 0..<8 {
                try store.write(app) { (writer) throws(Failure) in
                    for index in 0..<200 {
                        _ = try writer.insert(.sample("user\(batch)x\(index)"), at: start)
                    }
                }
            }
            return (before, try reader.users(after: nil, limit: 2000).count)
        }
        #expect(counts == (0, 0))
        reader.close()
        #expect(
            try store.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 2000) }
                .count == 1600
        )
    }
}
