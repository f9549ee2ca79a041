// Deleting an application with many rows: at once for those that ask, in slices for the disk, to the last row.

import Domain
import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct RemovalTests {
    /// Slices of two rows.
    private static let slow: @Sendable (inout Database.Options) -> Void = { options in
        options.removalBounds = RemovalBounds(nanoseconds: 0, rows: 2)
        options.batchMaximum = 1
    }

    /// Two users who have written so many messages to each other.
    private static func furnish(_ app: ApplicationID, messages: Int, in store: TemporaryDatabase) throws {
        _ = try store.register(["ann", "bob"], in: app)
        try store.write(app) { (writer) throws(Failure) in
            for number in 0..<messages {
                let outcome = try MessageRules.send(
                    MessageDraft(MessageContent(kind: .text, text: "message \(number)")),
                    from: try MessageRules.sender("ann", for: .single, at: start, in: writer),
                    toUser: "bob",
                    at: start,
                    in: writer
                )
                guard case .sent = outcome else { throw .noSuchRoute }
            }
        }
    }

    /// How many messages of an application there are, asked by a job of another one.
    private static func count(_ app: ApplicationID, _ writer: any Writer) throws(Failure) -> Int {
        guard let connection = (writer as? SQLiteWriter)?.connection else { return -1 }
        return try SQLiteReader(connection: connection, application: app)
            .messageIDs(in: nil, MessageRange(), for: .everyone, limit: 1000).count
    }

    /// Tables with a column for the application in which this one still has a row, as the schema itself says.
    private static func rests(of app: ApplicationID, _ folder: TemporaryFolder) throws -> [String] {
        let file = try RawFile(folder)
        let tables = try file.rows(
            """
            SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND (c.name = 'application' OR t.name = 'applications' AND c.name = 'id')
            """
        )
        return try tables.filter { table in
            try !file.rows("SELECT 1 FROM \(table[0]) WHERE \(table[1]) = \(app.rawValue)").isEmpty
        }.map { $0[0] }
    }

    private static func delete(
        _ app: ApplicationID,
        _ store: TemporaryDatabase,
        _ completion: @escaping @Sendable (Result<Void, Failure>) -> Void = { _ in }
    ) {
        _ = store.database.administer(
            by: .test,
            writing: { (writer) throws(Failure) in try writer.deleteApplication(app) },
            completion: completion
        )
    }

    @Test func `Between two slices of a removal a transaction of others is committed`() throws {
        let store = try TemporaryDatabase(configure: Self.slow)
        let (app, other) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
        try Self.furnish(app, messages: 30, in: store)
        let gate = Gate(store.database, other)
        Self.delete(app, store)
        let answers = (0..<10).map { _ in Answer<Int>() }
        for (index, answer) in answers.enumerated() {
            _ = store.database.write(
                other,
                by: .test,
                { (writer) throws(Failure) in
                    _ = try writer.insert(.sample("user\(index)"), at: start)
                    return try Self.count(app, writer)
                },
                completion: { answer.give($0) }
            )
        }
        gate.open()
        let left = try answers.map { try $0.wait().get() }
        // Two with the deletion itself, two after each batch.
        #expect(left == (1...10).map { 30 - 2 - 2 * $0 })
        #expect(store.database.statistics.isRemoving)
    }

    @Test func `What is being removed answers as absent, and its name is free`() throws {
        let store = try TemporaryDatabase(configure: Self.slow)
        let app = try store.makeApplication("a")
        let other = try store.makeApplication("b").id
        try store.administer(writing: { (writer) throws(Failure) in
            _ = try writer.insertCredential(clientID: "c", secretHash: [1], of: app.id, at: start)
        })
        try Self.furnish(app.id, messages: 30, in: store)
        let gate = Gate(store.database, other)
        Self.delete(app.id, store)
        // Both waited behind the deletion.
        let late = Answer<User>()
        _ = store.database.write(
            app.id,
            by: .test,
            { (writer) throws(Failure) in try writer.insert(.sample("eve"), at: start) },
            completion: { late.give($0) }
        )
        let successor = Answer<Application>()
        _ = store.database.administer(
            by: .test,
            writing: { (writer) throws(Failure) in
                guard try writer.application(named: "a", of: app.organization.name) == nil,
                    try writer.applications().map(\.name) == ["b"]
                else { throw .noSuchRoute }
                _ = try writer.insertCredential(clientID: "c", secretHash: [1], of: other, at: start)
                return try writer.insertApplication(
                    named: "a",
                    of: app.organization,
                    uuid: .sample("successor"),
                    settings: ApplicationSettings(),
                    at: start
                )
            },
            completion: { successor.give($0) }
        )
        gate.open()
        #expect(throws: Failure.notFound(.application, id: "")) { try late.wait().get() }
        let found = try successor.wait().get()
        #expect(store.database.statistics.isRemoving)
        try store.finishRemovals()
        #expect(
            try store.administer(reading: { (reader) throws(Failure) in
                try reader.application(named: "a", of: app.organization.name)
            }) == found
        )
    }

    @Test func `A deletion that is undone removes nothing`() throws {
        let store = try TemporaryDatabase(configure: Self.slow)
        let app = try store.makeApplication("a").id
        try Self.furnish(app, messages: 30, in: store)
        #expect(throws: Failure.noSuchRoute) {
            try store.administer(writing: { (writer) throws(Failure) -> Void in
                try writer.deleteApplication(app)
                throw .noSuchRoute
            })
        }
        try store.finishRemovals()
        #expect(try store.write(app) { (writer) throws(Failure) in try Self.count(app, writer) } == 30)
    }

    @Test func `A removal that was broken off goes on at the next start, to the last row`() throws {
        let store = try TemporaryDatabase(configure: Self.slow)
        let (app, other) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
        try Self.furnish(app, messages: 30, in: store)
        try Self.furnish(other, messages: 3, in: store)
        let gate = Gate(store.database, other)
        Self.delete(app, store)
        // The writer ends with what waits, in the middle of the removal.
        store.database.jobs.close()
        gate.open()
        store.close()
        #expect(try Self.rests(of: app, store.folder).contains("messages"))

        let again = try TemporaryDatabase(in: store.folder)
        #expect(
            try again.administer(reading: { (reader) throws(Failure) in
                try reader.applications().map(\.name)
            }) == ["b"]
        )
        // The first commit tells whether there is something to go on with.
        try wait { (done: @escaping @Sendable (Result<Void, Failure>) -> Void) in
            again.database.probe(completion: done)
        }
        try again.finishRemovals()
        let query = try #require(HistorySearch("message"))
        let found = try again.read(other) { (reader) throws(Failure) in
            try reader.candidateIDs(matching: query, in: nil, MessageRange(), limit: 100).count
        }
        #expect(found == 3)
        #expect(again.database.check() == [])
        again.close()
        #expect(try Self.rests(of: app, again.folder) == [])
        #expect(try Self.rests(of: other, again.folder).contains("messages"))
        let indexed = try RawFile(again.folder).rows(
            "SELECT rowid FROM message_index WHERE message_index MATCH '\"mes\"'"
        )
        #expect(indexed.count == 3)
        let names = try [app, other].map { app in
            try RawFile(again.folder).rows(
                "SELECT rowid FROM user_index WHERE user_index MATCH '\"\(searchScope(app.rawValue))\"'"
            ).count
        }
        #expect(names[0] == 0 && names[1] > 0, "\(names)")
    }
}
