// The administration routes of the real executable, through its socket.

import TestKit
import Testing

struct AdministrationTests {
    /// Sends a request to the socket of the shared server.
    private func send(_ method: String, _ path: String, _ body: TestJSON? = nil) async throws -> HTTPReply {
        let client = try await TestServer.shared().administrationClient()
        return try await client.send(
            body.map { HTTPRequest(method, path, json: $0) } ?? HTTPRequest(method, path)
        )
    }

    private func freshApplication(_ settings: TestJSON = [:]) async throws -> (
        path: String, created: TestJSON
    ) {
        let server = try await TestServer.shared()
        let (organization, application) = (server.freshName("org"), server.freshName("app"))
        let reply = try await send(
            "POST",
            "/admin/applications",
            [
                "organization": .string(organization), "application_name": .string(application),
                "settings": settings,
            ]
        )
        #expect(reply.status == 200)
        return ("/admin/applications/\(organization)/\(application)", try reply.json())
    }

    // MARK: Applications

    @Test
    func `Creating an application answers with exactly five members, the secret among them`() async throws {
        let (_, created) = try await freshApplication()
        #expect(
            created.keys == ["organization", "application_name", "application", "client_id", "client_secret"]
        )
        #expect(created["client_secret"]?.string?.isEmpty == false)
    }

    @Test
    func `No later answer has the secret in it`() async throws {
        let (path, created) = try await freshApplication()
        let secret = try #require(created["client_secret"]?.string)
        let id = try #require(created["client_id"]?.string)
        for later in [path, "/admin/applications"] {
            let reply = try await send("GET", later)
            #expect(reply.status == 200)
            #expect(reply.text.contains(id))
            #expect(!reply.text.contains(secret))
        }
    }

    @Test
    func `A name that is taken is a conflict, and changes nothing`() async throws {
        let (path, created) = try await freshApplication(["max_contacts": 5])
        let again = try await send(
            "POST",
            "/admin/applications",
            [
                "organization": created["organization"] ?? nil,
                "application_name": created["application_name"] ?? nil,
            ]
        )
        #expect(again.status == 409)
        let shown = try await send("GET", path).json()
        #expect(shown["settings"]?["max_contacts"] == 5)
        #expect(shown["credentials"]?.array?.count == 1)
    }

    @Test(
        arguments: [
            ("Upper", "app"), ("org", "white space"), ("admin", "app"), ("", "app"), ("org", ""),
            ("organisation-with-a-name-of-33-bytes", "app"),
        ]
    )
    func `An illegal name is refused`(organization: String, application: String) async throws {
        let reply = try await send(
            "POST",
            "/admin/applications",
            ["organization": .string(organization), "application_name": .string(application)]
        )
        #expect(reply.status == 400)
        #expect(try reply.json()["error"]?["code"] == "invalid")
    }

    @Test
    func `Settings that aren't named stay as they are`() async throws {
        let (path, _) = try await freshApplication(["max_contacts": 7, "open_registration": true])
        let before = try await send("GET", path).json()["settings"]?.members ?? []
        let changed = try await send("PUT", path, ["max_blocks": 9])
        #expect(changed.status == 200)
        let settings = try changed.json()["settings"]
        #expect(settings?.members?.map(\.name) == before.map(\.name))
        for member in before {
            #expect(
                settings?[member.name] == (member.name == "max_blocks" ? 9 : member.value),
                "\(member.name)"
            )
        }
        #expect(settings?["open_registration"] == true)
        #expect(settings?["max_contacts"] == 7)
        #expect(try await send("GET", path).json() == (try changed.json()))
    }

    @Test(
        arguments: [
            ["max_contacts": 0], ["max_contacts": 100_001], ["max_names": 1001], ["max_contact": 5], [:], [],
            ["open_registration": "perhaps"], ["max_blocks": 1.5], ["max_blocks": nil],
        ] as [TestJSON]
    )
    func `A setting that can't be is refused, and changes nothing`(_ settings: TestJSON) async throws {
        let (path, _) = try await freshApplication()
        let before = try await send("GET", path).text
        let refused = try await send("PUT", path, settings)
        #expect(refused.status == 400)
        #expect(try await send("GET", path).text == before)
    }

    @Test
    func `A deleted application is gone, and its name is free`() async throws {
        let (path, created) = try await freshApplication()
        #expect(try await send("DELETE", path).status == 200)
        #expect(try await send("GET", path).status == 404)
        #expect(try await send("DELETE", path).status == 404)
        let again = try await send(
            "POST",
            "/admin/applications",
            [
                "organization": created["organization"] ?? nil,
                "application_name": created["application_name"] ?? nil,
            ]
        )
        #expect(again.status == 200)
        #expect(try again.json()["application"] != created["application"])
    }

    // MARK: Credentials

    @Test
    func `Revoking a credential ends its tokens and no other's`() async throws {
        let app = try await TestServer.shared().makeApp()
        let old = try await app.token()
        let path = "/admin/applications\(app.prefix)/credentials"
        let second = try AppCredentials(try await send("POST", path).json())
        let other = try await TestApp(server: app.server, credentials: second).token()

        let revoked = try await send("DELETE", path + "/" + app.credentials.clientID)
        #expect(revoked.status == 200)
        #expect(try revoked.json()["credentials"]?.array?.count == 1)
        let client = try app.server.client()
        #expect(try await client.get(app.prefix + "/users", token: old).status == 401)
        #expect(try await client.get(app.prefix + "/users", token: other).status == 200)
        #expect(try await send("DELETE", path + "/" + app.credentials.clientID).status == 404)
    }

    // MARK: Organisations

    @Test
    func `A new password ends the old one and its tokens`() async throws {
        let server = try await TestServer.shared()
        let (organization, name) = (server.freshName("org"), server.freshName("admin"))
        let made = try await send(
            "POST",
            "/admin/organizations",
            [
                "organization": .string(organization), "administrator": .string(name),
                "password": "first-password",
            ]
        )
        #expect(made.status == 200)
        #expect(try made.json() == ["organization": .string(organization), "administrator": .string(name)])
        func login(_ password: TestJSON) async throws -> HTTPReply {
            try await server.client().post(
                "/management/token",
                ["grant_type": "password", "username": .string(name), "password": password]
            )
        }
        let token = try #require(try await login("first-password").json()["access_token"]?.string)
        let lookup = "/management/organizations/\(organization)/applications"
        #expect(try await server.client().get(lookup, token: token).status == 200)

        let path = "/admin/organizations/\(organization)/administrators/\(name)"
        #expect(try await send("PUT", path, ["password": "second-password"]).status == 200)
        #expect(try await server.client().get(lookup, token: token).status == 401)
        #expect(try await login("first-password").status == 400)
        #expect(try await login("second-password").status == 200)
    }

    @Test
    func `An administrator's name is taken once, whatever the organisation`() async throws {
        let server = try await TestServer.shared()
        let name = TestJSON.string(server.freshName("admin"))
        for (organization, status) in [(server.freshName("org"), 200), (server.freshName("org"), 409)] {
            let reply = try await send(
                "POST",
                "/admin/organizations",
                ["organization": .string(organization), "administrator": name, "password": "long-enough"]
            )
            #expect(reply.status == status)
        }
    }

    @Test
    func `A password that is too short is refused and not repeated`() async throws {
        let reply = try await send(
            "POST",
            "/admin/organizations",
            ["organization": "org", "administrator": "someone", "password": "sh0rt"]
        )
        #expect(reply.status == 400)
        #expect(!reply.text.contains("sh0rt"))
    }

    // MARK: Maintenance

    @Test
    func `A sound database is called sound`() async throws {
        let reply = try await send("POST", "/admin/check")
        #expect(try reply.json() == ["sound": true, "problems": [], "orphans": 0, "outbox": ["pending": 0]])
    }

    @Test
    func `A backup needs an absolute path and never replaces a file`() async throws {
        let folder = try TemporaryFolder()
        let path = TestJSON.string(folder.path + "/copy.db")
        #expect(try await send("POST", "/admin/backup", ["path": "copy.db"]).status == 400)
        #expect(try await send("POST", "/admin/backup", ["path": path]).status == 200)
        #expect(try await send("POST", "/admin/backup", ["path": path]).status == 400)
    }

    @Test func `A signing key that signs no more is retired, and the one that signs is not`() async throws {
        let server = try await TestServer.start()
        let client = server.administrationClient()
        let first = try await client.get("/admin/keys").json()["keys"]?[0]?["id"]?.integer ?? -1
        #expect(try await client.send(HTTPRequest("DELETE", "/admin/keys/\(first)")).status == 400)
        #expect(try await client.send(HTTPRequest("POST", "/admin/keys/rotate")).status == 200)
        let reply = try await client.send(HTTPRequest("DELETE", "/admin/keys/\(first)"))
        #expect(reply.status == 200)
        let left = try reply.json()["keys"]?.array ?? []
        #expect(left.count == 1 && left[0]["id"]?.integer != first)
        try await server.stop()
    }

    @Test
    func `Tokens of before a key rotation stay good`() async throws {
        let app = try await TestServer.shared().makeApp()
        let token = try await app.token()
        let rotated = try await send("POST", "/admin/keys/rotate").json()
        #expect((rotated["keys"]?.integer ?? 0) >= 2)
        let client = try app.server.client()
        #expect(try await client.get(app.prefix + "/users", token: token).status == 200)
    }

    // MARK: The caller

    @Test(
        arguments: [
            ("GET", "/admin/applications"), ("POST", "/admin/applications"), ("GET", "/admin/organizations"),
            ("POST", "/admin/backup"), ("POST", "/admin/check"), ("POST", "/admin/keys/rotate"),
        ]
    )
    func `Over TCP an administration route is not there, token or not`(
        method: String,
        path: String
    ) async throws {
        let app = try await TestServer.shared().makeApp()
        let client = try app.server.client()
        // 405 is what any two-segment path answers to a method that applications don't have.
        for request in [
            HTTPRequest(method, path), HTTPRequest(method, path).authorized(try await app.token()),
        ] {
            let reply = try await client.send(request)
            #expect([404, 405].contains(reply.status))
            #expect(reply.headers["Allow"] ?? "PUT, OPTIONS" == "PUT, OPTIONS")
        }
    }

    // MARK: Probes

    @Test(
        arguments: [
            ("/healthz", "text/plain; charset=utf-8", "ok\n"),
            ("/readyz", "text/plain; charset=utf-8", "ready\n"),
            ("/metrics", "text/plain; version=0.0.4; charset=utf-8", nil),
            ("/openapi.yaml", "application/yaml", nil),
            ("/openapi.yaml?dialect=openim", "application/yaml", nil),
            ("/openapi.json", "application/json", nil),
            ("/openapi.json?dialect=operations", "application/json", nil),
        ]
    )
    func `A probe answers anybody`(path: String, type: String, text: String?) async throws {
        let reply = try await TestServer.shared().client().get(path)
        #expect(reply.status == 200)
        #expect(reply.headers["Content-Type"] == type)
        #expect(text == nil || reply.text == text)
        #expect(!reply.body.isEmpty)
    }

    @Test(arguments: ["/openapi.yaml", "/openapi.json"])
    func `the document has no dialect but those that are served`(path: String) async throws {
        for query in ["?dialect=xmpp", "?dialect=platform&dialect=openim", "?dialect=Platform"] {
            let reply = try await TestServer.shared().client().get(path + query)
            #expect(reply.status == 400, "\(query)")
        }
    }

    @Test func `the document names its own server, and the operator's routes in their part only`()
        async throws
    {
        let client = try await TestServer.shared().client()
        let whole = try await client.get("/openapi.json").text
        #expect(whole.contains(#""servers":[{"url":"/""#))
        #expect(
            !whole.contains("/admin/backup") && whole.contains("/openim/msg/send_msg")
                && whole.contains("/gateway")
        )
        let operations = try await client.get("/openapi.json?dialect=operations").text
        #expect(operations.contains("/admin/backup") && !operations.contains("/openim/msg/send_msg"))
    }
}
