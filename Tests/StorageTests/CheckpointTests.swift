// The WAL: when it is folded back, and that it stays bounded.

import Domain
import DomainKit
import Foundation
import Testing

@testable import Storage

@Suite struct CheckpointTests {
    @Test func `A checkpoint is due at the bound, and after a partial one a step further`() {
        var checkpoint = Checkpoint()
        let bound = Checkpoint.bound
        #expect(checkpoint.due(walPages: bound - 1, isIdle: false) == nil)
        #expect(checkpoint.due(walPages: bound + 5, isIdle: false) == .passive)
        #expect(checkpoint.note(.passive, frames: bound + 5, copied: 7) == .partial)
        #expect(checkpoint.due(walPages: bound + 4 + Checkpoint.step, isIdle: false) == nil)
        #expect(checkpoint.due(walPages: bound + 5 + Checkpoint.step, isIdle: false) == .passive)
        #expect(checkpoint.note(.passive, frames: bound + 300, copied: bound + 300) == .complete)
        // Started anew.
        #expect(checkpoint.due(walPages: 3, isIdle: false) == nil)
        #expect(checkpoint.due(walPages: bound, isIdle: false) == .passive)
    }

    @Test func `A WAL that is started anew has its full length again`() {
        var checkpoint = Checkpoint()
        _ = checkpoint.note(.passive, frames: 9000, copied: 0)
        #expect(checkpoint.due(walPages: 9001, isIdle: false) == nil)
        #expect(checkpoint.due(walPages: 10, isIdle: false) == nil)
        #expect(checkpoint.due(walPages: Checkpoint.bound, isIdle: false) == .passive)
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
        while try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) > 0 {
            sched_yield()
        }
        try store.register("bob", in: app)
        #expect(store.database.statistics.checkpoints > 0)
    }
}
