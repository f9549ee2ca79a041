// Every recorded exchange of the OpenIM dialect, replayed against the program.

import TestKit
import Testing

@Suite(.serialized) struct ReplayTests {
    private static let recorded = Result { try Exchange.all(in: "openim") }

    @Test func `the recorded exchanges are readable`() throws {
        #expect(try Self.recorded.get().count >= 12)
    }

    @Test(arguments: (try? recorded.get()) ?? [])
    func `an exchange is answered as it was recorded`(exchange: Exchange) async throws {
        await expectReplay(of: exchange, on: try await TestServer.shared())
    }
}
