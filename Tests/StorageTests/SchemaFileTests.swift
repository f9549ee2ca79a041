// The readable schema: Fixtures/schema.sql, held to what the migrations make.

import CSQLite
import DomainKit
import Foundation
import Testing

@testable import Storage

@Suite struct SchemaFileRulesTests {
    private static let path =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/schema.sql"

    private static let everything =
        "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master ORDER BY type, name"

    /// The schema of a fresh parley.db.
    private static func fresh(_ question: String) throws -> [[String]] {
        let store = try TemporaryDatabase()
        store.close()
        return try RawFile(store.folder).rows(question)
    }

    @Test func `Fixtures schema sql makes the tables of a fresh parley db`() throws {
        if ProcessInfo.processInfo.environment["PARLEY_WRITE_SCHEMA"] != nil {
            try Self.text().write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = try RawFile(folder)
        #expect(file.run(try String(contentsOfFile: Self.path, encoding: .utf8)) == SQLITE_OK)
        let isSame = try file.rows(Self.everything) == Self.fresh(Self.everything)
        #expect(isSame, "A migration changed the schema: `make schema` writes Fixtures/schema.sql anew.")
    }

    /// Each table with its indexes and triggers, in the order of the migrations.
    private static func text() throws -> String {
        let rows = try fresh(
            """
            SELECT type, name, tbl_name, sql FROM sqlite_master
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
            """
        )
        let virtual = rows.filter { $0[3].hasPrefix("CREATE VIRTUAL") }.map { $0[1] }
        let shadows = Set(
            virtual.flatMap { name in ["data", "idx", "content", "docsize", "config"].map { "\(name)_\($0)" }
            }
        )
        var text = """
            -- The tables of parley.db, as all migrations together leave them; a test holds this file to them.
            -- Written by `make schema`, never by hand. Columns that a later migration added stand at the end of their table.

            """
        for table in rows where table[0] == "table" && !shadows.contains(table[1]) {
            let belonging = ["index", "trigger"].flatMap { kind in
                rows.filter { $0[0] == kind && $0[2] == table[1] }.sorted { $0[1] < $1[1] }
            }
            text += "\n" + ([table] + belonging).map { $0[3] + ";\n" }.joined()
        }
        return text
    }

    @Test func `a migration's number stands in the names of its file and its declaration`() throws {
        let folder =
            URL(fileURLWithPath: Self.path).deletingLastPathComponent().deletingLastPathComponent()
            .path + "/Sources/Storage/Schema"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("+") }
        for file in files.sorted() {
            let name = try #require(
                file.wholeMatch(of: #/Migration(\d\d)\+([A-Z][A-Za-z]*)\.swift/#),
                "\(file)"
            )
            let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            #expect(text.contains("static let migration\(name.1)\(name.2): StaticString"), "\(file)")
            #expect(text.contains("PRAGMA user_version = \(Int(name.1) ?? 0);"), "\(file)")
        }
        #expect(files.count == Migration.all.count)
    }
}
