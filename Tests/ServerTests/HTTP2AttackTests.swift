// Hostile clients of HTTP/2: floods, resets, bombs, and requests that could be read in two ways.

import FrameKit
import HTTP
import HTTP2
import Testing

@testable import Server

@Suite struct HTTP2AttackTests {
    private typealias Frame = HTTP2Frame

    private static func end(of bytes: [UInt8], in world: ConnectionWorld) throws -> [Frame] {
        let client = try world.connect()
        world.send(Frame.hello + bytes, from: client)
        world.turn()
        return client.frames()
    }

    @Test func `a client that resets its streams at once is sent away, and none of the work is done`() throws
    {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello)
        world.turn()
        var answered: [Frame] = []
        for number in 0..<700 {
            let stream = UInt32(2 * number + 1)
            guard client.trySend((Frame.request(stream, "/work") + Frame.reset(stream))[...]) != nil else {
                break
            }
            world.turn(1)
            answered += client.frames()
        }
        #expect(answered.ends.contains(11) && world.context.openCount == 0)
        #expect(world.script.opened.isEmpty)
    }

    @Test func `a client whose frames make the server reset is sent away, too`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello)
        var answered: [Frame] = []
        for number in 0..<700 {
            let stream = UInt32(2 * number + 1)
            // No window grows by nothing.
            let bytes = Frame.request(stream, "/later") + Frame.window(stream, 0)
            guard client.trySend(bytes[...]) != nil else { break }
            world.turn(1)
            answered += client.frames()
        }
        #expect(!answered.ends.isEmpty && world.context.openCount == 0)
    }

    /// Bytes that are sent over and over.
    struct Flood: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
    }

    private static let floods = [
        Flood(testDescription: "empty bodies", bytes: Frame.data(1, [])),
        Flood(testDescription: "pings", bytes: Frame(.ping, [UInt8](repeating: 0, count: 8)).bytes),
        Flood(testDescription: "settings", bytes: Frame(.settings).bytes),
        Flood(testDescription: "priorities", bytes: Frame(.priority, stream: 3, [0, 0, 0, 0, 1]).bytes),
    ]

    @Test(arguments: floods) func `a flood of what moves nothing on is ended`(flood: Flood) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/body", "POST", hasBody: true))
        world.turn()
        var sent = 0
        while sent < 5000, client.trySend(flood.bytes[...]) != nil {
            sent += 1
            if sent % 50 == 0 { world.turn(1) }
            _ = client.receive()
        }
        world.turn()
        #expect(world.context.openCount == 0 && sent < 5000)
    }

    @Test func `fields without an end are ended, and a list that is too long is refused`() throws {
        let world = try ConnectionWorld()
        let list = Frame.list(Frame.head("GET", "/long") + [("x", String(repeating: "v", count: 16_000))])
        let head = Frame(.headers, flags: Frame.Flag.endStream, stream: 1, Array(list.prefix(16_384))).bytes
        let more = Frame(.continuation, stream: 1, Frame.list([("x", String(repeating: "v", count: 16_000))]))
            .bytes
        let client = try world.connect()
        client.send(Frame.hello + head)
        var sent = 0
        while sent < 100, world.send(more, from: client) { sent += 1 }
        #expect(world.context.openCount == 0 && sent < 100 && world.script.opened.isEmpty)

        let last = Frame(.continuation, flags: Frame.Flag.endHeaders, stream: 1, Frame.list([("y", "1")]))
            .bytes
        _ = try Self.end(of: head + more + more + last, in: world)
        #expect(world.script.refusals == [431] && world.script.opened.isEmpty)
    }

    @Test func `a bomb of table entries is refused`() throws {
        let world = try ConnectionWorld()
        // One entry of 3000 bytes is kept, and then named a thousand times in one byte each.
        let entry: [UInt8] =
            [0x40] + Array(Frame.list([("bomb", String(repeating: "v", count: 3000))]).dropFirst())
        let list = Frame.list(Frame.head("GET", "/bomb")) + entry + [UInt8](repeating: 0xBE, count: 1000)
        let flags = Frame.Flag.endHeaders | Frame.Flag.endStream
        let frames = try Self.end(of: Frame(.headers, flags: flags, stream: 1, list).bytes, in: world)
        #expect(!frames.isAnswered(1) && world.script.opened.isEmpty)
    }

    /// The fields of a request that breaks a rule of RFC 9113 section 8.
    struct Malformed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: [(String, String)]

        init(_ name: String, _ fields: [(String, String)]) {
            testDescription = name
            self.fields = fields
        }
    }

    private static let head = Frame.head("GET", "/x")
    private static let malformed = [
        Malformed("an upper-case name", head + [("X-Upper", "1")]),
        Malformed("a connection field", head + [("connection", "close")]),
        Malformed("transfer-encoding", head + [("transfer-encoding", "chunked")]),
        Malformed("te", head + [("te", "gzip")]),
        Malformed("another host", head + [("host", "b")]),
        Malformed("two hosts", head + [("host", "a"), ("host", "a")]),
        Malformed("a line end in a value", head + [("x", "1\r\ny: 2")]),
        Malformed("a NUL in a value", head + [("x", "1\u{0}")]),
        Malformed("a blank before a value", head + [("x", " 1")]),
        Malformed("a space in a name", head + [("x y", "1")]),
        Malformed("an empty name", head + [("", "1")]),
        Malformed(
            "a pseudo-field behind others",
            Array(head.dropLast()) + [("x", "1"), (":authority", "a")]
        ),
        Malformed("two paths", head + [(":path", "/y")]),
        Malformed("an unknown pseudo-field", head + [(":other", "1")]),
        Malformed("no path", head.filter { $0.0 != ":path" }),
        Malformed("no method", head.filter { $0.0 != ":method" }),
        Malformed("no scheme", head.filter { $0.0 != ":scheme" }),
        Malformed("no authority", head.filter { $0.0 != ":authority" }),
        Malformed("an empty path", Frame.head("GET", "")),
        Malformed("a path without a slash", Frame.head("GET", "x")),
        Malformed("an address as a path", Frame.head("GET", "http://a/x")),
        Malformed("a request line in a path", Frame.head("GET", "/x HTTP/1.1\r\nhost: b")),
        Malformed("a space in a path", Frame.head("GET", "/x y")),
        Malformed("a fragment", Frame.head("GET", "/x#y")),
        Malformed("a space in a method", Frame.head("GET /y", "/x")),
        Malformed("an authority that is none", Array(head.dropLast()) + [(":authority", "a b")]),
        Malformed("a user in the authority", Array(head.dropLast()) + [(":authority", "u@a")]),
        Malformed(
            "another scheme",
            [(":method", "GET"), (":scheme", "ftp"), (":path", "/x"), (":authority", "a")]
        ),
        Malformed("a length with a zero before it", head + [("content-length", "01")]),
        Malformed("a length with a sign", head + [("content-length", "+1")]),
        Malformed("two lengths", head + [("content-length", "0"), ("content-length", "0")]),
        Malformed("a length without a body", head + [("content-length", "5")]),
    ]

    @Test(arguments: malformed)
    func `a request with two readings is refused and has no effect`(request: Malformed) throws {
        let world = try ConnectionWorld()
        let flags = Frame.Flag.endHeaders | Frame.Flag.endStream
        let bytes = Frame(.headers, flags: flags, stream: 1, Frame.list(request.fields)).bytes
        let frames = try Self.end(of: bytes + Frame.request(3, "/fine"), in: world)
        #expect(world.script.requests.allSatisfy { $0.line == "GET /fine" }, "\(world.script.requests)")
        let isRefused = frames.reset(1) == 1 || world.script.refusals.contains(400) || !frames.ends.isEmpty
        #expect(isRefused && !frames.isAnswered(1), "\(frames)")
    }

    @Test func `more streams than are allowed end the connection`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello)
        world.turn()
        client.send(Frame(.settings, flags: 1).bytes)
        for number in 0..<130 { client.send(Frame.request(UInt32(2 * number + 1), "/later")) }
        world.turn()
        #expect(client.frames().ends == [1] && world.script.pending.count <= 128)
        #expect(world.context.openCount == 0)
    }

    @Test func `a connection that closes drops what is owed to it, and replies that come later`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/later") + Frame.request(3, "/live"))
        world.turn()
        client.close()
        world.turn()
        #expect(world.context.openCount == 0 && world.script.sources[0].ends == 1)
        world.script.replyToFirst()
        world.turn()
    }
}
