// Copies of a live database, and the check of the file.

import Domain
import DomainKit
import Foundation
import Synchronization
import Testing
import Threads

@testable import Storage

@Suite struct BackupTests {
    @Test func `A backup made while others write is one whole state that opens`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let database = store.database
        let stop = Atomic<Bool>(false)
        let acknowledged = Atomic<Int>(0)
        // Pairs: each transaction registers two users, so that half of one would show.
        let flag = Flags(stop: stop, acknowledged: acknowledged)
        let isUnderWay = Answer<Void>()
        let writer = try NamedThread.start(name: "test") {
            var index = 0
            while !flag.stop.load(ordering: .acquiring) {
                let names = ["left\(index)", "right\(index)"]
                let result = Result { () throws(Failure) in
                    try wait { done in
                        database.write(
                            app,
                            by: .test,
                            { (writer) throws(Failure) in
                                for name in names { _ = try writer.insert(.sample(name), at: start) }
                            },
                            completion: done
                        )
                    }
                }
                if case .failure = result { break }
                flag.acknowledged.wrappingAdd(1, ordering: .releasing)
                index += 1
                if index == 20 { isUnderWay.give(.success(())) }
            }
        }
        _ = isUnderWay.wait()
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let before = flag.acknowledged.load(ordering: .acquiring)
        try store.database.backup(to: folder.path + "/parley.db")
        flag.stop.store(true, ordering: .releasing)
        writer.join()

        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/parley.db")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["parley.db"])
        let copy = try TemporaryDatabase(in: folder)
        #expect(copy.database.check() == [])
        let names = try copy.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 1_000_000).map(\.username.text)
        }
        #expect(names.count >= 2 * before)
        #expect(names == (0..<names.count / 2).flatMap { ["left\($0)", "right\($0)"] })
    }

    private struct Flags: ~Copyable, Sendable {
        let stop: Atomic<Bool>
        let acknowledged: Atomic<Int>
    }

    @Test func `A backup never replaces a file, nor leaves one behind when it fails`() throws {
        let store = try TemporaryDatabase()
        let path = store.folder.path + "/copy.db"
        try "precious".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: DatabaseError.exists(path: path)) { try store.database.backup(to: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        let error = #expect(throws: DatabaseError.self) {
            try store.database.backup(to: "/nowhere/at/all.db")
        }
        #expect(error?.description.contains("No such file or directory") == true)
    }

    @Test func `The check names what is wrong with a damaged file`() throws {
        let folder = TemporaryFolder()
        let store = try TemporaryDatabase(in: folder)
        let app = try store.makeApplication().id
        let users = try store.register(["ann", "bob"], in: app).map(\.id)
        try store.write(app) { (writer) throws(Failure) in
            _ = try writer.insertContact(users[1], of: users[0], at: start)
        }
        #expect(store.database.check() == [])
        store.close()
        #expect(try RawFile(folder, foreignKeys: false).run("DELETE FROM users WHERE username = 'bob'") == 0)
        let again = try TemporaryDatabase(in: folder)
        #expect(again.database.check() == ["A row of contacts refers to a row of users that isn't there."])
    }
}
