// Names that only the application gives to users: its managers', and the one by which its backend sends.

import TestKit
import Testing

@Suite struct ReservedNameTests {
    private static let names = ["openIM123456", "openIM654321", "openIMAdmin", "imAdmin", "admin"]
    private static let spellings = names.flatMap { [$0, $0.lowercased(), $0.uppercased()] }

    private static func isThere(_ name: String, _ app: TestApp) async throws -> Bool {
        try await app.ask("GET", "/users/\(name)").status == 200
    }

    @Test(arguments: spellings)
    func `a stranger gets no reserved name where registration is open`(name: String) async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let user: TestJSON = ["username": .string(name), "password": "123"]
        for body in [user, [user], [["username": "bob", "password": "123"], user]] as [TestJSON] {
            let reply = try await app.askAsNobody("POST", "/users", body)
            #expect(reply.status == 400, "\(reply.text)")
        }
        #expect(try await !Self.isThere(name, app))
        #expect(try await !Self.isThere("bob", app))
        let grant: TestJSON = [
            "grant_type": "inherit", "username": .string(name), "autoCreateUser": true,
        ]
        #expect(try await app.askAsNobody("POST", "/token", grant).status == 401)
        #expect(try await !Self.isThere(name, app))
    }

    @Test(arguments: spellings)
    func `a person gets no reserved name for its own`(name: String) async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        try await app.register("ann")
        let request = HTTPRequest(
            "POST",
            "\(app.prefix)/service.ourchat.v1.OurChatService/SetSelfInfo",
            json: ["ocid": .string(name)]
        )
        let reply = try await app.server.client().send(
            request.authorized(try await app.userToken("ann", password: "123"))
        )
        #expect(reply.status == 409 || reply.text.contains("Conflict"), "\(reply.status) \(reply.text)")
        #expect(try reply.json() == ["code": "already_exists", "message": "Conflict"])
        #expect(try await !Self.isThere(name, app))
    }

    @Test(arguments: names)
    func `the application gives them`(name: String) async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let reply = try await app.ask("POST", "/users", ["username": .string(name), "password": "123"])
        #expect(reply.status == 200, "\(reply.text)")
    }

    @Test func `what the backend sends without a name comes to nobody's device`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["admin", "ann"] { try await app.register(name) }
        try await app.perform(
            "POST",
            "/messages/users",
            ["to": ["ann"], "type": "txt", "body": ["msg": "hi"], "sync_device": true]
        )
        let waiting = try await app.perform("GET", "/users/admin/offline_msg_count").json()
        #expect(waiting["data"] == ["admin": 0])
    }
}
