// A refused log-in has cost the same password work, whatever it was refused for.

import TestKit
import Testing

@Suite struct LoginWorkTests {
    /// Hashes computed since the start.
    private static func hashes(_ server: TestServer) async throws -> Int {
        let page = try await server.client().get("/metrics").text
        let line = page.split(separator: "\n").first { $0.hasPrefix("parley_password_hashes_total ") }
        return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
    }

    @Test func `a log-in costs one hash, for an unknown, a deactivated and a known account`() async throws {
        // Of its own: nobody else may log in meanwhile.
        let server = try await TestServer.start()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        try await app.register("ann", password: "right")
        try await app.register("bob", password: "right")
        try await app.perform("POST", "/users/bob/deactivate")
        let attempts: [(path: String, name: String, password: String, status: Int)] = [
            (app.prefix + "/token", "ann", "right", 200), (app.prefix + "/token", "ann", "wrong", 400),
            (app.prefix + "/token", "nobody", "right", 400), (app.prefix + "/token", "no name", "right", 400),
            (app.prefix + "/token", "bob", "right", 400),
            ("/management/token", organization.administrator, "wrong", 400),
            ("/management/token", "nobody", "wrong", 400),
        ]
        for attempt in attempts {
            let before = try await Self.hashes(server)
            let reply = try await server.client().post(
                attempt.path,
                [
                    "grant_type": "password", "username": .string(attempt.name),
                    "password": .string(attempt.password),
                ]
            )
            #expect(reply.status == attempt.status, "\(attempt) \(reply.text)")
            #expect(try await Self.hashes(server) == before + 1, "\(attempt)")
        }
        #expect(try await server.stop() == .exited(code: 0))
    }
}
