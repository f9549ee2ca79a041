// An hour of messages as a file: the link, what is behind it, and who gets nothing.

import Foundation
import TestKit
import Testing

@Suite struct HistoryExportTests {
    /// An application with one message sent, and the path of the link to this hour's messages.
    private static func export() async throws -> (app: TestApp, target: String) {
        let app = try await TestServer.shared().makeApp()
        try await app.register("alice")
        try await app.register("bob")
        try await app.perform(
            "POST",
            "/messages",
            [
                "target_type": "users", "target": ["bob"], "from": "alice",
                "msg": ["type": "txt", "msg": "good evening"],
            ]
        )
        let reply = try await app.perform("GET", "/chatmessages/\(hour())")
        let link = try #require(try reply.json()["data"]?[0]?["url"]?.string)
        let target = try #require(link.range(of: app.prefix).map { String(link[$0.lowerBound...]) })
        return (app, target)
    }

    /// The hour of now, in UTC.
    private static func hour() -> String {
        let format = DateFormatter()
        format.timeZone = TimeZone(identifier: "UTC")
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "yyyyMMddHH"
        return format.string(from: Date())
    }

    @Test func `the link answers without a token, with the hour's messages as gzip`() async throws {
        let (app, target) = try await Self.export()
        let file = try await app.server.client().get(target)
        #expect(file.status == 200)
        #expect(file.body.prefix(2) == [0x1F, 0x8B])
        // The container holds stored blocks, so the text stands in it as it is.
        let text = String(decoding: file.body, as: UTF8.self)
        #expect(text.contains("good evening") && text.contains("\"from\":\"alice\""))
    }

    @Test func `a link that was changed anywhere answers nothing`() async throws {
        let (app, target) = try await Self.export()
        let other = try await app.server.makeApp()
        let client = try app.server.client()
        let changed = [
            String(target.dropLast()), target + "A", target.replacing(app.prefix, with: other.prefix),
            String(target.prefix { $0 != "?" }),
        ]
        for target in changed {
            let reply = try await client.get(target)
            #expect([400, 401, 403].contains(reply.status), "\(target): \(reply.status)")
            #expect(!reply.text.contains("good evening"))
        }
    }
}
