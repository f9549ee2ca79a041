// Going down: idle connections at once, the others behind their answer, the rest by force.

import Testing

@testable import Server

@Suite struct ConnectionDrainTests {
    @Test func `a loop without connections is drained at once`() throws {
        let world = try ConnectionWorld()
        var ends = 0
        world.context.beginDrain { ends += 1 }
        #expect(ends == 1)
        world.pass(milliseconds: 20_000)
        #expect(ends == 1)
    }

    @Test func `idle connections are closed at once`() throws {
        let world = try ConnectionWorld()
        let clients = try (0..<5).map { _ in try world.connect() }
        clients[0].send(request("/a"))
        world.turn()
        #expect(try clients[0].responses().count == 1)
        var ends = 0
        world.context.beginDrain { ends += 1 }
        #expect(ends == 1)
        #expect(clients.allSatisfy { $0.receive() == [] })
    }

    @Test func `what is in flight is answered with close`() throws {
        let world = try ConnectionWorld()
        let waiting = try world.connect()
        let halfHead = try world.connect()
        let halfBody = try world.connect()
        waiting.send(request("/later") + request("/not-any-more"))
        halfHead.send("GET /head HTTP/1.1\r\n")
        halfBody.send(request("/body", "POST", "Content-Length: 3\r\n") + "ab")
        world.turn()
        var ends = 0
        world.context.beginDrain { ends += 1 }
        world.turn()
        #expect(ends == 0)
        #expect(world.context.openCount == 3)

        world.script.replyToFirst()
        halfHead.send("Host: a\r\n\r\n")
        halfBody.send("c")
        for (client, body) in [(waiting, "/later late"), (halfHead, "/head "), (halfBody, "/body abc")] {
            world.turn()
            let replies = try client.responses()
            #expect(replies.map(\.body) == [body])
            #expect(replies.map(\.closes) == [true])
            #expect(client.receive() == [])
            client.close()
        }
        world.turn()
        #expect(ends == 1)
        #expect(!world.script.opened.contains("/not-any-more"))
    }

    @Test func `what isn't finished in time is reset`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/later"))
        world.turn()
        var ends = 0
        world.context.beginDrain { ends += 1 }
        world.pass(milliseconds: 9_999)
        #expect(ends == 0)
        world.pass(milliseconds: 1)
        #expect(ends == 1)
        #expect(world.context.openCount == 0)
        world.script.replyToFirst()
        #expect(client.receiveAll() == [])
    }

    @Test func `connections handed over during a drain are closed`() throws {
        let world = try ConnectionWorld()
        world.context.beginDrain {}
        let client = try world.connect()
        #expect(client.receive() == [])
        #expect(world.census.counts.open == 0)
    }

    @Test func `a client that doesn't read its last answer is given the drain time`() throws {
        let world = try ConnectionWorld()
        let client = try world.connect()
        client.send(request("/big/2000000"))
        world.turn()
        var ends = 0
        world.context.beginDrain { ends += 1 }
        world.turn()
        #expect(ends == 0)
        world.pass(milliseconds: 10_000)
        #expect(ends == 1)
        client.close()
    }
}
