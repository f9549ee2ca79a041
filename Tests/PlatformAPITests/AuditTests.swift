// The audit from end to end: whatever dialect makes a change, it leaves a row, and nothing forges or removes one.

import TestKit
import Testing

@Suite struct AuditTests {
    private func rows(_ app: TestApp, _ query: String = "") async throws -> [TestJSON] {
        try await app.perform("GET", "/audit?limit=100\(query)").json()["data"]?.array ?? []
    }

    private func newest(_ app: TestApp, _ query: String = "") async throws -> TestJSON {
        try #require(try await rows(app, query).first)
    }

    /// A token of a client with these scopes.
    private func token(_ app: TestApp, _ scopes: TestJSON) async throws -> String {
        let made = try await app.perform("POST", "/clients", ["name": "reader", "scopes": scopes]).json()[
            "data"
        ]
        let body: TestJSON = [
            "grant_type": "client_credentials", "client_id": try #require(made?["client_id"]),
            "client_secret": try #require(made?["client_secret"]),
        ]
        return try #require(try await app.askAsNobody("POST", "/token", body).json()["access_token"]?.string)
    }

    // MARK: Refusals

    @Test func `Whoever may not read the audit leaves a row by trying`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let client = try await token(app, ["users:read"])
        let user = try await app.userToken("ann", password: "123")
        #expect(try await app.ask("GET", "/audit", token: client).status == 403)
        #expect(try await app.ask("GET", "/audit", token: user).status == 401)
        let found = try await rows(app, "&route=listAudit")
        #expect(found.map { $0["outcome"] } == ["refused", "refused"])
        #expect(found[0]["caller"] == "user:ann")
        #expect(found[1]["name"] == "reader")
    }

    @Test func `A change that was refused for want of scope is a row, and one that failed isn't`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let client = try await token(app, ["users:read"])
        #expect(try await app.ask("DELETE", "/users/ann", token: client).status == 403)
        #expect(try await app.ask("DELETE", "/users/ann").status == 404)
        let found = try await rows(app, "&route=deleteUser")
        #expect(found.map { $0["outcome"] } == ["refused"])
        #expect(found.first?["target"] == "ann")
    }

    @Test(arguments: [
        "after=soon", "before=1e9", "limit=x", "cursor=x", "caller=\(String(repeating: "x", count: 300))",
    ])
    func `A search that can't be is refused`(query: String) async throws {
        let app = try await TestServer.shared().makeApp()
        #expect(try await app.ask("GET", "/audit?\(query)").status == 400)
    }

    @Test func `No route changes or removes a row`() async throws {
        let app = try await TestServer.shared().makeApp()
        for method in ["POST", "PUT", "DELETE"] {
            #expect(try await app.ask(method, "/audit", [:]).status == 405)
            #expect(try await app.ask(method, "/audit/1", [:]).status == 404)
        }
    }

    @Test func `Names, reasons and request ids with line breaks forge nothing`() async throws {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        try await app.register("ann")
        let forged = "x\n2026-01-01T00:00:00Z  operator:0  deleteUser"
        var request = HTTPRequest(
            "POST",
            app.prefix + "/mutes",
            json: ["username": "ann", "chat": 60, "reason": .string(forged)]
        )
        request.headers.add("X-Request-Id", "a\"b")
        _ = try await server.client().send(request.authorized(try await app.token()))
        let row = try await newest(app, "&route=setMutes")
        #expect(row["reason"] == .string(forged))
        #expect(row["request"] != "a\"b")
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        let printed = try await server.command("audit", name, "--route", "setMutes").output
        #expect(printed.split(separator: "\n").count == 1, "\(printed)")
    }

    // MARK: Rows

    @Test func `A row says who did what to whom, from where, and in which request`() async throws {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        var request = HTTPRequest(
            "POST",
            app.prefix + "/users",
            json: ["username": "ann", "password": "123"]
        )
        request.headers.add("X-Request-Id", "my-request")
        _ = try await server.client().send(request.authorized(try await app.token()))
        let row = try await newest(app)
        #expect(row["caller"] == .string("client:\(app.credentials.clientID)"))
        #expect(row["name"] == "default")
        #expect(row["address"] == "127.0.0.1")
        #expect(row["request"] == "my-request")
        #expect(row["route"] == "registerUsers")
        #expect(row["target"] == "ann")
        #expect(row["outcome"] == "ok")
        #expect(row["reason"] == nil)
        #expect(try await rows(app, "&target=ann").count == 1)
        #expect(try await rows(app, "&target=an").isEmpty)
        #expect(try await rows(app, "&caller=default&route=registerUsers").count == 1)
        #expect(try await rows(app, "&before=1").isEmpty)
    }

    @Test func `Whichever dialect makes a change, it is a row with the same caller`() async throws {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let client: TestJSON = .string("client:\(app.credentials.clientID)")
        let manager = try await app.managerToken()
        var request = HTTPRequest(
            "POST",
            app.prefix + "/openim/friend/import_friend",
            json: ["ownerUserID": "ann", "friendUserIDs": ["bob"]]
        )
        request.headers.add("operationID", "1")
        let reply = try await server.client().send(request.authorized(manager))
        #expect(reply.status == 200, "\(reply.text)")
        let imported = try await newest(app)
        #expect(imported["route"] == "openIMFriendImportFriend")
        #expect(imported["caller"] == client && imported["name"]?.string == TestApp.manager)
        let socket = server.administrationClient()
        #expect(try await socket.put("\(app.prefix)/users/ann", ["nickname": "A"]).status == 200)
        let byOperator = try await newest(app)
        #expect(byOperator["caller"]?.string?.hasPrefix("operator:") == true)
        #expect(byOperator["route"] == "updateUser" && byOperator["target"] == "ann")
    }

    @Test func `A user's own change is no row`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let user = try await app.userToken("ann", password: "123")
        let before = try await rows(app).count
        let body: TestJSON = ["newpassword": "456", "oldPassword": "123"]
        #expect(try await app.ask("PUT", "/users/ann/password", body, token: user).status == 200)
        #expect(try await rows(app).count == before)
    }

    @Test func `Grave acts take a reason of up to 400 characters, in the query or the body`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let long = String(repeating: "x", count: 401)
        #expect(try await app.ask("DELETE", "/users/ann?reason=\(long)").status == 400)
        #expect(try await app.ask("POST", "/users/ann/deactivate", ["reason": .string(long)]).status == 400)
        #expect(try await app.ask("POST", "/users/ann/deactivate", ["reason": 7]).status == 400)
        #expect(try await rows(app, "&route=deactivateUser").isEmpty)
        try await app.perform("POST", "/users/ann/deactivate", ["reason": "abuse"])
        #expect(try await newest(app)["reason"] == "abuse")
        try await app.perform("DELETE", "/users/ann?reason=on%20request")
        #expect(try await newest(app)["reason"] == "on request")
        try await app.perform("POST", "/mutes", ["username": "bob", "chat": 60, "reason": "spam"])
        #expect(try await newest(app)["reason"] == "spam")
        #expect(try await newest(app)["target"] == "bob")
    }

    @Test func `An administrator who reads users' messages leaves a row, and a client doesn't`() async throws
    {
        let server = try await TestServer.start()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        for name in ["ann", "bob"] { try await app.register(name) }
        let message: TestJSON = ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "hello"]]
        try await app.perform("POST", "/messages/users", message)
        try await app.perform("GET", "/messages?conversation=ann:bob")
        #expect(try await rows(app, "&route=messages.read").isEmpty)
        let administrator = try await server.administratorToken(of: organization)
        let found = try await app.ask("GET", "/messages?conversation=ann:bob", token: administrator)
        #expect(found.status == 200 && found.text.contains("hello"))
        let row = try await newest(app, "&route=messages.read")
        #expect(row["caller"] == .string("admin:\(organization.administrator)"))
        #expect(row["target"] == "ann:bob" && row["count"] == 1)
        _ = try await app.ask("GET", "/messages?q=hel", token: administrator)
        #expect(try await newest(app, "&route=messages.read")["target"] == "q=hel")
        try await server.stop()
    }

    @Test func `Rows outlive a kill, each with its change`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        for number in 0..<20 { try await app.register("u\(number)") }
        try await server.kill9()
        try await server.startAgain()
        let names = try await app.userNames()
        let targets = try await rows(app, "&route=registerUsers").compactMap { $0["target"]?.string }
        #expect(Set(names) == Set(targets) && names.count == 20)
        try await server.stop()
    }

    @Test func `Pages of the audit go on where the last one ended`() async throws {
        let app = try await TestServer.shared().makeApp()
        for number in 0..<5 { try await app.register("u\(number)") }
        var found: [String] = []
        var cursor = ""
        repeat {
            let page = try await app.perform("GET", "/audit?limit=2&cursor=\(cursor)").json()
            found += page["data"]?.array?.compactMap { $0["target"]?.string } ?? []
            cursor = page["cursor"]?.string ?? ""
        } while !cursor.isEmpty
        #expect(found == ["u4", "u3", "u2", "u1", "u0"])
    }
}
