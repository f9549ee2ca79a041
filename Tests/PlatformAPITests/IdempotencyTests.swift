// Requests with a key: run once, answered again for a day, whatever dialect and however the first one ended.

import Foundation
import TestKit
import Testing

@Suite struct IdempotencyTests {
    private func send(
        _ app: TestApp,
        _ method: String,
        _ path: String,
        _ body: TestJSON? = nil,
        key: String,
        token: String? = nil
    ) async throws -> HTTPReply {
        let target = app.prefix + path
        var request = body.map { HTTPRequest(method, target, json: $0) } ?? HTTPRequest(method, target)
        request.headers.add("Idempotency-Key", key)
        let own = try await app.token()
        return try await app.server.client().send(request.authorized(token ?? own))
    }

    private func isReplayed(_ reply: HTTPReply) -> Bool { reply.headers["Idempotent-Replayed"] == "true" }

    private let message: TestJSON = [
        "target_type": "users", "target": ["bob"], "msg": ["type": "txt", "msg": "hello"], "from": "ann",
    ]

    private func makeApp() async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        return app
    }

    private func messages(_ app: TestApp) async throws -> Int {
        try await app.perform("GET", "/messages?conversation=ann:bob").json()["data"]?.array?.count ?? 0
    }

    // MARK: Refusals

    @Test(arguments: ["", String(repeating: "k", count: 256), String(repeating: "k", count: 10_240), "ü"])
    func `A key that can't be is refused, and nothing is run`(key: String) async throws {
        let app = try await makeApp()
        let reply = try await send(app, "POST", "/messages", message, key: key)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(try await messages(app) == 0)
    }

    @Test func `Two keys are refused`() async throws {
        let app = try await makeApp()
        var request = HTTPRequest("POST", app.prefix + "/messages", json: message)
        request.headers.add("Idempotency-Key", "a")
        request.headers.add("Idempotency-Key", "b")
        let reply = try await app.server.client().send(request.authorized(try await app.token()))
        #expect(reply.status == 400)
    }

    @Test func `Another body, path or method under a key is refused, and nothing is run`() async throws {
        let app = try await makeApp()
        let user: TestJSON = ["username": "carl", "password": "123"]
        #expect(try await send(app, "POST", "/users", user, key: "k").status == 200)
        let other: TestJSON = ["username": "dora", "password": "123"]
        for (method, path, body) in [
            ("POST", "/users", other), ("POST", "/users?x=1", user), ("PUT", "/users/carl", ["nickname": "C"]),
            ("DELETE", "/users/carl", nil),
        ] as [(String, String, TestJSON?)] {
            let reply = try await send(app, method, path, body, key: "k")
            #expect(reply.status == 422, "\(method) \(path): \(reply.text)")
        }
        #expect(try await app.userNames() == ["ann", "bob", "carl"])
    }

    // MARK: Repetitions

    @Test func `A repetition answers the stored status and body, and changes nothing`() async throws {
        let app = try await makeApp()
        let first = try await send(app, "POST", "/messages", message, key: "m1")
        #expect(first.status == 200 && !isReplayed(first))
        let second = try await send(app, "POST", "/messages", message, key: "m1")
        #expect(second.status == 200 && isReplayed(second))
        #expect(second.text == first.text)
        #expect(second.headers["Content-Type"] == first.headers["Content-Type"])
        #expect(try await messages(app) == 1)
        #expect(try await send(app, "POST", "/messages", message, key: "m2").status == 200)
        #expect(try await messages(app) == 2)
        let rows = try await app.perform("GET", "/audit?route=sendMessages").json()["data"]?.array
        #expect(rows?.count == 2)
    }

    @Test func `What the request is to blame for is stored; 409 and 401 aren't`() async throws {
        let app = try await makeApp()
        #expect(try await send(app, "DELETE", "/users/carl", key: "d").status == 404)
        try await app.register("carl")
        let again = try await send(app, "DELETE", "/users/carl", key: "d")
        #expect(again.status == 404 && isReplayed(again))
        #expect(try await app.userNames().contains("carl"))
        let group: TestJSON = [
            "groupname": "g", "desc": "", "public": true, "owner": "ann", "groupid": "4711",
        ]
        try await app.perform("POST", "/chatgroups", group)
        let conflict = try await send(app, "POST", "/chatgroups", group, key: "g")
        if conflict.status == 409 {
            try await app.perform("DELETE", "/chatgroups/4711")
            #expect(try await send(app, "POST", "/chatgroups", group, key: "g").status == 200)
        }
    }

    @Test func `A key is its caller's, in its application`() async throws {
        let app = try await makeApp()
        let made = try await app.perform("POST", "/clients", ["name": "other", "scopes": ["*"]]).json()["data"]
        let body: TestJSON = [
            "grant_type": "client_credentials", "client_id": try #require(made?["client_id"]),
            "client_secret": try #require(made?["client_secret"]),
        ]
        let other = try await app.askAsNobody("POST", "/token", body).json()["access_token"]?.string
        #expect(try await send(app, "POST", "/messages", message, key: "k").status == 200)
        let reply = try await send(app, "POST", "/messages", message, key: "k", token: other)
        #expect(reply.status == 200 && !isReplayed(reply))
        let foreign = try await makeApp()
        #expect(!isReplayed(try await send(foreign, "POST", "/messages", message, key: "k")))
        #expect(try await messages(app) == 2)
    }

    @Test func `Of many at once one is run; the others repeat it or are told that it runs`() async throws {
        let app = try await makeApp()
        _ = try await app.token()
        let replies = try await withThrowingTaskGroup(of: HTTPReply.self) { group in
            for _ in 0..<8 {
                group.addTask { try await send(app, "POST", "/messages", message, key: "once") }
            }
            return try await group.reduce(into: [HTTPReply]()) { $0.append($1) }
        }
        #expect(replies.allSatisfy { $0.status == 200 || $0.status == 409 })
        #expect(replies.count { $0.status == 200 && !isReplayed($0) } == 1)
        #expect(try await messages(app) == 1)
        #expect(isReplayed(try await send(app, "POST", "/messages", message, key: "once")))
    }

    @Test func `Reads that are sent as POST, files and other dialects take a key, too`() async throws {
        let app = try await makeApp()
        let names: TestJSON = ["usernames": ["ann"]]
        #expect(try await send(app, "POST", "/users/batch/status", names, key: "r").status == 200)
        #expect(isReplayed(try await send(app, "POST", "/users/batch/status", names, key: "r")))
        var upload = HTTPRequest.upload(app.prefix + "/chatfiles").authorized(try await app.token())
        upload.headers.add("Idempotency-Key", "f")
        let (first, second) = (
            try await app.server.client().send(upload), try await app.server.client().send(upload)
        )
        #expect(first.status == 200 && second.text == first.text && isReplayed(second))
        let friends: TestJSON = ["ownerUserID": "ann", "friendUserIDs": ["bob"], "operationID": "1"]
        var request = HTTPRequest("POST", app.prefix + "/openim/friend/import_friend", json: friends)
        request.headers.add("operationID", "1")
        request.headers.add("Idempotency-Key", "o")
        let manager = try await app.managerToken()
        let once = try await app.server.client().send(request.authorized(manager))
        let twice = try await app.server.client().send(request.authorized(manager))
        #expect(once.text == twice.text && isReplayed(twice) && !isReplayed(once))
    }

    @Test func `A reply beyond 64 KiB is repeated as its status and a note`() async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.set("--max-registrations", "1000")
        let users = (0..<400).map { number -> TestJSON in
            ["username": .string("user\(number)"), "password": "123", "nickname": .string(String(repeating: "n", count: 100))]
        }
        let first = try await send(app, "POST", "/users", .array(users), key: "many")
        guard first.status == 200 else { return }
        #expect(first.text.utf8.count > 65_536)
        let second = try await send(app, "POST", "/users", .array(users), key: "many")
        #expect(second.status == 200 && isReplayed(second))
        #expect(try second.json()["note"] != nil)
    }

    @Test func `A secret is repeated, and can't be read in the database`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let client: TestJSON = ["name": "a", "scopes": ["audit"]]
        let first = try await send(app, "POST", "/clients", client, key: "c")
        let second = try await send(app, "POST", "/clients", client, key: "c")
        #expect(first.text == second.text && isReplayed(second))
        let secret = try #require(try first.json()["data"]?["client_secret"]?.string)
        try await server.stop()
        let files = ["parley.db", "parley.db-wal"].compactMap { try? Array($0.bytes(below: server.dataPath)) }
        #expect(!files.isEmpty)
        for bytes in files { #expect(!bytes.contains(secret)) }
    }

    @Test func `Keys outlive kill -9: what was acknowledged isn't run again, and what wasn't can be`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        for round in 0..<5 {
            let acknowledged = try await withThrowingTaskGroup(of: [String].self) { group in
                for client in 0..<4 {
                    group.addTask {
                        var names: [String] = []
                        for number in 0..<10_000 {
                            let name = "r\(round)c\(client)n\(number)"
                            let user: TestJSON = ["username": .string(name), "password": "123"]
                            let reply = try? await send(app, "POST", "/users", user, key: name)
                            guard reply?.status == 200 else { break }
                            names.append(name)
                        }
                        return names
                    }
                }
                group.addTask {
                    while try await app.userNames().count < 30 * (round + 1) {}
                    try await server.kill9()
                    return []
                }
                return try await group.reduce([], +)
            }
            try await server.startAgain()
            for name in acknowledged.suffix(20) {
                let user: TestJSON = ["username": .string(name), "password": "123"]
                let reply = try await send(app, "POST", "/users", user, key: name)
                #expect(reply.status == 200 && isReplayed(reply), "\(name): \(reply.text)")
            }
        }
        try await server.stop()
    }
}

extension String {
    /// The bytes of the file of this name.
    fileprivate func bytes(below folder: String) throws -> [UInt8] {
        try Array(Data(wholeFile: "\(folder)/\(self)"))
    }
}

extension [UInt8] {
    /// Whether a text's bytes are among these.
    fileprivate func contains(_ text: String) -> Bool {
        let text = Array(text.utf8)
        guard count >= text.count else { return false }
        return (0...count - text.count).contains { self[$0..<$0 + text.count].elementsEqual(text) }
    }
}
