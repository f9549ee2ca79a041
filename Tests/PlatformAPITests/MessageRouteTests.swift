// Messages over HTTP: what no recorded exchange can show, since it depends on time, settings or order.

import Foundation
import TestKit
import Testing

@Suite struct MessageRouteTests {
    private static func app(_ users: [String] = ["ann", "bob"]) async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for user in users { try await app.register(user) }
        return app
    }

    /// Sends a text and returns its id.
    private static func send(_ text: String, from: String = "ann", to: String = "bob", _ app: TestApp)
        async throws -> String
    {
        let reply = try await app.perform(
            "POST",
            "/messages/users",
            ["from": .string(from), "to": [.string(to)], "type": "txt", "body": ["msg": .string(text)]]
        )
        return try #require(try reply.json()["data"]?[to]?.string)
    }

    // MARK: Settings

    @Test func `an application's own bounds hold for its messages`() async throws {
        let app = try await Self.app()
        try await app.set("--max-text-bytes", "10")
        try await app.set("--max-message-bytes", "20")
        for (length, status) in [(10, 200), (11, 400), (20, 400), (21, 413)] {
            let text = String(repeating: "x", count: length)
            let reply = try await app.ask(
                "POST",
                "/messages",
                ["target_type": "users", "target": ["bob"], "msg": ["type": "txt", "msg": .string(text)]]
            )
            #expect(reply.status == status, "\(length)")
        }
    }

    @Test func `where an application recalls nothing, that is told in the vendor's words`() async throws {
        let app = try await Self.app()
        let id = try await Self.send("x", app)
        try await app.set("--recall-seconds", "0")
        let reply = try await app.ask(
            "POST",
            "/messages/msg_recall",
            ["msg_id": .string(id), "to": "bob", "chat_type": "chat", "force": true]
        )
        #expect(reply.status == 403)
        #expect(reply.complaint == "message recall service is unopened")
        #expect(try reply.json()["exception"] == "EasemobForbiddenOpException")
    }

    // MARK: Order

    @Test func `of many recalls of one message at once, exactly one succeeds`() async throws {
        let app = try await Self.app()
        let id = try await Self.send("x", app)
        let body: TestJSON = ["msg_id": .string(id), "to": "bob", "chat_type": "chat"]
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let json = try await app.perform("POST", "/messages/msg_recall", body).json()
                    return json["data"]?["recalled"]?.string ?? json["msgs"]?[0]?["recalled"]?.string ?? ""
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.sorted() == Array(repeating: "not_found msg", count: 7) + ["yes"])
    }

    @Test func `sends, recalls and acknowledgements at once lose nothing and show nothing recalled`()
        async throws
    {
        let app = try await Self.app(["ann", "bob", "cid"])
        let sent = try await withThrowingTaskGroup(of: [String].self) { group in
            for sender in ["ann", "cid"] {
                group.addTask {
                    var ids: [String] = []
                    for index in 0..<20 {
                        let id = try await Self.send("\(sender) \(index)", from: sender, app)
                        ids.append(id)
                        guard index % 3 == 0 else { continue }
                        try await app.perform(
                            "POST",
                            "/messages/msg_recall",
                            ["msg_id": .string(id), "to": "bob", "chat_type": "chat"]
                        )
                    }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        var received: [String] = []
        while true {
            let page = try await app.perform("GET", "/users/bob/messages?limit=7").json()
            let messages = page["data"]?.array ?? []
            guard let last = messages.last?["msg_id"]?.string else { break }
            for message in messages {
                received.append(message["msg_id"]?.string ?? "")
                let isRecalled = message["recalled"] == true
                #expect(isRecalled == (message["payload"]?["bodies"]?.array?.isEmpty == true))
            }
            try await app.perform("POST", "/users/bob/messages/ack", ["msg_id": .string(last)])
        }
        #expect(received == sent.sorted { (Int64($0) ?? 0) < (Int64($1) ?? 0) })
        #expect(try await app.perform("GET", "/users/bob/offline_msg_count").json()["data"] == ["bob": 0])
    }

    @Test func `a deleted user's queue is gone, and who takes the name begins with nothing`() async throws {
        let app = try await Self.app()
        _ = try await Self.send("for the old bob", app)
        try await app.perform("DELETE", "/users/bob")
        try await app.register("bob")
        #expect(try await app.perform("GET", "/users/bob/messages").json()["data"] == [])
        #expect(try await app.perform("GET", "/messages?user=bob").json()["data"] == [])
        #expect(try await app.perform("GET", "/messages?conversation=ann:bob").json()["count"] == 1)
    }

    // MARK: Export

    /// The link to the messages of the hour of now, as a path.
    private static func link(_ app: TestApp) async throws -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyyMMddHH"
        // The hour may end between the sending and this line.
        for seconds in [0.0, -3600] {
            let hour = formatter.string(from: Date(timeIntervalSinceNow: seconds))
            let reply = try await app.ask("GET", "/chatmessages/\(hour)")
            guard reply.status == 200, let url = try reply.json()["data"]?[0]?["url"]?.string else {
                continue
            }
            let path = try #require(url.range(of: app.prefix).map { String(url[$0.lowerBound...]) })
            return path
        }
        throw NoLink()
    }

    private struct NoLink: Error {}

    @Test func `a link leads to the hour's messages, one a line, inside gzip, without a token`() async throws
    {
        let app = try await Self.app()
        let ids = [try await Self.send("one", app), try await Self.send("zwei\nZeilen 你好", app)]
        let reply = try await app.server.client().send(HTTPRequest("GET", try await Self.link(app)))
        #expect(reply.status == 200)
        #expect(reply.headers["Content-Type"] == "application/gzip")
        // One stored block: ten bytes of header, five of block, eight behind.
        #expect(reply.body.prefix(3) == [0x1F, 0x8B, 8])
        let lines = String(decoding: reply.body.dropFirst(15).dropLast(8), as: UTF8.self).split(
            separator: "\n"
        )
        let messages = try lines.map { try TestJSON(parsing: Array($0.utf8)) }
        #expect(messages.map { $0["msg_id"]?.string } == ids)
        #expect(messages.map { $0["payload"]?["bodies"]?[0]?["msg"] } == ["one", "zwei\nZeilen 你好"])
    }

    @Test func `a link that was changed anywhere is refused`() async throws {
        let app = try await Self.app()
        _ = try await Self.send("one", app)
        let link = try await Self.link(app)
        let other = try await Self.app()
        let changed = [
            link.replacing("first=", with: "first=1"), link.replacing("last=", with: "last=9"),
            link.replacing("expires=", with: "expires=1"), link.replacing("signature=", with: "signature=2"),
            String(link.dropLast()) + (link.last == "A" ? "B" : "A"),
            link.replacing("/chatmessages/20", with: "/chatmessages/19"),
            link.replacing(app.prefix, with: other.prefix),
        ]
        for path in changed {
            let reply = try await app.server.client().send(HTTPRequest("GET", path))
            #expect([400, 401].contains(reply.status), "\(path): \(reply.status)")
        }
    }
}
