// Mutes of everybody that end by themselves, as each dialect sees them.

import TestKit
import Testing

@Suite struct MuteTests {
    /// The words of the three dialects: the platform's `mute`, OpenIM's `status`, and whether bob may speak.
    private func views(_ world: SharedSession) async throws -> [TestJSON?] {
        let platform = try await world.app.perform("GET", "/chatgroups/\(world.session)").json()
        let info = try await world.app.server.client().post(
            "\(world.app.prefix)/openim/group/get_groups_info",
            ["groupIDs": [.string(world.session)]],
            headers: ["operationID": "1", "token": try await world.app.managerToken()]
        ).json()
        let said = try await world.call("SendMsg", by: "bob", ["markdownText": "x"])
        return [
            platform["data"]?[0]?["mute"], info["data"]?["groupInfos"]?[0]?["status"],
            said.status == 200 ? "sent" : try said.json()["message"],
        ]
    }

    @Test func `a mute of everybody is seen by every dialect while it lasts, and ends by itself`()
        async throws
    {
        let world = try await SharedSession.make()
        let long = try await world.call("MuteUser", by: "ann", ["duration": "3600s"])
        #expect(long.status == 200, "\(long.text)")
        #expect(try await views(world) == [true, 3, "User Muted"])
        // The last one counts.
        let short = try await world.call("MuteUser", by: "ann", ["duration": "0.001s"])
        #expect(short.status == 200, "\(short.text)")
        let deadline = Deadline()
        while try await world.call("SendMsg", by: "bob", ["markdownText": "x"]).status != 200 {
            guard !deadline.hasPassed else { throw DeadlinePassed(description: "the end of a mute") }
        }
        #expect(try await views(world) == [false, 0, "sent"])
        let lifted = try await world.call("UnmuteUser", by: "ann")
        #expect(try lifted.json()["message"] == "User Not Be Muted")
    }

    @Test func `the platform's mute of everybody has no end, and lifts one that has`() async throws {
        let world = try await SharedSession.make()
        _ = try await world.call("MuteUser", by: "ann", ["duration": "0.001s"])
        try await world.app.perform("POST", "/chatgroups/\(world.session)/ban")
        #expect(try await views(world) == [true, 3, "User Muted"])
        _ = try await world.call("MuteUser", by: "ann", ["duration": "3600s"])
        try await world.app.perform("DELETE", "/chatgroups/\(world.session)/ban")
        #expect(try await views(world) == [false, 0, "sent"])
    }
}
