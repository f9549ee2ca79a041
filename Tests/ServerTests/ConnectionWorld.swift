// The parts that the connection tests share: one loop turned by hand, a clock moved by hand, a responder that
// follows the path.

import CLinux
import Glibc
import HTTP
import HTTP2
import Reactor
import Synchronization
import Testing

@testable import Server

/// A clock that stands still until it is moved.
final class ConnectionClock: TimeSource {
    private let nanoseconds = Atomic<UInt64>(1_000_000_000)

    func monotonicNanoseconds() -> UInt64 { nanoseconds.load(ordering: .relaxed) }
    func wallMilliseconds() -> Int64 { 784_111_777_000 }

    func advance(milliseconds: Int) {
        nanoseconds.add(UInt64(milliseconds) * 1_000_000, ordering: .relaxed)
    }
}

/// Answers as the path says, and writes down what it was asked.
///
/// `/talk` answers while the body arrives; `/later…` keeps the reply in `pending`; `/answer` is answered before its body; `/max/N` takes a body of at
/// most N bytes; `/big/N` answers with N bytes; `/live` and `/pieces` answer with a stream of `sources`;
/// `/socket` opens a WebSocket; everything else is answered at once with its target and its body.
final class ConnectionScript: Responder {
    struct Request: Equatable {
        let line: String
        let body: String
    }

    private(set) var opened: [String] = []
    private(set) var requests: [Request] = []
    private(set) var refusals: [Int] = []
    private(set) var peers: [Peer] = []
    var pending: [(target: String, reply: ResponseSink)] = []
    /// The sessions behind the opened sockets, in order.
    private(set) var ends: [EchoEnd] = []
    /// The sources of streamed bodies, in order.
    private(set) var sources: [ScriptedSource] = []
    /// The answers that are given while the body arrives, in order.
    private(set) var talks: [ScriptedTalk] = []

    func open(_ head: RequestHead, from peer: Peer) -> Opening {
        let target = head.target
        opened.append(target)
        peers.append(peer)
        // As the dispatcher does: a target that can't be taken apart is refused before its body.
        do throws(ParseError) {
            if head.method != .connect { _ = try RequestTarget(head) }
        } catch {
            return .answer(refusal(error.status, error.explanation, from: peer))
        }
        if target == "/answer" { return .answer(ConnectionScript.text(.unauthorized, "no")) }
        if target == "/socket" {
            let end = EchoEnd()
            ends.append(end)
            // Whether the digest is right is for others to test.
            return .upgrade(WebSocketHandshake.response(digest: [UInt8](repeating: 0, count: 20)), end)
        }
        let maximum = ConnectionScript.number(target, "/max/") ?? 1 << 20
        let exchange = ScriptedExchange(self) { [self] body, reply in
            let text = String(decoding: body, as: UTF8.self)
            requests.append(Request(line: "\(head.method.text) \(target)", body: text))
            if target.hasPrefix("/later") {
                pending.append((target, reply))
            } else if target == "/live" || target == "/pieces" {
                let source = ScriptedSource(isLive: target == "/live")
                sources.append(source)
                reply(Response(.ok, body: .stream), source)
            } else if let count = ConnectionScript.number(target, "/big/") {
                reply(Response(.ok, body: .bytes(Array(repeating: 0x62, count: count))))
            } else {
                reply(ConnectionScript.text(.ok, "\(target) \(text)"))
            }
        }
        if target == "/talk" {
            exchange.onTalk = { [self] reply in
                let talk = ScriptedTalk()
                talks.append(talk)
                reply(Response(.ok, body: .stream), talk)
            }
        }
        return .proceed(bodyMaximum: maximum, exchange)
    }

    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response {
        refusals.append(status.code)
        return ConnectionScript.text(status, explanation)
    }

    /// Answers the oldest request that waits.
    func replyToFirst(_ text: String = "late") {
        guard !pending.isEmpty else {
            Issue.record("no reply is pending")
            return
        }
        let (target, reply) = pending.removeFirst()
        reply(ConnectionScript.text(.ok, "\(target) \(text)"))
    }

    static func text(_ status: HTTP.Status, _ text: String) -> Response {
        Response(status, contentType: "text/plain", body: .bytes(Array(text.utf8)))
    }

    private static func number(_ target: String, _ prefix: String) -> Int? {
        target.hasPrefix(prefix) ? Int(target.dropFirst(prefix.count)) : nil
    }
}

/// A loop with connections, turned by hand: every test is one thread and no waiting.
final class ConnectionWorld {
    let clock = ConnectionClock()
    let loop: EventLoop
    let script = ConnectionScript()
    let census: ConnectionCensus
    let context: ConnectionContext

    init(
        _ limits: ConnectionLimits = ConnectionLimits(),
        findHTTP2Library: @escaping () -> NGHTTP2Library? = { NGHTTP2Library.shared }
    ) throws {
        loop = try EventLoop(name: "test", time: clock)
        census = ConnectionCensus(limits)
        context = ConnectionContext(
            loop: loop,
            responder: script,
            limits: limits,
            census: census,
            findHTTP2Library: findHTTP2Library
        )
    }

    deinit {
        // Lets go of what is left, so that no test leaks: a reply holds its connection, and that its responder.
        script.pending = []
        context.resetAll()
        loop.stop()
        loop.run()
    }

    /// A new connection and its client's end.
    func connect() throws -> ConnectionClient {
        var numbers: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &numbers) == 0)
        let client = ConnectionClient(numbers[1])
        let peer = Peer(address: .unix)
        try #require(census.refusal(of: peer) == nil)
        context.serve(Descriptor(owning: numbers[0]), peer: peer)
        return client
    }

    func turn(_ count: Int = 4) {
        for _ in 0..<count { loop.turn(waiting: false) }
    }

    /// Moves the clock and lets the timers run.
    func pass(milliseconds: Int) {
        clock.advance(milliseconds: milliseconds)
        turn()
    }

    /// Sends all of `bytes` however little the socket takes at once, turning the loop in between; false when the
    /// connection was closed before the end.
    @discardableResult
    func send(_ bytes: [UInt8], from client: ConnectionClient) -> Bool {
        var sent = 0
        while sent < bytes.count {
            guard let count = client.trySend(bytes[sent...]) else { return false }
            sent += count
            turn(count == 0 ? 1 : 2)
        }
        return true
    }

    /// Turns the loop until the client has been told the end, and returns all it was told.
    func receiveToEnd(_ client: ConnectionClient) -> [UInt8] {
        var received: [UInt8] = []
        for _ in 0..<20_000 {
            loop.turn(waiting: false)
            while let bytes = client.receive() {
                if bytes.isEmpty { return received }
                received += bytes
            }
            if client.wasReset { return received }
        }
        Issue.record("the connection was not closed")
        return received
    }
}

/// The client's end of a connection: plain calls on a socket.
final class ConnectionClient {
    private var descriptor: Descriptor?
    private(set) var wasReset = false
    var number: Int32 { descriptor?.number ?? -1 }

    init(_ number: Int32) { descriptor = Descriptor(owning: number) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        #expect(trySend(bytes[...]) == bytes.count)
    }

    /// Sends what the kernel takes at once; nil when the connection is gone.
    func trySend(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = bytes.withUnsafeBytes {
            Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        if count < 0 { return errno == EAGAIN ? 0 : nil }
        return count
    }

    /// The bytes that have arrived; nil when nothing has, empty at the end.
    func receive() -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(number, &room, room.count, Int32(MSG_DONTWAIT))
        if count < 0 {
            if errno == ECONNRESET { wasReset = true }
            return nil
        }
        return Array(room.prefix(count))
    }

    /// Everything that has arrived by now, without the end.
    func receiveAll() -> [UInt8] {
        var received: [UInt8] = []
        while let bytes = receive(), !bytes.isEmpty { received += bytes }
        return received
    }

    /// Everything that has arrived, as responses.
    func responses(to methods: [HTTP.Method] = []) throws -> [ConnectionReply] {
        try ConnectionReply.parse(receiveAll(), to: methods)
    }

    /// Whether the server has ended the connection and nothing is left to read.
    var isAtEnd: Bool { receive()?.isEmpty ?? wasReset }

    func finishSending() { shutdown(number, Int32(SHUT_WR)) }
    func close() { descriptor = nil }

    /// Closes with a reset (TCP).
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }
}

/// One response as a client reads it.
struct ConnectionReply: Equatable {
    struct Malformed: Error { let bytes: String }

    var status: Int
    var fields: [String: String]
    var body: String

    var closes: Bool { fields["connection"] == "close" }

    /// Takes a stream of whole responses apart; `methods` are those of the requests, GET beyond.
    static func parse(_ bytes: [UInt8], to methods: [HTTP.Method] = []) throws -> [ConnectionReply] {
        var rest = bytes[...]
        var replies: [ConnectionReply] = []
        var finals = 0
        while !rest.isEmpty {
            guard let end = headEnd(rest) else {
                throw Malformed(bytes: String(decoding: rest, as: UTF8.self))
            }
            var lines = String(decoding: rest[..<end], as: UTF8.self).components("\r\n")
            let status = Int(lines.removeFirst().dropFirst(9).prefix(3)) ?? 0
            var fields: [String: String] = [:]
            for line in lines {
                guard let colon = line.firstIndex(of: ":") else { throw Malformed(bytes: line) }
                fields[line[..<colon].lowercased()] = String(line[line.index(colon, offsetBy: 2)...])
            }
            rest = rest[(end + 4)...]
            let isHead = status >= 200 && finals < methods.count && methods[finals] == .head
            if status >= 200 { finals += 1 }
            let length = isHead ? 0 : Int(fields["content-length"] ?? "0") ?? 0
            guard rest.count >= length else { throw Malformed(bytes: String(decoding: rest, as: UTF8.self)) }
            let body = String(decoding: rest.prefix(length), as: UTF8.self)
            replies.append(ConnectionReply(status: status, fields: fields, body: body))
            rest = rest.dropFirst(length)
        }
        return replies
    }

    private static func headEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        var index = bytes.startIndex
        while index + 4 <= bytes.endIndex {
            if bytes[index..<index + 4].elementsEqual(mark) { return index }
            index += 1
        }
        return nil
    }
}

extension String {
    /// The parts between occurrences of a separator.
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

/// A request without a body.
func request(_ target: String, _ method: String = "GET", _ fields: String = "") -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

/// A request with a body of a declared length.
func post(_ target: String, _ body: String, _ fields: String = "") -> String {
    request(target, "POST", "Content-Length: \(body.utf8.count)\r\n\(fields)") + body
}

/// A request with its body in chunks.
func postChunked(_ target: String, _ chunks: [String], _ fields: String = "") -> String {
    let body = chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
    return request(target, "POST", "Transfer-Encoding: chunked\r\n\(fields)") + body + "0\r\n\r\n"
}

/// An exchange of a responder in these tests.
final class ScriptedExchange: Exchange {
    private let responder: any Responder
    private let onBody: ([UInt8], ResponseSink) -> Void
    /// Answers while the body arrives; nil for an exchange that waits for it.
    var onTalk: ((ResponseSink) -> Void)?

    init(_ responder: any Responder, _ onBody: @escaping ([UInt8], ResponseSink) -> Void) {
        self.responder = responder
        self.onBody = onBody
    }

    func respond(to body: [UInt8], _ reply: ResponseSink) { onBody(body, reply) }

    func converse(_ reply: ResponseSink) -> Bool {
        onTalk?(reply)
        return onTalk != nil
    }

    func refusal(_ status: HTTP.Status, _ explanation: String) -> Response {
        responder.refusal(status, explanation, from: Peer(address: .unix))
    }
}

/// Makes a body as the test says.
final class ScriptedSource: BodySource {
    let isLive: Bool
    private(set) var body: StreamedBody?
    /// How often it was told of room, of the end, of the server's stop.
    private(set) var rooms = 0
    private(set) var ends = 0
    private(set) var drains = 0
    /// The bytes to send whenever there is room; nil for nothing.
    var filling: [UInt8]?

    init(isLive: Bool) { self.isLive = isLive }

    func opened(_ body: StreamedBody) { self.body = body }

    func hasRoom() {
        rooms += 1
        while let filling, let body, body.hasRoom { body.send(filling) }
    }

    func drain() {
        drains += 1
        if isLive { body?.finish() }
    }

    func closed() {
        ends += 1
        body = nil
    }

    func send(_ text: String) { body?.send(Array(text.utf8)) }
}
