// The server as a whole: the order in which its parts start, and the reverse in which they stop.

import Crypto
import Domain
import Glibc
import HTTP
import JSON
import Reactor
public import Routing
import Storage
import Threads
import Webhooks

/// A running server on one data folder.
public final class Server {
    private let database: Database
    private let compute: ComputePool
    private let tasks: TaskThread
    private let probes: TaskThread
    private let mail: MailRoom
    private let files: FileVault
    private let webhooks: WebhookRoom
    private let lanes: [Lane]
    private let acceptor: LoopBound<Acceptor>
    private let commitHook: CommitHook
    private let tenants: Tenants
    private let now: @Sendable () -> Timestamp
    private let aliases: [PathAlias]
    private let stopRequests = BlockingQueue<String>(capacity: 8)
    private let news: ServerNews
    private let keys: SigningKeys
    private let fewDescriptors: Int?
    /// The port connections are accepted on; nil without TCP.
    public let port: UInt16?

    /// One loop with all that belongs to it.
    private struct Lane {
        let loop: EventLoop
        let context: LoopBound<ConnectionContext>
        let log: LoopBound<AccessLog>
        let reader: LoopBound<ReaderConnection>
        let hub: LoopBound<Hub>
    }

    /// Opens the data folder and the sockets; nothing is answered before `start`.
    ///
    /// - Parameters:
    ///   - routes: every route of every dialect.
    ///   - fallback: the dialect that answers where no route matched.
    ///   - aliases: paths that stand for longer ones.
    ///   - document: renders the API document; called once for each part and format, when it is first asked for.
    /// - Throws: one sentence for the operator; nothing is left running then.
    public init(
        _ configuration: Configuration,
        routes: [Route],
        fallback: any Dialect,
        aliases: [PathAlias] = [],
        document: @escaping @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]
    ) throws(StartFailure) {
        // Before any thread is started, so that all of them inherit the mask.
        Signals.block()
        if let path = configuration.logFile {
            guard let sink = LogSink(path: path) else {
                throw StartFailure(
                    "The log file \(path) can't be opened: \(String(cString: strerror(errno)))."
                )
            }
            Log.output.use(sink)
        }
        let time = SystemTime()
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: time.wallMilliseconds()) }
        let commits = CommitHook(now: now)
        commitHook = commits
        self.now = now
        news = ServerNews(configuration: configuration, now: now)
        fewDescriptors = DescriptorLimit.raise(forConnections: configuration.connections)
        self.aliases = aliases
        // The parts that have been started, in order: a start that fails stops it again, last first.
        var undo: [() -> Void] = []
        do {
            // 1. Storage first: it takes the folder's lock.
            var options = Database.Options(folder: configuration.dataFolder, now: now)
            options.incident = { incident in Self.log(incident, at: now()) }
            options.committed = { commits.committed($0) }
            options.idsAhead = { Self.logIDs(ahead: $0, at: now()) }
            options.eventBody = EventBody.bytes
            let database = try Database(options)
            self.database = database
            undo.append(database.close)
            // 2. The part that is kept in memory.
            let keys = try SigningKeys(
                path: configuration.signingKeysPath,
                isOwn: configuration.signingKeysPath == configuration.dataFolder + "/signing-keys",
                now: now()
            )
            self.keys = keys
            let tenants = try commits.begin(with: database)
            undo.append(commits.end)
            self.tenants = tenants
            // 3. The threads beside the loops.
            let compute = try ComputePool(
                threads: configuration.hashingThreads,
                cost: configuration.passwordCost
            )
            self.compute = compute
            undo.append(compute.close)
            let tasks = try TaskThread()
            self.tasks = tasks
            undo.append(tasks.close)
            let probes = try TaskThread(name: "probes", capacity: 1024)
            self.probes = probes
            undo.append(probes.close)
            let mail = try MailRoom(
                configuration.mailCommand.flatMap(MailCommand.init),
                publicURL: configuration.publicURL
                    ?? "http://\(configuration.host):\(configuration.port ?? 0)",
                now: now
            )
            self.mail = mail
            undo.append(mail.close)
            guard !tenants.snapshot.isEmpty || !FileVault.hasFiles(configuration.dataFolder) else {
                throw DatabaseError.lost(
                    path: configuration.dataFolder + "/parley.db",
                    beside: configuration.dataFolder + "/files"
                )
            }
            let files = try FileVault(dataFolder: configuration.dataFolder, database: database, now: now)
            self.files = files
            undo.append(files.close)
            commits.whenFilesAreReleased { files.removeReleasedSoon() }
            let online = OnlineUsers(loops: configuration.loops)
            let webhooks = try WebhookRoom(
                configuration,
                database: database,
                online: online,
                now: now,
                monotonicNanoseconds: { time.monotonicNanoseconds() }
            )
            self.webhooks = webhooks
            undo.append(webhooks.close)
            commits.wake(webhooks)
            // 4. The loops, each with its reader, dispatcher and connections.
            let proxies = configuration.trustedProxies
            let census = ConnectionCensus(configuration.connectionLimits, proxies: proxies)
            let refusals = Refusals(time: time)
            let measured = routes + routes.flatMap(\.action.frames)
            let metrics = (0..<configuration.loops).map { _ in LoopMetrics(routes: measured.count) }
            let operations = ServerOperations(
                database: database,
                tenants: tenants,
                keys: keys,
                compute: compute,
                routes: measured,
                loops: metrics,
                census: census,
                online: online,
                configuration: configuration,
                files: files,
                refusals: refusals,
                webhooks: webhooks,
                document: document,
                time: time,
                now: now
            )
            let services = Services(
                secrets: ServerSecrets(keys: keys),
                presence: online,
                monotonicNanoseconds: { time.monotonicNanoseconds() },
                operations: operations,
                files: files,
                mail: mail,
                webhooks: webhooks
            )
            let shared = Dispatcher.Shared(
                publicTable: RouteTable(routes, aliases: aliases) { route in
                    route.requirement != .operator
                        && (configuration.metricsAddress == nil || route.name != Self.metricsRoute)
                },
                metricsTable: RouteTable(routes, aliases: []) { $0.name == Self.metricsRoute },
                operatorTable: RouteTable(routes, aliases: aliases),
                fallback: fallback,
                tenants: tenants,
                keys: keys,
                database: database,
                compute: compute,
                tasks: tasks,
                probes: probes,
                mail: mail,
                inquiries: webhooks.inquiries,
                throttle: LoginThrottle(
                    .init(
                        perAddress: configuration.tokenFailuresPerAddress,
                        perAccount: configuration.tokenFailuresPerAccount
                    )
                ),
                services: services,
                proxies: proxies,
                census: census,
                refusals: refusals,
                allowedOrigin: configuration.corsOrigin,
                bodyMaximum: configuration.bodyBytes,
                files: files,
                fileMaximum: configuration.fileBytes,
                framePlaces: Dictionary(
                    measured.enumerated().dropFirst(routes.count).map { ($1.name, $0) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
            var lanes: [Lane] = []
            for (index, metrics) in metrics.enumerated() {
                let lane = try Self.lane(index, shared, metrics, census, online, configuration)
                undo.append(lane.reader.value.close)
                lanes.append(lane)
            }
            self.lanes = lanes
            let gateway = Gateway(lanes.map(\.hub), online: online, webhooks: webhooks)
            commits.tell(gateway)
            // No loop runs yet.
            for lane in lanes {
                lane.hub.value.presenceChanged = { [weak gateway] in gateway?.presenceChanged($0, in: $1) }
            }
            // 5. The sockets.
            let acceptor = Acceptor(lanes.map(\.context))
            undo.append(acceptor.close)
            self.acceptor = LoopBound(acceptor, loop: lanes[0].loop)
            port = try Self.listen(acceptor, configuration)
            if configuration.publicURL == nil, let port {
                mail.publish("http://\(configuration.host):\(port)")
            }
        } catch {
            for step in undo.reversed() { step() }
            throw StartFailure(describing: error)
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
        let reader = try shared.database.makeReader()
        // One snapshot serves the reads of a turn, as long as nothing is committed meanwhile.
        reader.keepsSnapshot = true
        loop.addBeforeSleep { reader.release() }
        let log = AccessLog(loop: loop, isOn: configuration.accessLog)
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

    private static func listen(_ acceptor: Acceptor, _ configuration: Configuration) throws -> UInt16? {
        let path = configuration.dataFolder + "/parley.sock"
        do throws(SystemError) {
            try acceptor.accept(from: .unix(path: path), door: .administration)
        } catch {
            throw StartFailure("The server can't listen on \(path): \(error.reason).")
        }
        guard let port = configuration.port else { return nil }
        if let place = configuration.metricsAddress {
            _ = try listen(acceptor, place.host, place.port, .metrics)
        }
        return try listen(acceptor, configuration.host, port, .public)
    }

    private static func listen(
        _ acceptor: Acceptor,
        _ host: String,
        _ port: UInt16,
        _ door: Door
    ) throws(StartFailure) -> UInt16 {
        do throws(SystemError) {
            let listener = try Listener.tcp(host: host, port: port)
            try acceptor.accept(from: listener, door: door)
            return listener.port
        } catch {
            throw StartFailure("The server can't listen on \(host) port \(port): \(error.reason).")
        }
    }

    /// The route that a listener for metrics serves.
    private static let metricsRoute = "getMetrics"

    private static func log(_ incident: Incident, at now: Timestamp) {
        Log.event(
            "storage",
            at: now,
            [
                ("reference", .string(incident.reference)), ("operation", .string(incident.operation)),
                ("code", .integer(Int64(incident.extendedCode))), ("message", .string(incident.message)),
                ("sql", .string(incident.sql)),
            ]
        )
    }

    private static func logIDs(ahead milliseconds: Int64, at now: Timestamp) {
        let seconds = milliseconds / 1000
        Log.event(
            "ids ahead of the clock",
            at: now,
            [
                ("seconds", .integer(seconds)),
                (
                    "note",
                    .string(
                        "The newest id is \(seconds) seconds ahead of the clock, which was or is wrong. Times of messages are the clock's; order stays right."
                    )
                ),
            ]
        )
    }

    // MARK: Running

    /// Starts the loops: from now on requests are answered.
    public func start() throws(StartFailure) {
        // A first write, whatever becomes of it: until there was one since the file was opened, SQLite asks the file
        // system for the file's size at the beginning of each read.
        _ = database.probe { _ in }
        do {
            for lane in lanes { try lane.loop.start() }
            // A command's own server leaves what is nobody's to be counted.
            if port != nil { files.begin() }
            mail.logObstacle()
            webhooks.announceGone()
        } catch {
            throw StartFailure(describing: error)
        }
    }

    /// Asks a running server to stop, from any thread.
    public func requestStop() { _ = stopRequests.push("request") }

    /// Waits for a signal or a request to stop, then stops: no new connection, what is in flight is finished, commits
    /// reach the disk.
    public func run() throws(StartFailure) {
        let requests = stopRequests
        let (loop, tasks, reload) = (lanes[0].loop, tasks, reload)
        _ = loop.post {
            // A server that can't watch signals still ends by a request to stop.
            try? Signals.watch(on: loop) { signal in
                switch signal {
                // Beside the loop: files may be slow.
                case .reload: _ = tasks.submit(reload)
                case .terminate: _ = requests.push("SIGTERM")
                case .interrupt: _ = requests.push("SIGINT")
                }
            }
        }
        news.started(port: port, schema: database.schema)
        if let fewDescriptors { news.fewDescriptors(fewDescriptors) }
        logUnknownApplications()
        let reason = stopRequests.take()
        news.draining(reason ?? "request")
        stop()
        news.stopped()
    }

    /// Opens the log file anew and reads the signing keys again, for who has moved or changed them; nothing else.
    private var reload: @Sendable () -> Void {
        let (keys, news) = (keys, news)
        return {
            var problem: String?
            if let path = news.configuration.logFile {
                if let sink = LogSink(path: path) {
                    Log.output.use(sink)
                } else {
                    problem = "The log file \(path) can't be opened: \(String(cString: strerror(errno)))."
                }
            }
            do throws(StartFailure) { try keys.reload() } catch { problem = error.description }
            news.reloaded(problem)
        }
    }

    /// An application that answers at the root need not exist yet; where its name is a mistake, the log says so.
    private func logUnknownApplications() {
        let snapshot = tenants.snapshot
        for name in Set(aliases.map { $0.prefix.prefix(2) }).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where snapshot.application(name[0], name[1]) == nil {
            Log.event(
                "no such application",
                at: now(),
                [("application", .string(name.joined(separator: "/")))]
            )
        }
    }

    /// Stops a started server.
    public func stop() {
        let acceptor = acceptor
        _ = acceptor.loop.post { acceptor.value.close() }
        // 1. Connections: idle ones close, busy ones finish.
        let drained = BlockingQueue<Void>(capacity: lanes.count)
        for lane in lanes {
            let isPosted = lane.loop.post { lane.context.value.beginDrain { _ = drained.push(()) } }
            if !isPosted { _ = drained.push(()) }
        }
        for _ in lanes { _ = drained.take() }
        // 2. Loops, with their log lines; 3. threads; 4. readers before the writer, which alone folds the WAL back.
        for lane in lanes {
            _ = lane.loop.post { lane.log.value.flush() }
            lane.loop.stop()
            lane.loop.join()
        }
        compute.close()
        tasks.close()
        probes.close()
        mail.close()
        files.close()
        webhooks.close()
        for lane in lanes { lane.reader.value.close() }
        commitHook.end()
        database.close()
    }
}
