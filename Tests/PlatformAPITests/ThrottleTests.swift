// Failed token calls are slowed down for who fails, and for nobody else.

import TestKit
import Testing

@Suite struct ThrottleTests {
    /// Runs a sequence inside one window of the throttle, which turns with the clock's minute: on a server of its own
    /// each time, since what failed in a window that the sequence didn't fit into would count in the next.
    private static func withinOneMinute(
        _ flags: [String],
        _ sequence: (TestServer) async throws -> [Int]
    ) async throws -> [Int] {
        try await Minute.whole { try await sequence(TestServer.start(flags: flags)) }
    }

    private static func status(
        _ app: TestApp,
        secret: String? = nil,
        from address: String? = nil
    ) async throws -> Int {
        var request = HTTPRequest(
            "POST",
            "\(app.prefix)/token",
            json: [
                "grant_type": "client_credentials", "client_id": .string(app.credentials.clientID),
                "client_secret": .string(secret ?? app.credentials.clientSecret),
            ]
        )
        if let address { request.headers.add("X-Forwarded-For", address) }
        let reply = try await app.server.client().send(request)
        if reply.status == 429 {
            let seconds = reply.headers["Retry-After"].flatMap { Int($0) }
            #expect(seconds.map { (1...60).contains($0) } == true)
            #expect(try reply.json().keys == ["error_description", "error"])
        }
        return reply.status
    }

    @Test func `an account is closed to an address that failed on it, and open for everything else`()
        async throws
    {
        let statuses = try await Self.withinOneMinute(["--token-failures", "6"]) { server in
            let (app, other) = (try await server.makeApp(), try await server.makeApp())
            let token = try await app.token()
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await Self.status(app, secret: "wrong")) }
            statuses.append(try await Self.status(app))
            statuses.append(try await Self.status(other))
            statuses.append(try await app.ask("GET", "/users", token: token).status)
            return statuses
        }
        #expect(statuses == [400, 400, 400, 429, 429, 200, 200])
    }

    @Test func `an address that fails on many accounts gets no more tokens for a while`() async throws {
        let statuses = try await Self.withinOneMinute(["--token-failures", "4"]) { server in
            let app = try await server.makeApp()
            var statuses: [Int] = []
            for name in ["a", "b", "c", "d"] {
                statuses.append(try await app.logIn(name, "wrong").status)
            }
            statuses.append(try await Self.status(app))
            return statuses
        }
        #expect(statuses == [400, 400, 400, 400, 429])
    }

    @Test func `log-ins that succeed are never slowed`() async throws {
        let server = try await TestServer.start(flags: ["--token-failures", "2"])
        let app = try await server.makeApp()
        for _ in 0..<20 { #expect(try await Self.status(app) == 200) }
    }

    @Test func `a forwarded address counts only where the proxy is trusted`() async throws {
        for (flags, expected) in [
            ([], [400, 429, 429]), (["--trust-proxy", "10.0.0.0/8,127.0.0.1"], [400, 400, 200]),
            (["--trust-proxy", "10.0.0.0/8"], [400, 429, 429]),
        ] {
            let statuses = try await Self.withinOneMinute(["--token-failures", "2"] + flags) { server in
                let app = try await server.makeApp()
                return [
                    try await Self.status(app, secret: "wrong", from: "192.0.2.1"),
                    try await Self.status(app, secret: "wrong", from: "192.0.2.2"),
                    try await Self.status(app, from: "192.0.2.3"),
                ]
            }
            #expect(statuses == expected, "\(flags)")
        }
    }
}
