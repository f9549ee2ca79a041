// Slow, silent and stuck clients, under a clock moved by hand.

import Reactor
import Testing

@testable import Server

@Suite struct ConnectionTimeTests {
    @Test func `a head that isn't complete in time is answered with 408`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        world.pass(milliseconds: 60_000)
        client.send("GET / HTTP/1.1\r\n")
        world.turn()
        world.pass(milliseconds: 9_999)
        #expect(client.receiveAll() == [])
        world.pass(milliseconds: 1)
        let replies = try client.responses()
        #expect(replies.map(\.status) == [408])
        #expect(replies.map(\.closes) == [true])
        world.pass(milliseconds: 1_000)
        #expect(world.context.openCount == 0)
    }

    @Test func `bytes dripped into a head buy no time`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("GET / HTTP/1.1\r\nX: ")
        world.turn()
        for _ in 0..<9 {
            world.pass(milliseconds: 1_000)
            client.send("a")
            world.turn()
        }
        #expect(client.receiveAll() == [])
        world.pass(milliseconds: 1_000)
        #expect(try client.responses().map(\.status) == [408])
    }

    @Test func `a body that stops is answered with 408`() throws {
        let world = try ConnectionWorld()
        for stream in [
            request("/a", "POST", "Content-Length: 10\r\n"),
            request("/a", "POST", "Transfer-Encoding: chunked\r\n"),
        ] {
            let client = try world.connect()
            client.send(stream)
            world.turn()
            world.pass(milliseconds: 14_000)
            client.send("5\r\n12")
            world.turn()
            world.pass(milliseconds: 999)
            #expect(client.receiveAll() == [])
            // Five bytes have earned ten milliseconds beyond the first 15 seconds, though they came a second ago.
            world.pass(milliseconds: 11)
            #expect(try client.responses().map(\.status) == [408])
        }
        #expect(world.script.requests == [])
    }

    @Test func `a body may take long as long as it keeps a rate`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/a", "POST", "Content-Length: 102400\r\n"))
        let piece = [UInt8](repeating: 0x61, count: 5120)
        for _ in 0..<20 {
            world.pass(milliseconds: 10_000)
            client.send(piece)
            world.turn()
        }
        #expect(try client.responses().map(\.status) == [200])
    }

    @Test func `without a demanded rate only the silence counts`() throws {
        var limits = ConnectionLimits()
        limits.bodyBytesPerSecond = 0
        let world = try ConnectionWorld(limits)
        let client = try world.connect()
        client.send(request("/a", "POST", "Content-Length: 50\r\n"))
        world.turn()
        for _ in 0..<49 {
            world.pass(milliseconds: 14_999)
            client.send("a")
            world.turn()
        }
        #expect(client.receiveAll() == [])
        world.pass(milliseconds: 15_000)
        #expect(try client.responses().map(\.status) == [408])
    }

    @Test func `an idle connection is closed without a word`() throws {
        let world = try ConnectionWorld()
        let fresh = try world.connect()
        let used = try world.connect()
        used.send(request("/a"))
        world.turn()
        #expect(try used.responses().count == 1)
        world.pass(milliseconds: 74_999)
        #expect(world.context.openCount == 2)
        world.pass(milliseconds: 1)
        #expect(fresh.receive() == [])
        #expect(used.receive() == [])
        #expect(world.script.refusals == [])
    }

    @Test func `each request renews the idle time`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        for _ in 0..<5 {
            world.pass(milliseconds: 70_000)
            client.send(request("/a"))
            world.turn()
        }
        #expect(try client.responses().count == 5)
    }

    @Test func `an empty line after a body begins no head`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(post("/a", "b") + "\r\n")
        world.turn()
        world.pass(milliseconds: 20_000)
        #expect(try client.responses().map(\.status) == [200])
        client.send(request("/c"))
        world.turn()
        #expect(try client.responses().map(\.body) == ["/c "])
    }

    @Test func `a reply may take as long as it likes`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later"))
        world.turn()
        world.pass(milliseconds: 3_600_000)
        world.script.replyToFirst()
        world.turn()
        #expect(try client.responses().map(\.status) == [200])
        world.pass(milliseconds: 74_999)
        #expect(world.context.openCount == 1)
        world.pass(milliseconds: 1)
        #expect(world.context.openCount == 0)
    }

    // MARK: Clients that don't read

    @Test func `a client that never reads is asked no more than fits, and reset in the end`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        let batch = Array((0..<64).map { _ in request("/big/10000") }.joined().utf8)
        for _ in 0..<200 {
            _ = client.trySend(batch[...])
            world.turn(2)
        }
        // 256 KiB of output and what the kernel holds: far from 12 800 requests.
        let answered = world.script.opened.count
        #expect(answered < 200)
        world.pass(milliseconds: 29_999)
        #expect(world.context.openCount == 1)
        world.pass(milliseconds: 1)
        #expect(world.context.openCount == 0)
        #expect(world.script.opened.count == answered)
    }

    /// Asks for so many bytes and reads none of them.
    private static func unread(_ bytes: Int, _ world: ConnectionWorld) throws -> ConnectionClient {
        let client = try world.connect()
        client.send(request("/big/\(bytes)"))
        world.turn()
        return client
    }

    private static func worldOfOneMegabyte() throws -> ConnectionWorld {
        var limits = ConnectionLimits()
        limits.unreadBytesPerLoop = 1 << 20
        return try ConnectionWorld(limits)
    }

    @Test func `too much unread output of all costs those their connection who read nothing`() throws {
        let world = try Self.worldOfOneMegabyte()
        let stalled = try (0..<3).map { _ in try Self.unread(500_000, world) }
        #expect(world.context.openCount == 3)
        world.pass(milliseconds: 1000)
        // Larger than any of them, but it has only just been asked for.
        let latest = try Self.unread(1_000_000, world)
        #expect(world.context.openCount == 1)
        #expect(world.census.counts.shed == 3)
        for client in stalled {
            _ = client.receiveAll()
            #expect(client.isAtEnd)
        }
        latest.send(request("/x", "GET", "Connection: close\r\n"))
        let replies = try ConnectionReply.parse(world.receiveToEnd(latest))
        #expect(replies.map(\.body.utf8.count).first == 1_000_000)
        #expect(replies.count == 2)
    }

    @Test func `where all read, the largest unread output goes first, and no more than is needed`() throws {
        let world = try Self.worldOfOneMegabyte()
        let sizes = [450_000, 1_100_000, 400_000, 460_000]
        let clients = try sizes.map { try Self.unread($0, world) }
        #expect(world.context.openCount == 3)
        #expect(world.census.counts.shed == 1)
        for (client, size) in zip(clients, sizes) where size != 1_100_000 {
            client.send(request("/x", "GET", "Connection: close\r\n"))
            let replies = try ConnectionReply.parse(world.receiveToEnd(client))
            #expect(replies.map(\.body.utf8.count).first == size)
        }
        #expect(world.loop.unsentBytes == 0)
    }

    @Test func `a slow reader gets everything`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send((0..<150).map { _ in request("/big/10000") }.joined())
        var received: [UInt8] = []
        for _ in 0..<10_000 where received.count < 150 * 10_000 {
            world.pass(milliseconds: 20_000)
            if let bytes = client.receive() { received += bytes }
        }
        world.turn()
        received += client.receiveAll()
        let replies = try ConnectionReply.parse(received)
        #expect(replies.count == 150)
        #expect(replies.allSatisfy { $0.body.utf8.count == 10_000 })
    }

    @Test func `one answer larger than the bound is delivered`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/big/3000000", "GET", "Connection: close\r\n"))
        let replies = try ConnectionReply.parse(world.receiveToEnd(client))
        #expect(replies.map(\.body.utf8.count) == [3_000_000])
    }
}
