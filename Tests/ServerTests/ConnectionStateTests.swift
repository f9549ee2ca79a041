// The state machine alone: bytes, time and answers in, decisions out; no socket and no loop.

import HTTP
import Reactor
import Testing

@testable import Server

@Suite struct ConnectionStateTests {
    static let start = MonotonicInstant(nanoseconds: 1_000_000_000)
    static let never = -1
    static let times = ConnectionTimes(ConnectionLimits())

    /// A decision as a word.
    enum Step: Equatable {
        case wait, open, sayContinue, finish, abandon
        case respond(String)
        case refuse(Int)

        init(_ action: ConnectionState.Action) {
            switch action {
            case .wait: self = .wait
            case .open: self = .open
            case .sayContinue: self = .sayContinue
            case .finish: self = .finish
            case .abandon: self = .abandon
            case .respond(let body): self = .respond(String(decoding: body, as: UTF8.self))
            case .refuse(let status, _): self = .refuse(status.code)
            }
        }
    }

    /// A state and the bytes that wait for it.
    struct Machine {
        var state = ConnectionState(ConnectionLimits(), now: start)
        var input: [UInt8] = []
        var now = start

        init(_ text: String = "") { input = Array(text.utf8) }

        mutating func next() -> Step {
            let (bytes, now) = (input, now)
            let (consumed, action) = state.next(bytes.span, now: now)
            input.removeFirst(consumed)
            return Step(action)
        }

        mutating func feed(_ text: String) -> Step {
            input += Array(text.utf8)
            return next()
        }

        mutating func proceed(_ maximum: Int = 100) -> Step {
            Step(state.proceed(bodyMaximum: maximum, now: now))
        }

        mutating func replied() {
            let (isEmpty, now) = (input.isEmpty, now)
            state.replied(inputIsEmpty: isEmpty, now: now)
        }

        /// Milliseconds after the start; `never` without a deadline.
        var deadline: Int {
            let deadline = state.deadline(times)
            return deadline == .max ? never : Int((deadline - start.nanoseconds) / 1_000_000)
        }

        mutating func pass(_ milliseconds: UInt64) {
            now = now.advanced(byNanoseconds: milliseconds * 1_000_000)
        }
    }

    @Test func `a request without a body is opened, handed on and answered`() {
        var machine = Machine(request("/a") + request("/b"))
        #expect(machine.state.phase == .idle)
        #expect(machine.next() == .open)
        #expect(machine.proceed() == .respond(""))
        #expect(machine.state.phase == .responding)
        #expect(machine.next() == .wait)
        #expect(machine.state.keepsAlive)
        machine.replied()
        #expect(machine.next() == .open)
        #expect(machine.input.isEmpty)
    }

    @Test func `a body is handed on when its last byte is there`() {
        var machine = Machine(request("/a", "POST", "Content-Length: 4\r\n"))
        #expect(machine.next() == .open)
        #expect(machine.proceed() == .wait)
        #expect(machine.feed("ab") == .wait)
        #expect(machine.feed("c") == .wait)
        #expect(machine.feed("dGET") == .respond("abcd"))
        #expect(machine.input == Array("GET".utf8))
    }

    @Test func `too long a body is refused where that is first known`() {
        var declared = Machine(request("/a", "POST", "Content-Length: 5\r\n"))
        #expect(declared.next() == .open)
        #expect(declared.proceed(4) == .refuse(413))

        var chunked = Machine(request("/a", "POST", "Transfer-Encoding: chunked\r\n"))
        #expect(chunked.next() == .open)
        #expect(chunked.proceed(4) == .wait)
        #expect(chunked.feed("3\r\nabc\r\n") == .wait)
        #expect(chunked.feed("2\r\n") == .refuse(413))
    }

    @Test func `an announced body takes no memory`() {
        var body = ConnectionBody()
        body.begin(length: 1 << 40)
        #expect(throws: Never.self) { try body.append([UInt8(1)].span) }
        #expect(body.take().capacity <= 17 << 10)
    }

    @Test func `100 is said once, and not when the body is there`() {
        var waiting = Machine(request("/a", "POST", "Content-Length: 1\r\nExpect: 100-continue\r\n"))
        #expect(waiting.next() == .open)
        #expect(waiting.proceed() == .wait)
        #expect(waiting.next() == .sayContinue)
        #expect(waiting.next() == .wait)
        #expect(waiting.feed("a") == .respond("a"))

        var eager = Machine(request("/a", "POST", "Content-Length: 2\r\nExpect: 100-continue\r\n") + "a")
        #expect(eager.next() == .open)
        #expect(eager.proceed() == .wait)
        #expect(eager.next() == .wait)
        #expect(eager.feed("b") == .respond("ab"))
    }

    @Test func `an answer before the body is the last one where a body follows`() {
        for (stream, phase) in [
            (post("/a", "b"), ConnectionState.Phase.lingering), (postChunked("/a", []), .lingering),
            (post("/a", ""), .idle),
            (request("/a"), .idle), (request("/a", "GET", "Connection: close\r\n"), .closing),
            (request("/a", "GET", "Connection: close\r\n") + "more", .lingering),
        ] {
            var machine = Machine(stream)
            #expect(machine.next() == .open)
            #expect(machine.state.keepsAlive == (phase == .idle))
            machine.replied()
            #expect(machine.state.phase == phase, "\(stream)")
        }
    }

    @Test func `while draining an answer is the last one`() {
        var machine = Machine(request("/a"))
        #expect(machine.next() == .open)
        #expect(machine.proceed() == .respond(""))
        machine.state.isDraining = true
        #expect(!machine.state.keepsAlive)
        machine.replied()
        #expect(machine.state.phase == .lingering)
    }

    @Test func `an idle connection ends with the drain or the client`() {
        var drained = Machine()
        #expect(drained.next() == .wait)
        drained.state.isDraining = true
        #expect(drained.next() == .finish)

        var emptyLine = Machine("\r\n")
        #expect(emptyLine.next() == .wait)
        emptyLine.state.isDraining = true
        #expect(emptyLine.next() == .finish)

        var left = Machine()
        left.state.inputHasEnded = true
        #expect(left.next() == .finish)
        #expect(left.state.phase == .closing)
    }

    @Test func `a head that has begun is waited for while draining`() {
        var machine = Machine("GET / HTTP/1.1\r\n")
        machine.state.isDraining = true
        #expect(machine.next() == .wait)
        #expect(machine.feed("Host: a\r\n\r\n") == .open)
    }

    @Test func `what a refused client sends is thrown away up to a bound`() {
        var machine = Machine("\n")
        #expect(machine.next() == .refuse(400))
        machine.state.refused(now: machine.now)
        #expect(machine.next() == .wait)
        #expect(machine.input.isEmpty)
        machine.input = Array(repeating: 0x61, count: (256 << 10) - 1)
        #expect(machine.next() == .wait)
        #expect(machine.feed("a") == .abandon)
    }

    @Test func `each phase has its deadline`() {
        var machine = Machine()
        #expect(machine.deadline == 75_000)
        machine.pass(1_000)
        #expect(machine.feed("GET / HTTP/1.1\r\n") == .wait)
        #expect(machine.deadline == 11_000)
        machine.pass(2_000)
        #expect(machine.feed("Host: a\r\nContent-Length: 5120\r\n") == .wait)
        #expect(machine.deadline == 11_000)
        #expect(machine.feed("\r\n") == .open)
        #expect(machine.deadline == Self.never)
        #expect(machine.proceed(10_000) == .wait)
        #expect(machine.deadline == 18_000)
        machine.pass(10_000)
        // 1024 bytes have earned two seconds; the last byte alone would allow 15.
        #expect(machine.feed(String(repeating: "a", count: 1024)) == .wait)
        #expect(machine.deadline == 20_000)
        #expect(
            machine.feed(String(repeating: "a", count: 4096)) == .respond(String(repeating: "a", count: 5120))
        )
        #expect(machine.deadline == Self.never)
        machine.pass(50_000)
        machine.replied()
        #expect(machine.deadline == 138_000)
        machine.state.refused(now: machine.now)
        #expect(machine.deadline == 64_000)
        machine.pass(500)
        machine.state.outputLeft(now: machine.now)
        #expect(machine.deadline == 64_500)
    }

    @Test func `only a request that has begun is told that it is late`() {
        var machine = Machine()
        #expect(Step(machine.state.expired()) == .abandon)
        #expect(machine.feed("G") == .wait)
        #expect(Step(machine.state.expired()) == .refuse(408))
        #expect(machine.feed("ET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n") == .open)
        #expect(machine.proceed() == .wait)
        #expect(Step(machine.state.expired()) == .refuse(408))
        machine.state.refused(now: machine.now)
        #expect(Step(machine.state.expired()) == .abandon)
    }

    @Test func `the method is that of the request under way`() {
        var machine = Machine(request("/a", "HEAD"))
        #expect(machine.state.method == .get)
        #expect(machine.next() == .open)
        #expect(machine.state.method == .head)
        #expect(machine.proceed() == .respond(""))
        machine.replied()
        #expect(machine.state.method == .get)
    }

    @Test func `limits that overflow the clock never expire`() {
        var limits = ConnectionLimits()
        limits.keepAliveIdle = .seconds(1 << 40)
        let state = ConnectionState(limits, now: MonotonicInstant(nanoseconds: .max - 5))
        #expect(state.deadline(ConnectionTimes(limits)) == .max)
    }
}
