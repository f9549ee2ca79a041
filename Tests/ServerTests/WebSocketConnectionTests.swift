// A WebSocket on a loop turned by hand: the hand-over, the order of frames, every time-out, and how it ends.

import HTTP
import Reactor
import Testing

@testable import Server

@Suite struct WebSocketConnectionTests {
    /// A client's frame.
    private static func frame(_ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        let code = WebSocketOpcode(rawValue: opcode) ?? .text
        WebSocketFrame.append(code, payload, mask: SIMD4(9, 8, 7, 6), isFinal: isFinal, to: &bytes)
        return bytes
    }

    private static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }

    /// The server's frames.
    private static func events(_ bytes: [UInt8]) throws -> [String] {
        var reader = WebSocketReader(of: .server, messageBytes: 1 << 20)
        var events: [String] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let progress = try reader.read(rest.span)
            rest = rest.dropFirst(progress.consumed)
            switch progress.event {
            case .message(.text(let text)): events.append(String(decoding: text, as: UTF8.self))
            case .message(.binary(let bytes)): events.append("\(bytes.count) bytes")
            case .ping: events.append("ping")
            case .pong: events.append("pong")
            case .close(let code, _): events.append("close \(code?.rawValue ?? 0)")
            case nil: break
            }
        }
        return events
    }

    /// A socket just opened, its 101 read away.
    private static func open(_ world: ConnectionWorld) throws -> (ConnectionClient, EchoEnd) {
        let client = try world.connect()
        client.send(request("/socket", "GET", ""))
        world.turn()
        let reply = try #require(try client.responses().first)
        #expect(reply.status == 101)
        return (client, try #require(world.script.ends.last))
    }

    @Test func `frames right behind the request are the socket's, and answered in their order`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(Array(request("/socket").utf8) + Self.text("a") + Self.frame(2, [1, 2]) + Self.text("b"))
        world.turn()
        let bytes = client.receiveAll()
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        #expect(try Self.events(Array(bytes[end.upperBound...])) == ["a", "2 bytes", "b"])
    }

    @Test func `a message in pieces of one byte arrives, and a ping between is answered`() throws {
        let world = try ConnectionWorld()
        let (client, _) = try Self.open(world)
        let bytes = Self.frame(1, [0x61], isFinal: false) + Self.frame(9) + Self.frame(0, [0x62])
        for byte in bytes {
            client.send([byte])
            world.turn(1)
        }
        world.turn()
        #expect(try Self.events(client.receiveAll()) == ["pong", "ab"])
    }

    @Test func `the next message waits until what stands behind is ready`() throws {
        let world = try ConnectionWorld()
        let (client, end) = try Self.open(world)
        end.isReady = false
        client.send(Self.text("a") + Self.text("b"))
        world.turn()
        #expect(end.received == 0)
        end.isReady = true
        end.socket?.resume()
        world.turn()
        #expect(try Self.events(client.receiveAll()) == ["a", "b"])
    }

    @Test func `who says nothing is pinged, and gone without an answer`() throws {
        var limits = ConnectionLimits()
        limits.pingInterval = .seconds(30)
        let world = try ConnectionWorld(limits)
        let (client, end) = try Self.open(world)
        world.pass(milliseconds: 29_000)
        #expect(client.receiveAll() == [])
        world.pass(milliseconds: 2_000)
        #expect(try Self.events(client.receiveAll()) == ["ping"])
        client.send(Self.frame(10))
        world.turn()
        #expect(end.pongs == [[]])
        world.pass(milliseconds: 29_000)
        #expect(!end.isClosed && client.receiveAll() == [])
        world.pass(milliseconds: 2_000)
        world.pass(milliseconds: 31_000)
        #expect(end.isClosed && world.context.openCount == 0)
    }

    @Test func `who doesn't log in is told so, and closed whether it answers or not`() throws {
        for answers in [true, false] {
            var limits = ConnectionLimits()
            limits.loginTime = .seconds(10)
            let world = try ConnectionWorld(limits)
            let (client, end) = try Self.open(world)
            end.isIdentified = false
            // Anything makes it look at its times again.
            client.send(Self.text("x"))
            world.turn()
            world.pass(milliseconds: 11_000)
            #expect(try Self.events(client.receiveAll()) == ["x", "close 1008"])
            if answers { client.send(Self.frame(8, [0x03, 0xF0])) }
            world.turn()
            world.pass(milliseconds: 6_000)
            #expect(end.isClosed && world.context.openCount == 0)
        }
    }

    @Test func `frames beyond the budget wait, and are answered when it has filled again`() throws {
        var limits = ConnectionLimits()
        limits.framesPerSecond = 5
        let world = try ConnectionWorld(limits)
        let (client, end) = try Self.open(world)
        for number in 0..<30 { client.send(Self.text("\(number)")) }
        world.turn(10)
        #expect(end.received == 10)
        world.pass(milliseconds: 1_000)
        #expect(end.received == 15)
        for _ in 0..<20 { world.pass(milliseconds: 500) }
        #expect(end.received == 30)
        #expect(try Self.events(client.receiveAll()) == (0..<30).map { "\($0)" })
    }

    @Test
    func `a client that doesn't read is held back, told when there is room, and reset when it never reads`()
        throws
    {
        var limits = ConnectionLimits()
        limits.outputBytes = 64 << 10
        limits.writeStall = .seconds(10)
        limits.pingInterval = .seconds(1000)
        let world = try ConnectionWorld(limits)
        let (client, end) = try Self.open(world)
        let piece = [UInt8](repeating: 0x61, count: 32 << 10)
        while end.socket?.hasRoom == true {
            end.socket?.send(text: piece)
            world.turn(1)
        }
        #expect(end.roomsTold == 0)
        let read = client.receiveAll().count
        world.turn(10)
        #expect(read > 0 && end.roomsTold > 0 && end.socket?.hasRoom == true)
        while end.socket?.hasRoom == true {
            end.socket?.send(text: piece)
            world.turn(1)
        }
        world.pass(milliseconds: 9_000)
        #expect(!end.isClosed)
        world.pass(milliseconds: 2_000)
        #expect(end.isClosed && world.context.openCount == 0)
    }

    @Test func `a drain says 1001, and is over when the client has answered`() throws {
        let world = try ConnectionWorld()
        let (client, end) = try Self.open(world)
        var isOver = false
        world.context.beginDrain { isOver = true }
        world.turn()
        #expect(try Self.events(client.receiveAll()) == ["close 1001"])
        #expect(!isOver)
        client.send(Self.frame(8, [0x03, 0xE9]))
        world.turn()
        client.close()
        world.turn()
        #expect(isOver && end.isClosed)
    }

    @Test func `a broken frame is answered with its code, and what follows is thrown away`() throws {
        let world = try ConnectionWorld()
        let (client, end) = try Self.open(world)
        client.send([0x83, 0x80, 1, 2, 3, 4] + Self.text("late"))
        world.turn()
        #expect(try Self.events(client.receiveAll()) == ["close 1002"])
        #expect(end.received == 0)
        client.send(Self.text("later"))
        world.turn()
        world.pass(milliseconds: 6_000)
        #expect(end.isClosed && end.received == 0 && world.context.openCount == 0)
    }

    @Test func `a client that goes without a word is gone`() throws {
        let world = try ConnectionWorld()
        let (client, end) = try Self.open(world)
        client.close()
        world.turn()
        #expect(end.isClosed && world.context.openCount == 0 && world.census.counts.open == 0)
    }
}
