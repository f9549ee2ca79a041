// The running server, as the operations routes see it.

import Domain
import Reactor
import Routing
import Threads

/// The running server, as its operations routes see it.
final class ServerOperations: Operations {
    private let database: any StorageEngine
    private let tenants: Tenants
    private let signingKeys: SigningKeys
    private let compute: ComputePool
    private let routes: [Route]
    private let loops: [LoopMetrics]
    private let census: ConnectionCensus
    private let online: OnlineUsers
    private let webhooks: WebhookRoom
    private let renderDocument: @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]
    private let documents = Guarded<[DocumentKey: [UInt8]]>([:])
    private let now: @Sendable () -> Timestamp
    /// When a probe last reached the disk: a flood of readiness calls costs one commit a second.
    private let lastProbe = Guarded<UInt64?>(nil)
    private let time: any TimeSource
    private let totals = Guarded<Counted?>(nil)
    private let configuration: Configuration
    private let files: FileVault
    private let refusals: RefusalCounts

    init(
        _ store: StartedStore,
        compute: ComputePool,
        routes: [Route],
        loops: [LoopMetrics],
        census: ConnectionCensus,
        online: OnlineUsers,
        configuration: Configuration,
        files: FileVault,
        refusals: RefusalCounts,
        webhooks: WebhookRoom,
        document: @escaping @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]
    ) {
        database = store.database
        tenants = store.tenants
        signingKeys = store.keys
        self.compute = compute
        self.routes = routes
        self.loops = loops
        self.census = census
        self.online = online
        self.webhooks = webhooks
        renderDocument = document
        time = store.time
        self.configuration = configuration
        self.files = files
        self.refusals = refusals
        now = store.log.now
    }

    func metricsPage() throws(Failure) -> [UInt8] {
        let counts = census.counts
        var figures = ServerFigures()
        figures.version = configuration.version
        figures.openConnections = counts.open
        figures.acceptedConnections = counts.accepted
        figures.shedConnections = counts.shed
        figures.onlineUsers = online.count
        figures.hashQueueDepth = compute.depth
        figures.passwordHashes = compute.hashesBegun
        figures.isUnderMaintenance = isUnderMaintenance
        figures.missingFiles = files.missing
        figures.refusals = refusals.counts
        figures.failedLogins = refusals.failedLogins
        let connected = online.counts
        let names = tenants.snapshot.applicationNames
        figures.applications = try applicationTotals().compactMap { id, totals in
            names[id].map { (name: $0, totals: totals, online: connected[id] ?? 0) }
        }
        var page = MetricsPage(
            routes: routes,
            loops: loops,
            storage: database.statistics,
            server: figures,
            process: ProcessFigures(folder: configuration.dataFolder)
        )
        page.add(webhooks.statistics, at: now())
        return page.bytes
    }

    /// The sizes of the largest applications, counted anew twice a minute at most.
    private func applicationTotals() throws(Failure) -> [(
        application: ApplicationID, totals: ApplicationTotals
    )] {
        let limit = configuration.metricsApplications
        guard limit > 0 else { return [] }
        let now = time.monotonicNanoseconds()
        let kept = totals.withLock { kept in
            kept.flatMap { now - $0.counted < 30_000_000_000 ? $0.rows : nil }
        }
        if let kept { return kept }
        let done = BlockingQueue<Result<[(application: ApplicationID, totals: ApplicationTotals)], Failure>>(
            capacity: 1
        )
        let isQueued = database.administer(
            scanning: { store throws(Failure) in try store.applicationTotals(limit: limit) },
            completion: { _ = done.push($0) }
        )
        guard isQueued, let result = done.take() else { throw .overloaded(retryAfterSeconds: 1) }
        let rows = try result.get()
        totals.withLock { $0 = Counted(rows: rows, counted: now) }
        return rows
    }

    private struct Counted {
        let rows: [(application: ApplicationID, totals: ApplicationTotals)]
        /// When, in monotonic nanoseconds.
        let counted: UInt64
    }

    var isUnderMaintenance: Bool { tenants.snapshot.isUnderMaintenance }

    private struct DocumentKey: Hashable {
        let part: OpenAPIPart?
        let format: OpenAPIFormat
    }

    /// Rendered when it is first asked for: most servers are never asked for most of them.
    func apiDocument(_ part: OpenAPIPart?, _ format: OpenAPIFormat) -> [UInt8] {
        documents.withLock { documents in
            let key = DocumentKey(part: part, format: format)
            if let rendered = documents[key] { return rendered }
            let rendered = renderDocument(part, format)
            documents[key] = rendered
            return rendered
        }
    }

    func backup(to path: String) throws(Failure) {
        do throws(StorageRefusal) {
            try database.copy(to: path)
        } catch {
            throw .invalid(field: "path", .illegal(value: error.description))
        }
    }

    func check(hashing: Bool) throws(Failure) -> SoundnessReport {
        var report = SoundnessReport(problems: database.check())
        files.check(hashing: hashing, &report)
        report.outbox = try outbox()
        return report
    }

    private func outbox() throws(Failure) -> WebhookBacklog {
        let done = BlockingQueue<Result<WebhookBacklog, Failure>>(capacity: 1)
        let isQueued = database.administer(
            scanning: { store throws(Failure) in try store.webhookBacklog() },
            completion: { _ = done.push($0) }
        )
        guard isQueued, let result = done.take() else { throw .overloaded(retryAfterSeconds: 1) }
        return try result.get()
    }

    func keys() -> [SigningKeyFacts] { signingKeys.facts }

    func server() -> ServerFacts {
        let process = ProcessFigures(folder: configuration.dataFolder)
        let storage = database.statistics
        return ServerFacts(
            version: configuration.version,
            started: Timestamp(milliseconds: Int64(process.startSeconds * 1000)),
            flags: configuration.flags.map { flag in
                ServerFacts.Flag(name: flag.name, value: flag.value, source: flag.source)
            },
            isUnderMaintenance: isUnderMaintenance,
            disk: (process.databaseBytes, storage.walBytes, process.diskBytes, process.diskFreeBytes),
            queue: (storage.queueDepth, compute.depth),
            commits: (storage.batches - storage.failedBatches, storage.failedBatches)
        )
    }

    func retireKey(_ id: UInt32) throws(Failure) {
        let isRetired: Bool
        do throws(StartFailure) {
            isRetired = try signingKeys.retire(id)
        } catch {
            throw Log.failure("signing keys", error.description)
        }
        guard !isRetired else { return }
        let isThere = signingKeys.facts.contains { $0.id == id }
        throw .invalid(field: "id", .illegal(value: isThere ? "the key that signs" : "no key's id"))
    }

    func compact() throws(Failure) -> (before: Int, after: Int) { try database.compact() }

    func probe() throws(Failure) {
        let isRecent = lastProbe.withLock { last in
            last.map { time.monotonicNanoseconds() - $0 < 1_000_000_000 } ?? false
        }
        guard !isRecent else { return }
        let done = BlockingQueue<Result<Void, Failure>>(capacity: 1)
        guard database.probe(completion: { _ = done.push($0) }) else {
            throw .overloaded(retryAfterSeconds: 1)
        }
        try (done.take() ?? .failure(.overloaded(retryAfterSeconds: 1))).get()
        lastProbe.withLock { $0 = time.monotonicNanoseconds() }
    }

    func rotateKeys() throws(Failure) -> Int {
        do throws(StartFailure) {
            return try signingKeys.rotate(now: now())
        } catch {
            throw Log.failure("signing keys", error.description)
        }
    }
}
