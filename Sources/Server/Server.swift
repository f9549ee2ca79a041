// The server as a whole: the order in which its parts start, and the reverse in which they stop.

import Crypto
import Domain
import HTTP
import JSON
import Reactor
public import Routing
import Storage
import Threads

/// A running server on one data folder.
public final class Server {
    private let database: Database
    private let compute: ComputePool
    private let tasks: TaskThread
    private let probes: TaskThread
    private let mail: MailRoom
    private let files: FileVault
    private let lanes: [Lane]
    private let acceptor: LoopBound<Acceptor>
    private let commitHook: CommitHook
    private let tenants: Tenants
    private let log: EventLog
    private let aliases: [PathAlias]
    private let stopRequests = BlockingQueue<Void>(capacity: 8)
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
        DescriptorLimit.raise(forConnections: configuration.connections)
        let time = SystemTime()
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: time.wallMilliseconds()) }
        let log = EventLog(level: configuration.logLevel, now: now)
        let commits = CommitHook(log: log)
        commitHook = commits
        self.log = log
        self.aliases = aliases
        // What has been started, in order: a start that fails stops it again, last first.
        var undo: [() -> Void] = []
        do {
            // 1. Storage first: it takes the folder's lock.
            var options = Database.Options(folder: configuration.dataFolder, now: now)
            options.incident = { incident in Self.write(incident, to: log) }
            options.committed = { commits.committed($0) }
            options.idsAhead = { Self.write(idsAhead: $0, to: log) }
            if log.level >= .debug { options.slowStatement = { Self.write($0, to: log) } }
            let database = try Database(options)
            self.database = database
            undo.append(database.close)
            // 2. What is kept in memory of it.
            let keys = try SigningKeys(folder: configuration.dataFolder, now: now())
            let tenants = try commits.begin(with: database)
            undo.append(commits.end)
            self.tenants = tenants
            // 3. The threads beside the loops.
            let compute = try ComputePool(
                threads: configuration.computeThreads,
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
                log: log
            )
            self.mail = mail
            undo.append(mail.close)
            let files = try FileVault(dataFolder: configuration.dataFolder, database: database, log: log)
            self.files = files
            undo.append(files.close)
            commits.whenFilesAreReleased { files.removeReleasedSoon() }
            // 4. The loops, each with its reader, dispatcher and connections.
            let census = ConnectionCensus(configuration.connectionLimits)
            let online = OnlineUsers(loops: configuration.loops)
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
                document: document,
                now: now
            )
            let services = Services(
                secrets: ServerSecrets(keys: keys),
                presence: online,
                monotonicNanoseconds: { time.monotonicNanoseconds() },
                operations: operations,
                files: files,
                mail: mail
            )
            let shared = Dispatcher.Shared(
                publicTable: RouteTable(routes, aliases: aliases) { $0.requirement != .operator },
                operatorTable: RouteTable(routes, aliases: aliases),
                fallback: fallback,
                tenants: tenants,
                keys: keys,
                database: database,
                compute: compute,
                tasks: tasks,
                probes: probes,
                mail: mail,
                throttle: LoginThrottle(
                    .init(
                        perAddress: configuration.tokenFailuresPerAddress,
                        perAccount: configuration.tokenFailuresPerAccount
                    )
                ),
                services: services,
                trustsProxy: configuration.trustsProxy,
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
            let gateway = Gateway(lanes.map(\.hub), online: online)
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
            census: census
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
        try acceptor.accept(
            from: .unix(path: configuration.dataFolder + "/parley.sock"),
            isOperator: true
        )
        guard let port = configuration.port else { return nil }
        let listener = try Listener.tcp(host: configuration.host, port: port)
        try acceptor.accept(from: listener)
        return listener.port
    }

    private static func write(_ incident: Incident, to log: EventLog) {
        log.write(
            .error,
            "storage",
            [
                ("reference", .string(incident.reference)), ("operation", .string(incident.operation)),
                ("code", .integer(Int64(incident.extendedCode))), ("message", .string(incident.message)),
                ("sql", .string(incident.sql)),
            ]
        )
    }

    private static func write(_ statement: SlowStatement, to log: EventLog) {
        log.write(
            .debug,
            "slow_statement",
            [("sql", .string(statement.sql)), ("ms", .integer(Int64(statement.nanoseconds / 1_000_000)))]
        )
    }

    private static func write(idsAhead milliseconds: Int64, to log: EventLog) {
        let seconds = milliseconds / 1000
        let note =
            "The newest id is \(seconds) seconds ahead of the clock, which was or is wrong. "
            + "Times of messages are the clock's; order stays right."
        log.write(
            .warning,
            "ids ahead of the clock",
            [("seconds", .integer(seconds)), ("note", .string(note))]
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
            files.begin()
            mail.logObstacle()
        } catch {
            throw StartFailure(describing: error)
        }
    }

    /// Asks a running server to stop, from any thread.
    public func requestStop() { _ = stopRequests.push(()) }

    /// Waits for a signal or a request to stop, then stops: no new connection, what is in flight is finished, commits
    /// reach the disk.
    public func run() throws(StartFailure) {
        let requests = stopRequests
        let loop = lanes[0].loop
        _ = loop.post {
            // A server that can't watch signals still ends by a request to stop.
            try? Signals.watch(on: loop) { signal in
                if signal != .reload { _ = requests.push(()) }
            }
        }
        logUnknownApplications()
        _ = stopRequests.take()
        stop()
    }

    /// An application that answers at the root need not exist yet; where its name is a mistake, the log says so.
    private func logUnknownApplications() {
        let snapshot = tenants.snapshot
        for name in Set(aliases.map { $0.prefix.prefix(2) }).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where snapshot.application(name[0], name[1]) == nil {
            log.write(
                .warning,
                "no such application",
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
        for lane in lanes { lane.reader.value.close() }
        commitHook.end()
        database.close()
    }
}
