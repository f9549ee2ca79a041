// One WebSocket on one loop, from its 101 to its close: performs what its session decides.

import HTTP
import Reactor

/// One WebSocket.
///
/// Kept alive by its registration with the loop. Loop thread only.
final class WebSocketConnection: EventHandler, OpenConnection {
    let peer: Peer
    var place = -1

    private let stream: ByteStream
    private let context: ConnectionContext
    private var end: (any SocketEnd)?
    private var session: WebSocketSession
    private var budget: FrameBudget
    private var times = SocketTimes()
    private var timer: TimerID?
    private var armedDeadline = UInt64.max
    /// The last frame has been given: what the client still sends is thrown away.
    private var isLingering = false
    private var lingered = 0
    private var isAdvancing = false
    private var isResumePosted = false

    init(_ stream: ByteStream, peer: Peer, context: ConnectionContext, end: any SocketEnd) {
        self.stream = stream
        self.peer = peer
        self.context = context
        self.end = end
        session = WebSocketSession(messageBytes: context.limits.messageBytes)
        let now = context.loop.now.nanoseconds
        budget = FrameBudget(perSecond: context.limits.framesPerSecond, now: now)
        times.opened = now
        times.heard = now
    }

    /// The stream has been handed over: bytes may wait in it already.
    func begin() {
        end?.opened(self)
        noteOutput()
        // Bytes right behind the request aren't announced again, and its handler is still at work.
        resumeLater()
    }

    // MARK: The session behind it asks for

    /// Whether output is taken now; else `hasRoom` is told later.
    var hasRoom: Bool { session.isOpen && !stream.isOverHighWater }
    /// The loop's clock, in nanoseconds.
    var now: UInt64 { context.loop.now.nanoseconds }

    /// Sends a text message, at the end of the loop's turn.
    func send(text: [UInt8]) { send(.text, text) }

    /// Sends a ping, whose payload comes back with the pong; at most 125 bytes.
    func ping(_ payload: [UInt8]) { send(.ping, payload) }

    /// Sends a message or a control frame, at the end of the loop's turn.
    func send(_ opcode: WebSocketOpcode, _ payload: [UInt8]) {
        guard session.isOpen, !stream.isClosed else { return }
        var frame: [UInt8] = []
        WebSocketFrame.append(opcode, payload, to: &frame)
        write(frame)
    }

    /// Begins the closing handshake; nothing is sent any more.
    func close(_ code: WebSocketCloseCode, reason: String) {
        guard !stream.isClosed, let frame = session.close(code, reason: reason) else { return }
        times.closing = now
        write(frame)
        armTimer()
    }

    /// The next message may be handed on.
    func resume() { advance() }

    private func write(_ frame: [UInt8]) {
        stream.append(frame)
        noteOutput()
    }

    /// Output waits for the end of the turn.
    private func noteOutput() {
        if times.stalled == 0 {
            times.stalled = now
            // A timer that is armed for earlier finds out by itself.
            if times.stalled + context.times.writeStall < armedDeadline { armTimer() }
        }
        stream.flushBeforeSleep()
    }

    // MARK: Events

    func ready(_ events: ReadyEvents) {
        if events.contains(.readable) { read() }
        if events.contains(.writable), !stream.isClosed { outputMoves() }
        let isOver = !events.contains(.readable) && !events.isDisjoint(with: [.error, .hangup])
        if isOver, !stream.isClosed { close() }
    }

    private func read() {
        switch stream.fill() {
        case .data:
            times.heard = now
            times.pinged = 0
            advance()
        case .wouldBlock: break
        // Without a close frame nobody is there to read an answer.
        case .failed, .end: close()
        }
    }

    private func outputMoves() {
        guard flush(), !stream.isOverHighWater else { return }
        end?.hasRoom()
        advance()
    }

    /// Sends what waits; false when the connection turned out to be gone.
    private func flush() -> Bool {
        let before = stream.outputCount
        if case .failed = stream.flush() {
            close()
            return false
        }
        if stream.outputCount < before { times.stalled = now }
        if stream.outputCount == 0 { times.stalled = 0 }
        return true
    }

    // MARK: Frames

    private func advance() {
        guard !isAdvancing, !stream.isClosed else { return }
        isAdvancing = true
        var turn = context.limits.requestsPerTurn
        while turn > 0, step() { turn -= 1 }
        isAdvancing = false
        if turn == 0 { resumeLater() }
        settle()
    }

    /// Performs the next action; false when there is none now.
    private func step() -> Bool {
        guard !stream.isClosed, stream.inputCount > 0 else { return false }
        guard !isLingering else {
            discard()
            return false
        }
        guard !isHeldBack else { return false }
        let progress = stream.withInput { session.receive($0) }
        stream.consume(progress.consumed)
        switch progress.action {
        case .needMore: return false
        case .deliver(let message):
            budget.spend()
            end?.received(message)
        case .send(let frame):
            budget.spend()
            write(frame)
        case .notePong(let payload): end?.ponged(payload)
        case .end(let frame):
            if !frame.isEmpty { write(frame) }
            isLingering = true
            times.closing = now
        }
        return true
    }

    /// Whether the client has to wait: for the answer to what it asked before, for its own reading, or for its
    /// budget.
    ///
    /// Not while the closing handshake is under way: there is nothing then that costs more than the reading.
    private var isHeldBack: Bool {
        guard session.isOpen else { return false }
        guard end?.isReady == true, !stream.isOverHighWater else { return true }
        guard budget.isThere(now: now) else {
            times.paused = budget.nextAt
            return true
        }
        times.paused = 0
        return false
    }

    private func discard() {
        lingered += stream.inputCount
        stream.consume(stream.inputCount)
        if lingered > context.limits.lingerBytes { reset() }
    }

    /// Lets other connections have their turn first.
    private func resumeLater() {
        guard !isResumePosted else { return }
        isResumePosted = true
        let bound = LoopBound(self, loop: context.loop)
        context.loop.post {
            bound.value.isResumePosted = false
            bound.value.advance()
        }
    }

    private func settle() {
        guard !stream.isClosed else { return }
        if isLingering {
            guard flush() else { return }
            stream.shutdownWrite()
        }
        let isBusy = session.isOpen && (end?.isReady != true || stream.isOverHighWater || times.paused > 0)
        let wanted = !isBusy || stream.inputCount == 0 && times.paused == 0
        if stream.isReading != wanted { stream.isReading = wanted }
        armTimer()
    }

    // MARK: Time

    private func armTimer() {
        guard !stream.isClosed else { return }
        let deadline = times.deadline(context.times, isIdentified: end?.isIdentified == true)
        guard deadline != armedDeadline else { return }
        armedDeadline = deadline
        let instant = MonotonicInstant(nanoseconds: deadline)
        if let timer {
            context.loop.rearm(timer, at: instant)
        } else {
            timer = context.loop.schedule(at: instant) { [unowned self] in timerFired() }
        }
    }

    private func timerFired() {
        timer = nil
        armedDeadline = .max
        if stream.outputCount == 0 { times.stalled = 0 }
        switch times.due(now, context.times, isIdentified: end?.isIdentified == true) {
        case .nothing: armTimer()
        case .resume: advance()
        case .ping:
            times.pinged = now
            ping([])
            armTimer()
        case .logIn: close(.policyViolation, reason: "nobody has logged in")
        case .giveUp: reset()
        case .close: close()
        case .flush:
            // Writability is announced late to a slow reader: whether it has read at all shows when more is sent.
            let before = stream.outputCount
            guard flush() else { return }
            if stream.outputCount < before { outputMoves() } else { reset() }
            armTimer()
        }
    }

    // MARK: The end

    var unread: (bytes: Int, since: UInt64) { (stream.outputCount, times.stalled) }

    func drain() { close(.goingAway, reason: "the server is stopping") }

    func reset() {
        guard !stream.isClosed else { return }
        stream.reset()
        ended()
    }

    private func close() {
        guard !stream.isClosed else { return }
        stream.close()
        ended()
    }

    private func ended() {
        if let timer { context.loop.cancel(timer) }
        timer = nil
        let end = end.take()
        end?.closed()
        context.ended(self)
    }
}
