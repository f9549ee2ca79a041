// A person's change of its ocid: the name changes in every dialect, and what was said stays its own.

import TestKit
import Testing

@Suite struct RenamingTests {
    private struct World {
        let app: TestApp
        let tokens: [String: String]

        static func make() async throws -> World {
            let app = try await TestServer.shared().makeApp(openRegistration: true)
            var tokens: [String: String] = [:]
            for name in ["ann", "bob"] {
                try await app.register(name)
                tokens[name] = try await app.userToken(name, password: "123")
            }
            return World(app: app, tokens: tokens)
        }

        func rename(_ user: String, to ocid: String) async throws -> HTTPReply {
            try await app.server.client().post(
                app.path(ofMethod: "SetSelfInfo"),
                ["ocid": .string(ocid)],
                token: tokens[user]
            )
        }

        func send(_ text: String, from: String, to: String) async throws {
            try await app.perform(
                "POST",
                "/messages/users",
                ["from": .string(from), "to": [.string(to)], "type": "txt", "body": ["msg": .string(text)]]
            )
        }

        /// Sender, receiver and text of the messages, oldest first.
        func history() async throws -> [[String]] {
            let reply = try await app.perform("GET", "/messages?limit=20")
            let messages = try reply.json()["data"]?.array ?? []
            return messages.map { message in
                [message["from"], message["to"], message["payload"]?["bodies"]?.array?.first?["msg"]]
                    .map { $0?.string ?? "" }
            }.sorted { $0[2] < $1[2] }
        }
    }

    @Test func `the name changes everywhere, messages of before too, and tokens go on`() async throws {
        let world = try await World.make()
        let app = world.app
        try await app.perform("POST", "/users/bob/contacts/users/ann")
        try await world.send("1", from: "ann", to: "bob")
        try await world.send("2", from: "bob", to: "ann")
        #expect(try await world.rename("ann", to: "Anna").status == 200)

        #expect(try await app.perform("GET", "/users/anna").entity?["username"] == "Anna")
        let client = try app.server.client()
        let gone = HTTPRequest("GET", "\(app.prefix)/users/ann").authorized(try await app.token())
        #expect(try await client.send(gone).status == 404)
        #expect(try await app.perform("GET", "/users/bob/contacts/users").json()["data"] == ["Anna"])
        try await world.send("3", from: "anna", to: "bob")
        let expected = [["Anna", "bob", "1"], ["bob", "Anna", "2"], ["Anna", "bob", "3"]]
        #expect(try await world.history().map { [$0[0], $0[1], $0[2]] } == expected)
        // The token of before is good, and its user is found by the new name.
        let own = try await client.post(
            app.path(ofMethod: "GetAccountInfo"),
            ["requestValues": [1]],
            token: world.tokens["ann"]
        )
        #expect(try own.json()["ocid"] == "Anna")
        let waiting = try await app.perform("GET", "/users/bob/offline_msg_count").json()
        #expect(waiting["data"] == ["bob": 2])
        #expect(try await app.perform("GET", "/users/anna/offline_msg_count").json()["data"] == ["anna": 1])
    }

    @Test func `a name that was given up is kept from others, and can be taken back`() async throws {
        let world = try await World.make()
        let app = world.app
        #expect(try await world.rename("ann", to: "anna").status == 200)
        let conflict: TestJSON = ["code": "already_exists", "message": "Conflict"]
        #expect(try await world.rename("bob", to: "ANN").json() == conflict)
        #expect(try await world.rename("bob", to: "anna").json() == conflict)
        let user: TestJSON = ["username": "Ann", "password": "123"]
        for token in [nil, try await app.token()] {
            let request = HTTPRequest("POST", "\(app.prefix)/users", json: user)
            let reply = try await app.server.client().send(token.map { request.authorized($0) } ?? request)
            #expect(reply.status == 400, "\(reply.text)")
        }
        #expect(try await world.rename("ann", to: "ann").status == 200)
        #expect(try await world.rename("ann", to: "ann").status == 200)
        #expect(try await world.rename("bob", to: "anna").json() == conflict)
        #expect(try await app.perform("GET", "/users/ann").entity?["username"] == "ann")
    }

    @Test(
        arguments: [
            ("", "Ocid Is Invalid"), ("a b", "Ocid Is Invalid"), (".", "Ocid Is Invalid"),
            (String(repeating: "x", count: 51), "Ocid Too Long"),
        ]
    )
    func `what can't be a name is refused, and nothing changes`(ocid: String, message: String) async throws {
        let world = try await World.make()
        let reply = try await world.rename("ann", to: ocid)
        #expect(reply.status == 400)
        #expect(try reply.json() == ["code": "invalid_argument", "message": .string(message)])
        #expect(try await world.app.perform("GET", "/users/ann").entity?["username"] == "ann")
    }

    @Test func `an open socket goes on under the new name, and gets no message of its own`() async throws {
        let world = try await World.make()
        let (app, token) = (world.app, try #require(world.tokens["ann"]))
        try await onOwnThread {
            var socket = try app.socket(token: token)
            try socket.send(["code": 12])
            #expect(try socket.message()["code"] == 12)
            let renaming = HTTPRequest("POST", app.path(ofMethod: "SetSelfInfo"), json: ["ocid": "anna"])
            #expect(try app.server.client().sendBlocking(renaming.authorized(token)).status == 200)
            try socket.send(["code": 10, "ocid": "anna", "request_values": ["ocid", "friends"]])
            let account = try socket.message()
            #expect(account["data"]?["ocid"] == "anna" && account["data"]?["friends"] == [])
        }
    }
}

extension HTTPReply {
    /// The first entity of a platform reply.
    fileprivate var entity: TestJSON? { try? json()["entities"]?[0] }
}
