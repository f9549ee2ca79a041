// Contacts, blocks and mutes between users.

import TestKit
import Testing

@Suite struct RelationTests {
    private static func app(_ names: String...) async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for name in names { try await app.register(name) }
        return app
    }

    @Test func `contacts are mutual, and adding or removing twice changes nothing`() async throws {
        let app = try await Self.app("user1", "user2")
        for _ in 0..<2 {
            let added = try await app.perform("POST", "/users/user1/contacts/users/user2")
            #expect(added.entity?["username"] == "user2")
            #expect(try await app.names("/users/user1/contacts/users") == ["user2"])
            #expect(try await app.names("/users/user2/contacts/users") == ["user1"])
        }
        for _ in 0..<2 {
            try await app.perform("DELETE", "/users/user2/contacts/users/user1")
            #expect(try await app.names("/users/user1/contacts/users").isEmpty)
            #expect(try await app.names("/users/user2/contacts/users").isEmpty)
        }
    }

    @Test func `neither side can have more contacts than the application allows`() async throws {
        let app = try await Self.app("user1", "user2", "user3", "user4")
        try await app.set("--max-contacts", "2")
        try await app.perform("POST", "/users/user1/contacts/users/user2")
        try await app.perform("POST", "/users/user1/contacts/users/user3")
        #expect(try await app.ask("POST", "/users/user1/contacts/users/user4").status == 403)
        #expect(try await app.ask("POST", "/users/user4/contacts/users/user1").status == 403)
        // One that is there already can be added again.
        try await app.perform("POST", "/users/user1/contacts/users/user3")
        #expect(try await app.names("/users/user4/contacts/users").isEmpty)
        try await app.perform("DELETE", "/users/user1/contacts/users/user2")
        try await app.perform("POST", "/users/user4/contacts/users/user1")
    }

    @Test func `an import tells each name's fate and harms no other`() async throws {
        let app = try await Self.app("user1", "user2", "user3", "user4")
        try await app.set("--max-contacts", "2")
        let reply = try await app.perform(
            "POST",
            "/users/user1/contacts/import",
            ["usernames": ["user2", "nobody", "user1", "user2", "USER3", "user4", "not a name"]]
        ).json()
        #expect(
            reply["data"] == [
                "success": ["user2", "user2", "USER3"], "UnKnowFailed": ["user1"],
                "NotExistFailed": ["nobody", "not a name"], "maxLimitFailed": ["user4"],
            ]
        )
        #expect(try await app.names("/users/user1/contacts/users").sorted() == ["user2", "user3"])
    }

    @Test func `a remark is its owner's alone, and an empty one removes it`() async throws {
        let app = try await Self.app("user1", "user2")
        try await app.perform("POST", "/users/user1/contacts/users/user2")
        try await app.perform("PUT", "/user/user1/contacts/users/user2", ["remark": "my friend"])
        func remark(_ owner: String) async throws -> TestJSON? {
            let page = try await app.perform("GET", "/user/\(owner)/contacts?needReturnRemark=true").json()
            return page["data"]?["contacts"]?[0]?["remark"]
        }
        #expect(try await remark("user1") == "my friend")
        #expect(try await remark("user2") == "")
        try await app.perform("PUT", "/user/user1/contacts/users/user2", ["remark": ""])
        #expect(try await remark("user1") == "")
    }

    @Test func `blocks are one-sided, and adding or ending one twice changes nothing`() async throws {
        let app = try await Self.app("user1", "user2", "user3")
        for _ in 0..<2 {
            let added = try await app.perform(
                "POST",
                "/users/user1/blocks/users",
                ["usernames": ["USER2", "user3"]]
            )
            #expect(try added.json()["data"] == ["user2", "user3"])
            #expect(try await app.names("/users/user1/blocks/users").sorted() == ["user2", "user3"])
            #expect(try await app.names("/users/user2/blocks/users").isEmpty)
        }
        for _ in 0..<2 {
            let ended = try await app.perform("DELETE", "/users/user1/blocks/users/user2")
            #expect(ended.entity?["username"] == "user2")
            #expect(try await app.names("/users/user1/blocks/users") == ["user3"])
        }
    }

    @Test func `a user can't block more than the application allows, and blocks all or none`() async throws {
        let app = try await Self.app("user1", "user2", "user3", "user4")
        try await app.set("--max-blocks", "2")
        let three: TestJSON = ["usernames": ["user2", "user3", "user4"]]
        #expect(try await app.ask("POST", "/users/user1/blocks/users", three).status == 403)
        #expect(try await app.names("/users/user1/blocks/users").isEmpty)
        try await app.perform("POST", "/users/user1/blocks/users", ["usernames": ["user2", "user3"]])
        #expect(
            try await app.ask("POST", "/users/user1/blocks/users", ["usernames": ["user4"]]).status == 403
        )
        try await app.perform("POST", "/users/user1/blocks/users", ["usernames": ["user2"]])
    }

    @Test func `a mute counts down by kind of conversation, lasts for ever or is lifted`() async throws {
        let app = try await Self.app("user1", "user2")
        try await app.perform("POST", "/mutes", ["username": "USER1", "chat": 10_000, "groupchat": -1])
        func mutes() async throws -> TestJSON? { try await app.perform("GET", "/mutes/user1").json()["data"] }
        let set = try #require(try await mutes())
        #expect(set["chat"]?.integer.map { (9000...10_000).contains($0) } == true)
        #expect(set["groupchat"] == -1)
        #expect(set["chatroom"] == 0)
        try await app.perform("POST", "/mutes", ["username": "user1", "chat": 0])
        #expect(try await mutes()?["chat"] == 0)
        #expect(try await mutes()?["groupchat"] == -1)
        let list = try await app.perform("GET", "/mutes").json()["data"]?["data"]
        #expect(list == [["username": "user1", "groupchat": -1]])
        try await app.perform("POST", "/mutes", ["username": "user1", "groupchat": 0])
        #expect(try await app.perform("GET", "/mutes").json()["data"]?["data"] == [])
    }
}
