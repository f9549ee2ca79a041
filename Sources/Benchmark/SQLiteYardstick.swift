// The yardstick of writes: SQLite without anything of ours around it.

import CSQLite
import Glibc

/// One connection with SQLite's own defaults but for WAL and `synchronous=FULL`, inserting contacts from one loop.
///
/// The table and its indexes are those of the copied data folder. Foreign keys are not enforced (SQLite's default,
/// and the faster way): the yardstick looks nothing up.
final class SQLiteYardstick {
    private let handle: OpaquePointer
    private var insertion: OpaquePointer?

    /// Opens the file of a stopped data folder.
    init(_ path: String) throws {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            throw BenchmarkError("SQLite can't open \(path): \(code)")
        }
        handle = opened
        try run("PRAGMA journal_mode = WAL")
        try run("PRAGMA synchronous = FULL")
        let sql = "INSERT INTO contacts (application, owner, contact, created) VALUES (?1, ?2, ?3, ?4)"
        guard sqlite3_prepare_v2(handle, sql, -1, &insertion, nil) == SQLITE_OK else { throw error() }
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_close(handle)
    }

    /// Inserts both rows of each pair, so many pairs a commit.
    ///
    /// - Returns: pairs a second.
    func pairsPerSecond(
        _ pairs: some Collection<(owner: Int, contact: Int)>,
        application: Int64,
        pairsPerCommit: Int
    ) throws -> Double {
        let seconds = try Clock.seconds {
            var inCommit = 0
            for (owner, contact) in pairs {
                if inCommit == 0 { try run("BEGIN IMMEDIATE") }
                try insert(application, Int64(owner), Int64(contact))
                try insert(application, Int64(contact), Int64(owner))
                inCommit += 1
                if inCommit == pairsPerCommit {
                    try run("COMMIT")
                    inCommit = 0
                }
            }
            if inCommit > 0 { try run("COMMIT") }
        }
        return Double(pairs.count) / seconds
    }

    private func insert(_ application: Int64, _ owner: Int64, _ contact: Int64) throws {
        sqlite3_bind_int64(insertion, 1, application)
        sqlite3_bind_int64(insertion, 2, owner)
        sqlite3_bind_int64(insertion, 3, contact)
        sqlite3_bind_int64(insertion, 4, 1_760_000_000_000)
        guard sqlite3_step(insertion) == SQLITE_DONE else { throw error() }
        sqlite3_reset(insertion)
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
    }

    private func error() -> BenchmarkError {
        BenchmarkError("SQLite: \(String(cString: sqlite3_errmsg(handle)))")
    }
}
