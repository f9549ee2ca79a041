// The next step of a connection, decided from bytes, time and replies alone: no socket, no clock, no responder.

import HTTP
import Reactor

/// The state machine of one connection (RFC 9112).
///
/// Its owner reports events to it and performs the actions that it returns. One request is under way at a time; the
/// bytes of the next ones wait in the caller's buffer.
struct ConnectionState {
    /// How far the conversation has come.
    enum Phase: Equatable, Sendable {
        /// Between requests: no byte of the next one has arrived.
        case idle
        /// A head has begun.
        case head
        /// A head was handed out, and what to do about it isn't decided.
        case opening
        /// A body is being read.
        case body
        /// A request was handed on whole, and its reply is awaited.
        case responding
        /// The last answer is given; what the client still sends is thrown away.
        case lingering
        /// The last answer is given and nobody will send any more: closed as soon as the output has left.
        case closing
    }

    /// The action to perform.
    enum Action {
        /// Nothing before the next event.
        case wait
        /// Ask what to do about this head, and tell `proceed` or `replied`.
        case open(RequestHead)
        /// Send `100 Continue`, then ask again.
        case sayContinue
        /// Hand the request on with this body; its reply is told with `replied`.
        case respond([UInt8])
        /// Answer with this status and sentence, and tell `refused`.
        case refuse(HTTP.Status, String)
        /// Close as soon as the output has left.
        case finish
        /// Close now, whatever waits.
        case abandon
    }

    private(set) var phase = Phase.idle
    /// The method of the request under way; GET while it isn't known.
    private(set) var method = Method.get
    /// Whether the client of the request under way knows chunks.
    private(set) var takesChunks = true
    /// The client will send nothing more.
    var inputHasEnded = false
    /// The server is going down: the next answer is the last one.
    var isDraining = false

    private let lingerBytes: Int
    private var parser: RequestParser
    private var framing = BodyFraming.none
    private var requestKeepsAlive = true
    private var expectsContinue = false
    private var body = ConnectionBody()
    private var lingered = 0
    /// When the phase began, in nanoseconds of the loop's clock.
    private var phaseStart: UInt64
    /// When the last byte of a body arrived.
    private var lastBodyByte: UInt64 = 0

    /// A connection that was accepted `now`.
    init(_ limits: ConnectionLimits, now: MonotonicInstant) {
        parser = RequestParser(limits: limits.http)
        lingerBytes = limits.lingerBytes
        phaseStart = now.nanoseconds
    }

    // MARK: Input

    /// Looks at the bytes that wait, and says how many of them are done with and what to do next.
    ///
    /// To be asked again after every action but `wait`, `finish` and `abandon`, with what is left of the bytes.
    mutating func next(_ input: Span<UInt8>, now: MonotonicInstant) -> (consumed: Int, action: Action) {
        switch phase {
        case .idle, .head: return nextHead(input, now)
        case .body: return nextBody(input, now)
        case .lingering: return discard(input)
        case .closing: return (input.count, .finish)
        case .opening, .responding: return (0, .wait)
        }
    }

    private mutating func nextHead(_ input: Span<UInt8>, _ now: MonotonicInstant) -> (Int, Action) {
        guard !input.isEmpty else {
            guard inputHasEnded || isDraining else { return (0, .wait) }
            phase = .closing
            return (0, .finish)
        }
        let result: HeadResult
        do throws(ParseError) {
            result = try parser.parseHead(input)
        } catch {
            return (0, .refuse(error.status, error.explanation))
        }
        switch result {
        case .head(let head, let consumed):
            phase = .opening
            method = head.method
            takesChunks = head.version == .http11
            framing = head.framing
            requestKeepsAlive = head.keepsAlive
            expectsContinue = head.expectsContinue
            return (consumed, .open(head))
        case .needMore:
            // An empty line alone begins no request: some clients send one after a body (RFC 9112 section 2.2).
            let hasBegun = input.count > 2 || input[0] != 0x0D
            if inputHasEnded || isDraining && !hasBegun { return breakOff(input.count) }
            if hasBegun, phase == .idle {
                phase = .head
                phaseStart = now.nanoseconds
            }
            return (0, .wait)
        }
    }

    /// Bytes have come that may be the beginning of a request, or of another version's preface.
    mutating func beganHead(now: MonotonicInstant) {
        guard phase == .idle else { return }
        phase = .head
        phaseStart = now.nanoseconds
    }

    private mutating func nextBody(_ input: Span<UInt8>, _ now: MonotonicInstant) -> (Int, Action) {
        // Said only while nothing of the body has come: a client that sends it anyway isn't waiting.
        if expectsContinue {
            expectsContinue = false
            if input.isEmpty, !inputHasEnded { return (0, .sayContinue) }
        }
        if !input.isEmpty { lastBodyByte = now.nanoseconds }
        do throws(ParseError) {
            let consumed = try body.append(input)
            if body.isComplete {
                phase = .responding
                return (consumed, .respond(body.take()))
            }
            return inputHasEnded ? breakOff(consumed) : (consumed, .wait)
        } catch {
            return (0, .refuse(error.status, error.explanation))
        }
    }

    /// The client went in the middle of a request: there is nothing to answer.
    private mutating func breakOff(_ bytes: Int) -> (Int, Action) {
        phase = .closing
        return (bytes, .finish)
    }

    private mutating func discard(_ input: Span<UInt8>) -> (Int, Action) {
        lingered += input.count
        if inputHasEnded {
            phase = .closing
            return (input.count, .finish)
        }
        return (input.count, lingered > lingerBytes ? .abandon : .wait)
    }

    /// The bytes of the body that have arrived since the last call, for a body that isn't kept whole.
    mutating func takeArrived() -> [UInt8] { body.takeArrived() }

    // MARK: Answers

    /// The request is welcome, with a body of at most so many bytes.
    ///
    /// - Returns: `respond` at once for a request without a body, `refuse` for one that declares too long a
    ///   body, else `wait`: `next` is to be asked.
    mutating func proceed(bodyMaximum: Int, now: MonotonicInstant) -> Action {
        precondition(phase == .opening, "Only a request that was just opened can proceed.")
        switch framing {
        case .none, .length(0):
            phase = .responding
            return .respond([])
        case .length(let length) where length > bodyMaximum:
            return .refuse(.contentTooLarge, ParseError.contentTooLarge.explanation)
        case .length(let length):
            body.begin(length: length)
        case .chunked:
            body.begin(chunked: ChunkedDecoder(limits: parser.limits), limit: bodyMaximum)
        }
        phase = .body
        phaseStart = now.nanoseconds
        lastBodyByte = now.nanoseconds
        return .wait
    }

    /// Whether the answer to the request under way leaves the connection open; `Connection: close` says so otherwise.
    var keepsAlive: Bool { requestKeepsAlive && !isDraining && !leavesBodyUnread }

    private var leavesBodyUnread: Bool {
        phase == .opening && framing != .none && framing != .length(0)
    }

    /// The request under way has been answered, with what `keepsAlive` said before this call.
    ///
    /// - Parameter inputIsEmpty: whether nothing more of the client's waits.
    mutating func replied(inputIsEmpty: Bool, now: MonotonicInstant) {
        precondition(phase == .opening || phase == .responding, "Only a request under way can be answered.")
        phaseStart = now.nanoseconds
        if keepsAlive {
            method = .get
            phase = .idle
        } else {
            // A client that announced the end itself sends nothing more, so there is nothing to wait for.
            let clientIsDone = !requestKeepsAlive && !leavesBodyUnread && inputIsEmpty
            phase = clientIsDone || inputHasEnded ? .closing : .lingering
        }
    }

    /// A refusal has been sent: no further byte of this connection means anything.
    mutating func refused(now: MonotonicInstant) {
        body.drop()
        phaseStart = now.nanoseconds
        phase = inputHasEnded ? .closing : .lingering
    }

    /// The client has taken all output: the time that it is given to read a last answer counts from here.
    mutating func outputLeft(now: MonotonicInstant) {
        if phase == .lingering { phaseStart = now.nanoseconds }
    }

    // MARK: Time

    /// When the client is late, in nanoseconds of the loop's clock; `UInt64.max` while it owes nothing.
    func deadline(_ times: ConnectionTimes) -> UInt64 {
        switch phase {
        case .idle: return later(phaseStart, times.keepAliveIdle)
        case .head: return later(phaseStart, times.head)
        case .body:
            let idle = later(lastBodyByte, times.bodyIdle)
            guard times.bodyByte > 0 else { return idle }
            let earned = times.bodyByte.multipliedReportingOverflow(by: UInt64(body.received))
            let onTime = later(phaseStart, times.bodyIdle)
            return min(idle, later(onTime, earned.overflow ? .max : earned.partialValue))
        case .lingering: return later(phaseStart, times.linger)
        case .opening, .responding, .closing: return .max
        }
    }

    private func later(_ start: UInt64, _ nanoseconds: UInt64) -> UInt64 {
        let (sum, overflow) = start.addingReportingOverflow(nanoseconds)
        return overflow ? .max : sum
    }

    /// The deadline has passed.
    func expired() -> Action {
        switch phase {
        case .head, .body: .refuse(.requestTimeout, "The request did not arrive in time.")
        default: .abandon
        }
    }
}
