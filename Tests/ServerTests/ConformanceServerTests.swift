// An echo server for a conformance suite to try: no test of its own, it runs where somebody asks for it.

import Foundation
import HTTP
import Reactor
import Testing

@testable import Server

@Suite struct ConformanceServerTests {
    private static let environment = ProcessInfo.processInfo.environment

    /// Runs until so many seconds are over, on a port of 127.0.0.1: `PARLEY_ECHO_PORT`, `PARLEY_ECHO_SECONDS`.
    @Test(.enabled(if: environment["PARLEY_ECHO_PORT"] != nil))
    func `every message is sent back`() throws {
        let port = try #require(Self.environment["PARLEY_ECHO_PORT"].flatMap { UInt16($0) })
        let seconds = Self.environment["PARLEY_ECHO_SECONDS"].flatMap { Int($0) } ?? 600
        var limits = ConnectionLimits()
        limits.messageBytes = 64 << 20
        limits.framesPerSecond = 100_000
        let loop = try EventLoop(name: "echo")
        let census = ConnectionCensus(limits)
        let context = ConnectionContext(
            loop: loop,
            responder: EchoResponder(),
            limits: limits,
            census: census
        )
        let acceptor = Acceptor([LoopBound(context, loop: loop)])
        try acceptor.accept(from: try Listener.tcp(host: "127.0.0.1", port: port))
        loop.schedule(after: .seconds(seconds)) {
            acceptor.close()
            context.resetAll()
            loop.stop()
        }
        loop.run()
        #expect(context.openCount == 0)
    }
}
