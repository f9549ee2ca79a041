// Bodies that are made while they are sent: framing, room, the client's leaving, late readers, the server's stop.

import HTTP
import Reactor
import Testing

@testable import Server

@Suite struct StreamedBodyTests {
    /// A connection that has asked for a stream, its client and the stream's source.
    private static func open(
        _ world: ConnectionWorld,
        _ target: String = "/live"
    ) throws -> (client: ConnectionClient, source: ScriptedSource) {
        let client = try world.connect()
        client.send(request(target))
        world.turn()
        return (client, try #require(world.script.sources.last))
    }

    /// The bytes that a client got behind the head.
    private static func bodyText(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? text
    }

    @Test func `pieces leave in chunks as they are made, and the connection lives on`() throws {
        let world = try ConnectionWorld()
        let (client, source) = try Self.open(world)
        let head = String(decoding: client.receiveAll(), as: UTF8.self)
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"))
        for text in ["one", "sixteen bytes !!"] {
            source.send(text)
            world.turn(1)
            let chunk = "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
            #expect(String(decoding: client.receiveAll(), as: UTF8.self) == chunk)
        }
        source.body?.finish()
        world.turn()
        #expect(String(decoding: client.receiveAll(), as: UTF8.self) == "0\r\n\r\n")
        client.send(request("/next"))
        world.turn()
        #expect(try client.responses().map(\.body) == ["/next "])
        #expect(source.ends == 1 && source.drains == 0)
    }

    @Test func `a request behind a stream waits for its end`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/pieces") + request("/next"))
        world.turn()
        let source = try #require(world.script.sources.first)
        #expect(world.script.opened == ["/pieces"])
        source.send("x")
        source.body?.finish()
        world.turn()
        #expect(Self.bodyText(client.receiveAll()).hasPrefix("1\r\nx\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n"))
        #expect(world.script.opened == ["/pieces", "/next"])
    }

    @Test func `a client of HTTP 1.0 is told the end by the end of the connection`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("GET /live HTTP/1.0\r\nHost: a\r\n\r\n")
        world.turn()
        let source = try #require(world.script.sources.first)
        source.send("one")
        source.send("two")
        source.body?.finish()
        let bytes = world.receiveToEnd(client)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("Transfer-Encoding") && !text.contains("Content-Length"))
        #expect(Self.bodyText(bytes) == "onetwo")
    }

    @Test func `HEAD gets the head only`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/live", "HEAD") + request("/next"))
        world.turn()
        #expect(try client.responses(to: [.head, .get]).map(\.body) == ["", "/next "])
        #expect(world.script.sources.first?.body == nil)
    }

    // MARK: Room

    @Test func `a source is asked for no more than the client reads`() throws {
        var limits = ConnectionLimits()
        limits.outputBytes = 32 << 10
        let world = try ConnectionWorld(limits)
        let (client, source) = try Self.open(world, "/pieces")
        let piece = Array(repeating: UInt8(0x61), count: 4 << 10)
        source.filling = piece
        source.body?.send(piece)
        source.hasRoom()
        world.turn(50)
        let held = try #require(world.context.unreadBytes)
        #expect(held > 0 && held <= (32 + 8) << 10)
        // The bytes that the kernel held, and more of them at each read.
        var received = 0
        for _ in 0..<20 {
            received += client.receiveAll().count
            world.turn(50)
        }
        #expect(received > 1 << 20)
        #expect(world.context.unreadBytes.map { $0 <= (32 + 8) << 10 } == true)
    }

    @Test func `a client that stops reading is let go of, and its source with it`() throws {
        var limits = ConnectionLimits()
        limits.outputBytes = 32 << 10
        let world = try ConnectionWorld(limits)
        let (client, source) = try Self.open(world)
        source.filling = Array(repeating: 0x61, count: 4 << 10)
        source.hasRoom()
        world.turn(50)
        world.pass(milliseconds: 29_000)
        #expect(world.context.openCount == 1)
        world.pass(milliseconds: 2_000)
        #expect(world.context.openCount == 0 && source.ends == 1)
        #expect(!client.receiveAll().isEmpty)
    }

    @Test func `a silent stream is not a late one`() throws {
        let world = try ConnectionWorld()
        let (client, source) = try Self.open(world)
        for _ in 0..<5 {
            source.send("x")
            world.turn(1)
            #expect(!client.receiveAll().isEmpty)
            world.pass(milliseconds: 3_600_000)
        }
        #expect(world.context.openCount == 1 && source.ends == 0)
    }

    // MARK: The end

    @Test func `a client that leaves ends a stream that goes on`() throws {
        let world = try ConnectionWorld()
        let (client, source) = try Self.open(world)
        client.close()
        world.turn()
        #expect(source.ends == 1 && world.context.openCount == 0)
    }

    @Test
    func `a client that says no more ends a stream that goes on, and gets the rest of one that doesn't`()
        throws
    {
        let world = try ConnectionWorld()
        let (live, first) = try Self.open(world, "/live")
        let (pieces, second) = try Self.open(world, "/pieces")
        live.finishSending()
        pieces.finishSending()
        world.turn()
        #expect(first.ends == 1 && second.ends == 0)
        second.send("rest")
        second.body?.finish()
        #expect(Self.bodyText(world.receiveToEnd(pieces)) == "4\r\nrest\r\n0\r\n\r\n")
        #expect(second.ends == 1 && world.context.openCount == 0)
    }

    @Test func `a client can't hide its leaving behind requests that nobody reads`() throws {
        let world = try ConnectionWorld()
        let (client, source) = try Self.open(world)
        let flood = Array(repeating: UInt8(0x61), count: 32 << 10)
        _ = client.trySend(flood[...])
        world.turn()
        #expect(source.ends == 1 && world.context.openCount == 0)
    }

    @Test func `a stop of the server ends what goes on, and waits for what doesn't`() throws {
        let world = try ConnectionWorld()
        let (live, first) = try Self.open(world, "/live")
        let (pieces, second) = try Self.open(world, "/pieces")
        var isDrained = false
        world.context.beginDrain { isDrained = true }
        world.turn()
        #expect(Self.bodyText(live.receiveAll()) == "0\r\n\r\n")
        #expect(first.ends == 1 && second.drains == 1 && second.ends == 0 && !isDrained)
        second.send("rest")
        second.body?.finish()
        // A lingering close waits for the clients.
        live.close()
        pieces.finishSending()
        world.turn()
        #expect(Self.bodyText(world.receiveToEnd(pieces)) == "4\r\nrest\r\n0\r\n\r\n")
        #expect(second.ends == 1 && isDrained)
    }

    @Test func `a stream that is asked for while the server stops ends at once`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("GET /live HTTP/1.1\r\nHost: a\r\n")
        world.turn()
        world.context.beginDrain {}
        client.send("\r\n")
        world.turn()
        #expect(Self.bodyText(client.receiveAll()) == "0\r\n\r\n")
        #expect(world.script.sources.first?.ends == 1)
    }

    @Test func `a source that is told the end sends nothing more`() throws {
        let world = try ConnectionWorld()
        let (client, source) = try Self.open(world)
        let body = try #require(source.body)
        client.close()
        world.turn()
        body.send([1])
        body.finish()
        world.turn()
        #expect(source.ends == 1 && !body.hasRoom)
    }
}

extension ConnectionContext {
    /// Output of the loop's one connection that its client hasn't taken.
    fileprivate var unreadBytes: Int? { openCount == 1 ? loop.unsentBytes : nil }
}
