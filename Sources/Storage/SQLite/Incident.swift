// Incidents: the cause of each storage failure is reported once, and the failure refers to it.

import CSQLite
import Domain

/// Extended result codes that are function-like macros in sqlite3.h and so aren't imported.
enum SQLiteCode {
    static let foreignKey = SQLITE_CONSTRAINT | 3 << 8
    static let fsync = SQLITE_IOERR | 4 << 8
}

/// Reports incidents and makes the failure that refers to them.
struct IncidentReporter: Sendable {
    let report: @Sendable (StorageIncident) -> Void
    let random: @Sendable () -> UInt64

    /// Reports what SQLite said.
    func failure(operation: String, code: Int32, message: String, sql: String = "") -> Failure {
        let digits = String(random(), radix: 36)
        let reference = String(repeating: "0", count: max(0, 13 - digits.count)) + digits
        report(
            StorageIncident(
                reference: reference,
                operation: operation,
                code: code & 0xFF,
                extendedCode: code,
                message: message,
                sql: sql
            )
        )
        return .storage(reference: reference)
    }
}
