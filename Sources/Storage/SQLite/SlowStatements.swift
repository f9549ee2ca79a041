// Statements that take too long: noticed by SQLite's own trace, so that nothing is spent where nobody asks.

import CSQLite
import Domain

/// Watches the statements of one connection.
///
/// Used on the connection's thread, and lives as long as the connection.
final class SlowStatements {
    /// How statements are watched.
    struct Watch: Sendable {
        /// A statement that took longer than this is reported, in nanoseconds.
        var bound: UInt64 = 50_000_000
        /// Called on the thread of the statement, behind its end.
        let report: @Sendable (SlowStatement) -> Void
        /// A clock in nanoseconds.
        var clock: @Sendable () -> UInt64 = { Connection.monotonicNanoseconds() }
    }

    private let watch: Watch
    /// When the statements under way were begun.
    private var begun: [OpaquePointer: UInt64] = [:]

    init(_ watch: Watch, of connection: OpaquePointer) {
        self.watch = watch
        sqlite3_trace_v2(
            connection,
            UInt32(SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE),
            { event, context, statement, _ in
                guard let context, let statement else { return 0 }
                let slow = Unmanaged<SlowStatements>.fromOpaque(context).takeUnretainedValue()
                slow.note(event, OpaquePointer(statement))
                return 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func note(_ event: UInt32, _ statement: OpaquePointer) {
        guard event == UInt32(SQLITE_TRACE_PROFILE) else {
            // A trigger inside a statement is traced as a statement, too: the first one counts.
            if begun[statement] == nil { begun[statement] = watch.clock() }
            return
        }
        guard let start = begun.removeValue(forKey: statement) else { return }
        let nanoseconds = watch.clock() - start
        guard nanoseconds > watch.bound, let sql = sqlite3_sql(statement) else { return }
        watch.report(SlowStatement(sql: String(cString: sql), nanoseconds: nanoseconds))
    }
}
