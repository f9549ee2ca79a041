// The reports of Storage: the cause of each storage failure, and the events of each commit.

import CSQLite
public import Domain

/// The cause behind a `.storage` failure, for the log.
///
/// It carries no value of any request.
public struct Incident: Equatable, Sendable {
    /// The same text as in the failure that the client saw.
    public let reference: String
    /// The operation: `statement`, `prepare`, `transaction`, `commit`, `checkpoint` or `reopen`.
    public let operation: String
    /// SQLite's primary result code, as `SQLITE_FULL` = 13.
    public let code: Int32
    /// SQLite's extended result code.
    public let extendedCode: Int32
    /// SQLite's text for the code.
    public let message: String
    /// The SQL text with its parameters unfilled; empty where there is none.
    public let sql: String
}

/// An event of a committed transaction.
public struct CommittedEvent: Hashable, Sendable {
    /// The application of the transaction; nil for administration.
    public let application: ApplicationID?
    /// The event.
    public let event: Event

    /// Memberwise.
    public init(application: ApplicationID?, event: Event) {
        self.application = application
        self.event = event
    }
}

/// Extended result codes that are function-like macros in sqlite3.h and so aren't imported.
enum SQLiteCode {
    static let foreignKey = SQLITE_CONSTRAINT | 3 << 8
    static let fsync = SQLITE_IOERR | 4 << 8
}

/// Reports incidents and makes the failure that refers to them.
struct IncidentReporter: Sendable {
    let report: @Sendable (Incident) -> Void
    let random: @Sendable () -> UInt64

    /// Reports what SQLite said.
    func failure(operation: String, code: Int32, message: String, sql: String = "") -> Failure {
        let digits = String(random(), radix: 36)
        let reference = String(repeating: "0", count: max(0, 13 - digits.count)) + digits
        report(
            Incident(
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
