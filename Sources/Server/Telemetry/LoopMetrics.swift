// The counters of each loop's requests.

import HTTP
import Threads

/// The counters of one loop.
///
/// Locked, since the page is made on any loop; uncontended it costs some nanoseconds.
final class LoopMetrics: Sendable {
    /// Upper bounds of the latency buckets, in microseconds.
    static let bounds: [UInt64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 250_000, 1_000_000, 5_000_000, 10_000_000,
        30_000_000,
    ]

    struct Counts: Sendable {
        /// Requests by status class, 1xx to 5xx.
        var statuses = [UInt64](repeating: 0, count: 5)
        /// Requests by latency bucket; the last is what is above all bounds.
        var buckets = [UInt64](repeating: 0, count: bounds.count + 1)
        var microseconds: UInt64 = 0
    }

    private let routes: Guarded<[Counts]>

    /// - Parameter routes: how many; one more is kept for requests that matched none.
    init(routes: Int) { self.routes = Guarded(Array(repeating: Counts(), count: routes + 1)) }

    /// Counts one request.
    func count(route: Int?, status: HTTP.Status, microseconds: UInt64) {
        let bucket = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
        routes.withLock { routes in
            let index = route ?? routes.count - 1
            routes[index].statuses[min(max(Int(status.code) / 100, 1), 5) - 1] += 1
            routes[index].buckets[bucket] += 1
            routes[index].microseconds += microseconds
        }
    }

    var counts: [Counts] { routes.withLock { $0 } }

    /// The counts of all loops together.
    static func total(_ loops: [LoopMetrics]) -> [Counts] {
        var totals = loops.first?.counts ?? []
        for loop in loops.dropFirst() {
            for (index, counts) in loop.counts.enumerated() {
                for status in counts.statuses.indices {
                    totals[index].statuses[status] += counts.statuses[status]
                }
                for bucket in counts.buckets.indices {
                    totals[index].buckets[bucket] += counts.buckets[bucket]
                }
                totals[index].microseconds += counts.microseconds
            }
        }
        return totals
    }
}
