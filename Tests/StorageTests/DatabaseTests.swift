// Opening, refusing and closing a data folder.

import CSQLite
import Domain
import DomainKit
import Foundation
import Testing

@testable import Storage

@Suite struct DatabaseTests {
    /// Runs SQL on a file that no database has open.
    private func edit(_ folder: TemporaryFolder, _ sql: String) throws {
        var handle: OpaquePointer?
        try #require(sqlite3_open(folder.path + "/parley.db", &handle) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    }

    private func open(
        _ folder: TemporaryFolder,
        configure: (inout Database.Options) -> Void = { _ in }
    ) throws(DatabaseError) -> Database {
        try Database(TemporaryDatabase.options(folder, configure: configure))
    }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func `Folder and files are made for their owner only`() throws {
        let store = try TemporaryDatabase()
        _ = try store.makeApplication()
        #expect(try mode(store.folder.path) == 0o700)
        for file in try FileManager.default.contentsOfDirectory(atPath: store.folder.path) {
            #expect(try mode(store.folder.path + "/" + file) == 0o600, "\(file)")
        }
    }

    @Test func `Missing parent folders are made`() throws {
        let folder = TemporaryFolder()
        let database = try Database(.init(folder: folder.path + "/a/b/", now: { start }))
        database.close()
        #expect(FileManager.default.fileExists(atPath: folder.path + "/a/b/parley.db"))
    }

    @Test func `What was committed is there after closing and opening again`() throws {
        let folder = TemporaryFolder()
        let first = try TemporaryDatabase(in: folder)
        let app = try first.makeApplication().id
        let user = try first.register("ann", in: app)
        first.close()
        let second = try TemporaryDatabase(in: folder)
        #expect(try second.read(app) { (reader) throws(Failure) in try reader.user(user.id) } == user)
    }

    @Test func `A clean close leaves one file without a WAL`() throws {
        let store = try TemporaryDatabase()
        _ = try store.makeApplication()
        store.close()
        let files = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
        #expect(files.sorted() == ["parley.db", "parley.lock"])
    }

    @Test
    func `A second database on the folder is refused by name of the process, and welcome after the close`()
        throws
    {
        let folder = TemporaryFolder()
        let first = try open(folder)
        let error = #expect(throws: DatabaseError.self) { try open(folder) }
        #expect(error == .locked(folder: folder.path, process: getpid()))
        #expect(error?.description.contains("in use by process \(getpid())") == true)
        first.close()
        try open(folder).close()
    }

    @Test func `Another process can't read or write the file while it is open`() async throws {
        let store = try TemporaryDatabase()
        _ = try store.makeApplication()
        await #expect(processExitsWith: .success) { [path = store.folder.path + "/parley.db" as String] in
            var handle: OpaquePointer?
            try #require(sqlite3_open(path, &handle) == SQLITE_OK)
            defer { sqlite3_close(handle) }
            for sql in ["SELECT count(*) FROM organizations", "DELETE FROM organizations"] {
                try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_BUSY)
            }
        }
    }

    @Test func `Closing twice is closing once, and a closed database takes nothing`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        store.close()
        store.close()
        let isWriteTaken = store.database.write(app, by: .test, { _ in }, completion: { _ in })
        let isScanTaken = store.database.scan(app, { _ in }, completion: { _ in })
        #expect(!isWriteTaken && !isScanTaken)
    }

    @Test func `What is queued at the close is finished and answered`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let answers = (0..<10).map { index in
            let answer = Answer<User>()
            let isTaken = store.database.write(
                app,
                by: .test,
                { (writer) throws(Failure) in try writer.insert(.sample("user\(index)"), at: start) },
                completion: { answer.give($0) }
            )
            #expect(isTaken)
            return answer
        }
        gate.open()
        store.close()
        for answer in answers { #expect(throws: Never.self) { try answer.wait().get() } }
        let again = try TemporaryDatabase(in: store.folder)
        let users = try again.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 100)
        }
        #expect(users.count == 10)
    }

    @Test func `Closing before a reader is a programmer's error`() async {
        await #expect(processExitsWith: .failure) {
            let database = try Database(TemporaryDatabase.options(TemporaryFolder()))
            let reader = try database.makeReader()
            database.close()
            reader.close()
        }
    }

    // MARK: Refused files

    @Test func `A file that isn't a database is refused and left alone`() throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let text = String(repeating: "This is a letter. ", count: 500)
        try text.write(toFile: folder.path + "/parley.db", atomically: false, encoding: .utf8)
        #expect(throws: DatabaseError.notADatabase(path: folder.path + "/parley.db")) { try open(folder) }
        #expect(try String(contentsOfFile: folder.path + "/parley.db", encoding: .utf8) == text)
    }

    @Test(arguments: [
        "CREATE TABLE notes (text TEXT)", "PRAGMA application_id = 7", "PRAGMA user_version = 3",
    ])
    func `A database of another program is refused`(_ sql: String) throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try edit(folder, sql)
        #expect(throws: DatabaseError.foreign(path: folder.path + "/parley.db")) { try open(folder) }
    }

    @Test func `A file of a newer version is refused`() throws {
        let folder = TemporaryFolder()
        try open(folder).close()
        try edit(folder, "PRAGMA user_version = 99")
        let expected = DatabaseError.newer(
            path: folder.path + "/parley.db",
            version: 99,
            known: Migration.all.count
        )
        #expect(throws: expected) { try open(folder) }
    }

    @Test func `A migration whose check sum changed is refused`() throws {
        let folder = TemporaryFolder()
        try open(folder).close()
        try edit(folder, "UPDATE migrations SET checksum = checksum + 1 WHERE number = 1")
        #expect(throws: DatabaseError.migrationChanged(path: folder.path + "/parley.db", number: 1)) {
            try open(folder)
        }
    }

    @Test func `A path that can't be made is refused with the reason`() throws {
        let error = #expect(throws: DatabaseError.self) {
            try Database(.init(folder: "/dev/null/parley", now: { start }))
        }
        #expect(error?.description == "Can't make or open /dev/null/parley: Not a directory.")
    }

    // MARK: Migrations

    private static let shipped = Migration.all.count
    /// The next migration, by its number: its text can't be put together, since it has to be known at compile time.
    private static let nextOnes: [Int: StaticString] = [
        24: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 24;",
        25: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 25;",
        26: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 26;",
        27: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 27;",
        28: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 28;",
        29: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 29;",
        30: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 30;",
        31: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 31;",
        32: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 32;",
        33: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 33;",
        34: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 34;",
        35: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 35;",
        36: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 36;",
        37: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 37;",
        38: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 38;",
        39: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 39;",
        40: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 40;",
        41: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 41;",
        42: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 42;",
        43: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 43;",
        44: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 44;",
        45: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 45;",
        46: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 46;",
        47: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 47;",
        48: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 48;",
        49: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 49;",
        50: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 50;",
        51: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 51;",
        52: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 52;",
        53: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 53;",
        54: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 54;",
        55: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 55;",
        56: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 56;",
        57: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 57;",
        58: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 58;",
        59: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 59;",
        60: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 60;",
    ]
    private static let next = Migration(number: shipped + 1, sql: nextOnes[shipped + 1] ?? "")
    private static let failing = Migration(
        number: shipped + 1,
        sql: "CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);"
    )

    @Test func `A later migration is applied once to an older file, which keeps its rows`() throws {
        let folder = TemporaryFolder()
        let first = try TemporaryDatabase(in: folder)
        let app = try first.makeApplication().id
        try first.register("ann", in: app)
        first.close()
        for _ in 0..<2 {
            let store = try TemporaryDatabase(in: folder) { $0.migrations.append(Self.next) }
            #expect(
                try store.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 9) }
                    .count == 1
            )
            store.close()
        }
        // The program that doesn't know that migration.
        let newer = DatabaseError.newer(
            path: folder.path + "/parley.db",
            version: Self.shipped + 1,
            known: Self.shipped
        )
        #expect(throws: newer) { try open(folder) }
    }

    @Test func `A failing migration is rolled back whole and can be repaired`() throws {
        let folder = TemporaryFolder()
        try open(folder).close()
        let expected = DatabaseError.migrationFailed(
            path: folder.path + "/parley.db",
            number: Self.shipped + 1,
            reason: "no such table: nowhere"
        )
        #expect(throws: expected) { try open(folder) { $0.migrations.append(Self.failing) } }
        try open(folder).close()
        try open(folder) { $0.migrations.append(Self.next) }.close()
    }

    @Test func `The shipped migrations are numbered from one and unchanged`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        // An edited migration would make every existing file unreadable: add another one instead.
        #expect(
            Migration.all.map(\.checksum).prefix(2) == [1_955_164_606_611_609_919, -250_237_357_198_298_605]
        )
    }
}
