// Clients of an application: what a scope opens, what it doesn't, and that nobody gives away what isn't its own.

import Domain
import HTTP
import Routing
import TestKit
import Testing

@Suite struct ClientTests {
    /// A client as the reply that made it shows it.
    struct Made {
        let id: String
        let secret: String
    }

    private func make(
        _ app: TestApp,
        _ scopes: [String],
        by token: String? = nil,
        _ more: (String, TestJSON)...
    ) async throws -> Made {
        var body: TestJSON = ["name": "service", "scopes": .array(scopes.map { .string($0) })]
        for (name, value) in more { body = body.setting(name, value) }
        let data = try await app.ask("POST", "/clients", body, token: token).json()["data"]
        return Made(
            id: try #require(data?["client_id"]?.string),
            secret: try #require(data?["client_secret"]?.string)
        )
    }

    private func logIn(_ app: TestApp, _ client: Made, scope: String? = nil) async throws -> HTTPReply {
        var body: TestJSON = [
            "grant_type": "client_credentials", "client_id": .string(client.id),
            "client_secret": .string(client.secret),
        ]
        if let scope { body = body.setting("scope", .string(scope)) }
        return try await app.askAsNobody("POST", "/token", body)
    }

    private func token(_ app: TestApp, _ client: Made, scope: String? = nil) async throws -> String {
        try #require(try await logIn(app, client, scope: scope).json()["access_token"]?.string)
    }

    private func token(_ app: TestApp, _ scopes: String...) async throws -> String {
        try await token(app, try await make(app, scopes))
    }

    // MARK: Refusals

    @Test(
        arguments: [
            ([:], "name"), (["name": "a"], "scopes"), (["name": "a", "scopes": []], "scopes"),
            (["name": "a", "scopes": ["users:eat"]], "scopes[0]"),
            (["name": "", "scopes": ["audit"]], "name"),
            (["name": "a\nb", "scopes": ["audit"]], "name"), (["name": "a", "scopes": "audit"], "scopes"),
            (["name": "a", "scopes": ["audit"], "expires_at": 1], "expires_at"),
            (["name": "a", "scopes": ["audit"], "expires_at": "soon"], "expires_at"),
        ] as [(TestJSON, String)]
    )
    func `A client that can't be is refused with the field, and none is made`(body: TestJSON, field: String)
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let reply = try await app.ask("POST", "/clients", body)
        #expect(reply.status == 400 && reply.complaint?.contains(field) == true, "\(reply.text)")
        #expect(try await app.perform("GET", "/clients").json()["data"]?.array?.count == 1)
    }

    @Test func `A scope that isn't the caller's can't be given away, changed or taken over`() async throws {
        let app = try await TestServer.shared().makeApp()
        let token = try await token(app, "clients", "users:read")
        let strong = try await make(app, ["messages:send", "users:read"])
        let attempts: [(String, String, TestJSON?)] = [
            ("POST", "/clients", ["name": "x", "scopes": ["users:write"]]),
            ("POST", "/clients", ["name": "x", "scopes": ["*"]]),
            ("PUT", "/clients/\(strong.id)", ["name": "mine"]),
            ("POST", "/clients/\(strong.id)/secret", [:]),
            ("DELETE", "/clients/\(strong.id)", nil),
            ("PUT", "/clients/\(app.credentials.clientID)", ["scopes": ["users:read"]]),
        ]
        for (method, path, body) in attempts {
            let reply = try await app.ask(method, path, body, token: token)
            #expect(reply.status == 403, "\(method) \(path): \(reply.text)")
            let field = reply.headers["WWW-Authenticate"] ?? ""
            #expect(field.hasPrefix("Bearer error=\"insufficient_scope\", scope=\""), "\(field)")
        }
        #expect(try await logIn(app, strong).status == 200)
    }

    @Test func `A client without the scope for clients can't give it to itself`() async throws {
        let app = try await TestServer.shared().makeApp()
        let client = try await make(app, ["clients", "users:read"])
        let token = try await token(app, client)
        let less: TestJSON = ["scopes": ["users:read"]]
        #expect(try await app.ask("PUT", "/clients/\(client.id)", less, token: token).status == 200)
        let more: TestJSON = ["scopes": ["clients", "users:read"]]
        #expect(try await app.ask("PUT", "/clients/\(client.id)", more, token: token).status == 403)
        let renewed = try await self.token(app, client)
        #expect(try await app.ask("PUT", "/clients/\(client.id)", more, token: renewed).status == 403)
    }

    @Test func `What a client makes doesn't outlive it`() async throws {
        let app = try await TestServer.shared().makeApp()
        let end: TestJSON = 4_102_444_800_000
        let client = try await make(app, ["clients", "audit"], ("expires_at", end))
        let token = try await token(app, client)
        let body: TestJSON = ["name": "x", "scopes": ["audit"]]
        let made = try await app.ask("POST", "/clients", body, token: token).json()["data"]
        #expect(made?["expires_at"] == end)
        for later in [4_102_444_800_001, .null] as [TestJSON] {
            let reply = try await app.ask("POST", "/clients", body.setting("expires_at", later), token: token)
            #expect(reply.status == 400, "\(reply.text)")
        }
    }

    @Test func `A token has at most its client's scopes, and a wrong one is invalid_scope`() async throws {
        let app = try await TestServer.shared().makeApp()
        let client = try await make(app, ["users:read", "groups:read"])
        for scope in ["users:write", "users:read users:write", "*", "users", " "] {
            let reply = try await logIn(app, client, scope: scope)
            #expect(reply.status == 400, "\(scope): \(reply.text)")
            #expect(try reply.json()["error"] == "invalid_scope")
        }
        let whole = try await logIn(app, client).json()
        #expect(whole["scope"] == "users:read groups:read")
        let part = try await logIn(app, client, scope: "groups:read").json()
        #expect(part["scope"] == "groups:read")
        let token = part["access_token"]?.string
        #expect(try await app.ask("GET", "/chatgroups", token: token).status == 200)
        #expect(try await app.ask("GET", "/users", token: token).status == 403)
    }

    // MARK: Routes

    @Test func `Every route with an application's authority declares its scope`() {
        for route in EveryRoute.all + EveryRoute.openIM + EveryRoute.methods + EveryRoute.ourChat
        where route.requirement.knowsApplications {
            #expect(route.scope != nil, "\(route.name)")
        }
    }

    @Test func `Every route lets in its scope alone, and says which it is that lacks`() async throws {
        let world = try await WalkWorld.make()
        let client = try world.server.client()
        var tokens: [Scope: String] = [:]
        for scope in Scope.allCases { tokens[scope] = try await token(world.app, scope.rawValue) }
        let others = try await token(world.app, "audit")
        for route in EveryRoute.all + EveryRoute.openIM {
            guard route.requirement.knowsApplications, route.requirement != .anybody, let scope = route.scope
            else { continue }
            let request = route.request(world.names)
            let wrong = scope == .audit ? tokens[.settings] : others
            let refused = try await client.send(request.authorized(try #require(wrong)))
            #expect(refused.status == 403, "\(route.name): \(refused.status) \(refused.text)")
            #expect(
                refused.headers["WWW-Authenticate"]
                    == "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\"",
                "\(route.name)"
            )
            // What deletes would leave nothing for the routes behind it.
            guard route.method == .get else { continue }
            let served = try await client.send(request.authorized(try #require(tokens[scope])))
            #expect(served.status != 403 && served.status != 401, "\(route.name): \(served.text)")
        }
    }

    @Test func `Registering and vouching for users need users:write; open registration needs no token`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let reader = try await token(app, "users:read")
        let writer = try await token(app, "users:write")
        let user: TestJSON = ["username": "bob", "password": "123"]
        let inherit: TestJSON = ["grant_type": "inherit", "username": "ann"]
        #expect(try await app.ask("POST", "/users", user, token: reader).status == 403)
        #expect(try await app.ask("POST", "/token", inherit, token: reader).status == 403)
        #expect(try await app.ask("POST", "/users", user, token: writer).status == 200)
        #expect(try await app.ask("POST", "/token", inherit, token: writer).status == 200)
        try await app.set("--open-registration", "on")
        let own: TestJSON = ["username": "carl", "password": "123"]
        #expect(try await app.askAsNobody("POST", "/users", own).status == 200)
    }

    @Test func `A narrow client's secret opens no session of a manager`() async throws {
        let app = try await TestServer.shared().makeApp()
        _ = try await app.managerToken()
        let client = try await make(app, ["users:write"])
        let bySecret: TestJSON = [
            "secret": .string(client.secret), "platform": 1, "uid": .string(TestApp.manager),
        ]
        #expect(try await app.askAsNobody("POST", "/openim/auth/user_token", bySecret).status == 403)
        let body: TestJSON = ["userID": .string(TestApp.manager), "platformID": 1, "operationID": "1"]
        var request = HTTPRequest("POST", app.prefix + "/openim/auth/get_user_token", json: body)
        request.headers.add("operationID", "1")
        let token = try await token(app, client)
        #expect(try await app.server.client().send(request.authorized(token)).status == 403)
    }

    // MARK: Life

    @Test func `A client is listed without its secret, with the hour of its last use`() async throws {
        let app = try await TestServer.shared().makeApp()
        let client = try await make(app, ["users:read"])
        let token = try await token(app, client)
        #expect(try await app.ask("GET", "/users", token: token).status == 200)
        try await app.register("ann")
        let list = try await app.perform("GET", "/clients").json()["data"]?.array ?? []
        #expect(list.count == 2)
        #expect(list[0]["scopes"] == ["*"] && list[0]["name"] == "default")
        #expect(list[1]["client_id"]?.string == client.id && list[1]["name"] == "service")
        #expect(list.allSatisfy { $0["client_secret"] == nil })
        let hour = try #require(list[1]["last_used"]?.integer)
        #expect(hour % 3_600_000 == 0)
    }

    @Test func `The secret of before is good for the overlap, and not at all without one`() async throws {
        let app = try await TestServer.shared().makeApp()
        let first = try await make(app, ["users:read"])
        let data = try await app.perform("POST", "/clients/\(first.id)/secret", [:]).json()["data"]
        let second = Made(id: first.id, secret: try #require(data?["client_secret"]?.string))
        #expect(data?["former_secret_expires"] != nil)
        #expect(try await logIn(app, first).status == 200)
        #expect(try await logIn(app, second).status == 200)
        let path = "/clients/\(first.id)/secret"
        let last = try await app.perform("POST", path, ["overlap_seconds": 0]).json()["data"]
        #expect(last?["former_secret_expires"] == nil)
        #expect(try await logIn(app, second).status == 400)
        #expect(try await logIn(app, first).status == 400)
        for wrong in [-1, 2_592_001] as [TestJSON] {
            #expect(try await app.ask("POST", path, ["overlap_seconds": wrong]).status == 400)
        }
    }

    @Test func `A scope outlives a restart, a narrower client narrows its tokens, and with it they end`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let client = try await make(app, ["users:read", "groups:read"])
        let token = try await token(app, client, scope: "users:read")
        try await server.stop()
        try await server.startAgain()
        #expect(try await app.ask("GET", "/users", token: token).status == 200)
        #expect(try await app.ask("GET", "/chatgroups", token: token).status == 403)
        try await app.perform("PUT", "/clients/\(client.id)", ["scopes": ["groups:read"]])
        #expect(try await app.ask("GET", "/users", token: token).status == 403)
        try await app.perform("DELETE", "/clients/\(client.id)")
        #expect(try await app.ask("GET", "/users", token: token).status == 401)
        #expect(try await logIn(app, client).status == 400)
        try await server.stop()
    }

    @Test func `An administrator's token can be narrowed, too`() async throws {
        let server = try await TestServer.start()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let body: TestJSON = [
            "username": .string(organization.administrator), "password": .string(organization.password),
            "scope": "users:read",
        ]
        let reply = try await server.client().post("/management/token", body).json()
        #expect(reply["scope"] == "users:read")
        let token = reply["access_token"]?.string
        #expect(try await app.ask("GET", "/users", token: token).status == 200)
        #expect(try await app.ask("GET", "/credentials", token: token).status == 403)
        try await server.stop()
    }

    @Test func `The command line makes, lists, renews and ends a client`() async throws {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        let made = try await server.command(
            "client",
            "create",
            name,
            "--name",
            "mailer",
            "--scopes",
            "users:read,messages:send",
            "--json"
        ).json()
        let client = Made(
            id: try #require(made["client_id"]?.string),
            secret: try #require(made["client_secret"]?.string)
        )
        #expect(try await logIn(app, client).json()["scope"] == "users:read messages:send")
        let list = try await server.command("client", "list", name)
        #expect(list.output.contains("mailer") && !list.output.contains(client.secret))
        let new = try await server.command("client", "rotate", name, client.id, "--overlap", "0", "--json")
            .json()
        #expect(try await logIn(app, client).status == 400)
        let renewed = Made(id: client.id, secret: try #require(new["client_secret"]?.string))
        #expect(try await logIn(app, renewed).status == 200)
        #expect(try await server.command("client", "delete", name, client.id).succeeded)
        #expect(try await logIn(app, renewed).status == 400)
    }
}
