// A session with a member whose role is a permission, or all but one, for tests of what every dialect makes of it.

import TestKit
import Testing

/// Users, their tokens and numbers, in one application.
struct AuthorityWorld: Sendable {
    let app: TestApp
    let tokens: [String: String]
    /// Those that OpenIM's first generation opened, which tell it where no name in a request does.
    let sessions: [String: String]
    let numbers: [String: String]

    static func make() async throws -> AuthorityWorld {
        let app = try await TestServer.shared().makeApp()
        var (tokens, sessions, numbers): ([String: String], [String: String], [String: String])
        (tokens, sessions, numbers) = ([:], [:], [:])
        for name in ["ann", "actor", "mem", "out"] {
            try await app.register(name)
            tokens[name] = try await app.userToken(name, password: "123")
            sessions[name] = try await app.sessionToken(name)
            let path = app.path(ofMethod: "GetId", in: "service.basic.v1.BasicService")
            let found = try await app.server.client().post(path, ["ocid": .string(name)]).json()
            numbers[name] = try #require(found["id"]?.string)
        }
        return AuthorityWorld(app: app, tokens: tokens, sessions: sessions, numbers: numbers)
    }

    /// Makes a group of `ann` with `mem`, and with `actor` by a role of its own.
    func scene(_ permissions: [Int64]) async throws -> AuthorityScene {
        let made = try await app.perform(
            "POST",
            "/chatgroups",
            [
                "groupname": "g", "desc": "d", "public": false, "owner": "ann", "members_only": true,
                "members": ["actor", "mem"],
            ]
        ).json()
        let scene = AuthorityScene(world: self, group: try #require(made["data"]?["groupid"]?.string))
        try await scene.give(permissions, to: "actor")
        return scene
    }
}

/// One group, and what is asked about it.
struct AuthorityScene: Sendable {
    let world: AuthorityWorld
    let group: String

    var app: TestApp { world.app }
    func number(_ name: String) throws -> TestJSON { .string(try #require(world.numbers[name])) }

    /// Calls a method about the session.
    func rpc(_ method: String, by name: String, _ more: TestJSON = [:]) async throws -> HTTPReply {
        let body = more.setting("sessionId", .string(group))
        return try await app.server.client().post(
            app.path(ofMethod: method),
            body,
            token: world.tokens[name]
        )
    }

    /// The same, where nothing may go wrong.
    @discardableResult
    func prepare(_ method: String, by name: String = "ann", _ more: TestJSON = [:]) async throws
        -> TestJSON
    {
        let reply = try await rpc(method, by: name, more)
        try #require(reply.status == 200, "\(method): \(reply.text)")
        return try reply.json()
    }

    /// Makes a role of these permissions and gives it.
    func give(_ permissions: [Int64], to name: String) async throws {
        let role = try await prepare(
            "AddRole",
            ["name": "own", "permissions": .array(permissions.map { .integer($0) })]
        )
        try await prepare(
            "SetRole",
            ["roleId": try #require(role["roleId"]), "memberId": try number(name)]
        )
    }

    /// Calls an OpenIM route about the group in the manner of a generation.
    func openIM(_ generation: Int, _ path: String, by name: String, _ body: TestJSON) async throws
        -> HTTPReply
    {
        var request = HTTPRequest(
            "POST",
            "\(app.prefix)/openim\(path)",
            json: generation == 3 ? body : body.setting("operationID", "1")
        )
        if generation == 3 { request.headers.add("operationID", "1") }
        let tokens = generation == 1 ? world.sessions : world.tokens
        return try await app.server.client().send(
            request.authorized(try #require(tokens[name]))
        )
    }

    /// Says something by frame, and returns the first frame that answers it.
    func frame(_ text: String, by name: String) async throws -> TestJSON {
        let (app, token, group) = (app, world.tokens[name], group)
        return try await onOwnThread {
            var socket = try app.socket(token: token)
            let frame: TestJSON = [
                "code": 0, "sender": ["session_id": .string(group)],
                "msg": [["type": 0, "text": .string(text)]],
            ]
            try socket.send(frame)
            while true {
                let answer = try socket.message()
                // Messages of other sessions may wait, with the same text.
                let isEcho = answer["sender"]?["session_id"]?.string == group && answer["msg"] == frame["msg"]
                if answer["code"] == 18 || isEcho { return answer }
            }
        }
    }

    /// A message of `mem`'s in the group: its number.
    func said() async throws -> TestJSON {
        let sent = try await prepare("SendMsg", by: "mem", ["markdownText": "said"])
        return try #require(sent["msgId"])
    }
}
