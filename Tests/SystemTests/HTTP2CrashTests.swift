// A crash while hundreds of streams are open: nothing that was acknowledged, or shown to anybody, is lost.

import Foundation
import FrameKit
import TestKit
import Testing

@Suite struct HTTP2CrashTests {
    private static let connections = 5
    private static let streamsEach = 100

    /// A hundred feeds of a user on one connection, as Connect streams of JSON.
    private static func openFeeds(_ app: TestApp, _ token: String) throws -> (HTTP2Client, [UInt32]) {
        let client = try HTTP2Client(port: try app.server.port)
        let fields = [
            ("content-type", EnvelopeStream.jsonType), ("authorization", "Bearer \(token)"),
        ]
        var streams: [UInt32] = []
        for _ in 0..<streamsEach {
            let stream = try client.open(app.path(ofMethod: "FetchMsgs"), "POST", hasBody: true, fields)
            let start: TestJSON = ["time": "1970-01-01T00:00:00Z"]
            try client.send(stream, [start.bytes], ends: true)
            streams.append(stream)
        }
        return (client, streams)
    }

    @Test func `a kill with five hundred feeds open loses nothing acknowledged and nothing shown`()
        async throws
    {
        let server = try await TestServer.start(flags: ["--connections-per-address", "5000"])
        let app = try await server.makeApp()
        for name in ["ann", "bob"] { try await app.register(name) }
        let made = try await app.perform(
            "POST",
            "/chatgroups",
            ["groupname": "g", "desc": "d", "public": true, "owner": "ann", "members": ["bob"]]
        )
        let session = try #require(try made.json()["data"]?["groupid"]?.string)
        let ann = try await app.userToken("ann", password: "123")
        let bob = try await app.userToken("bob", password: "123")
        let say: TestJSON = ["sessionId": .string(session), "markdownText": "x"]
        let (acknowledged, shown): (Set<String>, Set<String>) = try await onOwnThread {
            let feeds = try (0..<Self.connections).map { _ in try Self.openFeeds(app, ann) }
            let sender = try HTTP2Client(port: try server.port)
            let fields = [("content-type", "application/json"), ("authorization", "Bearer \(bob)")]
            func send() throws -> UInt32 {
                let stream = try sender.open(app.path(ofMethod: "SendMsg"), "POST", hasBody: true, fields)
                try sender.send(HTTP2Frame.data(stream, say.bytes, ends: true))
                return stream
            }
            var acknowledged: Set<String> = []
            for _ in 0..<20 {
                let stream = try send()
                let body = try sender.frame { $0.stream == stream && $0.kind == 0 && !$0.payload.isEmpty }
                acknowledged.insert(try #require(try TestJSON(parsing: body.payload)["msgId"]?.string))
            }
            var shown: Set<String> = []
            for (client, streams) in feeds {
                for stream in streams {
                    let payload = try client.frame { $0.stream == stream && $0.kind == 0 }.payload
                    let records = try EnvelopeStream(parsing: payload).json
                    shown.formUnion(records.compactMap { $0["msgId"]?.string })
                }
            }
            // More are under way when the end comes.
            for _ in 0..<50 { _ = try send() }
            try server.signal(SIGKILL)
            return (acknowledged, shown)
        }
        try await server.kill9()
        try await server.startAgain()
        let stored = try await server.client().send(
            .stream(
                app.path(ofMethod: "FetchMsgs"),
                [["time": "1970-01-01T00:00:00Z"]],
                token: ann,
                timeoutMilliseconds: 1
            )
        ).stream().json.compactMap { $0["msgId"]?.string }
        #expect(acknowledged.count == 20 && acknowledged.isSubset(of: stored))
        #expect(!shown.isEmpty && shown.isSubset(of: stored))
        #expect(Set(stored).count == stored.count)
        try await server.stop()
    }
}
