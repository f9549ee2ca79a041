// A full disk: writes are refused, reads go on, and writes resume when there is room.

import CFaultyDisk
import Domain
import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct FullDiskTests: OnFaultyDisk {
    let disk: FaultyDisk
    let store: TemporaryDatabase
    let app: ApplicationID

    init() throws {
        let disk = try FaultyDisk()
        self.disk = disk
        store = try TemporaryDatabase(with: disk) { $0.vfsName = disk.name }
        app = try store.makeApplication().id
    }

    @Test func `A full disk refuses writes, serves reads, and takes writes when there is room`() throws {
        try store.register("before", in: app)
        for room in [0, 3000, 5000] {
            faulty_disk_limit_writes(disk.disk, room)
            let answers = submit(["ann\(room)"])
            #expect(reference(answers[0].wait()) != nil)
            #expect(try names() == ["before"])
        }
        #expect(Set(store.told.incidents.withLock { $0.map(\.code) }) == [13])  // SQLITE_FULL
        faulty_disk_limit_writes(disk.disk, -1)
        try store.register("after", in: app)
        #expect(try names() == ["before", "after"])
        try reopened(expecting: ["before", "after"])
    }

    @Test func `A disk that fills at any point of a batch keeps what was acknowledged`() throws {
        var acknowledged: [String] = []
        for step in 0..<30 {
            faulty_disk_limit_writes(disk.disk, step * 2500)
            let answers = submit((0..<20).map { "user\(step)x\($0)" })
            for (index, answer) in answers.enumerated() {
                if case .success = answer.wait() { acknowledged.append("user\(step)x\(index)") }
            }
        }
        #expect(try names() == acknowledged)
        faulty_disk_limit_writes(disk.disk, -1)
        try store.register("after", in: app)
        try reopened(expecting: acknowledged + ["after"])
    }

    @Test func `When SQLite undoes a whole batch in the middle, all of it is told so and nothing slips out`()
        throws
    {
        let ann = try store.register("ann", in: app).id
        let gate = Gate(store.database, app)
        let (first, last) = (submit(["first"])[0], Answer<Int>())
        let big = Answer<Int>()
        let value = String(repeating: "x", count: 100_000)
        _ = store.database.write(
            app,
            by: .test,
            { (writer) throws(Failure) in
                // More than the page cache: SQLite has to write before the commit. Failures are ignored.
                for key in 0..<100 {
                    try? writer.setMetadata(MetadataEntry(key: "\(key)", value: value), of: ann)
                }
                return 0
            },
            completion: { big.give($0) }
        )
        _ = store.database.write(
            app,
            by: .test,
            { (writer) throws(Failure) in try writer.contactCount(of: ann) },
            completion: { last.give($0) }
        )
        faulty_disk_limit_writes(disk.disk, 1_000_000)
        gate.open()
        let shared = try #require(reference(first.wait()))
        #expect(big.wait() == .failure(.storage(reference: shared)))
        #expect(last.wait() == .failure(.storage(reference: shared)))
        #expect(store.told.incidents.withLock { $0.map(\.operation) } == ["statement"])
        faulty_disk_limit_writes(disk.disk, -1)
        try store.register("after", in: app)
        let bytes = try store.read(app) { (reader) throws(Failure) in try reader.metadataBytes() }
        #expect(bytes == 0)
        try reopened(expecting: ["ann", "after"])
    }
}
