// A disk that fails: what was acknowledged stays, what wasn't is told so, and service resumes.

import CFaultyDisk
import Domain
import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct FaultTests: OnFaultyDisk {
    let disk: FaultyDisk
    let store: TemporaryDatabase
    let app: ApplicationID

    init() throws {
        let disk = try FaultyDisk()
        self.disk = disk
        store = try TemporaryDatabase(with: disk) { $0.vfsName = disk.name }
        app = try store.makeApplication().id
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

    @Test
    func `An fsync that fails anywhere, in a commit or a checkpoint, loses nothing that was acknowledged`()
        throws
    {
        var acknowledged: [String] = []
        for round in 0..<60 {
            // Shifted every seven rounds, or it could keep pace with the checkpoints and never meet one.
            faulty_disk_fail_sync(disk.disk, Int32((round + round / 7) % 7))
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
        // The writer may read too, between its batches.
        let incidents = again.told.incidents.withLock { $0 }
        let incident = try #require(incidents.first { result == .failure(.storage(reference: $0.reference)) })
        #expect(incident.code == 10)  // SQLITE_IOERR
        let count = try again.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 10).count
        }
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
                    by: .test,
                    { (writer) throws(Failure) in
                        _ = try writer.users(after: UserID(rawValue: Int64(failing * 200)), limit: 5)
                        return try writer.insert(.sample(name), at: start)
                    },
                    completion: { answer.give($0) }
                )
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
                app,
                by: .test,
                { (writer) throws(Failure) in try writer.insert(.sample("\(name)\(index)"), at: start) },
                completion: { result in
                    guard case .success = result else {
                        if name == "a" { last.give(.success(())) }
                        return
                    }
                    acknowledged.append("\(name)\(index)")
                    goOn(name, index + 1)
                }
            )
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
            }
        )
        let lost = acknowledged.all.filter { !found.contains($0) }
        #expect(lost == [])
    }

    @Test func `One batch costs one fsync`() throws {
        let gate = Gate(store.database, app)
        let answers = submit((0..<100).map { "user\($0)" })
        let before = faulty_disk_syncs(disk.disk)
        gate.open()
        for answer in answers { _ = answer.wait() }
        #expect(faulty_disk_syncs(disk.disk) == before + 1)
    }
}
