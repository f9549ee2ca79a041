// A forced log-out ends the connections that are shown as that platform, whatever opened them.

import TestKit
import Testing

@Suite struct ForcedLogoutTests {
    @Test(arguments: [(5, true), (1, false)] as [(Int64, Bool)])
    func `a connection without a session counts as the web platform, and ends with it`(
        _ platform: Int64,
        _ ends: Bool
    ) async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let token = try await app.userToken("ann", password: "123")
        let manager = try await app.sessionToken()
        let shown = try await app.ask(
            "/auth/force_logout",
            ["operationID": "1", "platform": .integer(platform), "fromUserID": "nobody"],
            token: manager
        )
        #expect(shown.errCode == 0)
        try await onOwnThread {
            var socket = try app.socket(token: token)
            try socket.send(["code": 12])
            #expect(try socket.message()["code"] == 12)
            let request = HTTPRequest(
                "POST",
                "\(app.prefix)/openim/auth/force_logout",
                json: ["operationID": "1", "platform": .integer(platform), "fromUserID": "ann"]
            ).authorized(manager)
            #expect(try app.server.client().sendBlocking(request).status == 200)
            guard ends else {
                try socket.send(["code": 12])
                #expect(try socket.message()["code"] == 12)
                return
            }
            #expect(try socket.waitForClose() == 1008)
        }
    }
}
