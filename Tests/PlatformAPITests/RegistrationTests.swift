// Registering users: what is accepted, kept, and how a batch partly succeeds.

import Foundation
import TestKit
import Testing

@Suite struct RegistrationTests {
    @Test(
        arguments: [
            "a", "A", "0", "_", "-", "...", ".a", "a.", "a.b-c_d", "User1", "null", "me", "users", "SELECT",
            "550e8400-e29b-41d4-a716-44665544000", "550e8400e29b41d4a716446655440000",
            String(repeating: "z", count: 64),
        ]
    )
    func `a legal name is kept as it was spelled and found by any spelling`(name: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let uuid = try await app.register(name)
        for spelling in [name, name.uppercased(), name.lowercased(), uuid, uuid.uppercased()] {
            let found = try await app.perform("GET", "/users/\(spelling)")
            #expect(found.entity?["username"]?.string == name)
            #expect(found.entity?["uuid"]?.string == uuid)
        }
    }

    @Test(arguments: ["a", "é", "你", "🙂", "\u{301}"])
    func `64 characters of password and 100 of nickname are accepted, whatever their bytes`(unit: String)
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let password = String(repeating: unit, count: 64)
        let nickname = String(repeating: unit, count: 100)
        try await app.register("user1", password: password, nickname: nickname)
        #expect(try await app.perform("GET", "/users/user1").entity?["nickname"]?.string == nickname)
        #expect(try await app.logIn("user1", password).status == 200)
        #expect(
            try await app.logIn("user1", String(String.UnicodeScalarView(password.unicodeScalars.dropLast())))
                .status == 400
        )
    }

    @Test func `60 users are registered by one call, and a lower maximum holds at once`() async throws {
        let app = try await TestServer.shared().makeApp()
        let batch = (0..<60).map { ["username": .string("user\($0)"), "password": "123"] as TestJSON }
        let reply = try await app.perform("POST", "/users", .array(batch))
        #expect(try reply.json()["entities"]?.array?.count == 60)
        #expect(try await app.userNames() == (0..<60).map { "user\($0)" })
        try await app.set("--max-registrations", "2")
        let three = (0..<3).map { ["username": .string("more\($0)"), "password": "123"] as TestJSON }
        #expect(try await app.ask("POST", "/users", .array(three)).status == 400)
        #expect(try await app.ask("POST", "/users", .array(Array(three.dropLast()))).status == 200)
        #expect(try await app.userNames().count == 62)
    }

    @Test func `a batch registers whom it can and names the others`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user3")
        let reply = try await app.perform(
            "POST",
            "/users",
            [
                ["username": "user2", "password": "123"], ["username": "USER3", "password": "123"],
                ["username": "user4", "password": "123", "nickname": "four"],
            ]
        ).json()
        #expect(reply["entities"]?.array?.compactMap { $0["username"]?.string } == ["user2", "user4"])
        #expect(
            reply["data"] == [["username": "USER3", "registerUserFailReason": "the USER3 already exists"]]
        )
        #expect(try await app.userNames() == ["user3", "user2", "user4"])
    }

    @Test func `registration without a token follows the application's setting, at once`() async throws {
        let app = try await TestServer.shared().makeApp()
        let body: TestJSON = ["username": "user1", "password": "123"]
        #expect(try await app.askAsNobody("POST", "/users", body).status == 401)
        try await app.set("--open-registration", "on")
        #expect(try await app.askAsNobody("POST", "/users", body).status == 200)
        try await app.set("--open-registration", "off")
        #expect(
            try await app.askAsNobody("POST", "/users", body.setting("username", "user2")).status == 401
        )
        #expect(try await app.userNames() == ["user1"])
    }

    @Test func `a bad token is refused even while registration is open`() async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let body: TestJSON = ["username": "user1", "password": "123"]
        for token in [TestApp.malformedToken, try await app.forgedToken(), try await app.expiredToken()] {
            #expect(try await app.ask("POST", "/users", body, token: token).status == 401)
        }
        #expect(try await app.userNames().isEmpty)
    }

    @Test func `a deleted user's name is free again, for somebody else`() async throws {
        let app = try await TestServer.shared().makeApp()
        let first = try await app.register("user1")
        let token = try await app.userToken("user1", password: "123")
        try await app.perform("DELETE", "/users/user1")
        let second = try await app.register("USER1", password: "456")
        #expect(first != second)
        #expect(try await app.ask("GET", "/users/\(first)").status == 404)
        #expect(try await app.ask("GET", "/users/user1", token: token).status == 401)
        #expect(try await app.perform("GET", "/users/user1").entity?["username"] == "USER1")
    }

    @Test func `of many who register one name at the same time, in any spelling, one succeeds`() async throws
    {
        let app = try await TestServer.shared().makeApp()
        let token = try await app.token()
        let clients = try (0..<16).map { _ in try app.server.client() }
        let statuses = try await onOwnThread {
            try parallel(clients: 16) { index in
                let name = index.isMultiple(of: 2) ? "user1" : "USER1"
                let body: TestJSON = ["username": .string(name), "password": "123"]
                let request = HTTPRequest("POST", "\(app.prefix)/users", json: body).authorized(token)
                return try clients[index].sendBlocking(request).status
            }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1)
        #expect(statuses.filter { $0 == 400 }.count == 15)
        #expect(try await app.userNames().count == 1)
    }

    @Test func `a new application has the documented bounds`() async throws {
        let app = try await TestServer.shared().makeApp()
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        let settings = try await app.server.command("app", "show", name, "--json").json()["settings"]
        #expect(settings?["max_contacts"] == 1000)
        #expect(settings?["max_blocks"] == 500)
        #expect(settings?["max_names"] == 100)
        #expect(settings?["max_registrations"] == 60)
        #expect(settings?["open_registration"] == false)
    }

    @Test func `hostile texts come back byte for byte as nicknames`() async throws {
        let app = try await TestServer.shared().makeApp()
        let own = [
            "'; DROP TABLE users; --", "\" OR \"\"=\"", "%s%n", "{{7*7}}", "<script>alert(1)</script>",
            "\u{FEFF}x",
            "\u{202E}abc", "e\u{301}", "é", "\u{1}\u{1F}\u{7F}", "\\u0041", "\r\nSet-Cookie: a=b", "🏳️‍🌈", "ﬀ",
            "NULL",
        ]
        let path = Project.folder + "/../shared/corpora/blns.json"
        let data = FileManager.default.contents(atPath: path)
        let published =
            try data.map { try TestJSON(parsing: Array($0)).array?.compactMap(\.string) ?? [] } ?? []
        try await app.register("user1")
        for text in own + published where text.unicodeScalars.count <= 100 && !text.utf8.contains(0) {
            let reply = try await app.perform("PUT", "/users/user1", ["nickname": .string(text)])
            #expect(reply.entity?["nickname"]?.string?.utf8.elementsEqual(text.utf8) == true, "\(text)")
            let found = try await app.perform("GET", "/users/user1")
            #expect(found.entity?["nickname"]?.string?.utf8.elementsEqual(text.utf8) == true, "\(text)")
        }
    }
}
