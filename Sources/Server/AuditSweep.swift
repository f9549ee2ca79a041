// The end of the audit's rows: removed a slice a time, with the first call of a client in an hour.

import Domain
import Threads

/// Removes rows of the audit that are older than the configured days.
final class AuditSweep: Sendable {
    private let database: any StorageEngine
    private let days: Int
    /// The hour of the last sweep.
    private let swept = Guarded<Int64>(-1)

    /// Rows of one application that one transaction removes.
    private static let slice = 500
    private static let secondsOfDay: Int64 = 86_400

    init(_ database: any StorageEngine, days: Int) {
        self.database = database
        self.days = days
    }

    /// Sweeps, where none was begun in this hour.
    func begin(in hour: Int64, at now: Timestamp) {
        let isDue = swept.withLock { swept in
            defer { swept = hour }
            return swept != hour
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
