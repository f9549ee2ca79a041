// One connection that speaks HTTP/2, from its preface to its close: frames to exchanges and replies to frames.

import HTTP
import HTTP2
import Reactor

/// One connection in HTTP/2.
///
/// Kept alive by its registration with the loop and by the replies that are still owed to it. Loop thread only.
final class HTTP2Connection: EventHandler, OpenConnection {
    var peer: Peer
    var place = -1

    let stream: ByteStream
    let context: ConnectionContext
    let session: HTTP2Session?
    var streams: [Int32: HTTP2Stream] = [:]
    /// Streams with something to do once the bytes at hand have been read.
    var due: [HTTP2Stream] = []
    /// Streams that can't be ended within a callback.
    var lost: [HTTP2Stream] = []
    var resets: FloodBudget
    var idleFrames: FloodBudget
    /// Bytes of fields since the last request, of all streams.
    var fieldBytes = 0
    var isReceiving = false
    private var isPumping = false
    private var isPumpAgain = false
    private var isResumePosted = false
    private var mustReset = false
    /// The client has asked for too much: the connection closes, whatever is under way.
    var isExpelled = false
    /// The server takes no further streams.
    var isEnding = false
    var isDraining = false

    var timer: TimerID?
    var armedDeadline = UInt64.max
    /// Since when a preface or fields are awaited; 0 while none are.
    var headSince: UInt64
    /// Since when no stream is open; 0 while one is.
    var idleSince: UInt64
    /// When output to the socket began to wait, or last moved on; 0 while none waits.
    var outputProgress: UInt64 = 0
    /// When the end was announced.
    var announcedAt: UInt64 = 0

    init(_ stream: ByteStream, peer: Peer, context: ConnectionContext, library: NGHTTP2Library) {
        self.stream = stream
        self.peer = peer
        self.peer.version = .http2
        self.context = context
        let now = context.loop.now.nanoseconds
        resets = FloodBudget(atOnce: 500, perSecond: 50, now: now)
        idleFrames = FloodBudget(atOnce: 1000, perSecond: 200, now: now)
        headSince = now
        idleSince = now
        session = HTTP2Session(
            library,
            HTTP2Session.Settings(
                streams: UInt32(context.limits.streams),
                streamWindow: 64 << 10,
                connectionWindow: 1 << 20,
                fieldBytes: UInt32(clamping: context.limits.http.headBytes)
            )
        )
    }

    /// The stream has been handed over: bytes wait in it already.
    func begin() {
        session?.events = self
        armTimer()
        resumeLater()
    }

    var now: UInt64 { context.loop.now.nanoseconds }

    // MARK: Events

    func ready(_ events: ReadyEvents) {
        if events.contains(.readable) { read() }
        if events.contains(.writable), !stream.isClosed { pump() }
        let isOver = !events.contains(.readable) && !events.isDisjoint(with: [.error, .hangup])
        if isOver, !stream.isClosed { close() }
    }

    private func read() {
        switch stream.fill() {
        case .data: advance()
        case .wouldBlock: break
        // Half a connection is of no use: without the client's frames no window opens.
        case .failed, .end: close()
        }
    }

    /// Takes the bytes at hand, and does what follows from them.
    private func advance() {
        guard !stream.isClosed, !isReceiving else { return }
        guard let session else { return close() }
        isReceiving = true
        let isGood = stream.withUnsafeInput { session.receive($0) }
        stream.consume(stream.inputCount)
        isReceiving = false
        if mustReset { return reset() }
        if isExpelled { due = [] }
        performDue()
        guard !stream.isClosed else { return }
        // The last words are said: what the client still sends is of no interest.
        if !isGood { isExpelled = true }
        pump()
    }

    private func resumeLater() {
        guard !isResumePosted else { return }
        isResumePosted = true
        let bound = LoopBound(self, loop: context.loop)
        context.loop.post {
            bound.value.isResumePosted = false
            bound.value.advance()
        }
    }

    // MARK: Output

    /// A reply has output.
    func outputWaits(of stream: HTTP2Stream) {
        if stream.outputProgress == 0 { stream.outputProgress = now }
        session?.resume(stream.id)
        pump()
    }

    /// Moves what windows and the socket allow from the streams to the socket.
    func pump() {
        guard !isReceiving, !stream.isClosed else { return }
        guard !isPumping else { return isPumpAgain = true }
        isPumping = true
        repeat {
            isPumpAgain = false
            drawOutput()
            for stream in lost where streams[stream.id] === stream {
                session?.reset(stream.id, .internalError)
            }
            if !lost.isEmpty { isPumpAgain = true }
            lost = []
            offerRoom()
        } while isPumpAgain && !stream.isOverHighWater
        isPumping = false
        settle()
    }

    private func drawOutput() {
        guard let session else { return }
        let wasEmpty = stream.outputCount == 0
        while !stream.isOverHighWater, let bytes = session.nextOutput() { stream.append(bytes) }
        if wasEmpty, stream.outputCount > 0 { outputProgress = now }
    }

    /// Asks sources to go on, where there is room.
    private func offerRoom() {
        guard !stream.isOverHighWater else { return }
        // A source that found room goes on by itself: asked again, it would begin anew what it is at.
        for stream in streams.values where stream.wasFull && stream.source != nil && stream.wantsMore {
            stream.wasFull = false
            stream.source?.source.hasRoom()
            if let listener = stream.listener { hand(to: listener, stream) }
        }
    }

    private func settle() {
        guard !stream.isClosed else { return }
        if isExpelled {
            if flush() { close() }
            return
        }
        if stream.outputCount > 0 {
            if stream.isOverHighWater {
                guard flush() else { return }
                if !stream.isOverHighWater { resumePump() }
            } else {
                stream.flushBeforeSleep()
            }
        }
        // The library has said its last words to a client that broke the protocol, or there is nothing more to
        // wait for.
        if isEnding && streams.isEmpty || session?.isOver == true {
            guard stream.outputCount == 0 || flush() else { return }
            if stream.outputCount == 0 { return close() }
        }
        armTimer()
    }

    private func resumePump() {
        let bound = LoopBound(self, loop: context.loop)
        context.loop.post { bound.value.pump() }
    }

    /// Sends what waits; false when the connection turned out to be gone.
    func flush() -> Bool {
        let before = stream.outputCount
        if case .failed = stream.flush() {
            close()
            return false
        }
        if stream.outputCount < before { outputProgress = now }
        if stream.outputCount == 0 { outputProgress = 0 }
        return true
    }

    /// A reply can't be made to its end.
    func resetLater(_ stream: HTTP2Stream) { lost.append(stream) }

    // MARK: The end

    var unread: (bytes: Int, since: UInt64) {
        let bytes = streams.values.reduce(stream.outputCount) { $0 + $1.unsent }
        return (bytes, outputProgress > 0 ? outputProgress : now)
    }

    /// Announces the end, and takes no further streams once the client had the time to hear of it (RFC 9113
    /// section 6.8).
    func drain() {
        guard !isDraining, !stream.isClosed else { return }
        isDraining = true
        session?.announceEnd()
        announcedAt = now
        for stream in Array(streams.values) { stream.source?.source.drain() }
        if streams.isEmpty { endAfterStreams() }
        pump()
    }

    /// Takes no further streams; the connection closes behind the last one.
    func endAfterStreams() {
        guard !isEnding else { return }
        isEnding = true
        session?.goAway(.noError)
    }

    func reset() {
        guard !stream.isClosed else { return }
        guard !isReceiving else { return mustReset = true }
        stream.reset()
        ended()
    }

    func close() {
        guard !stream.isClosed else { return }
        guard !isReceiving else { return mustReset = true }
        stream.close()
        ended()
    }

    private func ended() {
        if let timer { context.loop.cancel(timer) }
        timer = nil
        for stream in Array(streams.values) { drop(stream) }
        streams = [:]
        due = []
        context.ended(self)
    }

    /// Lets go of all that belongs to a stream.
    func drop(_ stream: HTTP2Stream) {
        stream.connection = nil
        stream.exchange = nil
        stream.sink = nil
        stream.seat = nil
        stream.source.take()?.source.closed()
    }
}

/// Counts what a client may do only so often: so much at once, and so much a second.
struct FloodBudget {
    private let atOnce: UInt64
    private let nanosecondsEach: UInt64
    /// Up to when all that was done has been earned.
    private var paidUntil: UInt64

    init(atOnce: Int, perSecond: Int, now: UInt64) {
        self.atOnce = UInt64(atOnce)
        nanosecondsEach = 1_000_000_000 / UInt64(perSecond)
        paidUntil = now
    }

    /// Spends one; false where there is none.
    mutating func spend(now: UInt64) -> Bool {
        paidUntil = max(paidUntil, now) + nanosecondsEach
        return paidUntil - now <= atOnce * nanosecondsEach
    }
}
