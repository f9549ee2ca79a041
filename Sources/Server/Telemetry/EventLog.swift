// The log of what isn't a request, by severity.

import Domain
import JSON
import Reactor

/// The severity of a line of the log, and the least that is written.
public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    /// Work failed that an operator has to look at.
    case error
    /// A setting or a client is likely wrong.
    case warning
    /// Requests, and the life of the server.
    case info
    /// Slow statements.
    case debug

    /// Whether the left one is the more severe.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .info: 2
        case .debug: 3
        }
    }
}

/// Writes lines of JSON to the log, as far as they are severe enough.
struct EventLog: Sendable {
    /// The least severe level that is written.
    let level: LogLevel
    /// The clock of the lines.
    let now: @Sendable () -> Timestamp

    /// All lines but those of slow statements, by the clock of the system.
    static let standard = EventLog(level: .info) {
        Timestamp(milliseconds: SystemTime().wallMilliseconds())
    }

    /// Writes one line.
    func write(_ level: LogLevel, _ event: String, _ members: [(String, JSONValue)] = []) {
        guard level <= self.level else { return }
        Log.event(event, at: now(), members)
    }

    /// The cause of a failure of storage.
    func write(_ incident: StorageIncident) {
        write(
            .error,
            "storage",
            [
                ("reference", .string(incident.reference)), ("operation", .string(incident.operation)),
                ("code", .integer(Int64(incident.extendedCode))), ("message", .string(incident.message)),
                ("sql", .string(incident.sql)),
            ]
        )
    }

    /// Ids that run ahead of the clock.
    func write(idsAheadMilliseconds milliseconds: Int64) {
        let seconds = milliseconds / 1000
        let note =
            "The newest id is \(seconds) seconds ahead of the clock, which was or is wrong. "
            + "Times of messages are the clock's; order stays right."
        write(.warning, "ids ahead of the clock", [("seconds", .integer(seconds)), ("note", .string(note))])
    }

    /// A statement that took too long.
    func write(_ statement: SlowStatement) {
        write(
            .debug,
            "slow_statement",
            [("sql", .string(statement.sql)), ("ms", .integer(Int64(statement.nanoseconds / 1_000_000)))]
        )
    }
}
