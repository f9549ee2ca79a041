// Events are never lost and never invented: over kill -9 under load, a full disk, and a clock that jumps by years.

import Foundation
import TestKit
import Testing
import Threads

/// The changes that were acknowledged to their callers.
private final class Acknowledged: Sendable {
    private let names = Guarded<[String]>([])
    private let enough = DispatchSemaphore(value: 0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var all: [String] { names.withLock { $0 } }

    func add(_ name: String) {
        let count = names.withLock { names in
            names.append(name)
            return names.count
        }
        if count == limit { enough.signal() }
    }

    func waitForLimit() -> Bool { enough.wait(timeout: .now() + Deadline.patience) == .success }
}

@Suite struct WebhookDurabilityTests {
    private static func watch(_ app: TestApp, _ receiver: WebhookReceiver, _ events: TestJSON) async throws
        -> String
    {
        let body: TestJSON = ["url": .string(receiver.url()), "events": events, "timeout_ms": 1000]
        let made = try await app.perform("POST", "/webhooks", body).json()
        return try #require(made["data"]?["id"]?.string)
    }

    /// The users that events of a name are about.
    private static func users(_ type: String, in received: [ReceivedWebhook]) throws -> Set<String> {
        var users: Set<String> = []
        for request in received {
            let event = try request.json()
            if event["type"]?.string == type, let user = event["data"]?["user"]?.string { users.insert(user) }
        }
        return users
    }

    private static func names(_ app: TestApp) async throws -> Set<String> {
        var names: Set<String> = []
        var cursor = ""
        while true {
            let page = try await app.perform("GET", "/users?limit=100\(cursor)").json()
            for user in page["entities"]?.array ?? [] {
                if let name = user["username"]?.string { names.insert(name) }
            }
            guard let next = page["cursor"]?.string else { return names }
            cursor = "&cursor=\(next)"
        }
    }

    @Test
    func `Over kill -9 under load every change is announced under one id, and nothing that was rolled back`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("anchor")
        // It fails now and then.
        let receiver = try WebhookReceiver { _, count in .status(count % 50 == 49 ? 500 : 204) }
        let id = try await Self.watch(app, receiver, ["user.registered", "block.added"])
        var acknowledged: [String] = []
        for round in 0..<5 {
            acknowledged += try await load(server, app, round)
            try await server.startAgain()
        }
        #expect(acknowledged.count >= 500)
        let again: TestJSON = ["after": 0, "before": .integer(Int64(Date().timeIntervalSince1970 * 1000))]
        let wanted = Set(acknowledged)
        // What failed is due in seconds, and by hand at once.
        try await app.perform("POST", "/webhooks/\(id)/replay", again)
        let received = try await receiver.wait { received in
            guard received.count >= wanted.count else { return false }
            return (try? Self.users("user.registered", in: received).isSuperset(of: wanted)) ?? false
        }
        let announced = try Self.users("user.registered", in: received)
        #expect(announced.isSubset(of: try await Self.names(app)), "an event of a user that isn't there")
        // Each of these blocks was taken back by the second name of its call.
        #expect(try Self.users("block.added", in: received).isEmpty)
        var bodies: [String: [UInt8]] = [:]
        for request in received {
            let id = try #require(request.fields["webhook-id"])
            #expect(bodies.updateValue(request.body, forKey: id) ?? request.body == request.body)
        }
        #expect(bodies.count == announced.count)
        #expect(try await server.command("check").succeeded)
        try await server.stop()
    }

    /// Registers users, and tries blocks that are refused, until enough is acknowledged; then the server is killed.
    private func load(_ server: TestServer, _ app: TestApp, _ round: Int) async throws -> [String] {
        let token = try await TestApp(server: server, credentials: app.credentials).token()
        let told = Acknowledged(limit: 120)
        let port = try server.port
        let prefix = app.prefix
        let killer = Task {
            let reached = await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: told.waitForLimit()) }
            }
            try await server.kill9()
            return reached
        }
        _ = try await onOwnThread {
            try parallel(clients: 16) { client in
                let http = HTTPClient(port: port)
                for number in 0..<100_000 {
                    let user = "r\(round)c\(client)u\(number)"
                    let registration = HTTPRequest(
                        "POST",
                        "\(prefix)/users",
                        json: ["username": .string(user), "password": "123"]
                    )
                    guard let reply = try? http.sendBlocking(registration.authorized(token)),
                        reply.status == 200
                    else { return }
                    told.add(user)
                    let blocks = HTTPRequest(
                        "POST",
                        "\(prefix)/users/\(user)/blocks/users",
                        json: ["usernames": ["anchor", "nobody"]]
                    )
                    guard (try? http.sendBlocking(blocks.authorized(token)))?.status ?? 0 >= 400 else {
                        return
                    }
                }
            }
        }
        #expect(try await killer.value, "round \(round): the load never reached its size")
        return told.all
    }

    @Test func `On a full disk a change and its event are both refused or both there`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let receiver = try WebhookReceiver()
        _ = try await Self.watch(app, receiver, ["user.registered"])
        let token = try await app.token()
        let client = try server.client()
        func register(_ name: String) async throws -> Int {
            let long = TestJSON.string(String(repeating: "n", count: 100))
            return try await client.send(
                HTTPRequest(
                    "POST",
                    "\(app.prefix)/users",
                    json: ["username": .string(name), "password": "123", "nickname": long]
                ).authorized(token)
            ).status
        }
        try await server.limitFileSize(to: "900000")
        var acknowledged: [String] = []
        var status = 200
        for number in 0..<20_000 where status == 200 {
            status = try await register("full\(number)")
            if status == 200 { acknowledged.append("full\(number)") }
        }
        #expect(status == 503)
        try await server.limitFileSize(to: "unlimited")
        status = 503
        for number in 0..<50 where status != 200 {
            status = try await register("after\(number)")
            if status == 200 { acknowledged.append("after\(number)") }
        }
        #expect(status == 200, "writing didn't resume")
        let wanted = Set(acknowledged)
        let received = try await receiver.wait { received in
            received.count >= wanted.count
                && (try? Self.users("user.registered", in: received).isSuperset(of: wanted)) ?? false
        }
        let announced = try Self.users("user.registered", in: received)
        #expect(announced == (try await Self.names(app)))
        #expect(try await server.command("check").succeeded)
        try await server.stop()
    }

    @Test func `A clock that goes back by decades, or forward, delays no retry and forgets no event`()
        async throws
    {
        let shim = try ClockShim()
        let server = try await TestServer.start(environment: shim.environment)
        let app = try await server.makeApp()
        let receiver = try WebhookReceiver { _, count in .status(count < 2 ? 500 : 204) }
        let id = try await Self.watch(app, receiver, ["user.*"])
        try await app.register("ann")
        _ = try await receiver.wait(for: 1)
        try shim.set(seconds: -1_000_000_000)
        // The wait of seconds goes by the monotonic clock.
        _ = try await receiver.wait(for: 2)
        // The next one is of minutes, and is written; the next process sees a time of decades away.
        let former = TestApp(server: server, credentials: app.credentials)
        _ = try await eventually("two attempts that are written") {
            let waiting = try await former.perform("GET", "/webhooks/\(id)/deliveries?state=pending").json()
            return waiting["data"]?[0]?["attempts"] == 2 ? true : nil
        }
        try await server.stop()
        try shim.set(seconds: -1_300_000_000)
        try await server.startAgain()
        let received = try await receiver.wait(for: 3)
        #expect(Set(received.compactMap { $0.fields["webhook-id"] }).count == 1)
        try shim.set(seconds: 1_000_000_000)
        let later = TestApp(server: server, credentials: app.credentials)
        _ = try await later.freshToken()
        try await later.register("bob")
        #expect(try await receiver.wait(for: 4).last?.json()["data"]?["user"] == "bob")
        try shim.set(seconds: 0)
        try await server.stop()
    }

    @Test func `After a crash those who were online and aren't connected are announced as offline`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let receiver = try WebhookReceiver()
        _ = try await Self.watch(app, receiver, ["user.online", "user.offline"])
        let tokens = [try await app.sessionToken("ann"), try await app.sessionToken("bob")]
        let online = DispatchSemaphore(value: 0)
        async let sockets: Void = onOwnThread {
            var first = try app.socket(token: tokens[0])
            var second = try app.socket(token: tokens[1])
            online.wait()
            // Open until then; the server is gone by now.
            _ = try? first.isQuiet()
            _ = try? second.isQuiet()
        }
        _ = try await receiver.wait(for: 2)
        try await server.kill9()
        online.signal()
        try await sockets
        try await server.startAgain()
        // What was delivered and not written before the crash comes again, under its own id.
        let received = try await receiver.wait { received in
            (try? Self.users("user.offline", in: received)) == ["ann", "bob"]
        }
        #expect(try Self.users("user.online", in: received) == ["ann", "bob"])
        #expect(Set(received.compactMap { $0.fields["webhook-id"] }).count == 4)
        try await server.stop()
    }
}
