// A disk that fails: what was acknowledged stays, what wasn't is told so, and service resumes.

import CFaultyDisk
import Domain
import DomainKit
import Foundation
import Testing

@testable import Storage

/// A disk that fails on demand.
private final class FaultyDisk {
    let name = "faulty-" + Foundation.UUID().uuidString
    let disk: OpaquePointer

    init() throws { disk = try #require(faulty_disk_make(name)) }

    deinit { faulty_disk_free(disk) }
}

@Suite struct FaultTests {
    private let disk: FaultyDisk
    private let store: TemporaryDatabase
    private let app: ApplicationID

    init() throws {
        let disk = try FaultyDisk()
        self.disk = disk
        store = try TemporaryDatabase(with: disk) { $0.vfsName = disk.name }
        app = try store.makeApplication().id
    }

    private func names() throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 100_000).map(\.username.text)
        }
    }

    /// Registers each name in a transaction of its own, with so much metadata.
    private func submit(_ names: [String], bytes: Int = 0) -> [Answer<User>] {
        let entry = MetadataEntry(key: "k", value: String(repeating: "x", count: bytes))
        return names.map { name in
            let answer = Answer<User>()
            let isTaken = store.database.write(
                app,
                { (writer) throws(Failure) in
                    let user = try writer.insert(.sample(name), at: start)
                    if bytes > 0 { try writer.setMetadata(entry, of: user.id) }
                    return user
                }, completion: { answer.give($0) })
            if !isTaken { answer.give(.failure(.noSuchRoute)) }
            return answer
        }
    }

    private func reference(_ result: Result<User, Failure>) -> String? {
        if case .failure(.storage(let reference)) = result { reference } else { nil }
    }

    @Test func `A failed fsync fails its whole batch, and the next batch is kept`() throws {
        try store.register("before", in: app)
        let gate = Gate(store.database, app)
        let answers = submit(["ann", "bob", "ann"])
        faulty_disk_fail_sync(disk.disk, 0)
        gate.open()
        let references = Set(answers.map { reference($0.wait()) })
        #expect(references.count == 1 && !references.contains(nil))

        let incidents = store.told.incidents.withLock { $0 }
        #expect(incidents.map(\.operation) == ["commit"])
        #expect(incidents.map(\.extendedCode) == [SQLiteCode.fsync])
        #expect(references == [incidents.first?.reference])
        #expect(store.database.statistics.reopenings == 0)
        #expect(try names() == ["before"])

        try store.register("after", in: app)
        #expect(store.database.statistics.reopenings == 1)
        #expect(try names() == ["before", "after"])
        try reopened(expecting: ["before", "after"])
    }

    @Test func `Many failed fsyncs in a row lose nothing that was acknowledged`() throws {
        var acknowledged: [String] = []
        for index in 0..<40 {
            if index % 3 == 1 { faulty_disk_fail_sync(disk.disk, 0) }
            let names = ["user\(index)a", "user\(index)b"]
            let gate = Gate(store.database, app)
            let answers = submit(names)
            gate.open()
            for (name, answer) in zip(names, answers) {
                if case .success = answer.wait() { acknowledged.append(name) }
            }
        }
        #expect(acknowledged.count > 40 && acknowledged.count < 80)
        #expect(try names() == acknowledged)
        try reopened(expecting: acknowledged)
    }

    @Test func `An fsync that fails anywhere, in a commit or a checkpoint, loses nothing that was acknowledged`() throws {
        var acknowledged: [String] = []
        for round in 0..<60 {
            faulty_disk_fail_sync(disk.disk, Int32(round % 7))
            let names = (0..<20).map { "user\(round)x\($0)" }
            let gate = Gate(store.database, app)
            let answers = submit(names, bytes: 30_000)
            gate.open()
            for (name, answer) in zip(names, answers) {
                if case .success = answer.wait() { acknowledged.append(name) }
            }
        }
        let incidents = Set(store.told.incidents.withLock { $0.map(\.operation) })
        #expect(incidents == ["commit", "checkpoint"])
        #expect(store.database.statistics.checkpoints > 2)
        #expect(try names() == acknowledged)
        try reopened(expecting: acknowledged)
    }

    @Test func `A failed batch announces nothing`() throws {
        let before = store.announced
        faulty_disk_fail_sync(disk.disk, 0)
        let result = Result { () throws(Failure) in
            try store.write(app) { (writer) throws(Failure) in
                _ = try writer.insert(.sample("ann"), at: start)
                writer.announce(.userSignedOut(UserID(rawValue: 1)))
            }
        }
        #expect(throws: Failure.self) { try result.get() }
        #expect(store.announced == before)
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

    @Test func `While the file can't be reopened, writes say so, and they resume by themselves`() throws {
        faulty_disk_fail_sync(disk.disk, 0)
        #expect(reference(submit(["ann"])[0].wait()) != nil)
        // The first read of the new connection.
        faulty_disk_fail_reads(disk.disk, 1)
        let second = submit(["bob"])[0].wait()
        if reference(second) != nil { #expect(try !names().contains("bob")) }
        try store.register("after", in: app)
        #expect(try names().last == "after")
    }

    @Test func `An unreadable page is a storage failure of that read only`() throws {
        try store.register("ann", in: app)
        store.close()
        let again = try TemporaryDatabase(in: store.folder, with: disk) { $0.vfsName = disk.name }
        faulty_disk_fail_reads(disk.disk, 1000)
        let result = Result { () throws(Failure) in
            try again.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 10).count }
        }
        faulty_disk_fail_reads(disk.disk, 0)
        let incident = try #require(again.told.incidents.withLock { $0.first })
        #expect(result == .failure(.storage(reference: incident.reference)))
        #expect(incident.code == 10)  // SQLITE_IOERR
        let count = try again.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 10).count }
        #expect(count == 1)
    }

    @Test func `An I/O error inside a job fails its batch or only itself, and the truth is told`() throws {
        // A cold cache, so that jobs read.
        try store.write(app) { (writer) throws(Failure) in
            for index in 0..<3000 { _ = try writer.insert(.sample("filler\(index)"), at: start) }
        }
        store.close()
        let again = try TemporaryDatabase(in: store.folder, with: disk) { $0.vfsName = disk.name }
        var kept: [String] = []
        for failing in 1...12 {
            let gate = Gate(again.database, app)
            let answers = (0..<4).map { index in
                let answer = Answer<User>()
                let name = "user\(failing)x\(index)"
                _ = again.database.write(
                    app,
                    { (writer) throws(Failure) in
                        _ = try writer.users(after: UserID(rawValue: Int64(failing * 200)), limit: 5)
                        return try writer.insert(.sample(name), at: start)
                    }, completion: { answer.give($0) })
                return answer
            }
            faulty_disk_fail_reads(disk.disk, Int32(failing % 4))
            gate.open()
            for (index, answer) in answers.enumerated() {
                if case .success = answer.wait() { kept.append("user\(failing)x\(index)") }
            }
            faulty_disk_fail_reads(disk.disk, 0)
        }
        let found = try again.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 100_000).map(\.username.text).filter { $0.hasPrefix("user") }
        }
        #expect(found == kept)
        #expect(again.database.check() == [])
    }

    @Test func `After a power cut every acknowledged row is there`() throws {
        let acknowledged = Order()
        let last = Answer<Void>()
        let database = store.database
        let app = app
        // Submitters that go on as soon as they are answered, until the disk is gone.
        @Sendable func goOn(_ name: String, _ index: Int) {
            _ = database.write(
                app, { (writer) throws(Failure) in try writer.insert(.sample("\(name)\(index)"), at: start) },
                completion: { result in
                    guard case .success = result else {
                        if name == "a" { last.give(.success(())) }
                        return
                    }
                    acknowledged.append("\(name)\(index)")
                    goOn(name, index + 1)
                })
        }
        for name in ["a", "b", "c", "d"] { goOn(name, 0) }
        // Fewer rows than make a checkpoint, which would synchronise the WAL by itself.
        var index = 0
        while acknowledged.all.count < 200 {
            index += 1
            try store.register("filler\(index)", in: app)
        }
        faulty_disk_cut_power(disk.disk)
        _ = last.wait()
        store.close()

        let again = try TemporaryDatabase(in: store.folder)
        #expect(again.database.check() == [])
        let found = Set(
            try again.read(app) { (reader) throws(Failure) in
                try reader.users(after: nil, limit: 1_000_000).map(\.username.text)
            })
        let lost = acknowledged.all.filter { !found.contains($0) }
        #expect(lost == [])
    }

    @Test func `When SQLite undoes a whole batch in the middle, all of it is told so and nothing slips out`() throws {
        let ann = try store.register("ann", in: app).id
        let gate = Gate(store.database, app)
        let (first, last) = (submit(["first"])[0], Answer<Int>())
        let big = Answer<Int>()
        let value = String(repeating: "x", count: 100_000)
        _ = store.database.write(
            app,
            { (writer) throws(Failure) in
                // More than the page cache: SQLite has to write before the commit. What fails is ignored.
                for key in 0..<100 { try? writer.setMetadata(MetadataEntry(key: "\(key)", value: value), of: ann) }
                return 0
            }, completion: { big.give($0) })
        _ = store.database.write(
            app, { (writer) throws(Failure) in try writer.contactCount(of: ann) }, completion: { last.give($0) })
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

    @Test func `One batch costs one fsync`() throws {
        let gate = Gate(store.database, app)
        let answers = submit((0..<100).map { "user\($0)" })
        let before = faulty_disk_syncs(disk.disk)
        gate.open()
        for answer in answers { _ = answer.wait() }
        #expect(faulty_disk_syncs(disk.disk) == before + 1)
    }

    /// Closes, opens on a sound disk and looks.
    private func reopened(expecting names: [String]) throws {
        store.close()
        let again = try TemporaryDatabase(in: store.folder)
        #expect(again.database.check() == [])
        let found = try again.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 100_000).map(\.username.text)
        }
        #expect(found == names)
    }
}
