// The promises of the schema itself: cascades, tenancy, and an index behind every query.

import CSQLite
import Domain
import DomainKit
import Testing

@testable import Storage

/// The file of a closed database, for questions that no repository answers.
struct RawFile: ~Copyable {
    private let handle: OpaquePointer

    init(_ folder: TemporaryFolder, foreignKeys: Bool = true) throws {
        var opened: OpaquePointer?
        try #require(sqlite3_open(folder.path + "/parley.db", &opened) == SQLITE_OK)
        handle = try #require(opened)
        if foreignKeys { sqlite3_exec(handle, "PRAGMA foreign_keys = ON", nil, nil, nil) }
    }

    deinit { sqlite3_close(handle) }

    /// The result code of some SQL.
    func run(_ sql: String) -> Int32 { sqlite3_exec(handle, sql, nil, nil, nil) & 0xFF }

    /// All rows as text.
    func rows(_ sql: String) throws -> [[String]] {
        var statement: OpaquePointer?
        try #require(sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, "\(sql)")
        defer { sqlite3_finalize(statement) }
        var rows: [[String]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
                }
            )
        }
        return rows
    }
}

@Suite struct SchemaTests {
    /// One row at least in every table that refers to a user or an application, in two applications.
    private func furnished() throws -> (TemporaryDatabase, ApplicationID, [User]) {
        let store = try TemporaryDatabase()
        var first: (ApplicationID, [User])?
        for name in ["a", "b"] {
            let app = try store.makeApplication(name).id
            let users = try store.register(["ann", "bob"], in: app)
            try store.register("former", in: app)
            try store.administer(writing: { (writer) throws(Failure) in
                _ = try writer.insertCredential(clientID: name, secretHash: [1], of: app, at: start)
            })
            try store.write(app) { (writer) throws(Failure) in
                for (owner, other) in [(users[0].id, users[1].id), (users[1].id, users[0].id)] {
                    _ = try writer.insertContact(other, of: owner, at: start)
                    _ = try writer.insertBlock(other, by: owner, at: start)
                    try writer.setMutes(Mutes(chat: start), of: owner)
                    try writer.setMetadata(MetadataEntry(key: "k", value: "v"), of: owner)
                    try writer.raiseSessionGeneration(of: owner, platform: 1)
                }
            }
            let places = try store.furnishGroups(users[0].id, users[1].id, in: app)
            try store.furnishMessages(users[0], users[1], in: places.0, of: app)
            try store.furnishThreads(users[0].id, users[1].id, places.0, in: app)
            try store.furnishFiles(users[0].id, in: app)
            try store.furnishProposals(users[0].id, users[1].id, places.0, in: app)
            try store.write(app) { (writer) throws(Failure) in
                for (sender, other) in [(users[0].id, users[1].id), (users[1].id, users[0].id)] {
                    guard let made = try writer.proposal(.contact(other), from: sender) else { continue }
                    try writer.insertNotice(
                        MessageID(rawValue: 1),
                        for: sender,
                        about: made.id,
                        isAnswer: true
                    )
                }
            }
            for (user, address) in zip(users, ["ann@example.org", "bob@example.org"]) {
                let email = try #require(EmailAddress(address))
                try store.write(app) { (writer) throws(Failure) in
                    try writer.setEmail(email, of: user.id, isVerified: false)
                    try writer.setVerification(EmailVerification(user: user.id, secretHash: [1], sent: start))
                }
            }
            try store.write(app) { (writer) throws(Failure) in
                guard let message = try writer.messages(MessageRange(), sent: .always, limit: 1).first else {
                    return
                }
                try writer.insert(Recall(id: MessageID(rawValue: 2), message: message.id, made: start))
            }
            try store.furnishPresence(users[0].id, users[1].id, places.0, in: app)
            try store.write(app) { (writer) throws(Failure) in
                let role = try writer.insertRole("guard", description: "keeps", .all, of: places.0)
                try writer.setRole(role.id, of: users[0].id, in: places.0)
            }
            try store.write(app) { (writer) throws(Failure) in
                guard let former = Username("former"), let renamed = Username("renamed"),
                    let user = try writer.user(named: former)
                else { return }
                try writer.rename(user, to: renamed, keepingFormerUntil: start)
            }
            try store.furnishWebhooks(users[0], in: app)
            try store.write(app) { (writer) throws(Failure) in
                _ = try JobRules.beginExport(at: start, in: writer)
                let (user, number) = (users[0].id, app.rawValue)
                try writer.insert(
                    NewConnection(user: user, number: number, opened: start, address: "::1", platform: 5)
                )
            }
            if first == nil { first = (app, users) }
        }
        let (app, users) = try #require(first)
        return (store, app, users)
    }

    /// Every column that refers to `parent` by its key, as the schema itself says.
    private func references(to parent: String, _ file: borrowing RawFile) throws -> [(
        table: String, column: String
    )] {
        try file.rows(
            """
            SELECT t.name, f."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' AND f."table" = '\(parent)' AND f."to" = 'id'
            """
        ).map { ($0[0], $0[1]) }
    }

    @Test func `Every reference to a user or application deletes with it`() throws {
        let (store, _, _) = try furnished()
        store.close()
        let file = try RawFile(store.folder)
        let actions = try file.rows(
            """
            SELECT DISTINCT f.on_delete FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table'
            """
        )
        // A file alone outlives who sent it.
        #expect(Set(actions) == [["CASCADE"], ["SET NULL"]])
    }

    @Test func `A deleted user leaves no row in any table that refers to users`() throws {
        let (store, app, users) = try furnished()
        store.close()
        let references = try references(to: "users", RawFile(store.folder))
        #expect(references.count >= 6)
        let key = users[0].id.rawValue
        for (table, column) in references {
            let rows = try RawFile(store.folder).rows("SELECT 1 FROM \(table) WHERE \(column) = \(key)")
            #expect(!rows.isEmpty, "The test must put a row into \(table).\(column) to see it go.")
        }
        let again = try TemporaryDatabase(in: store.folder)
        try again.write(app) { (writer) throws(Failure) in try writer.delete(users[0].id) }
        again.close()
        for (table, column) in references {
            let rows = try RawFile(store.folder).rows("SELECT 1 FROM \(table) WHERE \(column) = \(key)")
            #expect(rows.isEmpty, "\(table).\(column)")
        }
    }

    @Test func `A deleted application leaves no row in any table with its key`() throws {
        let (store, app, _) = try furnished()
        store.close()
        let bearing = try RawFile(store.folder).rows(
            """
            SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND c.name = 'application'
            """
        ).map { $0[0] }
        #expect(bearing.count >= 6)
        let count = { (table: String) throws in
            try RawFile(store.folder).rows("SELECT application FROM \(table)").map { $0[0] }
        }
        for table in bearing { #expect(Set(try count(table)).count == 2, "\(table)") }
        let again = try TemporaryDatabase(in: store.folder)
        try again.administer(writing: { (writer) throws(Failure) in try writer.deleteApplication(app) })
        try again.finishRemovals()
        again.close()
        for table in bearing {
            #expect(Set(try count(table)).count == 1, "\(table)")
            #expect(try !count(table).contains("\(app.rawValue)"), "\(table)")
        }
    }

    @Test func `A relation between two applications can't be stored at all`() throws {
        let (store, app, users) = try furnished()
        let other = try store.makeApplication("c").id
        let stranger = try store.register("ann", in: other).id.rawValue
        store.close()
        let file = try RawFile(store.folder)
        let ann = users[0].id.rawValue
        for sql in [
            "INSERT INTO contacts (application, owner, contact, created) VALUES (\(app.rawValue), \(ann), \(stranger), 0)",
            "INSERT INTO contacts (application, owner, contact, created) VALUES (\(other.rawValue), \(ann), \(stranger), 0)",
            "INSERT INTO blocks (application, owner, blocked, created) VALUES (\(app.rawValue), \(stranger), \(ann), 0)",
            "INSERT INTO user_metadata (application, user, key, value) VALUES (\(other.rawValue), \(ann), 'k', 'v')",
            "INSERT INTO mutes (application, username_key, user, chat) VALUES (\(other.rawValue), 'ann', \(ann), 1)",
        ] {
            #expect(file.run(sql) == SQLITE_CONSTRAINT, "\(sql)")
        }
    }

    @Test func `Every table is strict`() throws {
        let (store, _, _) = try furnished()
        store.close()
        let loose = try RawFile(store.folder).rows(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
        )
        #expect(loose == [])
    }

    @Test func `Every reference has an index that begins with its columns`() throws {
        let (store, _, _) = try furnished()
        store.close()
        let file = try RawFile(store.folder)
        let references = try file.rows(
            """
            SELECT t.name, f.id, group_concat(f."from") FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' GROUP BY t.name, f.id
            """
        )
        #expect(references.count >= 9)
        for reference in references {
            let wanted = reference[2].split(separator: ",").map(String.init)
            let indexes = try file.rows("SELECT name FROM pragma_index_list('\(reference[0])')").map { $0[0] }
            let isServed = try indexes.contains { index in
                let columns = try file.rows("SELECT name FROM pragma_index_info('\(index)') ORDER BY seqno")
                    .map { $0[0] }
                return Set(columns.prefix(wanted.count)) == Set(wanted)
            }
            #expect(isServed, "\(reference[0]) (\(reference[2]))")
        }
    }

    /// Whether a query may collect rows in a table of SQLite's own before it goes on, which costs some 15 000
    /// instructions: no query that a send, a log-in, a push or a change of contacts needs.
    private static func mayCollectRows(_ query: String) -> Bool {
        let allowed = [
            // Several rows go at once.
            "DELETE FROM applications", "DELETE FROM connections", "DELETE FROM contacts WHERE (",
            "DELETE FROM conversations",
            "DELETE FROM files", "DELETE FROM group_blocks", "DELETE FROM group_members",
            "DELETE FROM groups", "DELETE FROM jobs", "DELETE FROM message_counts", "DELETE FROM notices",
            "DELETE FROM message_operations WHERE (",
            "DELETE FROM messages",
            "DELETE FROM organizations",
            "DELETE FROM positions WHERE (", "DELETE FROM presence_subscriptions", "DELETE FROM proposals",
            "DELETE FROM refused_stretches", "DELETE FROM room_metadata", "DELETE FROM user_metadata",
            "DELETE FROM users", "DELETE FROM webhook_deliveries WHERE", "DELETE FROM webhook_events WHERE",
            // The end of an endpoint, slice by slice, and its backlog for a person who asks.
            "UPDATE webhook_deliveries SET state = 3",
            "SELECT count(*),\n    (SELECT created FROM webhook_deliveries",
            // Those of a process that is gone, once a start.
            "UPDATE connections SET closed",
            // A CHECK with more than two values collects them; a conversation is made once.
            "INSERT INTO conversations", "INSERT INTO users", "UPDATE users SET modified",
            // Triggers count members and groups; roles and proposals are few.
            "INSERT INTO group_members", "INSERT INTO group_roles", "INSERT INTO groups",
            "INSERT INTO proposals", "UPDATE group_members SET role", "INSERT INTO message_options",
        ]
        return allowed.contains { query.hasPrefix($0) }
    }

    /// The statements that each connection has prepared, by SQLite's own list.
    private func statements(_ connection: Connection) throws(Failure) -> [String] {
        try connection.prepare(Query("SELECT sql FROM sqlite_stmt")).rows { $0.text(0) }
    }

    @Test func `No query reads a whole table or sorts, but for those that say so`() throws {
        var texts: Set<String> = []
        var last: TemporaryFolder?
        for promise in Contract.all {
            let store = try TemporaryDatabase()
            // Here, and not with the last closure that the writer thread lets go of.
            defer { store.close() }
            try promise.check(store)
            let app = try store.makeApplication("plan", of: "plan").id
            texts.formUnion(
                try store.write(app) { (writer) throws(Failure) -> [String] in
                    guard let writer = writer as? SQLiteWriter else { return [] }
                    return try statements(writer.connection)
                }
            )
            texts.formUnion(
                try store.read(app) { (reader) throws(Failure) -> [String] in
                    guard let reader = reader as? SQLiteReader else { return [] }
                    return try statements(reader.connection)
                }
            )
            store.close()
            last = store.folder
        }
        let queries = texts.filter { ["SELECT", "INSERT", "UPDATE", "DELETE"].contains($0.prefix(6)) }
        #expect(queries.count > 40)
        let file = try RawFile(try #require(last))
        // SQLite's own tables have a row for each of ours, and no index.
        for query in queries where !query.contains("sqlite_") {
            let isList =
                query.contains("ORDER BY organizations.name") || query.contains("FROM administrators ORDER")
                || query.contains("FROM organizations WHERE name NOT GLOB")
                // The active endpoints of all applications, read once after one of them was changed.
                || query.contains("WHERE webhooks.active = 1")
            let isSorted =
                query.contains(".created DESC") || query.contains("last_message DESC")
                || query.contains("CROSS JOIN proposals") || query.contains("users.activated DESC")
            for step in try file.rows("EXPLAIN QUERY PLAN " + query).map({ $0[3] }) {
                // A query of an index of words is always a match.
                let isMatch =
                    step.hasPrefix("SCAN message_index VIRTUAL TABLE INDEX")
                    || step.hasPrefix("SCAN user_index VIRTUAL TABLE INDEX")
                #expect(isList || isMatch || !step.hasPrefix("SCAN"), "\(step) in \(query)")
                #expect(isList || isSorted || !step.contains("TEMP B-TREE"), "\(step) in \(query)")
            }
            let usesTable = try file.rows("EXPLAIN " + query).contains { $0[1] == "OpenEphemeral" }
            #expect(!usesTable || isList || isSorted || Self.mayCollectRows(query), "\(query)")
        }
    }

    @Test(arguments: [
        ("PRAGMA journal_mode", "wal"), ("PRAGMA synchronous", "2"), ("PRAGMA foreign_keys", "1"),
        ("PRAGMA wal_autocheckpoint", "0"), ("PRAGMA mmap_size", "0"), ("PRAGMA trusted_schema", "0"),
        ("PRAGMA cell_size_check", "1"), ("PRAGMA temp_store", "2"), ("PRAGMA cache_size", "-2048"),
        ("PRAGMA secure_delete", "2"),
    ])
    func `The writer's settings are in force`(_ pragma: String, _ expected: String) throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let found = try store.write(app) { (writer) throws(Failure) -> String in
            guard let handle = (writer as? SQLiteWriter)?.connection.handle else { return "" }
            var statement: OpaquePointer?
            sqlite3_prepare_v2(handle, pragma, -1, &statement, nil)
            defer { sqlite3_finalize(statement) }
            guard sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0) else {
                return ""
            }
            return String(cString: text)
        }
        #expect(found == expected)
    }
}

extension TemporaryDatabase {
    /// An endpoint with a delivery of an event and a chore, and a user that was announced as online.
    fileprivate func furnishWebhooks(_ user: User, in application: ApplicationID) throws {
        let webhook = try makeWebhook("furnished", ["user.*"], in: application)
        try write(application) { (writer) throws(Failure) in
            try writer.record(.userUpdated) { .user(user) }
            try writer.insert(
                WebhookChore(id: application.rawValue, webhook: webhook.id, kind: .giveUp, end: 1)
            )
            try writer.noteOnline(true, user.id)
        }
    }

    /// A file that this user has sent.
    fileprivate func furnishFiles(_ owner: UserID, in application: ApplicationID) throws {
        try write(application) { (writer) throws(Failure) in
            _ = try writer.insert(
                NewFile(
                    uuid: .sample("file of \(application.rawValue)"),
                    owner: owner,
                    ownerName: "sender",
                    content: UploadedFile(
                        name: "a",
                        contentType: "text/plain",
                        size: 1,
                        digest: FileDigest(Array(repeating: 1, count: 32))
                    ),
                    shareSecret: nil,
                    group: nil
                ),
                at: Timestamp(milliseconds: 0)
            )
        }
    }
}
