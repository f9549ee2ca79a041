// What the operations routes ask of the running server.

import Domain
import Routing
import Threads

/// The running server, as its operations routes see it.
final class ServerOperations: Operations {
    private let database: any StorageEngine
    private let tenants: Tenants
    private let keys: SigningKeys
    private let compute: ComputePool
    private let routes: [Route]
    private let loops: [LoopMetrics]
    private let census: ConnectionCensus
    private let online: OnlineUsers
    private let renderDocument: @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]
    private let documents = Guarded<[DocumentKey: [UInt8]]>([:])
    private let now: @Sendable () -> Timestamp
    /// When a probe last reached the disk: a flood of readiness calls costs one commit a second.
    private let lastProbe = Guarded(Timestamp(milliseconds: 0))

    init(
        _ store: StartedStore,
        compute: ComputePool,
        routes: [Route],
        loops: [LoopMetrics],
        census: ConnectionCensus,
        online: OnlineUsers,
        document: @escaping @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]
    ) {
        database = store.database
        tenants = store.tenants
        keys = store.keys
        self.compute = compute
        self.routes = routes
        self.loops = loops
        self.census = census
        self.online = online
        renderDocument = document
        now = store.log.now
    }

    func metricsPage() -> [UInt8] {
        let counts = census.counts
        let gauges = ProcessGauges(
            openConnections: counts.open,
            acceptedConnections: counts.accepted,
            refusedConnections: counts.refused,
            shedConnections: counts.shed,
            onlineUsers: online.count,
            hashQueueDepth: compute.depth,
            passwordHashes: compute.hashesBegun,
            isUnderMaintenance: isUnderMaintenance
        )
        return MetricsPage(routes: routes, loops: loops, storage: database.statistics, gauges: gauges).bytes
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

    func check() throws(Failure) -> [String] { database.check() }

    func probe() throws(Failure) {
        guard now().milliseconds - lastProbe.withLock({ $0.milliseconds }) >= 1000 else { return }
        let done = BlockingQueue<Result<Void, Failure>>(capacity: 1)
        guard database.probe(completion: { _ = done.push($0) }) else {
            throw .overloaded(retryAfterSeconds: 1)
        }
        try (done.take() ?? .failure(.overloaded(retryAfterSeconds: 1))).get()
        lastProbe.withLock { $0 = now() }
    }

    func rotateKeys() throws(Failure) -> Int {
        do throws(StartFailure) {
            return try keys.rotate(now: now())
        } catch {
            throw .storage(reference: error.description)
        }
    }
}
