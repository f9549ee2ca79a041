// Friend requests over time, and users that the application vouches for.

import TestKit
import Testing

@Suite struct FriendRequestTests {
    private static func app(_ names: String...) async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for name in names { try await app.register(name) }
        return app
    }

    @Test func `both have asked, and one yes answers both`() async throws {
        let app = try await Self.app("user1", "user2")
        try await app.perform("POST", "/users/user1/contacts/apply", ["usernames": ["user2"]])
        try await app.perform("POST", "/users/user2/contacts/apply", ["usernames": ["user1"]])
        try await app.perform("POST", "/users/user2/contacts/accept/users/user1")
        #expect(try await app.ask("POST", "/users/user1/contacts/accept/users/user2").status == 404)
        #expect(try await app.names("/users/user1/contacts/users") == ["user2"])
        #expect(try await app.names("/users/user2/contacts/users") == ["user1"])
    }

    @Test func `a declined request can be made again and then accepted`() async throws {
        let app = try await Self.app("user1", "user2")
        for answer in ["decline", "accept"] {
            try await app.perform("POST", "/users/user1/contacts/apply", ["usernames": ["user2"]])
            try await app.perform("POST", "/users/user2/contacts/\(answer)/users/user1")
        }
        #expect(try await app.names("/users/user2/contacts/users") == ["user1"])
    }

    @Test func `a request that was replaced is one request still`() async throws {
        let app = try await Self.app("user1", "user2")
        for _ in 0..<3 {
            try await app.perform("POST", "/users/user1/contacts/apply", ["usernames": ["user2"]])
        }
        try await app.perform("POST", "/users/user2/contacts/decline/users/user1")
        #expect(try await app.ask("POST", "/users/user2/contacts/accept/users/user1").status == 404)
        #expect(try await app.names("/users/user2/contacts/users").isEmpty)
    }

    @Test func `neither side's limit is got round by a request`() async throws {
        let app = try await Self.app("user1", "user2", "user3")
        try await app.set("--max-contacts", "1")
        try await app.perform("POST", "/users/user1/contacts/apply", ["usernames": ["user2"]])
        try await app.perform("POST", "/users/user3/contacts/apply", ["usernames": ["user2"]])
        try await app.perform("POST", "/users/user2/contacts/accept/users/user1")
        #expect(try await app.ask("POST", "/users/user2/contacts/accept/users/user3").status == 403)
        #expect(
            try await app.ask("POST", "/users/user1/contacts/apply", ["usernames": ["user3"]]).status == 403
        )
        #expect(try await app.names("/users/user3/contacts/users").isEmpty)
        // The request waits until there is room.
        try await app.perform("DELETE", "/users/user2/contacts/users/user1")
        try await app.perform("POST", "/users/user2/contacts/accept/users/user3")
    }

    @Test func `who is vouched for is let in as itself, and its password stays its own`() async throws {
        let app = try await Self.app("user1")
        let reply = try await app.ask(
            "POST",
            "/token",
            ["grant_type": "inherit", "username": "USER1", "ttl": 60]
        )
        let token = try #require(try reply.json()["access_token"]?.string)
        #expect(try await app.ask("GET", "/users/user1", token: token).status == 200)
        #expect(try await app.ask("GET", "/users", token: token).status == 401)
        _ = try await app.userToken("user1", password: "123")
        // A user can't vouch for another, nor for itself.
        for name in ["user1", "user2"] {
            let body: TestJSON = ["grant_type": "inherit", "username": .string(name), "autoCreateUser": true]
            #expect(try await app.ask("POST", "/token", body, token: token).status == 401)
        }
        #expect(try await app.ask("GET", "/users/user2").status == 404)
    }

    @Test func `who was registered on the application's word has no password that anybody knows`()
        async throws
    {
        let app = try await Self.app()
        let body: TestJSON = ["grant_type": "inherit", "username": "newcomer", "autoCreateUser": true]
        let token = try #require(try await app.ask("POST", "/token", body).json()["access_token"]?.string)
        #expect(try await app.ask("GET", "/users/newcomer", token: token).status == 200)
        for guess in ["newcomer", "123", "*", "!"] {
            #expect(
                try await app.askAsNobody(
                    "POST",
                    "/token",
                    ["grant_type": "password", "username": "newcomer", "password": .string(guess)]
                ).status == 400
            )
        }
        try await app.perform("PUT", "/users/newcomer/password", ["newpassword": "456"])
        #expect(try await app.ask("GET", "/users/newcomer", token: token).status == 401)
        _ = try await app.userToken("newcomer", password: "456")
    }
}
