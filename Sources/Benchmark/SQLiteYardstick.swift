// The yardstick of writes: SQLite without anything of ours around it.

import CSQLite
import Glibc

/// One connection with SQLite's own defaults but for WAL and `synchronous=FULL`, written to from one loop.
///
/// The tables, indexes and triggers are those of the copied data folder. Foreign keys are not enforced (SQLite's
/// default, and the faster way): the yardstick looks nothing up, and each figure says which rows it writes.
final class SQLiteYardstick {
    private let handle: OpaquePointer

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
    }

    // Statements may go later: the connection then lives until the last of them is gone.
    deinit { sqlite3_close_v2(handle) }

    /// A prepared statement of this connection.
    func statement(_ sql: String) throws -> RawStatement {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &prepared, nil) == SQLITE_OK, let prepared else {
            throw BenchmarkError("SQLite: \(String(cString: sqlite3_errmsg(handle))) in \(sql)")
        }
        return RawStatement(prepared)
    }

    /// Writes once for each number, so many times a commit.
    ///
    /// - Returns: times a second.
    func rate(of numbers: Range<Int>, perCommit: Int, _ write: (Int) throws -> Void) throws -> Double {
        let seconds = try Clock.seconds {
            for first in stride(from: numbers.lowerBound, to: numbers.upperBound, by: perCommit) {
                try run("BEGIN IMMEDIATE")
                for number in first..<min(first + perCommit, numbers.upperBound) { try write(number) }
                try run("COMMIT")
            }
        }
        return Double(numbers.count) / seconds
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw BenchmarkError("SQLite: \(String(cString: sqlite3_errmsg(handle)))")
        }
    }
}

/// A statement that is run again and again.
final class RawStatement {
    /// The types of a parameter.
    enum Parameter {
        case integer(Int64)
        case text(String)
    }

    private let handle: OpaquePointer
    /// SQLITE_TRANSIENT: SQLite copies what it is given.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    fileprivate init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    /// Runs it to its end with the parameters 1, 2 and so on.
    func run(_ parameters: Parameter...) throws {
        for (index, parameter) in parameters.enumerated() {
            switch parameter {
            case .integer(let value): sqlite3_bind_int64(handle, Int32(index + 1), value)
            case .text(var value):
                value.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { characters in
                        _ = sqlite3_bind_text(
                            handle,
                            Int32(index + 1),
                            characters.baseAddress,
                            Int32(characters.count),
                            Self.copied
                        )
                    }
                }
            }
        }
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard code == SQLITE_DONE else { throw BenchmarkError("SQLite: a raw statement ended with \(code)") }
    }
}
