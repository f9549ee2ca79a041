// Reports over HTTP: an application in numbers, a user at a glance, what has become of a message.

import TestKit
import Testing

@Suite struct ReportTests {
    private static func app(_ users: [String] = ["ann", "bob", "cid"]) async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for user in users { try await app.register(user) }
        return app
    }

    private static func group(_ name: String, _ members: [TestJSON] = ["bob", "cid"], on app: TestApp)
        async throws -> String
    {
        let reply = try await app.perform(
            "POST",
            "/chatgroups",
            [
                "groupname": .string(name), "desc": "", "public": true, "maxusers": 10, "owner": "ann",
                "members": .array(members),
            ]
        )
        return try #require(try reply.json()["data"]?["groupid"]?.string)
    }

    private static func post(_ text: String, to group: String, _ app: TestApp) async throws -> String {
        let reply = try await app.perform(
            "POST",
            "/messages/chatgroups",
            ["from": "ann", "to": [.string(group)], "type": "txt", "body": ["msg": .string(text)]]
        )
        return try #require(try reply.json()["data"]?[group]?.string)
    }

    // MARK: Refusals

    @Test(arguments: [
        ("/users/nobody/overview", 404), ("/users/nobody/connections", 404),
        ("/users/ann/connections?cursor=x", 400), ("/users/ann/connections?limit=0", 400),
        ("/messages/1/delivery", 404), ("/messages/x/delivery", 404), ("/chatgroups/1/messages", 404),
        ("/chatrooms/1/messages", 404), ("/chatgroups?name=a&cursor=x", 400),
    ])
    func `What isn't there and what can't be is refused`(_ path: String, _ status: Int) async throws {
        let app = try await Self.app(["ann"])
        #expect(try await app.ask("GET", path).status == status)
        #expect(try await app.askAsNobody("GET", path).status == 401)
    }

    @Test func `A user's token reads no report, and another application's neither`() async throws {
        let app = try await Self.app()
        let own = try await app.userToken("ann", password: "123")
        let other = try await Self.app(["ann"]).token()
        for path in ["/stats", "/users/ann/overview", "/users/ann/connections"] {
            #expect([401, 403].contains(try await app.ask("GET", path, token: own).status), "\(path)")
            #expect([401, 403].contains(try await app.ask("GET", path, token: other).status), "\(path)")
        }
    }

    // MARK: Reports

    @Test func `An application's numbers are its own, and follow what happens`() async throws {
        let app = try await Self.app()
        let group = try await Self.group("g", on: app)
        _ = try await Self.post("hello", to: group, app)
        _ = try await Self.post("again", to: group, app)
        let stats = try await app.perform("GET", "/stats").json()["data"]
        #expect(stats?["users"] == 3)
        #expect(stats?["groups"] == 1)
        #expect(stats?["rooms"] == 0)
        #expect(stats?["online"] == 0)
        #expect(stats?["file_bytes"] == 0)
        #expect(stats?["file_bytes_quota"] == 10_737_418_240)
        let days = try #require(stats?["messages_per_day"]?.array)
        #expect(days.count == 30)
        // The clock may pass midnight between the two.
        #expect(days.suffix(2).compactMap { $0["count"]?.integer }.reduce(0, +) == 2)
        let minutes = try #require(stats?["messages_per_minute"]?.array)
        #expect(minutes.count == 60)
        #expect(minutes.compactMap { $0["count"]?.integer }.reduce(0, +) == 2)
        #expect(stats?["webhook_backlog"]?["pending"] == 0)
        _ = try await app.perform("DELETE", "/users/ann")
        let after = try await app.perform("GET", "/stats").json()["data"]
        #expect(after?["users"] == 2)
        #expect(after?["groups"] == 0)
    }

    @Test func `A user at a glance has its counts, groups, newest message and mutes`() async throws {
        let app = try await Self.app()
        let group = try await Self.group("team", on: app)
        _ = try await app.perform("POST", "/users/bob/contacts/users/cid")
        _ = try await app.perform("POST", "/mutes", ["username": "bob", "chat": 600])
        _ = try await Self.post("newest", to: group, app)
        let data = try await app.perform("GET", "/users/bob/overview").json()["data"]
        #expect(data?["profile"]?["username"] == "bob")
        #expect(data?["online"] == false)
        #expect(data?["counts"]?["contacts"] == 1)
        #expect(data?["counts"]?["groups"] == 1)
        #expect(data?["counts"]?["waiting_messages"] == 1)
        #expect(data?["groups"]?[0]?["groupid"]?.string == group)
        #expect(data?["groups"]?[0]?["role"] == "member")
        #expect(data?["last_message"]?["payload"]?["bodies"]?[0]?["msg"] == "newest")
        #expect(data?["mutes"]?["chat"]?.integer ?? 0 > 500)
    }

    @Test func `A connection is listed while it is live, and with the reason once it has ended`() async throws
    {
        let app = try await Self.app()
        let token = try await app.userToken("ann", password: "123")
        let (port, target) = (try app.server.port, app.prefix + "/gateway")
        try await onOwnThread {
            let socket = try WebSocketClient(port: port, target, token: token)
            #expect(socket.opening.status == 101)
        }
        let rows = try await eventually("the end of a connection") { () -> [TestJSON]? in
            let rows = try await app.perform("GET", "/users/ann/connections").json()["data"]?.array
            return rows?.first?["closed"] == nil ? nil : rows
        }
        #expect(rows.count == 1)
        #expect(rows.first?["reason"] == "closed")
        #expect(rows.first?["address"] == "127.0.0.1")
        #expect(rows.first?["platform"] == "web")
        #expect(rows.first?["opened"]?.integer ?? .max <= rows.first?["closed"]?.integer ?? 0)
        #expect(try await app.perform("GET", "/users/bob/connections").json()["data"]?.array == [])
    }

    @Test func `A message tells whom it has come to, page by page`() async throws {
        let app = try await Self.app()
        let group = try await Self.group("g", on: app)
        let id = try await Self.post("hello", to: group, app)
        _ = try await app.perform("POST", "/users/bob/messages/ack", ["msg_id": .string(id)])
        let first = try await app.perform("GET", "/messages/\(id)/delivery?limit=1").json()
        #expect(first["data"]?["receiver_count"] == 2)
        #expect(first["data"]?["delivered_count"] == 1)
        #expect(first["data"]?["receivers"]?[0]?["username"] == "bob")
        #expect(first["data"]?["receivers"]?[0]?["delivered"] == true)
        #expect(first["data"]?["receivers"]?[0]?["delivered_at"]?.integer ?? 0 > 0)
        let cursor = try #require(first["cursor"]?.string)
        let second = try await app.perform("GET", "/messages/\(id)/delivery?limit=1&cursor=\(cursor)").json()
        #expect(second["data"]?["receivers"]?[0]?["username"] == "cid")
        #expect(second["data"]?["receivers"]?[0]?["delivered"] == false)
        #expect(second["cursor"] == nil)
    }

    @Test func `Groups are found by name, and their messages are paged`() async throws {
        let app = try await Self.app()
        let group = try await Self.group("Night Shift", on: app)
        _ = try await Self.group("day", on: app)
        let room = try await app.perform(
            "POST",
            "/chatrooms",
            ["name": "Night Room", "description": "", "maxusers": 10, "owner": "ann", "members": ["bob"]]
        ).json()["data"]?["id"]?.string
        let found = try await app.perform("GET", "/chatgroups?name=NIGHT").json()
        #expect(found["data"]?.array?.compactMap { $0["groupid"]?.string } == [group])
        #expect(found["cursor"] == nil)
        let rooms = try await app.perform("GET", "/chatrooms?name=night&limit=5").json()
        #expect(rooms["data"]?.array?.compactMap { $0["id"]?.string } == [room].compactMap(\.self))
        for text in ["one", "two", "three"] { _ = try await Self.post(text, to: group, app) }
        let first = try await app.perform("GET", "/chatgroups/\(group)/messages?limit=2").json()
        let texts = { (page: TestJSON) in
            page["data"]?.array?.compactMap { $0["payload"]?["bodies"]?[0]?["msg"]?.string } ?? []
        }
        #expect(texts(first) == ["three", "two"])
        let cursor = try #require(first["cursor"]?.string)
        let second = try await app.perform("GET", "/chatgroups/\(group)/messages?limit=2&cursor=\(cursor)")
        #expect(texts(try second.json()) == ["one"])
        let ascending = try await app.perform("GET", "/chatgroups/\(group)/messages?order=asc").json()
        #expect(texts(ascending) == ["one", "two", "three"])
        let path = "/chatrooms/\(room ?? "")/messages"
        #expect(try await app.perform("GET", path).json()["data"]?.array == [])
    }
}
