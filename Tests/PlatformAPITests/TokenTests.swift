// The life of tokens: how they are sent, how long they last, and what ends them at once.

import TestKit
import Testing

@Suite struct TokenTests {
    @Test(
        arguments: [
            ("Bearer {}", 200), ("bearer {}", 200), ("BEARER {}", 200), ("Bearer  {}", 200),
            ("Bearer {} ", 200),
            ("", 401), ("Bearer", 401), ("Bearer ", 401), ("{}", 401), ("Basic {}", 401), ("Bearer: {}", 401),
            ("Bearer {} x", 401), ("Bearer {},{}", 401), ("Bearer \"{}\"", 401), ("Bearer {}=", 401),
            ("Bearer x{}", 401),
            ("Token {}", 401), ("Bearer\t{}", 401),
        ]
    )
    func `a token counts only where Authorization says Bearer and nothing else`(
        field: String,
        status: Int
    ) async throws {
        let app = try await TestServer.shared().makeApp()
        let value = field.replacing("{}", with: try await app.token())
        let reply = try await app.server.client().get(
            "\(app.prefix)/users",
            headers: ["Authorization": value]
        )
        #expect(reply.status == status)
    }

    @Test func `two Authorization fields are no proof of anything`() async throws {
        let app = try await TestServer.shared().makeApp()
        let token = try await app.token()
        for first in [token, "x"] {
            let reply = try await app.server.client().get(
                "\(app.prefix)/users",
                headers: HeaderFields([
                    .init("Authorization", "Bearer \(first)"), .init("Authorization", "Bearer \(token)"),
                ])
            )
            #expect(reply.status == 400 || reply.status == 401)
        }
    }

    @Test func `no changed or shortened token is accepted`() async throws {
        let app = try await TestServer.shared().makeApp()
        let token = Array(try await app.token())
        for place in token.indices {
            var changed = token
            changed[place] = changed[place] == "A" ? "B" : "A"
            #expect(try await app.ask("GET", "/users", token: String(changed)).status == 401, "at \(place)")
        }
        for length in stride(from: 0, to: token.count, by: 7) {
            #expect(try await app.ask("GET", "/users", token: String(token.prefix(length))).status == 401)
        }
    }

    @Test(
        arguments: [
            (3600, 3600), ("3600", 3600), ("", 5_184_000), (0, 0), (nil, 5_184_000),
            (315_360_000, 315_360_000),
        ] as [(TestJSON, Int64)]
    )
    func `a token's life may be asked for in seconds`(life: TestJSON, seconds: Int64) async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await app.askAsNobody(
            "POST",
            "/token",
            [
                "grant_type": "client_credentials", "client_id": .string(app.credentials.clientID),
                "client_secret": .string(app.credentials.clientSecret), "ttl": life,
            ]
        )
        #expect(try reply.json()["expires_in"] == .integer(seconds))
        let token = try #require(try reply.json()["access_token"]?.string)
        #expect(try await app.ask("GET", "/users", token: token).status == 200)
    }

    @Test(arguments: ["password", "own password", "disconnect", "deactivate", "delete"])
    func `what ends a user's tokens ends them at once`(end: String) async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1")
        let token = try await app.userToken("user1", password: "123")
        #expect(try await app.ask("GET", "/users/user1", token: token).status == 200)
        switch end {
        case "password": try await app.perform("PUT", "/users/user1/password", ["newpassword": "456"])
        case "own password":
            let reply = try await app.ask(
                "PUT",
                "/users/user1/password",
                ["newpassword": "456", "oldPassword": "123"],
                token: token
            )
            #expect(reply.status == 200)
        case "disconnect": try await app.perform("GET", "/users/user1/disconnect")
        case "deactivate": try await app.perform("POST", "/users/user1/deactivate")
        default: try await app.perform("DELETE", "/users/user1")
        }
        #expect(try await app.ask("GET", "/users/user1", token: token).status == 401)
    }

    @Test func `a deactivated user can't log in; activated again it can, and old tokens stay dead`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1")
        let old = try await app.userToken("user1", password: "123")
        let shown = try await app.perform("POST", "/users/user1/deactivate")
        #expect(shown.entity?["activated"] == false)
        #expect(try await app.logIn("user1", "123").complaint == "user not activated")
        // A caller without the password doesn't learn of the deactivation.
        #expect(try await app.logIn("user1", "124").complaint == "invalid username or password")
        try await app.perform("POST", "/users/user1/activate")
        #expect(try await app.ask("GET", "/users/user1", token: old).status == 401)
        let new = try await app.userToken("user1", password: "123")
        #expect(try await app.ask("GET", "/users/user1", token: new).status == 200)
    }

    @Test func `only the new password is good after a change`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1")
        try await app.perform("PUT", "/users/USER1/password", ["newpassword": "456"])
        #expect(try await app.logIn("user1", "123").status == 400)
        #expect(try await app.logIn("User1", "456").status == 200)
    }

    @Test func `a user must know the old password to set a new one`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1")
        let token = try await app.userToken("user1", password: "123")
        let wrong = try await app.ask(
            "PUT",
            "/users/user1/password",
            ["newpassword": "456", "oldPassword": "124"],
            token: token
        )
        #expect(wrong.status == 403)
        let missing = try await app.ask("PUT", "/users/user1/password", ["newpassword": "456"], token: token)
        #expect(missing.complaint == "oldPassword is required")
        #expect(try await app.logIn("user1", "123").status == 200)
    }

    @Test func `a revoked credential gets no tokens, those it got end at once, and the others live on`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        let rotated = try AppCredentials(await app.server.command("app", "rotate", name, "--json").json())
        let second = TestApp(server: app.server, credentials: rotated)
        let (first, other) = (try await app.token(), try await second.token())
        _ = try await app.server.command("app", "revoke", name, app.credentials.clientID, "--json").json()
        #expect(try await second.ask("GET", "/users", token: first).status == 401)
        #expect(try await second.ask("GET", "/users", token: other).status == 200)
        let refused = try await app.askAsNobody(
            "POST",
            "/token",
            [
                "grant_type": "client_credentials", "client_id": .string(app.credentials.clientID),
                "client_secret": .string(app.credentials.clientSecret),
            ]
        )
        #expect(refused.complaint == "client_id does not match")
    }

    @Test
    func `a token of a deleted application opens nothing, and neither does one of a new one of that name`()
        async throws
    {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        let token = try await app.token()
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        _ = try await server.command("app", "delete", name, "--yes", "--json").json()
        #expect(try await app.ask("GET", "/users", token: token).status == 404)
        let again = TestApp(
            server: server,
            credentials: try AppCredentials(await server.command("app", "create", name, "--json").json())
        )
        #expect(try await again.ask("GET", "/users", token: token).status == 401)
    }

    @Test func `a token of another server opens nothing, though everything in it is the same`() async throws {
        let (one, two) = (try await TestServer.start(), try await TestServer.start())
        let app = try await one.makeApp(organization: "acme")
        // The first application of a server has the same row key everywhere.
        let twin = try await two.makeApp(organization: "acme")
        let reply = try await twin.ask("GET", "/users", token: try await app.token())
        #expect(reply.status == 401)
        #expect(reply.complaint == "Unable to authenticate due to corrupt access token")
    }

    @Test func `no token, secret or password gets into the log`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("user1", password: "correct-horse")
        let userToken = try await app.userToken("user1", password: "correct-horse")
        _ = try await app.logIn("user1", "battery-staple")
        _ = try await app.ask("GET", "/users/user1?access_token=\(userToken)", token: userToken)
        let secrets = [
            app.credentials.clientSecret, try await app.token(), userToken, "correct-horse", "battery-staple",
        ]
        try await server.stop()
        let log = server.log()
        #expect(!log.isEmpty)
        for secret in secrets { #expect(!log.contains(secret)) }
    }
}
