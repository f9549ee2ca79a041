// The recorded exchanges of every dialect over HTTP/2, by libcurl: the same replies as over HTTP/1.1.

import TestKit
import Testing

@Suite(.serialized) struct HTTP2ReplayTests {
    private static let recorded = Result {
        try ["platform", "openim", "ourchat/rpc"].flatMap { try Exchange.all(in: $0) }
    }

    @Test func `the recorded exchanges are readable`() throws {
        #expect(try Self.recorded.get().count >= 300)
    }

    @Test(arguments: (try? recorded.get()) ?? [])
    func `an exchange is answered over HTTP 2 as it was recorded`(exchange: Exchange) async throws {
        await expectReplay(of: exchange, on: try await TestServer.shared(), overHTTP2: true)
    }
}
