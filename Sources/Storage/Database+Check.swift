// The database's own word on whether the file is sound.

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
            return try Self.problems(connection)
        } catch {
            return ["The check itself failed: \(error)"]
        }
    }

    private static func problems(_ connection: Connection) throws(Failure) -> [String] {
        let damage = try connection.prepare(CheckQueries.integrity).rows { $0.text(0) }.filter { $0 != "ok" }
        let orphans = try connection.prepare(CheckQueries.foreignKeys).rows {
            "A row of \($0.text(0)) refers to a row of \($0.text(1)) that isn't there."
        }
        return damage + orphans
    }
}
