// What an operator sees of webhooks: numbers, log lines, the check, and the commands.

import Foundation
import TestKit
import Testing

@Suite struct WebhookOperationTests {
    private struct World {
        /// It listens as long as the world is there.
        let receiver: WebhookReceiver
        let server: TestServer
        let app: TestApp
        let id: String

        init(_ receiver: WebhookReceiver) async throws {
            self.receiver = receiver
            server = try await TestServer.start()
            app = try await server.makeApp()
            let body: TestJSON = ["url": .string(receiver.url()), "events": ["user.*"], "name": "orders"]
            let made = try await app.perform("POST", "/webhooks", body).json()
            id = try #require(made["data"]?["id"]?.string)
        }

        var name: String { "\(app.credentials.organization)/\(app.credentials.applicationName)" }

        func metric(_ name: String) async throws -> Int? {
            let page = try await server.client().get("/metrics").text
            let line = page.split(separator: "\n").first { $0.hasPrefix(name + " ") }
            return line.flatMap { Int($0.split(separator: " ").last ?? "") }
        }

        /// Waits for a number of the metrics page, which is counted every few seconds.
        func wait(for value: Int, _ name: String) async throws {
            _ = try await eventually("\(name) \(value)") {
                try await metric(name) == value ? true : nil
            }
        }
    }

    @Test func `A failed attempt is a log line and a number, and what is pending is counted`() async throws {
        let world = try await World(try WebhookReceiver { _, _ in .status(503, "no") })
        try await world.app.register("ann")
        try await world.wait(for: 1, "parley_webhook_pending")
        #expect(try await world.metric("parley_webhook_oldest_seconds") != nil)
        let attempts = #"parley_webhook_attempts_total{endpoint="\#(world.id)",result="failed"}"#
        #expect(try await world.metric(attempts) ?? 0 >= 1)
        let lines = world.server.logEntries().filter { $0["event"] == "webhook" }
        let line = try #require(lines.first { $0["status"] != nil })
        #expect(line["endpoint"]?.string == world.id)
        #expect(line["status"] == 503)
        #expect(line["error"]?.string?.contains("503") == true)
        let check = try await world.server.command("check", "--json")
        #expect(try check.json()["outbox"]?["pending"] == 1)
        #expect(try check.json()["outbox"]?["oldest"] != nil)
        #expect(try await world.server.command("check").output.contains("1 deliver"))
        try await world.server.stop()
        // Without a server the command looks into the folder itself, and delivers nothing by the way.
        let alone = try await world.server.command("check", "--json")
        #expect(try alone.json()["outbox"]?["pending"] == 1)
    }

    @Test func `An endpoint that is disabled is an event, a number and a log line`() async throws {
        let world = try await World(try WebhookReceiver { _, _ in .status(410) })
        let watcher = try WebhookReceiver()
        try await world.app.perform(
            "POST",
            "/webhooks",
            ["url": .string(watcher.url()), "events": ["endpoint.disabled"]]
        )
        try await world.app.register("ann")
        let event = try #require(try await watcher.wait(for: 1).first).json()
        #expect(event["type"] == "endpoint.disabled")
        #expect(event["data"]?["endpoint"]?.string == world.id)
        #expect(event["data"]?["reason"] != nil)
        #expect(event["data"]?["by"] == nil)
        try await world.wait(for: 1, "parley_webhook_disabled_total")
        let line = world.server.logEntries().first { $0["event"] == "webhook disabled" }
        #expect(line?["endpoint"]?.string == world.id)
        try await world.server.stop()
    }

    @Test func `The commands list, ping and replay, beside a server and by words that can be wrong`()
        async throws
    {
        let receiver = try WebhookReceiver()
        let world = try await World(receiver)
        let server = world.server
        let before = Int64(Date().timeIntervalSince1970 * 1000) - 60_000
        try await world.app.register("ann")
        _ = try await receiver.wait(for: 1)
        let listed = try await server.command("webhook", "list", world.name)
        #expect(listed.output.contains(world.id) && listed.output.contains(receiver.url()))
        #expect(listed.output.contains("active"))
        let json = try await server.command("webhook", "list", world.name, "--json").json()
        #expect(json["webhooks"]?[0]?["id"]?.string == world.id)
        #expect(json["webhooks"]?[0]?["secret"] == nil)
        let ping = try await server.command("webhook", "ping", world.name, world.id)
        #expect(ping.succeeded && ping.output.contains("204"), "\(ping.output) \(ping.errors)")
        #expect(try await receiver.wait(for: 2).last?.json()["type"] == "ping")
        let replayed = try await server.command(
            "webhook",
            "replay",
            world.name,
            world.id,
            "--after",
            "\(before)",
            "--before",
            "2100-01-01T00:00:00Z",
            "--types",
            "user.registered,user.deleted"
        )
        #expect(replayed.succeeded, "\(replayed.errors)")
        let all = try await receiver.wait(for: 3)
        #expect(all[2].fields["webhook-id"] == all[0].fields["webhook-id"])
        #expect(all[2].body == all[0].body)
        for words in [
            ["webhook", "ping", world.name, "17"], ["webhook", "list", "org/nowhere"],
            ["webhook", "replay", world.name, world.id],
            ["webhook", "replay", world.name, world.id, "--after", "yesterday", "--before", "0"],
        ] {
            let refused = try await onOwnThread {
                try CommandLineRun.runBlocking(words + ["--data", server.dataPath])
            }
            #expect(!refused.succeeded && !refused.errors.isEmpty, "\(words)")
        }
        receiver.close()
        let unreachable = try await server.command("webhook", "ping", world.name, world.id)
        #expect(!unreachable.succeeded)
        try await server.stop()
    }
}
