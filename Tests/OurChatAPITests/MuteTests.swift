// Mutes of everybody that end by themselves, as each dialect sees them.

import TestKit
import Testing

@Suite struct MuteTests {
    /// Two users in a session of ann's, and their tokens.
    private struct World {
        let app: TestApp
        let session: String
        let tokens: [String: String]

        static func make() async throws -> World {
            let app = try await TestServer.shared().makeApp()
            var tokens: [String: String] = [:]
            for name in ["ann", "bob"] {
                try await app.register(name)
                tokens[name] = try await app.userToken(name, password: "123")
            }
            let client = try app.server.client()
            let made = try await client.post(app.path(ofMethod: "NewSession"), [:], token: tokens["ann"])
            let session = try #require(try made.json()["sessionId"]?.string)
            try await app.perform("POST", "/chatgroups/\(session)/users/bob")
            return World(app: app, session: session, tokens: tokens)
        }

        func call(_ method: String, by name: String, _ more: [String: TestJSON] = [:]) async throws
            -> HTTPReply
        {
            var body = [TestJSON.Member("sessionId", .string(session))]
            body += more.map { TestJSON.Member($0.key, $0.value) }
            return try await app.server.client().post(
                app.path(ofMethod: method),
                .object(body),
                token: tokens[name]
            )
        }

        /// What the three dialects say: the platform's `mute`, OpenIM's `status`, and whether bob may speak.
        func views() async throws -> [TestJSON?] {
            let platform = try await app.perform("GET", "/chatgroups/\(session)").json()
            let info = try await app.server.client().post(
                "\(app.prefix)/openim/group/get_groups_info",
                ["groupIDs": [.string(session)]],
                headers: ["operationID": "1", "token": try await app.managerToken()]
            ).json()
            let said = try await call("SendMsg", by: "bob", ["markdownText": "x"])
            return [
                platform["data"]?[0]?["mute"], info["data"]?["groupInfos"]?[0]?["status"],
                said.status == 200 ? "sent" : try said.json()["message"],
            ]
        }
    }

    @Test func `a mute of everybody is seen by every dialect while it lasts, and ends by itself`()
        async throws
    {
        let world = try await World.make()
        let long = try await world.call("MuteUser", by: "ann", ["duration": "3600s"])
        #expect(long.status == 200, "\(long.text)")
        #expect(try await world.views() == [true, 3, "User Muted"])
        // The last one counts.
        let short = try await world.call("MuteUser", by: "ann", ["duration": "0.001s"])
        #expect(short.status == 200, "\(short.text)")
        let deadline = Deadline()
        while try await world.call("SendMsg", by: "bob", ["markdownText": "x"]).status != 200 {
            guard !deadline.hasPassed else { throw DeadlinePassed(description: "the end of a mute") }
        }
        #expect(try await world.views() == [false, 0, "sent"])
        let lifted = try await world.call("UnmuteUser", by: "ann")
        #expect(try lifted.json()["message"] == "User Not Be Muted")
    }

    @Test func `the platform's mute of everybody has no end, and lifts one that has`() async throws {
        let world = try await World.make()
        _ = try await world.call("MuteUser", by: "ann", ["duration": "0.001s"])
        try await world.app.perform("POST", "/chatgroups/\(world.session)/ban")
        #expect(try await world.views() == [true, 3, "User Muted"])
        _ = try await world.call("MuteUser", by: "ann", ["duration": "3600s"])
        try await world.app.perform("DELETE", "/chatgroups/\(world.session)/ban")
        #expect(try await world.views() == [false, 0, "sent"])
    }
}
