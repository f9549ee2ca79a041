// The server as a whole: the order in which its parts start, and the reverse in which they stop.

public import Domain
import Glibc
import JSON
import Reactor
public import Routing
import Threads

/// A running server on one data folder.
public final class Server {
    private let store: StartedStore
    private let pools: StartedPools
    private let lanes: [Lane]
    private let acceptor: LoopBound<Acceptor>
    private let aliases: [PathAlias]
    private let stopRequests = BlockingQueue<String>(capacity: 8)
    private let news: ServerNews
    private let fewDescriptors: Int?
    /// The port connections are accepted on; nil without TCP.
    public let port: UInt16?

    /// Opens the data folder and the sockets; nothing is answered before `start`.
    ///
    /// - Parameters:
    ///   - routes: every route of every dialect.
    ///   - fallback: the dialect that answers where no route matched.
    ///   - aliases: paths that stand for longer ones.
    ///   - transfer: the lines of imports and exports.
    ///   - document: renders the API document; called once for each part and format, when it is first asked for.
    /// - Throws: one sentence for the operator; nothing is left running then.
    public init(
        _ configuration: Configuration,
        routes: [Route],
        fallback: any Dialect,
        aliases: [PathAlias] = [],
        transfer: any TransferForm,
        document: @escaping @Sendable (OpenAPIPart?, OpenAPIFormat) -> [UInt8]
    ) throws(StartFailure) {
        // Before any thread is started, so that all of them inherit the mask.
        Signals.block()
        let parts = StartedParts()
        fewDescriptors = DescriptorLimit.raise(forConnections: configuration.connections)
        let time = SystemTime()
        let log = EventLog(level: configuration.logLevel) {
            Timestamp(milliseconds: time.wallMilliseconds())
        }
        news = ServerNews(configuration: configuration, log: log)
        do {
            try Self.openLog(configuration)
            let store = try StartedStore(configuration, log, time, parts)
            let pools = try StartedPools(configuration, store, transfer: transfer, parts)
            let answers = Answers(routes: routes, fallback: fallback, aliases: aliases, document: document)
            let lanes = try StartedLoops(configuration, answers, store, pools, parts).lanes
            // The sockets last: by now everything is there that a connection needs.
            let acceptor = Acceptor(lanes.map(\.context))
            parts.add(acceptor.close)
            port = try Self.listen(acceptor, configuration)
            if configuration.publicURL == nil, let port {
                pools.mail.publish("http://\(configuration.host):\(port)")
            }
            self.acceptor = LoopBound(acceptor, loop: lanes[0].loop)
            (self.store, self.pools, self.lanes, self.aliases) = (store, pools, lanes, aliases)
        } catch {
            parts.stop()
            throw StartFailure(describing: error)
        }
    }

    /// Writes the log to its file from now on, where it has one.
    private static func openLog(_ configuration: Configuration) throws(StartFailure) {
        guard let path = configuration.logFile else { return }
        guard let sink = LogSink(path: path) else {
            throw StartFailure("The log file \(path) can't be opened: \(String(cString: strerror(errno))).")
        }
        Log.output.use(sink)
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

    /// Waits a moment until the log is written, before the process ends.
    public static func flushLog() { Log.output.flush() }

    // MARK: Running

    /// Starts the loops: from now on requests are answered.
    public func start() throws(StartFailure) {
        // A first write, whatever becomes of it: until there was one since the file was opened, SQLite asks the file
        // system for the file's size at the beginning of each read.
        _ = store.database.probe { _ in }
        // Before there is any connection of this process.
        if port != nil { pools.ledger.endLost() }
        do {
            for lane in lanes { try lane.loop.start() }
            // A command's own server leaves what is nobody's to be counted.
            if port != nil {
                pools.files.begin()
                try pools.retention.begin()
                try pools.backups?.begin()
            }
            pools.jobs.begin()
            pools.mail.logObstacle()
            pools.webhooks.announceGone()
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
        let (loop, tasks, reload) = (lanes[0].loop, pools.tasks, reload)
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
        news.started(port: port, schema: store.database.schema)
        if let fewDescriptors { news.fewDescriptors(fewDescriptors) }
        logUnknownApplications()
        let reason = stopRequests.take()
        news.draining(reason ?? "request")
        stop()
        news.stopped()
    }

    /// Opens the log file anew and reads the signing keys again, for who has moved or changed them; nothing else.
    private var reload: @Sendable () -> Void {
        let (keys, news) = (store.keys, news)
        return {
            var problem: String?
            do throws(StartFailure) { try Self.openLog(news.configuration) } catch {
                problem = error.description
            }
            do throws(StartFailure) { try keys.reload() } catch { problem = error.description }
            news.reloaded(problem)
        }
    }

    /// An application that answers at the root need not exist yet; where its name is a mistake, the log says so.
    private func logUnknownApplications() {
        let snapshot = store.tenants.snapshot
        for name in Set(aliases.map { $0.prefix.prefix(2) }).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where snapshot.application(name[0], name[1]) == nil {
            store.log.write(
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
            let isPosted = lane.loop.post {
                lane.hub.value.isStopping = true
                lane.context.value.beginDrain { _ = drained.push(()) }
            }
            if !isPosted { _ = drained.push(()) }
        }
        for _ in lanes { _ = drained.take() }
        // 2. Loops, with their log lines; 3. threads; 4. readers before the writer, which alone folds the WAL back.
        for lane in lanes {
            _ = lane.loop.post { lane.log.value.flush() }
            lane.loop.stop()
            lane.loop.join()
        }
        pools.close()
        lanes.first?.context.value.refusals.writeRemainder()
        for lane in lanes { lane.reader.value.close() }
        store.commits.end()
        store.database.close()
    }
}
