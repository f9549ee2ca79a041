// The picture of accounts and sessions that have none.

import TestKit
import Testing

@Suite struct DefaultPictureTests {
    @Test func `accounts without a picture have one that anybody may load`() async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await app.server.client().get("\(app.prefix)/v1/avatar/default")
        #expect(reply.status == 200)
        #expect(reply.headers["Content-Type"]?.hasPrefix("image/") == true)
        #expect(!reply.body.isEmpty)
    }
}
