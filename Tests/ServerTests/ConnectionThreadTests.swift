// Loops on their own threads, replies from another thread, clients on a third: for the sanitizers to look at.

import Glibc
import HTTP
import Reactor
import Synchronization
import Testing
import Threads

@testable import Server

/// Answers every second request from a thread of its own, by way of the loop.
private final class ThreadedResponder: Responder {
    private let work: BlockingQueue<@Sendable () -> Void>
    private let loop: EventLoop
    private var count = 0

    init(_ work: BlockingQueue<@Sendable () -> Void>, loop: EventLoop) {
        self.work = work
        self.loop = loop
    }

    func open(_ head: RequestHead, from peer: Peer) -> Opening {
        let target = head.target
        let exchange = ScriptedExchange(self) { [self] _, reply in
            count += 1
            guard count % 2 == 0 else { return reply(ConnectionScript.text(.ok, target)) }
            let bound = LoopBound(reply, loop: loop)
            let isTaken = work.push { [loop] in
                loop.post { bound.value(ConnectionScript.text(.ok, target)) }
            }
            if !isTaken { reply(ConnectionScript.text(.serviceUnavailable, target)) }
        }
        return .proceed(bodyMaximum: 100, exchange)
    }

    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response {
        ConnectionScript.text(status, explanation)
    }
}

@Suite struct ConnectionThreadTests {
    @Test func `many clients, two loops and a thread that answers: every answer reaches its asker`() throws {
        let census = ConnectionCensus(ConnectionLimits())
        let work = BlockingQueue<@Sendable () -> Void>(capacity: 1000)
        let worker = try NamedThread.start(name: "worker") {
            while let item = work.take() { item() }
        }
        let contexts = try (0..<2).map { index in
            let loop = try EventLoop(name: "loop\(index)")
            let responder = ThreadedResponder(work, loop: loop)
            let context = ConnectionContext(
                loop: loop,
                responder: responder,
                limits: ConnectionLimits(),
                census: census
            )
            return LoopBound(context, loop: loop)
        }
        let acceptor = LoopBound(Acceptor(contexts), loop: contexts[0].loop)
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        let port = listener.port
        try acceptor.value.accept(from: listener)
        for context in contexts { try context.loop.start() }

        let tally = Tally()
        let clients = try (0..<4).map { client in
            try NamedThread.start(name: "client\(client)") {
                tally.wrong.add(Self.converse(client, port), ordering: .relaxed)
            }
        }
        for client in clients { client.join() }
        #expect(tally.wrong.load(ordering: .relaxed) == 0)
        #expect(census.counts.accepted == 40)

        let drained = BlockingQueue<Bool>(capacity: 2)
        acceptor.loop.post { acceptor.value.close() }
        for context in contexts {
            context.loop.post {
                context.value.beginDrain {
                    _ = drained.push(true)
                    context.loop.stop()
                }
            }
        }
        for context in contexts { context.loop.join() }
        #expect(drained.count == 2)
        #expect(census.counts.open == 0)
        work.close()
        worker.join()
    }

    /// Ten connections with twenty pipelined requests each; the number of answers that are missing or wrong.
    private static func converse(_ client: Int, _ port: UInt16) -> Int {
        var failures = 0
        for connection in 0..<10 {
            guard let socket = try? ConnectionClient.tcp(port: port) else { return 1 }
            let targets = (0..<20).map { "/\(client)/\(connection)/\($0)" }
            let bytes = Array(targets.map { request($0) }.joined().utf8)
            guard socket.trySend(bytes[...]) == bytes.count else { return 1 }
            var received: [UInt8] = []
            var replies: [ConnectionReply] = []
            while replies.count < 20 {
                guard let more = socket.waitAndReceive(), !more.isEmpty else { return failures + 1 }
                received += more
                replies = (try? ConnectionReply.parse(received)) ?? []
            }
            if replies.map(\.body) != targets { failures += 1 }
        }
        return failures
    }
}

/// The clients' findings.
private final class Tally: Sendable {
    let wrong = Atomic(0)
}
