// Webhooks under bad input and bad receivers: each is refused or fails by itself, and nothing else suffers.

import TestKit
import Testing

@Suite struct WebhookFaultTests {
    /// Makes an endpoint; the reply is not looked at.
    private func make(_ body: TestJSON, in app: TestApp) async throws -> HTTPReply {
        try await app.ask("POST", "/webhooks", body)
    }

    /// Waits for the first delivery to have been tried once.
    private func firstAttempt(to id: String, in app: TestApp) async throws -> TestJSON {
        try await eventually("one attempt") {
            let delivery = try await app.perform("GET", "/webhooks/\(id)/deliveries").json()["data"]?[0]
            return delivery?["attempts"] == 1 ? delivery : nil
        }
    }

    @Test(arguments: [
        ("url", "example.com/hook"), ("url", "https://user:secret@example.com/"),
        ("url", "http://example.com:22/"),
        ("url", "http://169.254.169.254/latest"), ("url", "http://[::ffff:169.254.169.254]/"),
        ("url", "http://10.0.0.1/"), ("url", "ftp://example.com/"), ("url", "http:///hook"), ("url", ""),
    ])
    func `An address that can't be reached by webhooks is refused when it is named`(
        _ field: String,
        _ url: String
    )
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let refused = try await make(["url": .string(url), "events": ["*"]], in: app)
        #expect(refused.status == 400)
        let good: TestJSON = ["url": "https://example.com/hook", "events": ["*"]]
        let made = try #require(try await make(good, in: app).json()["data"]?["id"]?.string)
        // An empty address is an absent one.
        let changed = try await app.ask("PUT", "/webhooks/\(made)", [field: .string(url)])
        #expect(changed.status == (url.isEmpty ? 200 : 400))
        let kept = try await app.perform("GET", "/webhooks/\(made)").json()["data"]
        #expect(kept?["url"] == "https://example.com/hook")
    }

    @Test(
        arguments: [
            ["events": []], ["events": ["user.nothing"]], ["events": ["*", "users.*"]], ["events": "*"],
            ["events": ["*"], "format": "xml"], ["events": ["*"], "timeout_ms": 999],
            ["events": ["*"], "timeout_ms": 30_001], ["events": ["*"], "secret": "whsec_c2hvcnQ="],
            ["events": ["user.registered"], "before": "all"],
            ["events": ["message.sent"], "before": "sometimes"],
            ["events": ["message.sent"], "before": "all", "timeout_ms": 49],
            ["events": ["message.sent"], "before": "all", "timeout_ms": 5001],
            ["events": ["contact.requested"], "before": "all", "format": "easemob"],
            ["events": ["group.muted"], "before": "all", "format": "openim"],
            ["events": ["*"], "on_failure": "retry"],
        ] as [TestJSON]
    )
    func `Settings that can't be are refused, and no endpoint is made`(_ settings: TestJSON) async throws {
        let app = try await TestServer.shared().makeApp()
        let body = settings.setting("url", "https://example.com/hook")
        #expect(try await make(body, in: app).status == 400)
        #expect(try await app.perform("GET", "/webhooks").json()["data"] == [])
    }

    @Test func `A hundred endpoints are an application's most, and they are listed by pages`() async throws {
        let app = try await TestServer.shared().makeApp()
        let body: TestJSON = ["url": "https://example.com/hook", "events": ["file.uploaded"]]
        for _ in 0..<100 { try await app.perform("POST", "/webhooks", body) }
        #expect(try await make(body, in: app).status >= 400)
        let first = try await app.perform("GET", "/webhooks?limit=60").json()
        let cursor = try #require(first["cursor"]?.string)
        let second = try await app.perform("GET", "/webhooks?limit=60&cursor=\(cursor)").json()
        #expect(second["cursor"] == nil)
        let all = (first["data"]?.array ?? []) + (second["data"]?.array ?? [])
        #expect(Set(all.compactMap { $0["id"]?.string }).count == 100)
        #expect(all.allSatisfy { $0["secret"] == nil })
    }

    @Test(arguments: [
        WebhookReply.close, .reset, .silence, .endless("HTTP/1.1 102 Processing\r\n\r\n"),
        .endless("HTTP/1.1 200 OK\r\nX: y"),
        .text("HTTP/1.1 204"),
    ])
    func `A receiver that breaks off, is silent or never gets to its answer fails alone`(
        _ reply: WebhookReply
    )
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let bad = try WebhookReceiver { _, _ in reply }
        let good = try WebhookReceiver()
        let url = TestJSON.string(bad.url())
        let made = try await make(["url": url, "events": ["user.registered"], "timeout_ms": 1000], in: app)
        let id = try #require(try made.json()["data"]?["id"]?.string)
        try await app.perform(
            "POST",
            "/webhooks",
            ["url": .string(good.url()), "events": ["user.registered"]]
        )
        try await app.register("alice")
        #expect(try await good.wait(for: 1).count == 1)
        let delivery = try await firstAttempt(to: id, in: app)
        #expect(delivery["state"] == "pending")
        #expect(delivery["status"] == nil)
        #expect(delivery["error"] != nil)
        #expect(delivery["next_attempt"] != nil)
    }

    @Test func `Retry-After is a lower bound of the wait, at most a day`() async throws {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver { _, _ in .status(429, "", ["Retry-After: 999999999"]) }
        let made = try await make(["url": .string(receiver.url()), "events": ["user.registered"]], in: app)
        let id = try #require(try made.json()["data"]?["id"]?.string)
        try await app.register("alice")
        let delivery = try await firstAttempt(to: id, in: app)
        let next = try #require(delivery["next_attempt"]?.integer)
        let attempted = try #require(delivery["attempted"]?.integer)
        // The clock of due times has begun before the attempt ended.
        #expect((86_300_000...86_500_000).contains(next - attempted))
    }

    @Test func `An endpoint that is asked before can be made one that is informed afterwards`() async throws {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver { _, _ in .status(200, #"{"allow":false}"#) }
        let made = try await make(
            [
                "url": .string(receiver.url()), "events": ["message.sent"], "before": "all",
                "timeout_ms": 5000,
            ],
            in: app
        )
        let id = try #require(try made.json()["data"]?["id"]?.string)
        for name in ["alice", "bob"] { try await app.register(name) }
        let message: TestJSON = ["from": "alice", "to": ["bob"], "type": "txt", "body": ["msg": "hi"]]
        #expect(try await app.ask("POST", "/messages/users", message).status == 403)
        let changed = try await app.perform("PUT", "/webhooks/\(id)", ["before": "none"]).json()["data"]
        #expect(changed?["before"] == nil)
        #expect(changed?["on_failure"] == nil)
        #expect(changed?["timeout_ms"] == 15_000)
        #expect(try await app.ask("POST", "/messages/users", message).status == 200)
        let told = try await receiver.wait(for: 2)
        #expect(try told[1].json()["type"] == "message.sent")
    }

    @Test func `A third secret ends the first one: two sign at most`() async throws {
        let app = try await TestServer.shared().makeApp()
        let receiver = try WebhookReceiver()
        let made = try await make(["url": .string(receiver.url()), "events": ["user.registered"]], in: app)
            .json()
        let id = try #require(made["data"]?["id"]?.string)
        var secrets = [try #require(made["data"]?["secret"]?.string)]
        for _ in 0..<2 {
            let rotated = try await app.perform("POST", "/webhooks/\(id)/secret").json()["data"]
            secrets.append(try #require(rotated?["secret"]?.string))
        }
        try await app.register("alice")
        let request = try #require(try await receiver.wait(for: 1).first)
        #expect(secrets.map(request.isSigned) == [false, true, true])
        #expect(request.fields["webhook-signature"]?.split(separator: " ").count == 2)
    }

    @Test func `Backlog is kept over the end of the process, and delivered by the next one`() async throws {
        let server = try await TestServer.start(flags: ["--webhook-networks", "127.0.0.0/8"])
        let app = try await server.makeApp()
        let receiver = try WebhookReceiver { _, count in count == 0 ? .silence : .status(204) }
        let url = TestJSON.string(receiver.url())
        let settings: TestJSON = ["url": url, "events": ["user.*"], "timeout_ms": 30_000]
        try await app.perform("POST", "/webhooks", settings)
        try await app.register("alice")
        for number in 0..<5 {
            try await app.perform("PUT", "/users/alice", ["nickname": .string("alice \(number)")])
        }
        _ = try await receiver.wait(for: 1)
        _ = try await server.kill9()
        try await server.startAgain()
        let received = try await receiver.wait(for: 7).dropFirst()
        let names = try received.map { try $0.json()["data"]?["nickname"]?.string }
        // The first one may wait for its second attempt, which holds nothing back.
        #expect(names.contains(nil) && names.compactMap(\.self) == (0..<5).map { "alice \($0)" })
    }

    @Test func `Ten megabytes, or a body without an end, are a success that costs what a short one does`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n"
        let replies = [
            WebhookReply.text(head + String(repeating: "x", count: 10_000_000)),
            .endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        ]
        for reply in replies {
            let receiver = try WebhookReceiver { _, _ in reply }
            let made = try await make(
                ["url": .string(receiver.url()), "events": ["user.registered"]],
                in: app
            )
            let id = try #require(try made.json()["data"]?["id"]?.string)
            try await app.register(app.server.freshName("user"))
            let delivered = try await eventually("a success") {
                try await app.perform("GET", "/webhooks/\(id)/deliveries?state=delivered").json()["data"]?[0]
            }
            #expect(delivered["status"] == 200)
            let delivery = try #require(delivered["id"]?.string)
            let details = try await app.perform("GET", "/webhooks/\(id)/deliveries/\(delivery)").json()[
                "data"
            ]
            #expect(details?["response"]?["body"]?.string?.utf8.count ?? 0 <= 4096)
            try await app.perform("DELETE", "/webhooks/\(id)")
        }
    }

    @Test(arguments: ["http://localhost:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://127.1:PORT/"])
    func `A redirect is not followed, wherever it leads`(_ place: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let hidden = try WebhookReceiver()
        let place = place.replacing("PORT", with: "\(hidden.port)")
        let receiver = try WebhookReceiver { _, _ in .status(307, "", ["Location: \(place)"]) }
        let made = try await make(["url": .string(receiver.url()), "events": ["user.registered"]], in: app)
        let id = try #require(try made.json()["data"]?["id"]?.string)
        let ping = try await app.perform("POST", "/webhooks/\(id)/ping").json()["data"]
        #expect(ping?["status"] == 307)
        #expect(hidden.received.isEmpty)
    }

    @Test
    func `Names and spellings of this machine's address reach nothing where only public ones may be reached`()
        async throws
    {
        let server = try await TestServer.start(flags: ["--webhook-networks", "192.0.2.0/24"])
        let app = try await server.makeApp()
        let receiver = try WebhookReceiver()
        for host in [
            "127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]", "0.0.0.0", "169.254.169.254", "[fe80::1]", "[fd00::1]", "10.1.2.3",
        ] {
            let url = TestJSON.string("http://\(host):\(receiver.port)/")
            #expect(try await make(["url": url, "events": ["*"]], in: app).status == 400, "\(host)")
        }
        for host in ["localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "ip6-localhost"] {
            let url = TestJSON.string("http://\(host):\(receiver.port)/")
            let made = try await make(["url": url, "events": ["*"]], in: app)
            guard made.status == 200 else { continue }
            let id = try #require(try made.json()["data"]?["id"]?.string)
            let ping = try await app.perform("POST", "/webhooks/\(id)/ping").json()["data"]
            #expect(ping?["status"] == nil && ping?["error"] != nil, "\(host)")
        }
        #expect(receiver.received.isEmpty)
        try await server.stop()
    }

    @Test func `Another application's deliveries are as absent as its endpoints`() async throws {
        let app = try await TestServer.shared().makeApp()
        let other = try await app.server.makeApp()
        let receiver = try WebhookReceiver()
        let made = try await make(["url": .string(receiver.url()), "events": ["user.registered"]], in: app)
        let id = try #require(try made.json()["data"]?["id"]?.string)
        let own = try await make(["url": .string(receiver.url()), "events": ["file.uploaded"]], in: other)
        let ownID = try #require(try own.json()["data"]?["id"]?.string)
        try await app.register("ann")
        _ = try await receiver.wait(for: 1)
        let all = try await app.perform("GET", "/webhooks/\(id)/deliveries").json()["data"]
        let delivery = try #require(all?[0]?["id"]?.string)
        let replay: TestJSON = ["after": 0, "before": 4_000_000_000_000]
        for (method, path, body) in [
            ("GET", "/webhooks/\(id)/deliveries/\(delivery)", nil),
            ("POST", "/webhooks/\(id)/deliveries/\(delivery)/retry", nil),
            ("GET", "/webhooks/\(ownID)/deliveries/\(delivery)", nil),
            ("POST", "/webhooks/\(ownID)/deliveries/\(delivery)/retry", nil),
            ("POST", "/webhooks/\(id)/replay", replay),
        ] as [(String, String, TestJSON?)] {
            #expect(try await other.ask(method, path, body).status == 404, "\(method) \(path)")
        }
        #expect(receiver.received.count == 1)
    }
}
