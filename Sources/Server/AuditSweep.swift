// The end of the audit's rows: removed a slice a time, once an hour while clients call.

import Domain
import Threads

/// Removes rows of the audit that are older than the configured days.
final class AuditSweep: Sendable {
    private let database: any StorageEngine
    private let days: Int
    /// When the last sweep began.
    private let begun = Guarded<Timestamp?>(nil)

    /// Rows of one application that one transaction removes.
    private static let slice = 500
    private static let secondsOfDay: Int64 = 86_400
    private static let secondsOfHour: Int64 = 3600

    init(_ database: any StorageEngine, days: Int) {
        self.database = database
        self.days = days
    }

    /// Sweeps, unless it was begun less than an hour ago.
    func begin(at now: Timestamp) {
        let isDue = begun.withLock { begun in
            if let last = begun, now < last.adding(seconds: Self.secondsOfHour) { return false }
            begun = now
            return true
        }
        if isDue { removeSlice(before: now.adding(seconds: -Int64(days) * Self.secondsOfDay)) }
    }

    private func removeSlice(before end: Timestamp) {
        _ = database.administer(
            by: Origin(server: "sweepAudit"),
            writing: { store throws(Failure) in try store.removeAudit(before: end, limit: Self.slice) },
            completion: { [weak self] result in
                if case .success(true) = result { self?.removeSlice(before: end) }
            }
        )
    }
}
