// The server as a whole: the order in which its parts start, and the reverse in which they stop.

import Domain
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
    private let stopRequests = BlockingQueue<Void>(capacity: 8)
    /// The port connections are accepted on; nil without TCP.
    public let port: UInt16?

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
        let parts = StartedParts()
        do {
            let store = try StartedStore(configuration, parts)
            let pools = try StartedPools(configuration, store, parts)
            let answers = Answers(routes: routes, fallback: fallback, aliases: aliases, document: document)
            let lanes = try StartedLoops(configuration, answers, store, pools, parts).lanes
            // The sockets last: by now everything is there that a connection needs.
            let acceptor = Acceptor(lanes.map(\.context))
            parts.add(acceptor.close)
            port = try Self.listen(acceptor, configuration)
            self.acceptor = LoopBound(acceptor, loop: lanes[0].loop)
            (self.store, self.pools, self.lanes, self.aliases) = (store, pools, lanes, aliases)
        } catch {
            parts.stop()
            throw StartFailure(describing: error)
        }
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

    // MARK: Running

    /// Starts the loops: from now on requests are answered.
    public func start() throws(StartFailure) {
        // A first write, whatever becomes of it: until there was one since the file was opened, SQLite asks the file
        // system for the file's size at the beginning of each read.
        _ = store.database.probe { _ in }
        do {
            for lane in lanes { try lane.loop.start() }
            pools.files.begin()
            pools.mail.logObstacle()
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
        pools.close()
        for lane in lanes { lane.reader.value.close() }
        store.commits.end()
        store.database.close()
    }
}
