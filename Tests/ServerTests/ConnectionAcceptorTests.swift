// Accepting: dealing evenly over loops, the bounds, the administration socket.

import Foundation
import Reactor
import Testing

@testable import Server

@Suite struct ConnectionAcceptorTests {
    @Test func `connections are dealt in turn over the loops`() throws {
        let first = try ConnectionWorld()
        let second = try ConnectionWorld()
        let shared = ConnectionCensus(ConnectionLimits())
        let contexts = [first, second].map {
            ConnectionContext(loop: $0.loop, responder: $0.script, limits: ConnectionLimits(), census: shared)
        }
        let acceptor = Acceptor(contexts.map { LoopBound($0, loop: $0.loop) })
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        try acceptor.accept(from: listener)
        let clients = try (0..<10).map { _ in try ConnectionClient.tcp(port: listener.port) }
        first.turn(until: { shared.counts.accepted == 10 })
        second.turn()
        #expect(contexts.map(\.openCount) == [5, 5])
        for client in clients { client.send(request("/a")) }
        for client in clients {
            var replies: [ConnectionReply] = []
            first.turn(until: {
                second.turn(1)
                replies += (try? client.responses()) ?? []
                return !replies.isEmpty
            })
            #expect(replies.map(\.status) == [200])
        }
        for context in contexts { context.beginDrain {} }
        #expect(shared.counts.open == 0)
        acceptor.close()
    }

    @Test func `a connection beyond the bound is told 503 and when to come back`() throws {
        var limits = ConnectionLimits()
        limits.connections = 2
        let world = try ConnectionWorld(limits)
        let acceptor = Acceptor([LoopBound(world.context, loop: world.loop)])
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        try acceptor.accept(from: listener)
        let welcome = try (0..<2).map { _ in try ConnectionClient.tcp(port: listener.port) }
        let refused = try ConnectionClient.tcp(port: listener.port)
        refused.send(request("/a"))
        world.turn(until: { world.census.counts.refused == 1 })
        let replies = try ConnectionReply.parse(world.receiveToEnd(refused))
        #expect(replies.map(\.status) == [503])
        #expect(replies.map(\.closes) == [true])
        #expect(replies.first?.fields["retry-after"] == "5")
        #expect(!refused.wasReset)
        #expect(world.script.opened == [])

        welcome[0].close()
        world.turn(until: { world.census.counts.open == 1 })
        let next = try ConnectionClient.tcp(port: listener.port)
        next.send(request("/a"))
        world.turn(until: { world.script.opened == ["/a"] })
        #expect(world.census.counts == ConnectionCensus.Counts(accepted: 3, refused: 1, open: 2))
        acceptor.close()
    }

    @Test func `a refused socket is let go of after a moment`() throws {
        var limits = ConnectionLimits()
        limits.connections = 0
        let world = try ConnectionWorld(limits)
        let refusals = ConnectionRefusals(world.context)
        var clients: [ConnectionClient] = []
        for _ in 0..<300 {
            var numbers: [Int32] = [0, 0]
            // Not to be inherited by a process that another test starts: it would keep the far end open.
            let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
            try #require(socketpair(AF_UNIX, kind, 0, &numbers) == 0)
            clients.append(ConnectionClient(numbers[1]))
            refusals.refuse(Descriptor(owning: numbers[0]), Peer(address: .unix), because: .connections)
        }
        // The oldest make room at once; sending to a closed end fails.
        #expect(clients.prefix(44).allSatisfy { $0.trySend([0x61]) == nil })
        #expect(clients.dropFirst(44).allSatisfy { $0.trySend([0x61]) == 1 })
        world.pass(milliseconds: 1_000)
        world.pass(milliseconds: 1_000)
        #expect(clients.allSatisfy { $0.trySend([0x61]) == nil })
    }

    @Test func `one address can't take all connections`() {
        var limits = ConnectionLimits()
        limits.connections = 10
        limits.connectionsPerAddress = 3
        let census = ConnectionCensus(limits)
        let neighbours = (0..<4).map {
            Peer(address: PeerAddress(family: .ipv6, high: 0x2001_0db8, low: UInt64($0)))
        }
        #expect(neighbours.map { census.refusal(of: $0) } == [nil, nil, nil, .address])
        let other = Peer(address: PeerAddress(family: .ipv4, high: 0, low: 1))
        #expect((0..<4).map { _ in census.refusal(of: other) } == [nil, nil, nil, .address])
        census.left(neighbours[0])
        #expect(neighbours.prefix(2).map { census.refusal(of: $0) } == [nil, .address])
        #expect(census.counts == ConnectionCensus.Counts(accepted: 7, refused: 3, open: 6))
    }

    @Test func `the operator gets in when the server is full`() {
        var limits = ConnectionLimits()
        limits.connections = 1
        let census = ConnectionCensus(limits)
        let client = Peer(address: PeerAddress(family: .ipv4, high: 0, low: 1))
        let administrator = Peer(address: .unix, door: .administration)
        #expect(census.refusal(of: client) == nil)
        #expect(census.refusal(of: client) == .connections)
        #expect(census.refusal(of: administrator) == nil)
        census.left(client)
        #expect(census.refusal(of: client) == nil)
        census.left(administrator)
        #expect(census.refusal(of: client) == .connections)
    }

    @Test func `only the administration socket's peers are operators`() throws {
        let world = try ConnectionWorld()
        let acceptor = Acceptor([LoopBound(world.context, loop: world.loop)])
        let path = "/tmp/parley-connection-\(UUID().uuidString.prefix(8)).sock"
        let tcp = try Listener.tcp(host: "127.0.0.1", port: 0)
        try acceptor.accept(from: tcp)
        try acceptor.accept(from: try Listener.unix(path: path), door: .administration)
        let client = try ConnectionClient.tcp(port: tcp.port)
        client.send(request("/a"))
        world.turn(until: { world.script.peers.count == 1 })
        let administrator = try ConnectionClient.unix(path: path)
        administrator.send(request("/a"))
        world.turn(until: { world.script.peers.count == 2 })
        #expect(world.script.peers.map(\.isOperator) == [false, true])
        #expect(world.script.peers.map(\.address.description) == ["127.0.0.1", "unix"])
        acceptor.close()
        // A process that another test has just forked holds the socket until it runs its own program.
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end, (try? ConnectionClient.tcp(port: tcp.port)) != nil {}
        #expect(throws: SystemError.self) { try ConnectionClient.tcp(port: tcp.port) }
    }
}
