// The event loops of a server, each with its reader, dispatcher and connections.

import Domain
import HTTP
import Reactor
import Routing

/// The answers of a server: its routes, and the document about them.
struct Answers {
    let routes: [Route]
    let fallback: any Dialect
    let aliases: [PathAlias]
    let document: @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]

    /// The routes that are counted: those of paths, then those of frames.
    var measured: [Route] { routes + routes.flatMap(\.action.frames) }

    /// Places among the measured routes of those that are bound to frames, by name.
    var framePlaces: [String: Int] {
        Dictionary(
            measured.enumerated().dropFirst(routes.count).map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

/// One loop with all that belongs to it.
struct Lane {
    let loop: EventLoop
    let context: LoopBound<ConnectionContext>
    let log: LoopBound<AccessLog>
    let reader: LoopBound<any SnapshotReader>
    let hub: LoopBound<Hub>
}

/// The loops, not yet running.
struct StartedLoops {
    let lanes: [Lane]

    init(
        _ configuration: Configuration,
        _ answers: Answers,
        _ store: StartedStore,
        _ pools: StartedPools,
        _ parts: StartedParts
    ) throws {
        let census = ConnectionCensus(configuration.connectionLimits, proxies: configuration.trustedProxies)
        let refusals = RefusalCounts(time: store.time, log: store.log)
        let online = pools.online
        let measured = answers.measured
        let metrics = (0..<configuration.loops).map { _ in LoopMetrics(routes: measured.count) }
        let time = store.time
        let services = Services(
            secrets: ServerSecrets(keys: store.keys),
            presence: online,
            monotonicNanoseconds: { time.monotonicNanoseconds() },
            operations: ServerOperations(
                store,
                compute: pools.compute,
                routes: measured,
                loops: metrics,
                census: census,
                online: online,
                configuration: configuration,
                files: pools.files,
                refusals: refusals,
                webhooks: pools.webhooks,
                document: answers.document
            ),
            files: pools.files,
            mail: pools.mail,
            webhooks: pools.webhooks,
            codes: IssuedCodes()
        )
        let shared = Dispatcher.Shared(configuration, answers, store, pools, services, census, refusals)
        var lanes: [Lane] = []
        for (index, metrics) in metrics.enumerated() {
            let lane = try Self.lane(index, shared, metrics, census, online, configuration)
            parts.add { lane.reader.value.close() }
            lanes.append(lane)
        }
        self.lanes = lanes
        let gateway = Gateway(lanes.map(\.hub), online: online, webhooks: pools.webhooks)
        store.commits.tell(gateway)
        // No loop runs yet.
        for lane in lanes {
            lane.hub.value.presenceChanged = { [weak gateway] in gateway?.presenceChanged($0, in: $1) }
        }
    }

    private static func lane(
        _ index: Int,
        _ shared: Dispatcher.Shared,
        _ metrics: LoopMetrics,
        _ census: ConnectionCensus,
        _ online: OnlineUsers,
        _ configuration: Configuration
    ) throws -> Lane {
        let loop = try EventLoop(name: "loop-\(index)")
        let reader = try shared.database.openReader()
        // One snapshot serves the reads of a turn, as long as nothing is committed meanwhile.
        reader.keepsSnapshot = true
        loop.addBeforeSleep { reader.release() }
        let isLogged = configuration.accessLog && configuration.logLevel >= .info
        let log = AccessLog(loop: loop, isOn: isLogged)
        let hub = Hub(
            loop: loop,
            place: index,
            reader: reader,
            database: shared.database,
            tenants: shared.tenants,
            online: online
        )
        let dispatcher = Dispatcher(
            loop: loop,
            shared: shared,
            reader: reader,
            metrics: metrics,
            log: log,
            hub: hub
        )
        let context = ConnectionContext(
            loop: loop,
            responder: dispatcher,
            limits: configuration.connectionLimits,
            census: census,
            refusals: shared.refusals
        )
        return Lane(
            loop: loop,
            context: LoopBound(context, loop: loop),
            log: LoopBound(log, loop: loop),
            reader: LoopBound(reader, loop: loop),
            hub: LoopBound(hub, loop: loop)
        )
    }
}

extension Dispatcher.Shared {
    /// The route that a listener for metrics serves.
    private static var metricsRoute: String { "getMetrics" }

    fileprivate init(
        _ configuration: Configuration,
        _ answers: Answers,
        _ store: StartedStore,
        _ pools: StartedPools,
        _ services: Services,
        _ census: ConnectionCensus,
        _ refusals: RefusalCounts
    ) {
        let (routes, aliases) = (answers.routes, answers.aliases)
        let servesMetrics = configuration.metricsAddress == nil
        publicTable = RouteTable(routes, aliases: aliases) { route in
            route.requirement != .operator && (servesMetrics || route.name != Self.metricsRoute)
        }
        metricsTable = RouteTable(routes, aliases: []) { $0.name == Self.metricsRoute }
        operatorTable = RouteTable(routes, aliases: aliases)
        fallback = answers.fallback
        tenants = store.tenants
        keys = store.keys
        database = store.database
        compute = pools.compute
        tasks = pools.tasks
        probes = pools.probes
        mail = pools.mail
        inquiries = pools.webhooks.inquiries
        throttle = LoginThrottle(
            .init(
                perAddress: configuration.tokenFailuresPerAddress,
                perAccount: configuration.tokenFailuresPerAccount
            )
        )
        rates = RateLimiter()
        running = RunningKeys()
        uses = ClientUses()
        attempts = RefusedAttempts()
        auditSweep = AuditSweep(store.database, days: configuration.auditDays)
        self.services = services
        proxies = configuration.trustedProxies
        self.census = census
        self.refusals = refusals
        allowedOrigin = configuration.corsOrigin
        bodyMaximum = configuration.bodyBytes
        files = pools.files
        fileMaximum = configuration.fileBytes
        framePlaces = answers.framePlaces
    }
}
