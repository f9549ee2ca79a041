// Every recorded exchange of the platform dialect, replayed against the program.

import TestKit
import Testing

/// One after the other: a server takes only so many passwords to hash at a time, and others use this one too.
@Suite(.serialized) struct ReplayTests {
    private static let recorded = Result { try Exchange.all(in: "platform") }

    @Test func `the recorded exchanges are readable`() throws {
        #expect(try Self.recorded.get().count >= 160)
    }

    @Test(arguments: (try? recorded.get()) ?? [])
    func `an exchange is answered as it was recorded`(exchange: Exchange) async throws {
        await expectReplay(of: exchange, on: try await TestServer.shared())
    }
}
