// A connection in HTTP/2: requests and replies, windows, bodies, time and the end.

import FrameKit
import HTTP
import HTTP2
import Testing

@testable import Server

@Suite struct HTTP2ConnectionTests {
    private typealias Frame = HTTP2Frame

    @Test func `a preface may come byte by byte, and half of one is late like a head`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        for byte in Frame.hello + Frame.request(1, "/slow") {
            client.send([byte])
            world.turn(1)
        }
        world.turn()
        #expect(client.frames().body(1) == Array("/slow ".utf8))
        #expect(world.script.peers.map(\.version) == [.http2])

        let half = try world.connect()
        half.send(Array(Frame.preface.prefix(20)))
        world.turn()
        world.pass(milliseconds: 10_001)
        #expect(try half.responses().map(\.status) == [408])
    }

    @Test func `what only begins like a preface is a request of HTTP 1`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("P")
        world.turn()
        client.send("OST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nb")
        world.turn()
        #expect(try client.responses().map(\.body) == ["/a b"])
    }

    @Test func `without the library a preface is answered with 505`() throws {
        let world = try ConnectionWorld(findHTTP2Library: { nil })
        let client = try world.connect()
        client.send(Frame.hello)
        world.turn()
        #expect(try client.responses().map(\.status) == [505])
    }

    @Test func `requests on many streams are each answered once, late ones late`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(
            Frame.hello + Frame.request(1, "/later1") + Frame.request(3, "/b") + Frame.request(5, "/later2")
        )
        world.turn()
        let first = client.frames()
        #expect(first.isAnswered(3) && !first.isAnswered(1) && !first.isAnswered(5))
        world.script.pending.swapAt(0, 1)
        world.script.replyToFirst()
        world.script.replyToFirst()
        world.turn()
        let rest = client.frames()
        #expect(rest.body(5) == Array("/later2 late".utf8) && rest.body(1) == Array("/later1 late".utf8))
        #expect(rest.filter(\.isEnd).map(\.stream) == [5, 1])
    }

    @Test
    func `a body is taken as windows open, and a larger one than allowed is refused on its stream only`()
        throws
    {
        let world = try ConnectionWorld()
        let client = try world.connect()
        // Room for the reply, which has the body in it.
        client.send(
            Frame.hello + Frame.window(0, 1 << 20) + Frame.request(1, "/max/200000", "POST", hasBody: true)
        )
        world.turn()
        var frames: [Frame] = []
        for _ in 0..<20 {
            world.send(Frame.data(1, [UInt8](repeating: 0x61, count: 10_000)), from: client)
            frames += client.frames()
        }
        let opened = frames.filter { $0.kind == Frame.Kind.windowUpdate.rawValue && $0.stream == 1 }
        #expect(opened.map { Int(Frame.number($0.payload[...])) }.reduce(0, +) > 130_000)
        world.send(Frame.data(1, [], ends: true), from: client)
        #expect(world.script.requests.map(\.body.utf8.count) == [200_000])

        client.send(
            Frame.request(3, "/max/10", "POST", hasBody: true) + Frame.data(3, Array("12345678901".utf8))
        )
        client.send(Frame.request(5, "/max/10", "POST", hasBody: true, [("content-length", "11")]))
        client.send(Frame.request(7, "/fine"))
        world.turn()
        let refused = client.frames()
        #expect(world.script.refusals == [413, 413] && refused.isAnswered(7))
        // Behind the reply, so that it is read.
        for stream in [UInt32(3), 5] {
            let end = try #require(refused.firstIndex { $0.stream == stream && $0.isEnd })
            let reset = try #require(
                refused.firstIndex { $0.stream == stream && $0.kind == Frame.Kind.reset.rawValue }
            )
            #expect(end < reset && refused[reset].code == 0)
        }
    }

    @Test func `a reply waits for windows, and a client that opens none loses its stream`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/big/100000"))
        world.turn()
        #expect(client.frames().body(1).count == 65_535)
        client.send(Frame.window(1, 10) + Frame.window(0, 1 << 20))
        world.turn()
        #expect(client.frames().body(1).count == 10)
        for _ in 0..<35 {
            client.send(Frame(.ping, [UInt8](repeating: 1, count: 8)).bytes)
            world.pass(milliseconds: 1000)
        }
        #expect(client.frames().reset(1) == 8)
        client.send(Frame.request(3, "/alive"))
        world.turn()
        #expect(client.frames().isAnswered(3))
    }

    @Test func `a client that takes a few bytes at a time loses its stream, too`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(
            Frame.preface + Frame(.settings, [0, 4, 0, 0, 0, 1]).bytes + Frame.request(1, "/big/100000")
        )
        world.turn()
        var frames = client.frames()
        for _ in 0..<40 where frames.reset(1) == nil {
            client.send(Frame.window(1, 1))
            world.pass(milliseconds: 1000)
            frames += client.frames()
        }
        #expect(frames.reset(1) == 8 && frames.body(1).count < 100)
    }

    @Test func `a feed whose client opens no window is dropped, and holds little until then`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/live") + Frame.request(3, "/live"))
        world.turn()
        let (stalled, alive) = (world.script.sources[0], world.script.sources[1])
        stalled.filling = [UInt8](repeating: 0x66, count: 10_000)
        stalled.hasRoom()
        world.turn()
        #expect(client.frames().body(1).count == 65_535)
        let asked = stalled.rooms
        for _ in 0..<29 {
            client.send(Frame(.ping, [UInt8](repeating: 1, count: 8)).bytes)
            world.pass(milliseconds: 1000)
        }
        // What waits is bounded: the source isn't asked for more.
        #expect(stalled.ends == 0 && stalled.rooms == asked)
        for _ in 0..<3 { world.pass(milliseconds: 1000) }
        #expect(client.frames().reset(1) == 8 && stalled.ends == 1 && alive.ends == 0)
        client.send(Frame.window(0, 1 << 20))
        alive.body?.send([1])
        world.turn()
        #expect(client.frames().body(3) == [1])
    }

    @Test func `what is beyond a limit is refused on its stream, and the connection goes on`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello)
        world.turn()
        let long = "/" + String(repeating: "p", count: 9000)
        let many = (0..<120).map { ("x-\($0)", "1") }
        client.send(
            Frame.request(1, long) + Frame.request(3, "/a", "BREW") + Frame.request(5, "/a", "GET", many)
        )
        client.send(Frame.request(7, "/fine"))
        world.turn()
        #expect(world.script.refusals == [414, 501, 431])
        let frames = client.frames()
        #expect(frames.isAnswered(7) && frames.ends.isEmpty && world.context.openCount == 1)
    }

    @Test func `streams count for their address, and one too many is refused as untouched`() throws {
        var limits = ConnectionLimits()
        limits.connectionsPerAddress = 3
        let world = try ConnectionWorld(limits)
        let client = try world.connect()
        client.send(Frame.hello)
        for number in 0..<4 { client.send(Frame.request(UInt32(2 * number + 1), "/later")) }
        world.turn()
        #expect(world.script.pending.count == 3)
        #expect(client.frames().reset(7) == 7)
        // The connection itself counts for its first stream, the others for themselves.
        world.script.pending.swapAt(0, 1)
        world.script.replyToFirst()
        world.turn()
        client.send(Frame.request(9, "/later"))
        world.turn()
        #expect(world.script.pending.count == 3)
    }

    @Test func `a body that doesn't go on is late, whatever empty frames come`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/body", "POST", hasBody: true) + Frame.data(1, [1]))
        for _ in 0..<16 {
            client.send(Frame.data(1, []))
            world.pass(milliseconds: 1000)
        }
        #expect(world.script.refusals == [408] && world.script.requests.isEmpty)
    }

    @Test func `an idle connection is closed on time, and PING doesn't keep it`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/a"))
        world.turn()
        for _ in 0..<76 {
            client.send(Frame(.ping, [UInt8](repeating: 1, count: 8)).bytes)
            world.pass(milliseconds: 1000)
            if world.context.openCount == 0 { break }
        }
        #expect(world.context.openCount == 0 && client.frames().ends == [0])
    }

    @Test
    func `pieces leave as windows allow, with fields behind them, and a client that goes ends its source`()
        throws
    {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/live") + Frame.request(3, "/live"))
        world.turn()
        let (first, second) = (world.script.sources[0], world.script.sources[1])
        first.body?.send([1, 2, 3])
        world.turn()
        #expect(client.frames().body(1) == [1, 2, 3])
        first.body?.finish([.number("grpc-status", 0)])
        client.send(Frame.reset(3))
        world.turn()
        let last = client.frames().filter { $0.stream == 1 }.last
        #expect(last?.kind == Frame.Kind.headers.rawValue && last?.isEnd == true)
        #expect(first.ends == 1 && second.ends == 1)
    }

    @Test func `a drain says so twice, lets streams end, and then closes`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/later"))
        world.turn()
        var ends = 0
        world.context.beginDrain { ends += 1 }
        world.pass(milliseconds: 1001)
        let frames = client.frames()
        let last = frames.filter { $0.kind == Frame.Kind.goAway.rawValue }.map {
            Frame.number($0.payload.prefix(4))
        }
        #expect(last == [UInt32(Int32.max), 1] && frames.ends == [0, 0] && ends == 0)
        client.send(Frame.request(3, "/too-late"))
        world.turn()
        world.script.replyToFirst()
        world.turn()
        #expect(client.frames().isAnswered(1) && ends == 1)
        #expect(world.script.opened == ["/later"])
    }
}
