// One client on one loop, from accept to close: performs what its state machine decides.

import HTTP
import HTTP2
import Reactor

/// One connection.
///
/// Kept alive by its registration with the loop and by the replies that are still owed to it. Loop thread only.
final class Connection: EventHandler, OpenConnection {
    /// The peer.
    let peer: Peer
    /// The place in the loop's `ConnectionSet`.
    var place = -1

    let stream: ByteStream
    let context: ConnectionContext
    var state: ConnectionState
    /// The answer under way, while it is made.
    var body: StreamedBody?
    /// The receiver of the current request's body.
    private var exchange: (any Exchange)?
    /// Takes the body of the request under way piece by piece, where it isn't kept whole.
    private var sink: (any BodySink)?
    /// The file that follows the output.
    var transfer: FileTransfer?
    /// Names the request whose reply is awaited; a reply with another ticket comes too late.
    private var ticket: UInt32 = 0
    var timer: TimerID?
    var armedDeadline = UInt64.max
    /// When output began to wait or last moved on.
    var outputProgress: UInt64 = 0
    /// The loop in `advance` is running: a reply given now is taken up by it.
    private(set) var isAdvancing = false
    /// The stream belongs to another protocol: nothing here may touch it any more.
    private(set) var isHandedOver = false
    /// Nothing has been read yet: the client may begin with the preface of HTTP/2.
    private var isFresh = true
    /// A turn is over, but requests wait: the rest follows when others have had theirs.
    private(set) var isResumePosted = false

    init(_ stream: ByteStream, peer: Peer, context: ConnectionContext) {
        self.stream = stream
        self.peer = peer
        self.context = context
        state = ConnectionState(context.limits, now: context.loop.now)
    }

    /// Waits for the first request.
    func begin() {
        armTimer()
    }

    // MARK: Events

    func ready(_ events: ReadyEvents) {
        if events.contains(.readable) { read() }
        if events.contains(.writable), !stream.isClosed, flush() { outputMoved() }
        // Nobody is left to answer. Readable input comes first: a request in it is carried out, and
        // closing on unread bytes would reset the connection under an answer that the client has yet to read.
        let isOver = !events.contains(.readable) && !events.isDisjoint(with: [.error, .hangup])
        if isOver, !stream.isClosed { close() }
    }

    private func read() {
        switch stream.fill() {
        case .data:
            if isFollowed, stream.inputCount > context.limits.waitingInputBytes { return close() }
            advance()
        case .wouldBlock: break
        case .failed: close()
        case .end where isFollowed: close()
        case .end:
            // It would be announced again and again.
            stream.isReading = false
            state.inputHasEnded = true
            advance()
        }
    }

    /// The client has taken some of the output.
    func outputMoved() {
        if unsent == 0 { state.outputLeft(now: context.loop.now) }
        advance()
    }

    // MARK: Requests

    /// Performs what can be done now: answers request after request until bytes or a reply are missing, the
    /// client doesn't read, or this connection's share of the turn is used up.
    func advance() {
        guard !isAdvancing, !stream.isClosed else { return }
        isAdvancing = true
        offerRoom()
        var budget = context.limits.requestsPerTurn
        while perform(nextAction(), &budget) {}
        isAdvancing = false
        settle()
    }

    private func nextAction() -> ConnectionState.Action {
        // A reply with a file or a stream is sent first.
        if transfer != nil || body != nil || isHandedOver { return .wait }
        // A client that doesn't read what it asked for is not asked what else it wants.
        if stream.isOverHighWater, flush(), stream.isOverHighWater { return .wait }
        if stream.isClosed { return .wait }
        let now = context.loop.now
        if isFresh, stream.inputCount > 0, isPreface(now) { return .wait }
        let (consumed, action) = stream.withInput { state.next($0, now: now) }
        if consumed > 0 { stream.consume(consumed) }
        if let sink, state.phase == .body, let refusal = sink.receive(state.takeArrived()) {
            refuse(refusal)
            // The request is answered, whatever bytes follow it.
            return .wait
        }
        return action
    }

    /// Whether what has come is the preface of HTTP/2, as far as it has come; hands the connection over with the whole of it.
    private func isPreface(_ now: MonotonicInstant) -> Bool {
        let count = stream.inputCount
        let isPrefix = stream.withUnsafeInput { HTTP2Preface.begins(with: $0) }
        guard isPrefix, count >= HTTP2Preface.byteCount || !state.inputHasEnded,
            let library = context.http2Library
        else {
            isFresh = false
            return false
        }
        guard count >= HTTP2Preface.byteCount else {
            state.beganHead(now: now)
            return true
        }
        if let timer { context.loop.cancel(timer) }
        timer = nil
        isHandedOver = true
        context.speakHTTP2(self, stream, by: library)
        return true
    }

    /// Whether there may be more to do.
    private func perform(_ action: ConnectionState.Action, _ budget: inout Int) -> Bool {
        switch action {
        case .wait:
            return false
        case .open(let head):
            budget -= 1
            open(head)
        case .sayContinue:
            Response.continueHead.withUTF8Buffer { stream.append(UnsafeRawBufferPointer($0)) }
        case .respond(let body):
            handOn(body)
        case .refuse(let status, let explanation):
            refuse(status, explanation)
        case .finish:
            return false
        case .abandon:
            close()
            return false
        }
        guard budget > 0 else {
            resumeLater()
            return false
        }
        return true
    }

    private func open(_ head: RequestHead) {
        switch context.responder.open(head, from: peer) {
        case .answer(let response):
            answer(response)
        case .upgrade(let response, let end):
            upgrade(response, end)
        case .proceed(let bodyMaximum, let exchange):
            self.exchange = exchange
            sink = exchange.sink
            switch state.proceed(bodyMaximum: bodyMaximum, now: context.loop.now) {
            case .respond(let body): handOn(body)
            case .refuse(let status, let explanation): refuse(status, explanation)
            default: break
            }
        }
    }

    private func upgrade(_ response: Response, _ end: any SocketEnd) {
        context.write(response, to: stream, for: state.method, keepsAlive: true)
        if let timer { context.loop.cancel(timer) }
        timer = nil
        isHandedOver = true
        context.upgrade(self, stream, to: end)
    }

    private func handOn(_ body: [UInt8]) {
        if let sink = sink.take(), let refusal = sink.receive(body) { return refuse(refusal) }
        guard let exchange = exchange.take() else { return }
        ticket &+= 1
        let ticket = ticket
        exchange.respond(to: body, ResponseSink { response, source in self.reply(response, source, ticket) })
    }

    /// A reply has come, within `handOn` or later.
    ///
    /// It is dropped when the client has gone.
    private func reply(_ response: Response, _ source: (any BodySource)?, _ ticket: UInt32) {
        guard ticket == self.ticket, state.phase == .responding, body == nil, !stream.isClosed else { return }
        answer(response, source)
        advance()
    }

    private func answer(_ response: Response, _ source: (any BodySource)? = nil) {
        context.write(
            response,
            to: stream,
            for: state.method,
            keepsAlive: state.keepsAlive,
            takesChunks: state.takesChunks
        )
        if let source { return begin(source) }
        if case .file(let file, let range) = response.body, state.method != .head, !range.isEmpty {
            transfer = FileTransfer(file, range)
        }
        endAnswer()
    }

    /// The answer to the request under way has been given.
    func endAnswer() {
        state.replied(inputIsEmpty: stream.inputCount == 0, now: context.loop.now)
    }

    func refuse(_ status: HTTP.Status, _ explanation: String) {
        refuse(
            exchange.take()?.refusal(status, explanation)
                ?? context.responder.refusal(status, explanation, from: peer)
        )
    }

    private func refuse(_ response: Response) {
        exchange = nil
        sink = nil
        context.write(response, to: stream, for: state.method, keepsAlive: false)
        state.refused(now: context.loop.now)
    }

    /// Lets other connections have their turn first.
    func resumeLater() {
        guard !isResumePosted else { return }
        isResumePosted = true
        let bound = LoopBound(self, loop: context.loop)
        context.loop.post {
            bound.value.isResumePosted = false
            bound.value.advance()
        }
    }

    // MARK: The end

    /// The server is going down: closes an idle connection; another one is closed behind its answer.
    func drain() {
        state.isDraining = true
        body?.source.drain()
        advance()
    }

    /// Closes at once, with a reset.
    func reset() {
        guard !stream.isClosed else { return }
        stream.reset()
        ended()
    }

    func close() {
        guard !stream.isClosed else { return }
        stream.close()
        ended()
    }

    private func ended() {
        if let timer { context.loop.cancel(timer) }
        timer = nil
        exchange = nil
        sink = nil
        transfer = nil
        body.take()?.source.closed()
        context.ended(self)
    }
}
