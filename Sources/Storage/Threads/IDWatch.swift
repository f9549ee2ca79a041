// Says when ids run far ahead of the clock: it was wrong before, or is now.

import Domain

/// Looks at the newest id after each commit.
///
/// Used by one thread at a time: by the one that opens the database, and then by the writer.
final class IDWatch {
    /// A lead that no ordinary setting of a clock explains: a day.
    static let limit: Int64 = 86_400_000

    private let now: @Sendable () -> Timestamp
    private let report: @Sendable (Int64) -> Void
    private var last: Int64 = 0
    private var isTold = false

    init(now: @escaping @Sendable () -> Timestamp, report: @escaping @Sendable (Int64) -> Void) {
        self.now = now
        self.report = report
    }

    /// Reports the lead when it has come to exceed the limit, once until it is below it again.
    func look(at ids: TimeOrderedIDs) {
        // Most commits give out no id.
        guard ids.last != last else { return }
        last = ids.last
        let lead = ids.lead(at: now())
        guard lead > Self.limit else {
            isTold = false
            return
        }
        if !isTold { report(lead) }
        isTold = true
    }
}
