// The ends of connections: lingering, half-closed, broken off, gone while a reply is pending.

import Glibc
import HTTP
import Reactor
import Testing

@testable import Server

@Suite struct ConnectionCloseTests {
    // MARK: Lingering

    @Test func `a refused client can send on and then read the answer`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/a", "POST", "Content-Length: 2000000\r\n"))
        #expect(world.send([UInt8](repeating: 0x61, count: 200_000), from: client))
        #expect(world.context.openCount == 1)
        client.finishSending()
        let replies = try ConnectionReply.parse(world.receiveToEnd(client))
        #expect(replies.map(\.status) == [413])
        #expect(!client.wasReset)
        world.turn()
        #expect(world.context.openCount == 0)
    }

    @Test func `the client sees the end of the answer at once`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("\n")
        world.turn()
        #expect(try client.responses().map(\.status) == [400])
        #expect(client.receive() == [])
        #expect(world.context.openCount == 1)
    }

    @Test func `lingering ends after a second`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("\n")
        world.turn()
        world.pass(milliseconds: 999)
        #expect(world.context.openCount == 1)
        world.pass(milliseconds: 1)
        #expect(world.context.openCount == 0)
    }

    @Test func `lingering counts from when the answer has left`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/big/1000000", "GET", "Connection: close\r\n") + "more")
        world.turn()
        world.pass(milliseconds: 5_000)
        var received: [UInt8] = []
        for _ in 0..<1000 where received.count < 1_000_000 {
            if let bytes = client.receive() { received += bytes }
            world.turn(1)
        }
        world.pass(milliseconds: 999)
        #expect(world.context.openCount == 1)
        world.pass(milliseconds: 1)
        #expect(world.context.openCount == 0)
    }

    @Test func `lingering ends after 256 KiB`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("\n")
        world.turn()
        let arrived = world.send([UInt8](repeating: 0x61, count: 400_000), from: client)
        #expect(!arrived)
        #expect(world.context.openCount == 0)
    }

    @Test func `an early answer to an unread body closes behind itself`() throws {
        let world = try ConnectionWorld()
        for stream in [post("/answer", "body"), postChunked("/answer", ["body"])] {
            let client = try world.connect()
            client.send(stream + request("/smuggled"))
            world.turn()
            let replies = try client.responses()
            #expect(replies.map(\.status) == [401])
            #expect(replies.map(\.closes) == [true])
        }
        #expect(world.script.opened == ["/answer", "/answer"])
    }

    // MARK: Half-closed clients

    @Test(arguments: [
        request("/a"), post("/a", "hello"), postChunked("/a", ["hello"]), request("/a") + request("/b"),
    ])
    func `a client that has finished sending is answered`(stream: String) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(stream)
        client.finishSending()
        let replies = try ConnectionReply.parse(world.receiveToEnd(client))
        #expect(replies.map(\.status) == Array(repeating: 200, count: world.script.opened.count))
        #expect(world.context.openCount == 0)
    }

    @Test func `a client that has finished sending is answered later as well`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later") + request("/b"))
        client.finishSending()
        world.turn(20)
        #expect(world.context.openCount == 1)
        world.script.replyToFirst()
        #expect(try ConnectionReply.parse(world.receiveToEnd(client)).map(\.body) == ["/later late", "/b "])
    }

    @Test func `a refused client that has finished sending is answered and closed`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send("nonsense\r\n\r\n")
        client.finishSending()
        #expect(try ConnectionReply.parse(world.receiveToEnd(client)).map(\.status) == [400])
        world.turn()
        #expect(world.context.openCount == 0)
    }

    @Test(arguments: [
        "", "G", "GET / HTTP/1.1\r\nHost: a\r\n", request("/a", "POST", "Content-Length: 3\r\n") + "ab",
    ])
    func `a request that is broken off is closed without a word`(stream: String) throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(stream)
        world.turn()
        client.finishSending()
        #expect(world.receiveToEnd(client) == [])
        #expect(world.context.openCount == 0)
        #expect(world.script.requests == [])
    }

    // MARK: Gone while a reply is pending

    @Test func `a reply to a client that has gone is dropped`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later") + request("/never"))
        world.turn()
        client.close()
        world.turn()
        #expect(world.context.openCount == 0)
        world.script.replyToFirst()
        world.turn()
        #expect(world.script.opened == ["/later"])
    }

    @Test func `a reply to a client that has reset its connection is dropped`() throws {
        let world = try ConnectionWorld()
        let acceptor = Acceptor([LoopBound(world.context, loop: world.loop)])
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        try acceptor.accept(from: listener)
        let client = try ConnectionClient.tcp(port: listener.port)
        client.send(request("/later"))
        world.turn(until: { !world.script.pending.isEmpty })
        client.reset()
        world.turn(until: { world.context.openCount == 0 })
        world.script.replyToFirst()
        world.turn()
        #expect(world.census.counts == ConnectionCensus.Counts(accepted: 1, refused: 0, open: 0))
        acceptor.close()
    }

    @Test func `a closed connection is let go of at once`() throws {
        let world = try ConnectionWorld()
        var numbers: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers) == 0)
        let client = ConnectionClient(numbers[1])
        let peer = Peer(address: .unix)
        #expect(world.census.refusal(of: peer) == nil)
        weak var connection: Connection?
        do {
            let stream = ByteStream(Descriptor(owning: numbers[0]), loop: world.loop)
            let new = Connection(stream, peer: peer, context: world.context)
            try stream.open(new)
            new.begin()
            connection = new
        }
        client.send(request("/a"))
        world.turn()
        #expect(connection != nil)
        client.close()
        world.turn()
        #expect(connection == nil)
    }

    @Test func `a request is carried out though its client has gone`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(post("/a", "x"))
        client.close()
        world.turn()
        #expect(world.script.requests == [ConnectionScript.Request(line: "POST /a", body: "x")])
        #expect(world.context.openCount == 0)
    }

    @Test func `a second reply to the same request is dropped`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later") + request("/later/2"))
        world.turn()
        let (_, reply) = world.script.pending[0]
        world.script.replyToFirst()
        reply(ConnectionScript.text(.ok, "again"))
        world.turn()
        #expect(try client.responses().map(\.body) == ["/later late"])
        world.script.replyToFirst()
        world.turn()
        #expect(try client.responses().map(\.body) == ["/later/2 late"])
    }

    @Test func `a refused upload over TCP leaves its answer readable`() throws {
        let world = try ConnectionWorld()
        let acceptor = Acceptor([LoopBound(world.context, loop: world.loop)])
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        try acceptor.accept(from: listener)
        let client = try ConnectionClient.tcp(port: listener.port)
        client.send(post("/answer", String(repeating: "a", count: 100_000)))
        var received: [UInt8] = []
        var hasEnded = false
        world.turn(until: {
            if let bytes = client.receive() {
                received += bytes
                hasEnded = bytes.isEmpty
            }
            return hasEnded
        })
        #expect(try ConnectionReply.parse(received).map(\.status) == [401])
        #expect(!client.wasReset)
        acceptor.close()
    }
}
