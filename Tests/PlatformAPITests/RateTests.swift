// Rates: what an application and one of its clients may ask a second, and how a client hears of it.

import TestKit
import Testing

@Suite struct RateTests {
    private func limit(_ app: TestApp, _ rates: TestJSON) async throws {
        try await app.perform("PUT", "/settings", ["rates": rates])
    }

    @Test(
        arguments: [
            ["messages": ["requests": 0]], ["messages": ["requests": -1]],
            ["messages": ["requests": 2_147_483_648, "burst": 0]],
            ["messages": ["burst": 5]], ["messages": 7], ["messages": ["requests": 1_000_000_001]],
        ] as [TestJSON]
    )
    func `A rate that can't be is refused, and none is set`(rates: TestJSON) async throws {
        let app = try await TestServer.shared().makeApp()
        #expect(try await app.ask("PUT", "/settings", ["rates": rates]).status == 400)
        #expect(try await app.perform("GET", "/users").headers["RateLimit"] == nil)
    }

    @Test func `Calls beyond a rate are refused with the time to wait, and only those of its group`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        // So slow that no call's time fills it up.
        try await limit(app, ["messages": ["requests": 1, "burst": 3]])
        let message: TestJSON = ["from": "ann", "to": ["bob"], "type": "txt", "body": ["msg": "x"]]
        var replies: [HTTPReply] = []
        for _ in 0..<40 { replies.append(try await app.ask("POST", "/messages/users", message)) }
        #expect(replies[0].status == 200)
        #expect(replies[0].headers["RateLimit-Policy"] == "\"messages\";q=3;w=3")
        #expect(replies[0].headers["RateLimit"] == "\"messages\";r=2;t=1")
        let refused = try #require(replies.first { $0.status != 200 })
        #expect(refused.status == 429)
        #expect(try refused.json()["error"] == "reach_limit")
        #expect(refused.headers["Retry-After"] == "1")
        #expect(refused.headers["RateLimit"]?.hasPrefix("\"messages\";r=0;") == true)
        let other = try await app.ask("GET", "/users")
        #expect(other.status == 200 && other.headers["RateLimit"] == nil)
        try await limit(app, ["messages": .null])
        let free = try await app.ask("POST", "/messages/users", message)
        #expect(free.status == 200 && free.headers["RateLimit"] == nil)
    }

    @Test func `Calls in the words of OpenIM count, too`() async throws {
        let app = try await TestServer.shared().makeApp()
        _ = try await app.managerToken()
        try await limit(app, ["users": ["requests": 1, "burst": 1]])
        let manager = try await app.managerToken()
        var statuses: [Int] = []
        for _ in 0..<20 {
            var request = HTTPRequest(
                "POST",
                app.prefix + "/openim/user/get_users",
                json: ["pagination": ["pageNumber": 1, "showNumber": 1]]
            )
            request.headers.add("operationID", "1")
            statuses.append(try await app.server.client().send(request.authorized(manager)).status)
        }
        #expect(statuses.contains(429))
    }

    @Test func `A client's own rate bounds it alone`() async throws {
        let app = try await TestServer.shared().makeApp()
        let rates: TestJSON = ["users": ["requests": 1, "burst": 2]]
        let body: TestJSON = ["name": "slow", "scopes": ["users:read"], "rates": rates]
        let made = try await app.perform("POST", "/clients", body).json()["data"]
        #expect(made?["rates"] == rates)
        let login: TestJSON = [
            "grant_type": "client_credentials", "client_id": try #require(made?["client_id"]),
            "client_secret": try #require(made?["client_secret"]),
        ]
        let token = try await app.askAsNobody("POST", "/token", login).json()["access_token"]?.string
        var replies: [HTTPReply] = []
        for _ in 0..<20 { replies.append(try await app.ask("GET", "/users", token: token)) }
        #expect(replies[0].headers["RateLimit"]?.hasPrefix("\"users-client\";r=1;") == true)
        #expect(replies.contains { $0.status == 429 })
        #expect(try await app.ask("GET", "/users").status == 200)
        let id = try #require(made?["client_id"]?.string)
        try await app.perform("PUT", "/clients/\(id)", ["rates": ["users": .null]])
        #expect(try await app.ask("GET", "/users", token: token).headers["RateLimit"] == nil)
    }

    @Test func `Settings are listed with their bounds, changed, and bounded`() async throws {
        let app = try await TestServer.shared().makeApp()
        let wrong: [TestJSON] = [
            [:], ["max_contacts": 0], ["max_contact": 1], ["open_registration": "maybe"],
            ["managers": ["a", "a"]],
            ["suspended": true, "max_contacts": 0],
        ]
        for body in wrong { #expect(try await app.ask("PUT", "/settings", body).status == 400, "\(body)") }
        #expect(try await app.ask("PUT", "/settings", ["suspended": true]).status == 403)
        try await app.perform("PUT", "/settings", ["max_contacts": 7, "open_registration": true])
        let list = try await app.perform("GET", "/settings").json()["data"]?.array ?? []
        let contacts = try #require(list.first { $0["name"] == "max_contacts" })
        #expect(contacts["value"] == 7 && contacts["default"] == 1000)
        #expect(contacts["minimum"] == 1 && contacts["maximum"] == 100_000)
        #expect(list.first { $0["name"] == "open_registration" }?["value"] == true)
        for name in ["suspended", "managers", "rates"] {
            #expect(list.contains { $0["name"] == .string(name) }, "\(name)")
        }
        #expect(list.allSatisfy { $0["description"]?.string?.isEmpty == false })
    }
}
