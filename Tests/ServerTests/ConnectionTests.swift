// Requests in, answers out: split input, pipelines, bodies, 100-continue, HEAD and the end of keep-alive.

import HTTP
import Testing

@testable import Server

@Suite struct ConnectionTests {
    /// Streams of requests and what they are answered with.
    static let streams: [(String, [String])] = [
        (request("/a"), ["/a "]),
        ("\r\n" + request("/a?b=c"), ["/a?b=c "]),
        (post("/a", "hello"), ["/a hello"]),
        (post("/a", ""), ["/a "]),
        (postChunked("/a", ["he", "llo", "."]), ["/a hello."]),
        (postChunked("/a", []), ["/a "]),
        (
            post("/1", "x") + request("/2") + postChunked("/3", ["yy", "z"]) + "\r\n" + request("/4"),
            ["/1 x", "/2 ", "/3 yyz", "/4 "]
        ),
    ]

    @Test(arguments: streams)
    func `requests that arrive whole are answered in order`(stream: String, expected: [String]) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(stream)
        world.turn()
        #expect(try client.responses().map(\.body) == expected)
        #expect(world.context.openCount == 1)
    }

    @Test(arguments: streams)
    func `requests that arrive byte by byte are answered the same`(stream: String, expected: [String]) throws
    {
        let world = try ConnectionWorld()
        let client = try world.connect()
        for byte in stream.utf8 {
            client.send([byte])
            world.turn(1)
        }
        #expect(try client.responses().map(\.body) == expected)
    }

    @Test(arguments: streams)
    func `requests cut at any point are answered the same`(stream: String, expected: [String]) throws {
        let bytes = Array(stream.utf8)
        let world = try ConnectionWorld()
        for cut in 1..<bytes.count {
            let client = try world.connect()
            client.send(Array(bytes[..<cut]))
            world.turn(2)
            client.send(Array(bytes[cut...]))
            world.turn(2)
            #expect(try client.responses().map(\.body) == expected, "cut at \(cut)")
        }
    }

    @Test func `requests of many connections cut at the same time don't mix`() throws {
        let world = try ConnectionWorld()
        let clients = try (0..<20).map { _ in try world.connect() }
        let streams = (0..<20).map { Array(post("/\($0)", String(repeating: "\($0)", count: 50)).utf8) }
        for position in stride(from: 0, to: 130, by: 7) {
            for (client, bytes) in zip(clients, streams) {
                client.send(Array(bytes[min(position, bytes.count)..<min(position + 7, bytes.count)]))
            }
            world.turn(1)
        }
        for (index, (client, bytes)) in zip(clients, streams).enumerated() {
            if bytes.count > 133 { client.send(Array(bytes[133...])) }
            world.turn()
            let body = "/\(index) \(String(repeating: "\(index)", count: 50))"
            #expect(try client.responses().map(\.body) == [body])
        }
    }

    // MARK: Pipelines

    @Test func `a hundred requests in one write are answered in order`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send((0..<100).map { request("/\($0)") }.joined())
        world.turn()
        #expect(try client.responses().map(\.body) == (0..<100).map { "/\($0) " })
    }

    @Test func `one turn answers no more than its share, and sends it in one go`() throws {
        var limits = ConnectionLimits()
        limits.requestsPerTurn = 8
        let world = try ConnectionWorld(limits)
        let client = try world.connect()
        let other = try world.connect()
        client.send((0..<20).map { request("/\($0)") }.joined())
        other.send(request("/other"))
        // The work posted by the first share runs at the end of the same turn.
        world.turn(1)
        #expect(world.script.opened.firstIndex(of: "/other").map { $0 <= 8 } == true)
        #expect(world.script.opened.count <= 17)
        world.turn()
        #expect(try client.responses().map(\.body) == (0..<20).map { "/\($0) " })
        #expect(try other.responses().map(\.body) == ["/other "])
    }

    @Test func `answers at once and later leave in the order of the requests`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        let targets = (0..<100).map { $0 % 3 == 0 ? "/later/\($0)" : "/\($0)" }
        client.send(targets.map { request($0) }.joined())
        var bodies: [String] = []
        for _ in 0..<34 {
            world.turn()
            #expect(world.script.pending.count == 1)
            bodies += try client.responses().map(\.body)
            world.script.replyToFirst()
        }
        world.turn()
        bodies += try client.responses().map(\.body)
        #expect(bodies == targets.map { $0.hasPrefix("/later") ? "\($0) late" : "\($0) " })
    }

    @Test func `no request is looked at before the one ahead of it is answered`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later") + request("/next"))
        world.turn()
        #expect(world.script.opened == ["/later"])
        world.script.replyToFirst()
        #expect(world.script.opened == ["/later", "/next"])
    }

    @Test func `input behind an unanswered request is buffered up to a bound only`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later"))
        world.turn()
        let flood = Array(repeating: UInt8(0x61), count: 64 << 10)
        var sent = 0
        // The two kernel buffers are bounded too, so this ends.
        for _ in 0..<100 {
            sent += client.trySend(flood[...]) ?? 0
            world.turn(2)
        }
        #expect(sent < 1 << 20)
        #expect(world.context.openCount == 1)
    }

    @Test func `a request after paused input is read on`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        let bodies = (0..<40).map { String(repeating: "\($0 % 10)", count: 4000) }
        let stream = request("/later") + bodies.map { post("/b", $0) }.joined()
        let bytes = Array(stream.utf8)
        var sent = client.trySend(bytes[...]) ?? 0
        world.turn()
        world.script.replyToFirst()
        var received: [UInt8] = []
        for _ in 0..<1000 where sent < bytes.count {
            sent += client.trySend(bytes[sent...]) ?? 0
            world.turn(1)
            received += client.receiveAll()
        }
        world.turn()
        received += client.receiveAll()
        #expect(
            try ConnectionReply.parse(received).map(\.body) == ["/later late"] + bodies.map { "/b \($0)" }
        )
    }

    // MARK: Bodies

    @Test(arguments: [
        (post("/max/5", "12345"), 200), (post("/max/5", "123456"), 413),
        (postChunked("/max/5", ["123", "45"]), 200), (postChunked("/max/5", ["123", "456"]), 413),
        (post("/max/0", ""), 200), (post("/max/0", "1"), 413),
        (postChunked("/max/0", []), 200), (postChunked("/max/0", ["1"]), 413),
    ])
    func `a body beyond its route's bound is refused with 413`(stream: String, status: Int) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(stream)
        world.turn()
        let replies = try client.responses()
        #expect(replies.map(\.status) == [status])
        #expect(replies.map(\.closes) == [status == 413])
        #expect(world.script.refusals == (status == 413 ? [413] : []))
    }

    @Test func `a declared length beyond the bound is refused before its body`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/a", "POST", "Content-Length: 1048577\r\n"))
        world.turn()
        #expect(try client.responses().map(\.status) == [413])
    }

    @Test func `a long body arrives whole`() throws {
        for chunked in [false, true] {
            let world = try ConnectionWorld()
            let client = try world.connect()
            let body = String((0..<1 << 20).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
            let stream = chunked ? postChunked("/a", [body]) : post("/a", body)
            world.send(Array(stream.utf8), from: client)
            world.turn()
            #expect(world.script.requests.map(\.body) == [body])
        }
    }

    @Test func `what follows a refused body is no request`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(post("/max/1", "22") + request("/smuggled"))
        world.turn()
        #expect(world.script.opened == ["/max/1"])
        #expect(try client.responses().map(\.status) == [413])
    }

    // MARK: 100-continue

    @Test func `a client that waits is told to go on, then answered`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/a", "POST", "Content-Length: 2\r\nExpect: 100-continue\r\n"))
        world.turn()
        #expect(try client.responses().map(\.status) == [100])
        client.send("ok")
        world.turn()
        #expect(try client.responses().map(\.body) == ["/a ok"])
    }

    @Test(arguments: [
        ("/a", "Content-Length: 2\r\nExpect: 100-continue\r\n", "ok", [200]),
        ("/answer", "Content-Length: 2\r\nExpect: 100-continue\r\n", "", [401]),
        ("/max/1", "Content-Length: 2\r\nExpect: 100-continue\r\n", "", [413]),
        ("/a", "Expect: 100-continue\r\n", "", [200]),
        ("/a", "Transfer-Encoding: chunked\r\nExpect: 100-Continue\r\n", "", [100]),
        ("/a", "Content-Length: 2\r\nExpect: 200-ok\r\n", "", [417]),
    ])
    func `100 is said only to a welcome body that hasn't come`(
        target: String,
        fields: String,
        body: String,
        statuses: [Int]
    ) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request(target, "POST", fields) + body)
        world.turn()
        #expect(try client.responses().map(\.status) == statuses)
    }

    // MARK: HEAD and keep-alive

    @Test func `HEAD has the length and no body, and the next answer follows it at once`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/abc", "HEAD") + request("/d"))
        world.turn()
        let replies = try client.responses(to: [.head])
        #expect(replies.map(\.body) == ["", "/d "])
        #expect(replies.first?.fields["content-length"] == "5")
    }

    @Test(arguments: [
        request("/a", "GET", "Connection: close\r\n"), request("/a", "GET", "Connection: foo, Close\r\n"),
        "GET /a HTTP/1.0\r\n\r\n", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        post("/a", "", "Connection: close\r\n"),
    ])
    func `the last request is answered with close, and the connection closed`(stream: String) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(stream)
        world.turn()
        let replies = try client.responses()
        #expect(replies.map(\.closes) == [true])
        #expect(client.isAtEnd)
        #expect(world.context.openCount == 0)
        #expect(world.census.counts.open == 0)
    }

    @Test func `nothing behind the last request is answered`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/a", "GET", "Connection: close\r\n") + request("/b"))
        world.turn()
        #expect(world.script.opened == ["/a"])
        #expect(try ConnectionReply.parse(world.receiveToEnd(client)).map(\.body) == ["/a "])
    }

    @Test func `an early answer keeps the connection where there is no body`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/answer") + post("/answer", "") + request("/a"))
        world.turn()
        let replies = try client.responses()
        #expect(replies.map(\.status) == [401, 401, 200])
        #expect(replies.map(\.closes) == [false, false, false])
    }

    @Test func `every answer carries the date`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/a") + post("/max/0", "x"))
        world.turn()
        let dates = try client.responses().map { $0.fields["date"] }
        #expect(dates == Array(repeating: "Sun, 06 Nov 1994 08:49:37 GMT", count: 2))
    }
}
