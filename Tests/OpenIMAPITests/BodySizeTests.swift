// How large a body may be where a secret or a token lets in.

import TestKit
import Testing

@Suite struct BodySizeTests {
    private static let users: TestJSON = [
        "users": .array(
            (0..<60).map { index in
                let long = TestJSON.string(String(repeating: "x", count: 1000))
                return ["userID": .string("u\(index)"), "nickname": "n", "faceURL": long, "ex": long]
            }
        )
    ]

    private static func ask(_ app: TestApp, _ path: String, _ body: TestJSON, token: String?) async throws
        -> HTTPReply
    {
        var request = HTTPRequest("POST", "\(app.prefix)/openim\(path)", json: body)
        request.headers.add("operationID", "1")
        return try await app.server.client().send(token.map { request.authorized($0) } ?? request)
    }

    @Test func `users with long profiles are registered by a token, and not by who has none`() async throws {
        let app = try await TestServer.shared().makeApp()
        let secret = TestJSON.string(app.credentials.clientSecret)
        let nobody = try await Self.ask(
            app,
            "/user/user_register",
            Self.users.setting("secret", secret),
            token: nil
        )
        #expect(nobody.status == 413)
        let manager = try await app.managerToken()
        let known = try await Self.ask(app, "/user/user_register", Self.users, token: manager)
        #expect(known.errCode == 0, "\(known.text)")
        let listed = try await app.perform("GET", "/users?limit=100").json()["entities"]?.array
        #expect(listed?.count { $0["username"]?.string?.hasPrefix("u") ?? false } == 60)
    }

    @Test func `too many names are refused by the rule, and not by their bytes`() async throws {
        let app = try await TestServer.shared().makeApp()
        let names = TestJSON.array((0..<10_000).map { .string("user\($0)") })
        let token = try await app.token()
        let path = "/user/get_users_online_status"
        let third = try await Self.ask(app, path, ["userIDs": names], token: token)
        #expect(third.errCode == 1001, "\(third.text)")
        let second = try await app.ask(path, ["operationID": "1", "userIDList": names], token: token)
        #expect(second.status == 400 && second.errCode == 400, "\(second.text)")
    }

    @Test func `what is nothing but a log-in takes a short body from everybody`() async throws {
        let app = try await TestServer.shared().makeApp()
        let token = try await app.token()
        let blank = TestJSON.string(String(repeating: "x", count: 64 << 10))
        for path in ["/auth/user_token", "/auth/user_register"] {
            let reply = try await app.ask(path, ["secret": "x", "uid": "u", "ex": blank], token: token)
            #expect(reply.status == 413, "\(path): \(reply.text)")
        }
    }
}
