// A clock that is set by years, forwards and back, before the start and while the server runs.

import Foundation
import TestKit
import Testing

@Suite struct ClockTests {
    private static let decade: Int64 = 315_360_000

    private func send(_ app: TestApp, _ token: String, _ text: String) async throws -> String {
        let reply = try await app.call(
            "POST",
            "/messages/users",
            ["from": "a", "to": ["a"], "type": "txt", "body": ["msg": .string(text)]],
            token: token
        )
        return try #require(try reply.json()["data"]?["a"]?.string, "\(reply.text)")
    }

    private func timestamps(_ app: TestApp, _ token: String, _ query: String = "") async throws -> [Int64] {
        let reply = try await app.call("GET", "/messages?order=asc\(query)", token: token)
        return (try reply.json()["data"]?.array ?? []).compactMap { $0["timestamp"]?.integer }
    }

    @Test func `messages have the clock's time, also after it was ten years ahead, and the log says so once`()
        async throws
    {
        let shim = try ClockShim()
        let server = try await TestServer.start(environment: shim.environment)
        let app = try await server.makeApp()
        var token = try await app.freshToken()
        try await app.register("a")
        _ = try await send(app, token, "before")
        try shim.set(seconds: Self.decade)
        token = try await app.freshToken()
        _ = try await send(app, token, "astray")
        try shim.set(seconds: 0)
        token = try await app.freshToken()
        let last = [try await send(app, token, "after"), try await send(app, token, "and after")]
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let all = try await timestamps(app, token)
        #expect(all.count == 4)
        #expect(all.enumerated().allSatisfy { index, time in abs(time - now) < 600_000 || index == 1 })
        #expect(all[1] - now > Self.decade * 1000 - 600_000)
        let found = try await timestamps(app, token, "&after=\(now - 600000)&before=\(now + 600000)")
        #expect(found == [all[0], all[2], all[3]])
        #expect(Int64(last[0]) ?? 0 < Int64(last[1]) ?? 0)

        let metrics = try await server.client().get("/metrics").text
        let gauge = metrics.split(separator: "\n").first { $0.hasPrefix("parley_ids_ahead_seconds ") }
        #expect(gauge.flatMap { Int64($0.split(separator: " ")[1]) } ?? 0 > Self.decade - 600)
        try await server.stop()
        #expect(server.logEntries().count { $0["event"]?.string == "ids ahead of the clock" } == 1)
        try await server.startAgain()
        try await server.stop()
        #expect(server.logEntries().count { $0["event"]?.string == "ids ahead of the clock" } == 2)
    }

    @Test
    func `a clock that was set back by an hour neither makes a full disk ready nor ends the use of tokens`()
        async throws
    {
        let shim = try ClockShim()
        let server = try await TestServer.start(environment: shim.environment)
        let app = try await server.makeApp()
        let client = try server.client()
        #expect(try await client.get("/readyz").status == 200)
        try shim.set(seconds: -3600)
        try await server.limitFileSize(to: "0")
        var status = 200
        let deadline = Deadline()
        while status == 200, !deadline.hasPassed { status = try await client.get("/readyz").status }
        #expect(status == 503)
        try await server.limitFileSize(to: "unlimited")
        status = 503
        while status != 200, !deadline.hasPassed { status = try await client.get("/readyz").status }
        #expect(status == 200)
        _ = try await app.freshToken()
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test(arguments: [-1_000_000_000, 315_360_000] as [Int64])
    func `a server starts, works and stops whatever year its clock says`(seconds: Int64) async throws {
        let shim = try ClockShim()
        try shim.set(seconds: seconds)
        let server = try await TestServer.start(environment: shim.environment)
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        try await app.register("a")
        #expect(Int64(try await send(app, token, "m")) ?? 0 >= 1)
        #expect(try await timestamps(app, token).count == 1)
        try shim.set(seconds: 0)
        #expect(try await server.stop() == .exited(code: 0))
        try await server.startAgain()
        #expect(try await server.client().get("/readyz").status == 200)
    }
}
