// Users: shown, changed and deleted with all that is theirs.

import TestKit
import Testing

@Suite struct UserTests {
    @Test func `a path names a user by name in any case, or by UUID, on every kind of route`() async throws {
        let app = try await TestServer.shared().makeApp()
        let uuid = try await app.register("User1")
        try await app.register("user2")
        try await app.perform("POST", "/users/\(uuid)/contacts/users/USER2")
        #expect(try await app.names("/users/user1/contacts/users") == ["user2"])
        let changed = try await app.perform("PUT", "/users/USER1", ["nickname": "one"])
        #expect(changed.entity?["username"] == "User1")
        let status = try await app.perform("GET", "/users/\(uuid)/status").json()
        // A reply by name has the spelling that was asked for.
        #expect(status["data"] == [uuid: "offline"])
        #expect(try await app.perform("DELETE", "/users/\(uuid)").entity?["username"] == "User1")
        #expect(try await app.names("/users/user2/contacts/users").isEmpty)
    }

    @Test func `a change sets what it names and leaves the rest`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1", nickname: "one")
        try await app.perform("PUT", "/users/user1", ["notification_display_style": "1"])
        try await app.perform(
            "PUT",
            "/users/user1",
            [
                "notification_no_disturbing": true, "notification_no_disturbing_start": "1",
                "notification_no_disturbing_end": 3,
            ]
        )
        try await app.perform("PUT", "/users/user1", ["notification_no_disturbing": "0", "unknown": [1, 2]])
        let user = try #require(try await app.perform("GET", "/users/user1").entity)
        #expect(user["nickname"] == "one")
        #expect(user["notification_display_style"] == 1)
        #expect(user["notification_no_disturbing"] == false)
        #expect(user["notification_no_disturbing_start"] == 1)
        #expect(user["notification_no_disturbing_end"] == 3)
        #expect(user["unknown"] == nil)
        #expect(try #require(user["modified"]?.integer) >= #require(user["created"]?.integer))
    }

    @Test func `a deleted user is gone from everybody's contacts, blocks, mutes and metadata`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["user1", "user2", "user3"] { try await app.register(name) }
        try await app.perform("POST", "/users/user1/contacts/users/user2")
        try await app.perform("POST", "/users/user3/contacts/users/user1")
        try await app.perform("POST", "/users/user2/blocks/users", ["usernames": ["user1", "user3"]])
        try await app.perform("POST", "/mutes", ["username": "user1", "chat": -1])
        let form = HTTPRequest(
            "PUT",
            "\(app.prefix)/metadata/user/user1",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: .bytes(Array("a=b".utf8))
        )
        #expect(try await app.server.client().send(form.authorized(try await app.token())).status == 200)
        try await app.perform("DELETE", "/users/user1")
        #expect(try await app.names("/users/user2/contacts/users").isEmpty)
        #expect(try await app.names("/users/user3/contacts/users").isEmpty)
        #expect(try await app.names("/users/user2/blocks/users") == ["user3"])
        #expect(try await app.perform("GET", "/mutes").json()["data"]?["data"] == [])
        #expect(try await app.perform("GET", "/metadata/user/capacity").json()["data"] == 0)
        // Another user of that name starts with nothing.
        try await app.register("user1")
        #expect(try await app.names("/users/user1/contacts/users").isEmpty)
        #expect(try await app.perform("GET", "/metadata/user/user1").json()["data"] == [:])
    }

    @Test func `deleting many deletes those registered first, and says where to go on`() async throws {
        let app = try await TestServer.shared().makeApp()
        for number in 1...5 { try await app.register("user\(number)") }
        let first = try await app.perform("DELETE", "/users?limit=2").json()
        #expect(first["entities"]?.array?.compactMap { $0["username"]?.string } == ["user1", "user2"])
        let cursor = try #require(first["cursor"]?.string)
        let second = try await app.perform("DELETE", "/users?limit=2&cursor=\(cursor)").json()
        #expect(second["entities"]?.array?.compactMap { $0["username"]?.string } == ["user3", "user4"])
        let last = try await app.perform("DELETE", "/users?limit=2").json()
        #expect(last["cursor"] == nil)
        #expect(try await app.userNames().isEmpty)
        #expect(try await app.perform("DELETE", "/users?limit=2").json()["entities"] == [])
    }

    @Test func `two applications may have a user of one name, and never meet`() async throws {
        let server = try await TestServer.shared()
        let (one, two) = (try await server.makeApp(), try await server.makeApp())
        let first = try await one.register("user1", nickname: "one")
        let second = try await two.register("user1", nickname: "two")
        #expect(first != second)
        try await one.perform("DELETE", "/users/user1")
        #expect(try await two.perform("GET", "/users/user1").entity?["nickname"] == "two")
        #expect(try await two.ask("GET", "/users/\(first)").status == 404)
    }

    @Test func `status, offline count and message status are those of somebody who isn't there`() async throws
    {
        let app = try await TestServer.shared().makeApp()
        try await app.register("User1")
        #expect(try await app.perform("GET", "/users/user1/status").json()["data"] == ["user1": "offline"])
        #expect(try await app.perform("GET", "/users/user1/offline_msg_count").json()["data"] == ["user1": 0])
        let message = try await app.perform("GET", "/users/user1/offline_msg_status/1234").json()
        #expect(message["data"] == ["1234": "delivered"])
    }

    @Test func `a batch of statuses answers each name in its order, known or not`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("user1")
        let names: [TestJSON] = ["nobody", "user1", "user1", "not a name", ""]
        let reply = try await app.perform("POST", "/users/batch/status", ["usernames": .array(names)]).json()
        let expected = names.map { TestJSON.object([.init($0.string ?? "", "offline")]) }
        #expect(reply["data"] == .array(expected))
        let hundred = (0..<100).map { TestJSON.string("user\($0)") }
        try await app.perform("POST", "/users/batch/status", ["usernames": .array(hundred)])
        try await app.set("--max-names", "3")
        #expect(try await app.ask("POST", "/users/batch/status", ["usernames": .array(names)]).status == 400)
    }
}
