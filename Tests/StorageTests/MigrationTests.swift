// Migrations of rows that older versions have left.

import CSQLite
import Domain
import DomainKit
import Foundation
import Testing

@testable import Storage

@Suite struct MigrationTests {
    /// A file as an older version leaves it, with an application, `ann` and `bob`, and the rows that `sql` adds.
    ///
    /// The program of now can't use it before its migration, so its tables are made and filled by SQL alone.
    private func file(of version: Int, _ sql: (ApplicationID, [UserID]) -> String) throws -> (
        TemporaryFolder, ApplicationID, [UserID]
    ) {
        let folder = TemporaryFolder()
        let (app, users) = (ApplicationID(rawValue: 1), [UserID(rawValue: 1), UserID(rawValue: 2)])
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = try RawFile(folder)
        let origin = """
            PRAGMA application_id = 0x50726C79;
            CREATE TABLE migrations (
                number INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, applied INTEGER NOT NULL
            ) STRICT;
            """
        #expect(file.run(origin) == SQLITE_OK)
        for migration in Migration.all.prefix(version) {
            let sql = """
                \(migration.sql)
                INSERT INTO migrations VALUES (\(migration.number), \(migration.checksum), 1);
                """
            #expect(file.run(sql) == SQLITE_OK, "migration \(migration.number)")
        }
        let rows = """
            INSERT INTO organizations (id, name, created) VALUES (1, 'o', 1);
            INSERT INTO applications (id, uuid, organization, name, created, open_registration, maximum_contacts,
                maximum_blocks, maximum_names, maximum_registrations)
                VALUES (1, x'00112233445566778899aabbccddee00', 1, 'a', 1, 0, 100, 100, 60, 60);
            INSERT INTO users (id, application, uuid, username, username_key, created, modified, password_hash)
                VALUES (1, 1, x'00112233445566778899aabbccddee01', 'ann', 'ann', 1, 1, 'x'),
                    (2, 1, x'00112233445566778899aabbccddee02', 'bob', 'bob', 1, 1, 'x');
            """
        #expect(file.run(rows) == SQLITE_OK)
        #expect(file.run(sql(app, users)) == SQLITE_OK)
        return (folder, app, users)
    }

    @Test func `Options that were only kept hold from the migration on`() throws {
        let (folder, app, users) = try file(of: 19) { app, users in
            """
            INSERT INTO conversations (id, application, kind, key, name, last_sequence, last_message)
                VALUES (7, \(app.rawValue), 0, 'ann:bob', 'ann:bob', 1, 5);
            INSERT INTO messages (application, id, conversation, sequence, sender, kind, flags, edits, text)
                VALUES (\(app.rawValue), 5, 7, 1, 'bob', 0, 0, 0, 'x');
            INSERT INTO message_options (application, user, kind, key, name, option) VALUES
                (\(app.rawValue), \(users[0].rawValue), 0, 'ann:bob', 'ann:bob', 1),
                (\(app.rawValue), \(users[0].rawValue), 0, 'ann:cid', 'ann:cid', 1),
                (\(app.rawValue), \(users[0].rawValue), 0, 'ann:dan', 'ann:dan', 2);
            UPDATE users SET message_option = 1 WHERE id = \(users[1].rawValue);
            """
        }
        let store = try TemporaryDatabase(in: folder)
        let (kept, other, all) = try store.read(app) { (reader) throws(Failure) in
            let names = ["ann", "cid"].compactMap { Username($0) }
            return (
                try reader.refusedStretches(of: users[0]),
                try reader.conversation(.between(names[0], names[1]))?.id,
                try reader.refusedStretches(of: users[1])
            )
        }
        #expect(other != nil)
        let last = MessageID(rawValue: 5)
        #expect(
            Set(kept) == [
                RefusedStretch(conversation: ConversationID(rawValue: 7), after: last),
                RefusedStretch(conversation: other, after: last),
            ]
        )
        #expect(all == [RefusedStretch(conversation: nil, after: last)])
        store.close()
    }

    @Test func `Users from before the index of names are found by words, and go with their words`() throws {
        let (folder, app, users) = try file(of: 31) { _, users in
            "UPDATE users SET nickname = 'Ann Lee' WHERE id = \(users[0].rawValue);"
        }
        let store = try TemporaryDatabase(in: folder)
        func names(_ pattern: String) throws -> [String] {
            let search = try #require(WordSearch(pattern))
            return try store.read(app) { (reader) throws(Failure) in
                try reader.users(withWordsOf: search, after: nil, limit: 9).map(\.username.text)
            }
        }
        #expect(try names("lee") == ["ann"])
        #expect(try names("b*") == ["bob"])
        try store.write(app) { (writer) throws(Failure) in try writer.delete(users[0]) }
        #expect(try names("lee") == [])
        store.close()
        #expect(
            try RawFile(folder).rows("SELECT rowid FROM user_index WHERE user_index MATCH '\"lee\"'") == []
        )
    }

    @Test func `Names of messages from before names were kept are kept, the earliest of each`() throws {
        let (folder, app, _) = try file(of: 19) { app, _ in
            let messages = [
                (1, "ann", #"{"clientMsgID":"a"}"#), (2, "ann", #"{"ex":"1","clientMsgID":"a"}"#),
                (3, "bob", #"{"clientMsgID":"a"}"#), (4, "ann", #"{"clientMsgID":7}"#),
                (5, "ann", #"{"clientMsgID":""}"#), (6, "ann", #"{"ex":"\"clientMsgID\""}"#),
                (7, "ann", #"no JSON "clientMsgID""#), (8, "ann", #"{"clientMsgID":"kept"}"#),
                (9, "ann", #"{"clientMsgID":"kept"}"#),
            ]
            return
                "INSERT INTO conversations (id, application, kind, key, name) VALUES (7, \(app.rawValue), 3, '', '');"
                + messages.map { id, sender, ext in
                    """
                    INSERT INTO messages (application, id, conversation, sender, kind, flags, edits, text, ext)
                        VALUES (\(app.rawValue), \(id), 7, '\(sender)', 0, 0, 0, 'x', CAST('\(ext)' AS BLOB));
                    """
                }.joined()
                    + """
                    INSERT INTO message_names (application, name, sender, conversation, message)
                        VALUES (\(app.rawValue), 'kept', 'ann', 7, 9);
                    """
        }
        let store = try TemporaryDatabase(in: folder)
        store.close()
        let rows = try RawFile(folder).rows(
            "SELECT name, sender, message, digest FROM message_names WHERE application = \(app.rawValue)"
        )
        #expect(
            rows == [["a", "ann", "1", "NULL"], ["a", "bob", "3", "NULL"], ["kept", "ann", "9", "NULL"]]
        )
    }

    @Test func `A message that was named before digests is compared by what is left of it`() throws {
        let (folder, app, _) = try file(of: 20) { app, _ in
            """
            INSERT INTO conversations (id, application, kind, key, name, last_sequence, last_message)
                VALUES (7, \(app.rawValue), 3, '', '', 1, 5);
            INSERT INTO messages (application, id, conversation, sequence, sender, kind, flags, edits, text)
                VALUES (\(app.rawValue), 5, 7, 1, 'ann', 0, 0, 0, 'x');
            INSERT INTO message_names (application, name, sender, conversation, message)
                VALUES (\(app.rawValue), 'n', 'ann', 7, 5);
            """
        }
        let store = try TemporaryDatabase(in: folder)
        func send(_ text: String) throws -> MessageID {
            try store.write(app) { (writer) throws(Failure) in
                let ann = try UserRules.find(.name("ann"), in: writer)
                return try MessageRules.broadcast(
                    MessageDraft(MessageContent(kind: .text, text: text), clientName: "n"),
                    from: .user(ann),
                    at: Timestamp(milliseconds: 1_700_000_000_000),
                    in: writer
                )
            }
        }
        #expect(try send("x") == MessageID(rawValue: 5))
        #expect(throws: Failure.invalid(field: "clientMsgID", .taken(value: "n"))) { try send("y") }
        store.close()
    }

    @Test func `What has no time of its own has the one that its id says from the migration on`() throws {
        let id = TimeOrderedIDs.first(at: Timestamp(milliseconds: 1_700_000_000_123)) + 7
        let (folder, app, _) = try file(of: 22) { app, _ in
            """
            INSERT INTO conversations (id, application, kind, key, name, last_sequence, last_message)
                VALUES (7, \(app.rawValue), 3, '', '', 1, \(id)), (8, \(app.rawValue), 0, 'a:b', 'a:b', 0, 0);
            INSERT INTO messages (application, id, conversation, sequence, sender, kind, flags, edits, text)
                VALUES (\(app.rawValue), \(id), 7, 1, 'ann', 0, 1, 0, NULL);
            INSERT INTO message_recalls (application, id, message, conversation)
                VALUES (\(app.rawValue), \(id + 4096), \(id), 7);
            INSERT INTO message_operations (application, operation, message) VALUES (\(app.rawValue), 'o', \(id));
            """
        }
        let store = try TemporaryDatabase(in: folder)
        store.close()
        let file = try RawFile(folder)
        #expect(try file.rows("SELECT sent FROM messages") == [["1700000000123"]])
        #expect(try file.rows("SELECT made FROM message_recalls") == [["1700000000124"]])
        #expect(try file.rows("SELECT noted FROM message_operations") == [["1700000000123"]])
        #expect(
            try file.rows("SELECT last_sent FROM conversations ORDER BY id") == [["1700000000123"], ["NULL"]]
        )
        #expect(
            try file.rows(
                "SELECT id FROM messages INDEXED BY messages_ahead WHERE application = \(app.rawValue) AND sent > 0 AND id >> 12 > sent - 1577836800000"
            ) == []
        )
    }

    @Test func `A group that was muted is so for ever, and the end of a new mute is kept`() throws {
        let (folder, app, _) = try file(of: 21) { app, users in
            let groups = [(11, 1), (12, 0)].map { id, muted in
                """
                INSERT INTO groups (id, application, kind, owner, created, modified, name, description, public,
                    maximum_members, needs_approval, allows_invites, needs_invite_consent, custom, muted)
                VALUES (\(id), \(app.rawValue), 0, \(users[0].rawValue), 1, 1, 'g', '', 1, 9, 0, 0, 0, '', \(muted));
                """
            }
            return groups.joined()
        }
        let ids = [11, 12].map { GroupID(rawValue: $0) }
        func expiries(_ store: TemporaryDatabase) throws -> [Timestamp?] {
            try store.read(app) { (reader) throws(Failure) in
                [try reader.group(ids[0])?.muteExpiry, try reader.group(ids[1])?.muteExpiry]
            }
        }
        var store = try TemporaryDatabase(in: folder)
        #expect(try expiries(store) == [Mutes.forever, nil])
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        try store.write(app) { (writer) throws(Failure) in
            for (id, milliseconds) in zip(ids, [1500, nil]) {
                let group = try GroupRules.find(id.text, .group, in: writer)
                try GroupModerationRules.muteAll(
                    milliseconds: milliseconds,
                    in: group,
                    by: .operator,
                    at: now,
                    store: writer
                )
            }
        }
        store.close()
        store = try TemporaryDatabase(in: folder)
        #expect(try expiries(store) == [Timestamp(milliseconds: 1_700_000_001_500), Mutes.forever])
        store.close()
    }
}
