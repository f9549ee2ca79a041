// What a member's role doesn't allow is refused in every dialect, and what it allows is done in every one.

import TestKit
import Testing

@Suite struct AuthorityTests {
    private func answer(_ attempt: AuthorityAttempt, in scene: AuthorityScene) async throws -> (
        isDone: Bool, isRefused: Bool, text: String
    ) {
        let body = try await attempt.body(scene)
        switch attempt.way {
        case .rpc(let method):
            let reply = try await scene.rpc(method, by: "actor", body)
            let code = try reply.json()["code"]
            return (reply.status == 200, reply.status == 403 && code == "permission_denied", reply.text)
        case .openIM(let generation, let path, let refusal):
            let reply = try await scene.openIM(generation, path, by: "actor", body)
            let code = try reply.json()["errCode"]
            return (reply.status == 200 && code == 0, code == .integer(refusal), reply.text)
        case .frame:
            let frame = try await scene.frame("x", by: "actor")
            return (frame["code"] == 0, frame["code"] == 18 && frame["status_code"] == 9, "\(frame)")
        }
    }

    @Test func `what a role doesn't allow no dialect allows, and what it allows every dialect does`()
        async throws
    {
        let world = try await AuthorityWorld.make()
        // Encryption is the clients' business.
        #expect(Set(AuthorityAttempt.attempts.map(\.permission)) == Set(1...13))
        for attempt in AuthorityAttempt.attempts {
            let lacking = AuthorityAttempt.all.filter { $0 != attempt.permission }
            let refused = try await answer(attempt, in: try await world.scene(lacking))
            #expect(refused.isRefused && !refused.isDone, "\(attempt): \(refused.text)")
            let having = [attempt.permission] + attempt.more.filter { $0 != attempt.permission }
            let done = try await answer(attempt, in: try await world.scene(having))
            #expect(done.isDone, "\(attempt): \(done.text)")
        }
    }

    @Test func `on the platform's routes no role helps a user, and the application needs none`()
        async throws
    {
        let world = try await AuthorityWorld.make()
        let acts: [(String, String, TestJSON?)] = [
            ("PUT", "", ["groupname": "n"]), ("POST", "/announcement", ["announcement": "a"]),
            ("POST", "/mute", ["usernames": ["mem"], "mute_duration": 9000]),
            ("DELETE", "/mute/mem", nil),
            ("POST", "/admin", ["newadmin": "mem"]), ("DELETE", "/admin/mem", nil),
            ("POST", "/blocks/users/mem", nil), ("DELETE", "/blocks/users/mem", nil),
            ("POST", "/users/out", nil), ("DELETE", "/users/out", nil), ("DELETE", "", nil),
        ]
        let scene = try await world.scene(AuthorityAttempt.all)
        for name in ["actor", "ann"] {
            for (method, path, body) in acts {
                let target = "\(world.app.prefix)/chatgroups/\(scene.group)\(path)"
                let request =
                    body.map { HTTPRequest(method, target, json: $0) } ?? HTTPRequest(method, target)
                let reply = try await world.app.server.client().send(
                    request.authorized(try #require(world.tokens[name]))
                )
                #expect(reply.status == 401, "\(name) \(method) \(path): \(reply.text)")
            }
        }
        for (method, path, body) in acts {
            try await world.app.perform(method, "/chatgroups/\(scene.group)\(path)", body)
        }
    }

    @Test func `the application speaks for a member whose role is silent`() async throws {
        let world = try await AuthorityWorld.make()
        let scene = try await world.scene([2])
        let sent = try await world.app.perform(
            "POST",
            "/messages",
            [
                "target_type": "chatgroups", "target": [.string(scene.group)], "from": "actor",
                "msg": ["type": "txt", "msg": "x"],
            ]
        ).json()
        #expect(sent["data"] == .object([.init(scene.group, "success")]))
    }
}
