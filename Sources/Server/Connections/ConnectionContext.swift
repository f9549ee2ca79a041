// The values that the connections of one loop share: the loop, the responder, the limits, the date, the drain.

import HTTP
import HTTP2
import Reactor

/// The connections of one loop and what they have in common.
///
/// Used on the loop's thread only, or before it runs.
final class ConnectionContext {
    let loop: EventLoop
    let responder: any Responder
    let limits: ConnectionLimits
    let times: ConnectionTimes
    /// The census of connections; shared by all loops.
    let census: ConnectionCensus
    /// Where refusals are counted; shared by all loops.
    let refusals: RefusalCounts
    /// Where a response is put together; it never grows beyond one response, and not for long beyond 64 KiB.
    private var assembly: [UInt8] = []
    private var date = HTTPDate(secondsSince1970: 0)
    private var dateSecond: Int64 = -1

    /// Opens the library for HTTP/2 when the first client asks for it; nil where it isn't installed.
    private(set) lazy var http2Library: NGHTTP2Library? = findHTTP2Library()
    private let findHTTP2Library: () -> NGHTTP2Library?

    private var connections = ConnectionSet()
    private var drain: ConnectionDrain?

    /// The context of a loop; made on the loop's thread or before it runs.
    init(
        loop: EventLoop,
        responder: any Responder,
        limits: ConnectionLimits,
        census: ConnectionCensus,
        refusals: RefusalCounts = RefusalCounts(),
        findHTTP2Library: @escaping () -> NGHTTP2Library? = HTTP2Support.library
    ) {
        self.findHTTP2Library = findHTTP2Library
        self.refusals = refusals
        self.loop = loop
        self.responder = responder
        self.limits = limits
        self.census = census
        times = ConnectionTimes(limits)
        loop.whenUnsent(exceeds: limits.unreadBytesPerLoop) { [weak self] in self?.shed() }
    }

    /// How many connections are open on this loop.
    var openCount: Int { connections.count }

    /// Whether `beginDrain` has been called.
    var isDraining: Bool { drain != nil }

    // MARK: Connections

    /// Begins to serve an accepted socket that the census has counted.
    ///
    /// It is closed at once while the loop drains.
    func serve(_ descriptor: consuming Descriptor, peer: Peer) {
        guard !isDraining else { return census.left(peer) }
        let stream = ByteStream(descriptor, loop: loop, highWaterBytes: limits.outputBytes)
        let connection = Connection(stream, peer: peer, context: self)
        do throws(SystemError) {
            try stream.open(connection)
        } catch {
            // No memory for another watch: the peer sees a closed connection.
            stream.close()
            return census.left(peer)
        }
        connections.insert(connection)
        connection.begin()
    }

    /// A connection goes on as a WebSocket: its bytes belong to that from here on.
    func upgrade(_ connection: Connection, _ stream: ByteStream, to end: any SocketEnd) {
        let socket = WebSocketConnection(stream, peer: connection.peer, context: self, end: end)
        connections.remove(connection)
        connections.insert(socket)
        stream.handOver(to: socket)
        socket.begin()
        if isDraining { socket.drain() }
    }

    /// A connection goes on in HTTP/2: its bytes belong to that from here on.
    func speakHTTP2(_ connection: Connection, _ stream: ByteStream, by library: NGHTTP2Library) {
        let successor = HTTP2Connection(stream, peer: connection.peer, context: self, library: library)
        connections.remove(connection)
        connections.insert(successor)
        stream.handOver(to: successor)
        successor.begin()
        if isDraining { successor.drain() }
    }

    /// A connection has closed.
    func ended(_ connection: any OpenConnection) {
        connections.remove(connection)
        census.left(connection.peer)
        finishDrainIfEmpty()
    }

    /// Appends a response to a stream's output, with the date of this second.
    func write(
        _ response: Response,
        to stream: ByteStream,
        for method: Method,
        keepsAlive: Bool,
        takesChunks: Bool = true
    ) {
        let date = currentDate
        response.serialize(
            into: &assembly,
            for: method,
            keepsAlive: keepsAlive,
            takesChunks: takesChunks,
            date: date
        )
        assembly.withUnsafeBytes { stream.append($0) }
        assembly.removeAll(keepingCapacity: assembly.capacity <= 64 << 10)
    }

    /// The date of this second.
    var currentDate: HTTPDate {
        let second = loop.wallMilliseconds / 1000
        if second != dateSecond {
            dateSecond = second
            date = HTTPDate(secondsSince1970: Int(second))
        }
        return date
    }

    /// Resets connections until there is room again for output that waits to be read.
    private func shed() {
        let patience = limits.unreadPatience.wholeNanoseconds
        let stalledSince = loop.now.nanoseconds - min(patience, loop.now.nanoseconds)
        let holders = connections.all.filter { $0.unread.bytes > 0 }.map { connection in
            (connection, bytes: connection.unread.bytes, isStalled: connection.unread.since <= stalledSince)
        }.sorted { ($0.isStalled ? 1 : 0, $0.bytes) > ($1.isStalled ? 1 : 0, $1.bytes) }
        for (connection, _, _) in holders where loop.unsentBytes > limits.unreadBytesPerLoop / 4 * 3 {
            census.shed()
            connection.reset()
        }
    }

    // MARK: Drain

    /// Ends all connections.
    ///
    /// Idle ones are closed at once, the others when what is in flight has been answered with
    /// `Connection: close`, and those that are left after the limits' drain time with a reset.
    ///
    /// - Parameter completion: called once, on the loop's thread, when none is left; perhaps within this call.
    func beginDrain(_ completion: @escaping () -> Void) {
        precondition(drain == nil, "A loop is drained once.")
        let timer = loop.schedule(after: limits.drainTime) { [weak self] in self?.resetAll() }
        drain = ConnectionDrain(completion: completion, timer: timer)
        for connection in connections.all { connection.drain() }
        finishDrainIfEmpty()
    }

    /// Closes all connections at once, with a reset.
    func resetAll() {
        for connection in connections.all { connection.reset() }
    }

    private func finishDrainIfEmpty() {
        guard connections.count == 0, let drain, let completion = drain.completion else { return }
        self.drain = ConnectionDrain(completion: nil, timer: drain.timer)
        loop.cancel(drain.timer)
        completion()
    }
}

/// A drain under way; without a completion once that has been called.
private struct ConnectionDrain {
    let completion: (() -> Void)?
    let timer: TimerID
}
