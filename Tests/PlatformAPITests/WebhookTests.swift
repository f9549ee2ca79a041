// Webhooks from end to end: what a receiver gets, what it can refuse, and what becomes of it when it fails.

import TestKit
import Testing

@Suite struct WebhookTests {
    /// An application with an endpoint at a receiver.
    private struct World {
        let app: TestApp
        let receiver: WebhookReceiver
        let id: String
        let secret: String

        init(
            _ receiver: WebhookReceiver,
            _ settings: TestJSON,
            on server: TestServer? = nil
        ) async throws {
            let server = if let server { server } else { try await TestServer.shared() }
            app = try await server.makeApp()
            self.receiver = receiver
            var body = settings
            if body["url"] == nil { body = body.setting("url", .string(receiver.url())) }
            let made = try await app.perform("POST", "/webhooks", body).json()["data"]
            id = try #require(made?["id"]?.string)
            secret = try #require(made?["secret"]?.string)
        }

        func deliveries(_ state: String) async throws -> [TestJSON] {
            try await app.perform("GET", "/webhooks/\(id)/deliveries?state=\(state)").json()["data"]?.array
                ?? []
        }

        /// Waits until so many deliveries are in a state.
        func wait(for count: Int, _ state: String) async throws -> [TestJSON] {
            try await eventually("\(count) deliveries \(state)") {
                let found = try await deliveries(state)
                return found.count >= count ? found : nil
            }
        }
    }

    @Test func `An event comes signed, with its name, its time, what happened and who did it`() async throws {
        let world = try await World(try WebhookReceiver(), ["events": ["user.*"]])
        try await world.app.register("alice")
        let request = try #require(try await world.receiver.wait(for: 1).first)
        #expect(request.isSigned(with: world.secret))
        #expect(request.fields["content-type"] == "application/json")
        let event = try request.json()
        #expect(event["type"] == "user.registered")
        #expect(event["timestamp"]?.string?.hasSuffix("Z") == true)
        #expect(event["data"]?["user"] == "alice")
        #expect(event["data"]?["application"]?.string?.contains("#") == true)
        #expect(event["data"]?["by"]?["client"] != nil)
        let delivered = try await world.wait(for: 1, "delivered")
        #expect(delivered.first?["event"]?.string == request.fields["webhook-id"])
        #expect(delivered.first?["status"] == 204)
    }

    @Test func `A failed delivery waits, and tried again by hand it comes under its own id`() async throws {
        let receiver = try WebhookReceiver { _, count in .status(count == 0 ? 500 : 200, "no") }
        let world = try await World(receiver, ["events": ["user.registered"]])
        try await world.app.register("alice")
        _ = try await receiver.wait(for: 1)
        var pending: TestJSON?
        for _ in 0..<2000 where pending?["attempts"] != 1 {
            pending = try await world.deliveries("pending").first
        }
        let delivery = try #require(pending?["id"]?.string)
        #expect(pending?["status"] == 500)
        #expect(pending?["next_attempt"] != nil)
        let details = try await world.app.perform("GET", "/webhooks/\(world.id)/deliveries/\(delivery)")
            .json()
        #expect(details["data"]?["response"]?["body"] == "no")
        #expect(details["data"]?["request"]?["headers"]?["webhook-id"] != nil)
        try await world.app.perform("POST", "/webhooks/\(world.id)/deliveries/\(delivery)/retry")
        let both = try await receiver.wait(for: 2)
        #expect(both[0].fields["webhook-id"] == both[1].fields["webhook-id"])
        #expect(both[0].body == both[1].body)
        #expect(try await world.wait(for: 1, "delivered").first?["attempts"] == 2)
    }

    @Test func `Events of one user come one at a time and in their order`() async throws {
        let world = try await World(try WebhookReceiver(), ["events": ["user.updated"]])
        try await world.app.register("alice")
        for number in 0..<20 {
            try await world.app.perform("PUT", "/users/alice", ["nickname": .string("alice \(number)")])
        }
        let names = try await world.receiver.wait(for: 20).map { try $0.json()["data"]?["nickname"]?.string }
        #expect(names == (0..<20).map { "alice \($0)" })
    }

    @Test func `410 disables the endpoint, and nothing is queued for it until it is made active`()
        async throws
    {
        let receiver = try WebhookReceiver { _, count in .status(count == 0 ? 410 : 200) }
        let world = try await World(receiver, ["events": ["user.registered"]])
        try await world.app.register("alice")
        _ = try await world.wait(for: 1, "failed")
        let path = "/webhooks/\(world.id)"
        let disabled = try await world.app.perform("GET", path).json()["data"]
        #expect(disabled?["active"] == false)
        #expect(disabled?["disabled_reason"] != nil)
        try await world.app.register("bob")
        try await world.app.perform("PUT", path, ["active": true])
        try await world.app.register("carol")
        let received = try await receiver.wait(for: 2)
        #expect(try received[1].json()["data"]?["user"] == "carol")
    }

    @Test func `A dead endpoint delays no other`() async throws {
        let dead = try WebhookReceiver { _, _ in .silence }
        let world = try await World(dead, ["events": ["user.*"]])
        let healthy = try WebhookReceiver()
        try await world.app.perform(
            "POST",
            "/webhooks",
            ["url": .string(healthy.url()), "events": ["user.*"]]
        )
        let start = ContinuousClock.now
        for number in 0..<30 { try await world.app.register("user\(number)") }
        let received = try await healthy.wait(for: 30)
        #expect(Set(received.compactMap { $0.fields["webhook-id"] }).count == 30)
        // One that has never answered holds two places, each for 15 seconds, however much waits for it.
        let turns = 1 + start.duration(to: .now).components.seconds / 15
        #expect(dead.received.count <= 2 * Int(turns))
    }

    @Test(arguments: [
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", "nonsense\r\n\r\n",
    ]) func `What is no success is a failure, and redirects aren't followed`(_ reply: String) async throws {
        let world = try await World(
            try WebhookReceiver { _, _ in reply.hasPrefix("nonsense") ? .close : .text(reply) },
            ["events": ["user.registered"]]
        )
        try await world.app.register("alice")
        var pending: TestJSON?
        for _ in 0..<2000 where pending?["attempts"] != 1 {
            pending = try await world.deliveries("pending").first
        }
        #expect(pending?["attempts"] == 1)
        #expect(pending?["error"] != nil)
    }

    @Test func `A success counts however long its body is`() async throws {
        let long =
            "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n" + String(repeating: "x", count: 200_000)
        let world = try await World(
            try WebhookReceiver { _, _ in .text(long) },
            ["events": ["user.registered"]]
        )
        try await world.app.register("alice")
        let delivered = try await world.wait(for: 1, "delivered")
        #expect(delivered.first?["status"] == 200)
    }

    @Test func `A name that leads into a network is refused when it is connected to`() async throws {
        let server = try await TestServer.start(flags: ["--webhook-networks", "192.0.2.0/24"])
        let receiver = try WebhookReceiver()
        let url = "http://localhost:\(receiver.port)/"
        let world = try await World(receiver, ["url": .string(url), "events": ["*"]], on: server)
        let ping = try await world.app.perform("POST", "/webhooks/\(world.id)/ping").json()["data"]
        #expect(ping?["status"] == nil)
        #expect(ping?["error"]?.string?.contains("network") == true)
        #expect(receiver.received.isEmpty)
    }

    @Test func `Another application's endpoint is as absent`() async throws {
        let world = try await World(try WebhookReceiver(), ["events": ["*"]])
        let other = try await world.app.server.makeApp()
        for (method, path) in [
            ("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/deliveries"), ("POST", "/ping"),
            ("POST", "/secret"),
        ] {
            let reply = try await other.ask(
                method,
                "/webhooks/\(world.id)\(path)",
                method == "GET" ? nil : [:]
            )
            #expect(reply.status == 404, "\(method) \(path)")
        }
    }

    @Test func `A message is refused with the endpoint's reason, or sent with its text`() async throws {
        let receiver = try WebhookReceiver { request, _ in
            guard let message = try? request.json()["data"]?["message"], request.path == "/ask",
                let text = message["payload"]?["bodies"]?[0]?["msg"]?.string
            else { return .status(204) }
            if text == "bad" { return .status(200, #"{"allow":false,"reason":"mind your language"}"#) }
            if text == "soft" {
                return .status(
                    200,
                    #"{"allow":true,"message":{"payload":{"bodies":[{"type":"txt","msg":"softer"}]}}}"#
                )
            }
            return .status(200, #"{"allow":true}"#)
        }
        let world = try await World(
            receiver,
            [
                "url": .string(receiver.url("/ask")), "events": ["message.sent"], "before": "all",
                "timeout_ms": 5000,
            ]
        )
        try await world.app.perform(
            "POST",
            "/webhooks",
            ["url": .string(receiver.url("/told")), "events": ["message.sent"]]
        )
        for name in ["alice", "bob"] { try await world.app.register(name) }
        func send(_ text: String) async throws -> HTTPReply {
            let body: TestJSON = [
                "from": "alice", "to": ["bob"], "type": "txt", "body": ["msg": .string(text)],
            ]
            return try await world.app.ask("POST", "/messages/users", body)
        }
        let refused = try await send("bad")
        #expect(refused.status == 403)
        #expect(try refused.json()["error_description"] == "mind your language")
        #expect(try await send("soft").status == 200)
        #expect(try await send("fine").status == 200)
        let told = try await receiver.wait { $0.filter { $0.path == "/told" }.count >= 2 }
            .filter { $0.path == "/told" }
        let texts = try told.map {
            try $0.json()["data"]?["message"]?["payload"]?["bodies"]?[0]?["msg"]?.string
        }
        #expect(texts == ["softer", "fine"])
        let question = try #require(receiver.received.first { $0.path == "/ask" })
        #expect(try question.json()["type"] == "message.before")
        #expect(question.isSigned(with: world.secret))
    }

    @Test(arguments: [("allow", 200), ("deny", 403)])
    func `Where nobody answers in time, the endpoint's policy holds`(
        _ policy: String,
        _ status: Int
    ) async throws {
        let world = try await World(
            try WebhookReceiver { _, _ in .silence },
            [
                "events": ["message.sent"], "before": "all", "timeout_ms": 50, "on_failure": .string(policy),
            ]
        )
        for name in ["alice", "bob"] { try await world.app.register(name) }
        let body: TestJSON = ["from": "alice", "to": ["bob"], "type": "txt", "body": ["msg": "hi"]]
        let reply = try await world.app.ask("POST", "/messages/users", body)
        #expect(reply.status == status)
    }

    @Test func `A vendor's receiver finds its own form, beside the fields of Standard Webhooks`() async throws
    {
        let receiver = try WebhookReceiver()
        let world = try await World(receiver, ["events": ["message.*"], "format": "openim"])
        try await world.app.perform(
            "POST",
            "/webhooks",
            ["url": .string(receiver.url("/easemob")), "events": ["message.*"], "format": "easemob"]
        )
        for name in ["alice", "bob"] { try await world.app.register(name) }
        try await world.app.perform(
            "POST",
            "/messages/users",
            ["from": "alice", "to": ["bob"], "type": "txt", "body": ["msg": "hi"]]
        )
        let both = try await receiver.wait(for: 2)
        let openim = try #require(both.first { $0.path == "/hook/callbackAfterSendSingleMsgCommand" })
        #expect(openim.isSigned(with: world.secret))
        #expect(try openim.json()["sendID"] == "alice")
        #expect(try openim.json()["contentType"] == 101)
        let easemob = try #require(both.first { $0.path == "/easemob" })
        let body = try easemob.json()
        #expect(body["chat_type"] == "chat")
        #expect(body["payload"]?["bodies"]?[0]?["msg"] == "hi")
        #expect(body["security"]?.string?.count == 32)
    }
}
