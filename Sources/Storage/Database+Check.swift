// The database's own word on whether the file is sound.

import CSQLite
import Domain

private enum CheckQueries {
    static let integrity = Query("PRAGMA integrity_check")
    static let foreignKeys = Query("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check")
}

extension Database {
    /// Reads the whole file and checks pages, indexes, constraints and references.
    ///
    /// Runs on the caller's thread, in one snapshot; a large file takes its time.
    ///
    /// - Returns: one sentence for each problem; empty when there is none.
    public func check() -> [String] {
        do {
            let connection = try file.open(.reader)
            counter.add(readers: 1)
            defer { counter.add(readers: -1) }
            return Self.problems(connection)
        } catch {
            return ["The database can't be opened for its check: \(error)"]
        }
    }

    private static func problems(_ connection: Connection) -> [String] {
        var problems: [String] = []
        ask(connection, CheckQueries.integrity, &problems) { $0.text(0) == "ok" ? nil : $0.text(0) }
        ask(connection, CheckQueries.foreignKeys, &problems) {
            "A row of \($0.text(0)) refers to a row of \($0.text(1)) that isn't there."
        }
        return problems
    }

    /// Adds a sentence for each row, and SQLite's own words where it can't go on.
    private static func ask(
        _ connection: Connection,
        _ query: Query,
        _ problems: inout [String],
        _ sentence: (borrowing Statement) -> String?
    ) {
        do throws(Failure) {
            problems += try connection.prepare(query).rows(sentence).compactMap(\.self)
        } catch {
            problems.append("SQLite says: \(String(cString: sqlite3_errmsg(connection.handle))).")
        }
    }
}
