// The console's routes: an organisation's administrator looks after its applications, and only those.

import TestKit
import Testing

@Suite struct ConsoleTests {
    @Test func `an administrator sees the own organisation's applications and no others`() async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        let (one, two) = (
            try await server.makeApp(organization: organization.name),
            try await server.makeApp(organization: organization.name)
        )
        let stranger = try await server.makeApp()
        let client = try server.client()
        let token = try await server.administratorToken(of: organization)
        let list = try await client.get(
            "/management/organizations/\(organization.name)/applications",
            token: token
        )
        #expect(
            Set(try list.json()["data"]?.members?.compactMap(\.value.string) ?? [])
                == [one.credentials.application, two.credentials.application]
        )
        for name in [stranger.credentials.organization, "nobody"] {
            let reply = try await client.get("/management/organizations/\(name)/applications", token: token)
            #expect(reply.status == 401)
        }
    }

    @Test func `an administrator's token works in the own organisation's applications alone`() async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let stranger = try await server.makeApp()
        let token = try await server.administratorToken(of: organization)
        #expect(
            try await app.ask("POST", "/users", ["username": "user1", "password": "1"], token: token).status
                == 200
        )
        #expect(try await app.ask("GET", "/users", token: token).status == 200)
        #expect(try await stranger.ask("GET", "/users", token: token).status == 401)
    }

    @Test func `an administrator opens and closes registration`() async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let token = try await server.administratorToken(of: organization)
        for (number, value) in ([true, false, "true", 0] as [TestJSON]).enumerated() {
            let set = try await app.ask("PUT", "", ["allow_open_registration": value], token: token)
            #expect(set.status == 200)
            let isOpen = value == true || value == "true"
            #expect(set.entity?["allow_open_registration"] == .bool(isOpen))
            let body: TestJSON = ["username": .string("user\(number)"), "password": "123"]
            #expect(try await app.askAsNobody("POST", "/users", body).status == (isOpen ? 200 : 401))
        }
    }

    @Test func `a credential made over HTTP shows its secret once, and works beside the first`() async throws
    {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let token = try await server.administratorToken(of: organization)
        let made = try await app.ask("POST", "/credentials", token: token).json()
        let id = try #require(made["credentials"]?["client_id"]?.string)
        let secret = try #require(made["credentials"]?["client_secret"]?.string)
        let list = try await app.ask("GET", "/credentials", token: token)
        #expect(try list.json()["client_ids"] == [.string(app.credentials.clientID), .string(id)])
        #expect(!list.text.contains(secret))
        #expect(try list.json()["credentials"]?["client_secret"] == .string(app.credentials.clientSecret))
        let issued = try await app.askAsNobody(
            "POST",
            "/token",
            ["grant_type": "client_credentials", "client_id": .string(id), "client_secret": .string(secret)]
        )
        #expect(issued.status == 200)
        _ = try await app.token()
    }

    @Test func `once the first credential is revoked, no secret can be shown again`() async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let token = try await server.administratorToken(of: organization)
        let made = try await app.ask("POST", "/credentials", token: token).json()
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        _ = try await server.command("app", "revoke", name, app.credentials.clientID, "--json")
        let list = try await app.server.client().get("\(app.prefix)/credentials", token: token).json()
        #expect(list["credentials"]?["client_id"] == made["credentials"]?["client_id"])
        #expect(list["credentials"]?["client_secret"] == nil)
        #expect(list["hint"]?.string?.contains("parley app rotate \(name)") == true)
    }

    @Test func `an application with an illegal or taken name isn't made`() async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let token = try await server.administratorToken(of: organization)
        let path = "/management/organizations/\(organization.name)/applications"
        let client = try server.client()
        for (name, status) in [
            ("", 400), ("A b", 400), ("a/b", 400), (String(repeating: "a", count: 33), 400),
            (app.credentials.applicationName, 400),
        ] {
            let request = HTTPRequest("POST", path, json: ["name": .string(name)]).authorized(token)
            #expect(try await client.send(request).status == status, "\(name)")
        }
        let nameless = HTTPRequest("POST", path, json: ["name": nil, "productName": "x"]).authorized(token)
        #expect(try await client.send(nameless).status == 400)
        let list = try await client.get(path, token: token).json()
        #expect(list["_total"] == 1)
    }

    @Test(arguments: ["wrong", "", "x"])
    func `a wrong password of an administrator gets no token`(password: String) async throws {
        let server = try await TestServer.shared()
        let organization = try await server.makeOrganization()
        for name in [organization.administrator, "nobody"] {
            let reply = try await server.client().post(
                "/management/token",
                ["grant_type": "password", "username": .string(name), "password": .string(password)]
            )
            #expect(reply.status == 400)
            #expect(reply.complaint == "invalid username or password")
        }
    }
}
