// The metrics page in Prometheus' text format: base units, every name with its help and type once.

import Domain
import Routing
import Webhooks

/// Numbers of the whole server for the page.
struct ServerFigures {
    var version = ""
    var openConnections = 0
    var acceptedConnections = 0
    var shedConnections = 0
    var onlineUsers = 0
    var hashQueueDepth = 0
    var passwordHashes = 0
    var isUnderMaintenance = false
    var missingFiles = 0
    var refusals: [(reason: RefusalCounts.Reason, count: Int)] = []
    var failedLogins = 0
    /// The largest applications, by `org/app`.
    var applications: [(name: String, totals: ApplicationTotals, online: Int)] = []
}

/// The metrics page.
struct MetricsPage {
    private enum Kind: String { case gauge, counter, histogram }

    private var text = ""

    init(
        routes: [Route],
        loops: [LoopMetrics],
        storage: StorageStatistics,
        server: ServerFigures,
        process: ProcessFigures
    ) {
        family("parley_build_info", .gauge, "The version, as a label.") {
            [("{version=\"\(server.version)\"}", "1")]
        }
        requests(routes.map(\.name) + ["none"], LoopMetrics.total(loops))
        connections(server)
        applications(server)
        self.storage(storage)
        self.process(process)
    }

    /// Adds the numbers of webhooks.
    mutating func add(_ webhooks: DeliveryStatistics, at now: Timestamp) {
        let age = webhooks.oldest.map { Int(max(0, now.milliseconds - $0.milliseconds) / 1000) } ?? 0
        value("parley_webhook_pending", .gauge, "Deliveries of webhooks that are pending.", webhooks.pending)
        value("parley_webhook_oldest_seconds", .gauge, "Age of the oldest pending delivery.", age)
        let attempts = webhooks.attempts.sorted {
            ($0.key.endpoint, $0.key.result) < ($1.key.endpoint, $1.key.result)
        }
        family("parley_webhook_attempts_total", .counter, "Attempts to deliver by endpoint and result.") {
            attempts.map { ("{endpoint=\"\($0.key.endpoint)\",result=\"\($0.key.result)\"}", "\($0.value)") }
        }
        value(
            "parley_webhook_disabled_total",
            .counter,
            "Endpoints that the server has disabled.",
            webhooks.disabled
        )
    }

    /// Adds what was removed because it was too old.
    mutating func add(_ removed: RemovedCounts) {
        family("parley_retention_removed_total", .counter, "Removed for their age, by kind.") {
            [
                ("{kind=\"message\"}", "\(removed.messages)"), ("{kind=\"file\"}", "\(removed.files)"),
                ("{kind=\"notice\"}", "\(removed.notices)"),
            ]
        }
    }

    /// The page's bytes.
    var bytes: [UInt8] { Array(text.utf8) }

    // MARK: Parts

    private mutating func connections(_ server: ServerFigures) {
        value("parley_connections_open", .gauge, "Open connections.", server.openConnections)
        value(
            "parley_connections_accepted_total",
            .counter,
            "Connections accepted.",
            server.acceptedConnections
        )
        value(
            "parley_connections_shed_total",
            .counter,
            "Connections reset for unread output.",
            server.shedConnections
        )
        family("parley_refusals_total", .counter, "Connections and requests refused, by reason.") {
            server.refusals.map { ("{reason=\"\($0.reason.rawValue)\"}", "\($0.count)") }
        }
        value(
            "parley_login_failures_total",
            .counter,
            "Log-ins with a wrong name, password or secret.",
            server.failedLogins
        )
        value("parley_users_online", .gauge, "Users with a live connection.", server.onlineUsers)
        value(
            "parley_maintenance",
            .gauge,
            "1 while the server is under maintenance.",
            server.isUnderMaintenance ? 1 : 0
        )
        value("parley_hash_queue_length", .gauge, "Password work that waits.", server.hashQueueDepth)
        value("parley_password_hashes_total", .counter, "Password hashes computed.", server.passwordHashes)
        value(
            "parley_missing_files_total",
            .counter,
            "Downloads of files whose bytes are missing.",
            server.missingFiles
        )
    }

    private mutating func applications(_ server: ServerFigures) {
        guard !server.applications.isEmpty else { return }
        func samples(_ value: (ApplicationTotals, Int) -> Int) -> [(String, String)] {
            server.applications.map { ("{application=\"\($0.name)\"}", "\(value($0.totals, $0.online))") }
        }
        family("parley_application_users", .gauge, "Registered users.") {
            samples { totals, _ in totals.users }
        }
        family("parley_application_users_online", .gauge, "Users with a live connection.") {
            samples { _, online in online }
        }
        family("parley_application_messages", .gauge, "Messages stored.") {
            samples { totals, _ in totals.messages }
        }
        family("parley_application_file_bytes", .gauge, "Bytes of all files, one sent twice counted twice.") {
            samples { totals, _ in totals.fileBytes }
        }
    }

    private mutating func storage(_ storage: StorageStatistics) {
        value(
            "parley_writer_queue_length",
            .gauge,
            "Transactions that wait for the writer.",
            storage.queueDepth
        )
        value(
            "parley_scan_queue_length",
            .gauge,
            "Scans that wait for a reader thread.",
            storage.scanQueueDepth
        )
        value("parley_batches_total", .counter, "Batches of transactions.", storage.batches)
        value(
            "parley_failed_batches_total",
            .counter,
            "Batches of which nothing was kept.",
            storage.failedBatches
        )
        value("parley_transactions_total", .counter, "Transactions in batches.", storage.transactions)
        family("parley_commit_seconds", .histogram, "Time inside COMMIT.") {
            Self.histogram(
                "",
                bounds: StorageStatistics.commitBounds.map { Double($0) / 1e6 },
                counts: storage.commits,
                sum: Double(storage.commitMicroseconds) / 1e6
            )
        }
        value("parley_wal_bytes", .gauge, "Length of the write-ahead log.", storage.walBytes)
        value("parley_checkpoints_total", .counter, "Checkpoints run.", storage.checkpoints)
        value(
            "parley_writer_reopenings_total",
            .counter,
            "Times the writer was replaced after a failed commit.",
            storage.reopenings
        )
        value(
            "parley_ids_ahead_seconds",
            .gauge,
            "How far the newest id is ahead of the clock.",
            Int(storage.idLeadMilliseconds / 1000)
        )
    }

    private mutating func process(_ process: ProcessFigures) {
        value("parley_database_bytes", .gauge, "Length of the database file.", process.databaseBytes)
        value(
            "parley_disk_free_bytes",
            .gauge,
            "Free bytes of the data folder's disk.",
            process.diskFreeBytes
        )
        value("parley_disk_bytes", .gauge, "Bytes of the data folder's disk.", process.diskBytes)
        family("process_cpu_seconds_total", .counter, "Processor time used.") {
            [("", "\(process.cpuSeconds)")]
        }
        value("process_resident_memory_bytes", .gauge, "Memory in use.", process.residentBytes)
        value("process_virtual_memory_bytes", .gauge, "Address space in use.", process.virtualBytes)
        family("process_start_time_seconds", .gauge, "When the process was started, since 1970.") {
            [("", "\(process.startSeconds)")]
        }
        value("process_open_fds", .gauge, "Open descriptors.", process.openDescriptors)
        value("process_max_fds", .gauge, "Descriptors that may be open.", process.maximumDescriptors)
        value("process_threads", .gauge, "Threads.", process.threads)
    }

    private mutating func requests(_ names: [String], _ totals: [LoopMetrics.Counts]) {
        family("parley_requests_total", .counter, "Requests by route and status class.") {
            zip(names, totals).flatMap { name, counts in
                counts.statuses.enumerated().filter { $0.element > 0 }.map { index, count in
                    ("{route=\"\(name)\",status=\"\(index + 1)xx\"}", "\(count)")
                }
            }
        }
        family("parley_request_seconds", .histogram, "Time from the whole request to its reply.") {
            zip(names, totals).filter { $0.1.buckets.contains { $0 > 0 } }.flatMap { name, counts in
                Self.histogram(
                    "route=\"\(name)\"",
                    bounds: LoopMetrics.bounds.map { Double($0) / 1e6 },
                    counts: counts.buckets,
                    sum: Double(counts.microseconds) / 1e6
                )
            }
        }
    }

    // MARK: Lines

    /// A family of samples: each one's suffix or labels, and its value.
    private mutating func family(
        _ name: String,
        _ kind: Kind,
        _ help: String,
        _ samples: () -> [(String, String)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in samples() { text += "\(name)\(labels) \(value)\n" }
    }

    private mutating func value(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        family(name, kind, help) { [("", "\(value)")] }
    }

    /// The samples of one histogram.
    private static func histogram(
        _ labels: String,
        bounds: [Double],
        counts: [UInt64],
        sum: Double
    ) -> [(String, String)] {
        var samples: [(String, String)] = []
        var total: UInt64 = 0
        let prefix = labels.isEmpty ? "" : labels + ","
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
            samples.append(("_bucket{\(prefix)le=\"\(bound)\"}", "\(total)"))
        }
        let all = labels.isEmpty ? "" : "{\(labels)}"
        return samples + [("_sum\(all)", "\(sum)"), ("_count\(all)", "\(total)")]
    }
}
