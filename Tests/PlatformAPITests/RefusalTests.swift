// Requests that are well-formed and still can't be granted: what is answered, and that nothing changes.

import TestKit
import Testing

/// A request by the application that must be refused.
private struct Refusal {
    let method: String
    let path: String
    let body: TestJSON?
    let status: Int
    /// The words that the reply's text must have.
    let complaint: String

    init(_ method: String, _ path: String, _ body: TestJSON? = nil, _ status: Int, _ complaint: String) {
        self.method = method
        self.path = path
        self.body = body
        self.status = status
        self.complaint = complaint
    }
}

private let tooLong = "must have at most"

private func text(_ count: Int, _ unit: String = "a") -> TestJSON {
    .string(String(repeating: unit, count: count))
}

private func user(_ name: TestJSON, password: TestJSON = "123", nickname: TestJSON? = nil) -> TestJSON {
    let body: TestJSON = ["username": name, "password": password]
    return nickname.map { body.setting("nickname", $0) } ?? body
}

private func template(_ name: TestJSON) -> TestJSON {
    ["name": name, "title_pattern": "", "content_pattern": ""]
}

private let illegalNames: [String] = [
    "", " ", ".", "..", "a b", "a#b", "a@b.c", "a/b", "a\\b", "a\tb", "a\nb", "a'b", "a\"b", "a;b", "a%b",
    "a+b", "a*b",
    "(a)",
    "你好", "é", "ａ", "a\u{301}", "\u{202E}a", "🙂", "550e8400-e29b-41d4-a716-446655440000",
    "550E8400-E29B-41D4-A716-446655440000", String(repeating: "a", count: 65),
    "Robert'); DROP TABLE users;--",
]

private let registrations: [Refusal] =
    illegalNames.map { Refusal("POST", "/users", user(.string($0)), 400, "username [\($0)] is not legal") }
    + illegalNames.map { Refusal("POST", "/users", [user("fine"), user(.string($0))], 400, "is not legal") }
    + [
        Refusal("POST", "/users", user("alice"), 400, "value of alice exists"),
        Refusal("POST", "/users", user("ALICE"), 400, "value of ALICE exists"),
        Refusal("POST", "/users", [user("alice")], 400, "value of alice exists"),
        Refusal("POST", "/users", user("carol", password: ""), 400, "password or pin must provided"),
        Refusal("POST", "/users", user("carol", password: text(65)), 400, tooLong),
        Refusal("POST", "/users", user("carol", password: text(65, "é")), 400, tooLong),
        Refusal("POST", "/users", user("carol", password: "a\u{0}b"), 400, "not legal"),
        Refusal("POST", "/users", user("carol", nickname: text(101)), 400, tooLong),
        Refusal("POST", "/users", user("carol", nickname: text(101, "你")), 400, tooLong),
        Refusal("POST", "/users", user("carol", nickname: "a\u{0}b"), 400, "not legal"),
        Refusal("POST", "/users", [], 400, "empty"),
        Refusal("POST", "/users", [user("carol"), user("carol")], 400, "twice"),
        Refusal("POST", "/users", [user("carol"), user("dave"), user("CAROL")], 400, "twice"),
        Refusal("POST", "/users", .array((0..<61).map { user("u\($0)") }), 400, "60"),
    ]

private let changes: [Refusal] = [
    Refusal("POST", "/notification/template", template("."), 400, "name [.] is not legal"),
    Refusal("POST", "/notification/template", template(".."), 400, "name [..] is not legal"),
    Refusal("PUT", "/users/alice", [:], 400, "required"),
    Refusal("PUT", "/users/alice", ["nickname": text(101)], 400, tooLong),
    Refusal("PUT", "/users/alice", ["nickname": text(101, "🙂")], 400, tooLong),
    Refusal("PUT", "/users/alice", ["notification_display_style": 2], 400, "between 0 and 1"),
    Refusal("PUT", "/users/alice", ["notification_display_style": "x"], 400, "whole number"),
    Refusal("PUT", "/users/alice", ["notification_no_disturbing": "yes"], 400, "true or false"),
    Refusal("PUT", "/users/alice", ["notification_no_disturbing_start": "25"], 400, "between 0 and 24"),
    Refusal("PUT", "/users/alice", ["notification_no_disturbing_end": -1], 400, "between 0 and 24"),
    Refusal("PUT", "/users/nobody", ["nickname": "x"], 400, "Entity user requires a property named username"),
    Refusal("PUT", "/users/alice/password", ["newpassword": ""], 400, "newpassword is required"),
    Refusal("PUT", "/users/alice/password", ["newpassword": text(65)], 400, tooLong),
    Refusal("PUT", "/users/alice/password", ["newpassword": "a\u{0}"], 400, "not legal"),
    Refusal("PUT", "/users/nobody/password", ["newpassword": "x"], 404, "User null not found"),
    Refusal("DELETE", "/users", nil, 400, "limit is required"),
    Refusal("DELETE", "/users?limit=0", nil, 400, "limit must be between 1 and 500"),
    Refusal("DELETE", "/users?limit=501", nil, 400, "limit must be between 1 and 500"),
    Refusal("DELETE", "/users?limit=1000000", nil, 400, "limit must be between 1 and 500"),
    Refusal("DELETE", "/users?limit=1&cursor=xyz", nil, 400, "cursor"),
    Refusal("DELETE", "/users/nobody", nil, 404, "Service resource not found"),
    Refusal("POST", "/users/nobody/deactivate", nil, 400, "User with id null does not exist in app"),
    Refusal("POST", "/users/nobody/activate", nil, 404, "Service resource not found"),
    Refusal("GET", "/users/nobody/disconnect", nil, 404, "Service resource not found"),
]

private let relations: [Refusal] = [
    Refusal("POST", "/users/alice/contacts/users/alice", nil, 400, "must not be the user itself"),
    Refusal("POST", "/users/alice/contacts/users/ALICE", nil, 400, "must not be the user itself"),
    Refusal("POST", "/users/alice/contacts/users/nobody", nil, 404, "not found"),
    Refusal("POST", "/users/nobody/contacts/users/alice", nil, 404, "not found"),
    Refusal("DELETE", "/users/alice/contacts/users/nobody", nil, 404, "not found"),
    Refusal("POST", "/users/alice/blocks/users", ["usernames": []], 400, "empty"),
    Refusal(
        "POST",
        "/users/alice/blocks/users",
        ["usernames": ["carol", "nobody"]],
        400,
        "attempt to adding new block[nobody] for user[alice],but user[nobody] not found."
    ),
    Refusal("DELETE", "/users/alice/blocks/users/nobody", nil, 404, "not found"),
    Refusal(
        "POST",
        "/users/alice/contacts/import",
        ["usernames": .array((0..<11).map { .string("u\($0)") })],
        400,
        tooLong
    ),
    Refusal("PUT", "/user/alice/contacts/users/carol", ["remark": "x"], 404, "not found"),
    Refusal("PUT", "/user/alice/contacts/users/bob", ["remark": text(101)], 400, tooLong),
    Refusal("POST", "/mutes", ["username": "nobody", "chat": 1], 404, "not found"),
    Refusal("POST", "/mutes", ["username": "alice"], 400, "required"),
    Refusal("POST", "/mutes", ["username": "alice", "chat": -2], 400, "between"),
    Refusal(
        "POST",
        "/users/batch/status",
        ["usernames": .array((0..<101).map { .string("u\($0)") })],
        400,
        "100"
    ),
    Refusal(
        "POST",
        "/metadata/user/get",
        ["targets": .array((0..<101).map { .string("u\($0)") }), "properties": ["a"]],
        403,
        "exceed allowed batch size 100"
    ),
]

private let tokens: [Refusal] =
    [
        Refusal("POST", "/token", [:], 400, "grant_type"),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "x", "username": "alice", "password": "123"],
            400,
            "grant_type [x]"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "client_credentials", "client_secret": "x"],
            400,
            "client_id"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "client_credentials", "client_id": "x"],
            400,
            "client_secret"
        ),
        Refusal("POST", "/token", ["grant_type": "password", "username": "alice"], 400, "password"),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "client_credentials", "client_id": "", "client_secret": ""],
            400,
            "client_id does not match"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "nobody", "password": "123"],
            400,
            "invalid"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "alice", "password": "124"],
            400,
            "invalid"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "alice", "password": ""],
            400,
            "invalid"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "", "password": "123"],
            400,
            "invalid"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "alice", "password": text(512)],
            400,
            "invalid"
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "alice", "password": text(513)],
            400,
            tooLong
        ),
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "alice", "password": "123\u{0}"],
            400,
            "not legal"
        ),
    ]
    + ([-1, "-1", "abc", 1.5, true, 315_360_001, "315360001"] as [TestJSON]).map { life in
        Refusal(
            "POST",
            "/token",
            ["grant_type": "password", "username": "alice", "password": "123", "ttl": life],
            400,
            "ttl"
        )
    }

@Suite struct RefusalTests {
    private static func expect(_ refusals: [Refusal]) async throws {
        let world = try await WalkWorld.make()
        try await world.app.register("carol")
        let before = try await world.storedBytes()
        for refusal in refusals {
            let reply = try await world.app.ask(refusal.method, refusal.path, refusal.body)
            let what = "\(refusal.method) \(refusal.path) \((refusal.body?.description ?? "").prefix(200))"
            #expect(reply.status == refusal.status, "\(what): \(reply.text)")
            #expect((reply.complaint ?? "").contains(refusal.complaint), "\(what): \(reply.text)")
            #expect(try await world.storedBytes() == before, "\(what) changed something")
        }
    }

    @Test func `a registration that can't be is refused whole, and nobody is registered`() async throws {
        try await Self.expect(registrations)
    }

    @Test func `a change that can't be is refused, and nothing changes`() async throws {
        try await Self.expect(changes)
    }

    @Test func `a relation that can't be is refused, and nothing changes`() async throws {
        try await Self.expect(relations)
    }

    @Test func `wrong credentials get no token, and nothing changes`() async throws {
        try await Self.expect(tokens)
    }
}
