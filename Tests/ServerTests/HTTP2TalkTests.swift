// Answers that are given while the body of the request arrives: windows, time and the end.

import FrameKit
import HTTP
import Testing

@testable import Server

/// Sends back what it is given, for as long as it may.
final class ScriptedTalk: BodySource, BodyListener {
    var isLive: Bool { !hasEnded }
    private var body: StreamedBody?
    private(set) var taken = 0
    private(set) var ends = 0
    private(set) var isLate = false
    private var hasEnded = false
    /// Whether bytes wait in it.
    var hasBacklog = false

    func opened(_ body: StreamedBody) { self.body = body }
    func hasRoom() {}
    func drain() { body?.finish([.number("grpc-status", 14)]) }
    func closed() {
        ends += 1
        body = nil
    }

    func take(_ bytes: [UInt8]) {
        taken += bytes.count
        if !hasBacklog { body?.send(bytes) }
    }
    func inputEnded() {
        hasEnded = true
        body?.finish([.number("grpc-status", 0)])
    }
    func inputIsLate() {
        isLate = true
        body?.finish([.number("grpc-status", 4)])
    }
}

@Suite struct HTTP2TalkTests {
    private typealias Frame = HTTP2Frame

    private static func begin(_ world: ConnectionWorld) throws -> ConnectionClient {
        let client = try world.connect()
        client.send(Frame.hello + Frame.request(1, "/talk", "POST", hasBody: true))
        world.turn()
        return client
    }

    @Test func `an answer leaves before the next message is sent, and ends with the body`() throws {
        let world = try ConnectionWorld()
        let client = try Self.begin(world)
        #expect(client.frames().isAnswered(1))
        for text in ["one", "two"] {
            client.send(Frame.data(1, Array(text.utf8)))
            world.turn()
            #expect(client.frames().body(1) == Array(text.utf8))
        }
        client.send(Frame.data(1, [], ends: true))
        world.turn()
        let frames = client.frames()
        #expect(frames.contains { $0.kind == Frame.Kind.headers.rawValue && $0.isEnd })
        #expect(frames.reset(1) == nil && world.script.talks[0].ends == 1)
    }

    @Test func `no window opens while bytes wait that aren't answered`() throws {
        let world = try ConnectionWorld()
        let client = try Self.begin(world)
        _ = client.frames()
        let talk = world.script.talks[0]
        talk.hasBacklog = true
        for _ in 0..<4 { world.send(Frame.data(1, [UInt8](repeating: 1, count: 16_000)), from: client) }
        #expect(talk.taken == 64_000)
        #expect(!client.frames().contains { $0.kind == Frame.Kind.windowUpdate.rawValue })
        talk.hasBacklog = false
        client.send(Frame.data(1, [1]))
        world.turn()
        #expect(client.frames().contains { $0.kind == Frame.Kind.windowUpdate.rawValue && $0.stream == 1 })
    }

    @Test func `a client that asks nothing more for too long is told so`() throws {
        let world = try ConnectionWorld()
        let client = try Self.begin(world)
        for _ in 0..<10 {
            client.send(Frame.data(1, [1]))
            world.pass(milliseconds: 10_000)
        }
        #expect(!world.script.talks[0].isLate)
        // Empty frames ask nothing.
        for _ in 0..<17 {
            client.send(Frame.data(1, []))
            world.pass(milliseconds: 1000)
        }
        let frames = client.frames()
        #expect(world.script.talks[0].isLate && world.script.talks[0].ends == 1)
        // What it still sends is of no interest.
        #expect(frames.contains { $0.kind == Frame.Kind.headers.rawValue && $0.isEnd })
        #expect(frames.reset(1) == 0)
    }

    @Test func `a client that goes, and a drain, end it`() throws {
        let world = try ConnectionWorld()
        let client = try Self.begin(world)
        client.send(Frame.request(3, "/talk", "POST", hasBody: true) + Frame.reset(1))
        world.turn()
        #expect(world.script.talks.map(\.ends) == [1, 0])
        world.context.beginDrain {}
        world.turn()
        #expect(world.script.talks.map(\.ends) == [1, 1])
        #expect(client.frames().contains { $0.stream == 3 && $0.isEnd })
    }
}
