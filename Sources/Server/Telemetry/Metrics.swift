// Counters of the server, and their page in Prometheus' text format.

import Domain
import HTTP
import Routing
import Threads

/// What one loop counts.
///
/// Locked, since the page is made on any loop; uncontended it costs some nanoseconds.
final class LoopMetrics: Sendable {
    /// Upper bounds of the latency buckets, in microseconds.
    static let bounds: [UInt64] = [100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 250_000, 1_000_000]

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
}

/// Numbers of the whole process for the page.
struct ProcessGauges {
    var openConnections = 0
    var acceptedConnections = 0
    var refusedConnections = 0
    var shedConnections = 0
    var onlineUsers = 0
    var hashQueueDepth = 0
    var passwordHashes = 0
    var isUnderMaintenance = false
}

/// The metrics page.
struct MetricsPage {
    private var text = ""

    init(routes: [Route], loops: [LoopMetrics], storage: StorageStatistics, gauges: ProcessGauges) {
        let totals = Self.total(loops)
        requests(routes.map(\.name) + ["none"], totals)
        value("parley_connections_open", "gauge", "Open connections.", gauges.openConnections)
        value(
            "parley_connections_accepted_total",
            "counter",
            "Connections accepted.",
            gauges.acceptedConnections
        )
        value(
            "parley_connections_refused_total",
            "counter",
            "Connections refused.",
            gauges.refusedConnections
        )
        value(
            "parley_connections_shed_total",
            "counter",
            "Connections reset for unread output.",
            gauges.shedConnections
        )
        value("parley_users_online", "gauge", "Users with a live connection.", gauges.onlineUsers)
        value(
            "parley_maintenance",
            "gauge",
            "1 while the server is under maintenance.",
            gauges.isUnderMaintenance ? 1 : 0
        )
        value("parley_hash_queue_depth", "gauge", "Password work that waits.", gauges.hashQueueDepth)
        value("parley_password_hashes_total", "counter", "Password hashes computed.", gauges.passwordHashes)
        value(
            "parley_writer_queue_depth",
            "gauge",
            "Transactions that wait for the writer.",
            storage.queueDepth
        )
        value(
            "parley_scan_queue_depth",
            "gauge",
            "Scans that wait for a reader thread.",
            storage.scanQueueDepth
        )
        value("parley_batches_total", "counter", "Batches of transactions.", storage.batches)
        value(
            "parley_failed_batches_total",
            "counter",
            "Batches of which nothing was kept.",
            storage.failedBatches
        )
        value("parley_transactions_total", "counter", "Transactions in batches.", storage.transactions)
        value("parley_largest_batch", "gauge", "Transactions in the largest batch.", storage.largestBatch)
        value(
            "parley_commit_microseconds_total",
            "counter",
            "Time inside COMMIT.",
            storage.commitMicroseconds
        )
        value(
            "parley_longest_commit_microseconds",
            "gauge",
            "The longest COMMIT.",
            storage.longestCommitMicroseconds
        )
        value(
            "parley_ids_ahead_seconds",
            "gauge",
            "How far the newest id is ahead of the clock.",
            Int(storage.idLeadMilliseconds / 1000)
        )
        value("parley_wal_bytes", "gauge", "Length of the write-ahead log.", storage.walBytes)
        value("parley_checkpoints_total", "counter", "Checkpoints run.", storage.checkpoints)
        value(
            "parley_writer_reopenings_total",
            "counter",
            "Times the writer was replaced after a failed commit.",
            storage.reopenings
        )
    }

    /// The page's bytes.
    var bytes: [UInt8] { Array(text.utf8) }

    private static func total(_ loops: [LoopMetrics]) -> [LoopMetrics.Counts] {
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

    private mutating func value(_ name: String, _ type: String, _ help: String, _ value: Int) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(name) \(value)\n"
    }

    private mutating func requests(_ names: [String], _ totals: [LoopMetrics.Counts]) {
        text +=
            "# HELP parley_requests_total Requests by route and status class.\n# TYPE parley_requests_total counter\n"
        for (name, counts) in zip(names, totals) {
            for (index, count) in counts.statuses.enumerated() where count > 0 {
                text += "parley_requests_total{route=\"\(name)\",status=\"\(index + 1)xx\"} \(count)\n"
            }
        }
        text += "# HELP parley_request_seconds Time from the whole request to its reply.\n"
        text += "# TYPE parley_request_seconds histogram\n"
        for (name, counts) in zip(names, totals) where counts.buckets.contains(where: { $0 > 0 }) {
            histogram(name, counts)
        }
    }

    private mutating func histogram(_ name: String, _ counts: LoopMetrics.Counts) {
        var sum: UInt64 = 0
        for (index, count) in counts.buckets.enumerated() {
            sum += count
            let bound =
                index < LoopMetrics.bounds.count ? "\(Double(LoopMetrics.bounds[index]) / 1e6)" : "+Inf"
            text += "parley_request_seconds_bucket{route=\"\(name)\",le=\"\(bound)\"} \(sum)\n"
        }
        text += "parley_request_seconds_sum{route=\"\(name)\"} \(Double(counts.microseconds) / 1e6)\n"
        text += "parley_request_seconds_count{route=\"\(name)\"} \(sum)\n"
    }
}
