// Every recorded exchange of RPC methods, replayed against the program.

import TestKit
import Testing

@Suite(.serialized) struct MethodReplayTests {
    private static let recorded = Result { try Exchange.all(in: "ourchat/rpc") }

    @Test func `the recorded exchanges are readable`() throws {
        #expect(try Self.recorded.get().count >= 90)
    }

    @Test(arguments: (try? recorded.get()) ?? [])
    func `an exchange is answered as it was recorded`(exchange: Exchange) async throws {
        await expectReplay(of: exchange, on: try await TestServer.shared())
    }
}
