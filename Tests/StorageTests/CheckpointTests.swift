// The WAL: when it is folded back, and that it stays bounded.

import Domain
import DomainKit
import Foundation
import Testing

@testable import Storage

@Suite struct CheckpointTests {
    @Test func `A checkpoint is due at the bound, and after a partial one a step further`() throws {
        let store = try TemporaryDatabase()
        let connection = try store.database.file.open(.reader)
        var checkpoint = Checkpoint()
        #expect(checkpoint.due(walPages: Checkpoint.bound - 1, isIdle: false) == nil)
        #expect(checkpoint.due(walPages: Checkpoint.bound, isIdle: false) == .passive)
        _ = connection
    }

    @Test func `A fresh writer has nothing to fold back, a used one has`() {
        var checkpoint = Checkpoint()
        #expect(!checkpoint.wantsIdle)
        #expect(checkpoint.due(walPages: 0, isIdle: true) == nil)
        #expect(checkpoint.due(walPages: 1, isIdle: false) == nil)
        #expect(checkpoint.wantsIdle)
        #expect(checkpoint.due(walPages: 1, isIdle: true) == .truncate)
    }

    @Test func `The WAL stays bounded however much is written`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        for batch in 0..<60 {
            try store.write(app) { (writer) throws(Failure) in
                for index in 0..<200 { _ = try writer.insert(.sample("user\(batch)x\(index)"), at: start) }
            }
        }
        let wal = try FileManager.default.attributesOfItem(atPath: store.folder.path + "/parley.db-wal")
        let bytes = try #require(wal[.size] as? Int)
        #expect(bytes < 10_000_000)
        #expect(store.database.statistics.checkpoints > 0)
    }

    @Test func `An idle writer gives the WAL's space back`() throws {
        let store = try TemporaryDatabase { $0.idleMilliseconds = 1 }
        let app = try store.makeApplication().id
        try store.register("ann", in: app)
        let path = store.folder.path + "/parley.db-wal"
        // The writer does it by itself; this waits for the fact.
        while try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) > 0 { sched_yield() }
        try store.register("bob", in: app)
        #expect(store.database.statistics.checkpoints > 0)
    }
}
