// gRPC over HTTP/2: broken calls, deadlines, compression and calls that are given up, each in gRPC-Web, too.

import FrameKit
import HTTP
import Protobuf
import Routing
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct GRPCTests {
    private static let basic = "service.basic.v1.BasicService"

    /// A form of a call, and the version of HTTP that it is sent by.
    enum Wire: String, CaseIterable, CustomTestStringConvertible {
        case grpc = "application/grpc"
        case web = "application/grpc-web+proto"
        case webInHTTP2 = "application/grpc-web"

        var testDescription: String { rawValue }
        var speaksHTTP2: Bool { self != .web }

        /// The outcome of a call, and its messages.
        func outcome(_ reply: HTTPReply) throws -> (status: Int, messages: [[UInt8]]) {
            guard self == .grpc else {
                let call = try GRPCWebReply(reply)
                return (call.status, call.messages)
            }
            let status = reply.headers["grpc-status"].flatMap { Int($0) } ?? -1
            return (status, try EnvelopeStream(parsing: reply.body).messages)
        }
    }

    private static func call(
        _ wire: Wire,
        _ method: String,
        in service: String = basic,
        of app: TestApp,
        _ body: [UInt8],
        token: String? = nil,
        _ fields: HeaderFields = [:]
    ) async throws -> HTTPReply {
        var request = HTTPRequest(
            "POST",
            app.path(ofMethod: method, in: service),
            headers: ["Content-Type": wire.rawValue, "TE": "trailers"],
            body: .bytes(body)
        )
        for field in fields.fields { request.headers.add(field.name, field.value) }
        if let token { request = request.authorized(token) }
        return try await app.server.client(speaksHTTP2: wire.speaksHTTP2).send(request)
    }

    /// A broken call, and the outcome that it leads to.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: [UInt8]
        var fields: HeaderFields = [:]
        var status = 3
    }

    private static let good = EnvelopeStream.envelope([])
    private static let bad = [
        Bad(testDescription: "nothing", body: []),
        Bad(testDescription: "two messages", body: good + good),
        Bad(testDescription: "half a head", body: [0, 0, 0]),
        Bad(testDescription: "half a message", body: [0, 0, 0, 0, 9, 1]),
        Bad(testDescription: "unknown flags", body: EnvelopeStream.envelope([], flags: 0x40)),
        Bad(testDescription: "4 GB", body: [0, 0xFF, 0xFF, 0xFF, 0xFF], status: 8),
        Bad(
            testDescription: "compressed by nothing",
            body: EnvelopeStream.envelope([1], flags: 1),
            status: 13
        ),
        Bad(testDescription: "an unknown coding", body: good, fields: ["Grpc-Encoding": "br"], status: 12),
        Bad(testDescription: "no time-out", body: good, fields: ["Grpc-Timeout": "soon"]),
        Bad(testDescription: "nine digits", body: good, fields: ["Grpc-Timeout": "123456789S"]),
        Bad(testDescription: "no unit", body: good, fields: ["Grpc-Timeout": "100"]),
        Bad(testDescription: "another unit", body: good, fields: ["Grpc-Timeout": "1s"]),
        Bad(
            testDescription: "what gzip doesn't make",
            body: EnvelopeStream.envelope([1, 2, 3], flags: 1),
            fields: ["Grpc-Encoding": "gzip"]
        ),
    ]

    @Test(arguments: bad, Wire.allCases)
    func `a broken call is refused by its number, with status 200`(bad: Bad, wire: Wire) async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await Self.call(wire, "Timestamp", of: app, bad.body, bad.fields)
        #expect(reply.status == 200 && reply.headers["Content-Type"] == wire.rawValue)
        let outcome = try wire.outcome(reply)
        #expect(outcome.status == bad.status && outcome.messages == [], "\(outcome)")
        if bad.status == 12 { #expect(reply.headers["grpc-accept-encoding"] == "identity,gzip") }
    }

    @Test func `gRPC for a path that is no method is unimplemented, and another type isn't taken`()
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        let client = try app.server.client(speaksHTTP2: true)
        for path in [app.path(ofMethod: "NoSuch"), "/some.other.v1.Service/Call", "/", "/healthz"] {
            let request = HTTPRequest(
                "POST",
                path,
                headers: ["Content-Type": "application/grpc", "TE": "trailers"],
                body: .bytes(Self.good)
            )
            let reply = try await client.send(request)
            #expect(reply.status == 200 && reply.headers["grpc-status"] == "12", "\(path): \(reply.status)")
        }
        let other = try await client.send(
            HTTPRequest(
                "POST",
                app.path(ofMethod: "Ping", in: Self.basic),
                headers: ["Content-Type": "application/grpcx"],
                body: .bytes(Self.good)
            )
        )
        #expect(other.status == 415)
    }

    // MARK: Deadlines

    @Test(arguments: Wire.allCases)
    func `a deadline ends a stream behind what was there, and a call before it begins`(wire: Wire)
        async throws
    {
        let world = try await FeedTests.World.make()
        try await world.say("first")
        let time = FetchMsgsRequest(time: ProtobufTimestamp(seconds: 0, nanoseconds: 0))
        let feed = try await Self.call(
            wire,
            "FetchMsgs",
            in: "service.ourchat.v1.OurChatService",
            of: world.app,
            EnvelopeStream.envelope(time.binary),
            token: world.ann,
            ["Grpc-Timeout": "50m"]
        )
        let outcome = try wire.outcome(feed)
        #expect(outcome.status == 4 && outcome.messages.count == 1)
        let message = try #require(outcome.messages.first)
        guard case .message(let said) = try FetchMsgsResponse(binary: message).record else {
            Issue.record("\(message)")
            return
        }
        #expect(said.markdownText == "first")
        let late = try await Self.call(wire, "Timestamp", of: world.app, Self.good, ["Grpc-Timeout": "1n"])
        #expect(try wire.outcome(late).status == 4)
        let early = try await Self.call(wire, "Ping", of: world.app, Self.good, ["Grpc-Timeout": "1H"])
        #expect(try wire.outcome(early).status == 0)
    }

    // MARK: Compression

    /// One stored block in the form of gzip (RFC 1952).
    private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        func little(_ number: UInt32, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
        }
        let count = UInt32(bytes.count)
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1]
        return head + little(count, 2) + little(~count, 2) + bytes + little(~sum, 4) + little(count, 4)
    }

    @Test(arguments: Wire.allCases)
    func `messages may be compressed by gzip, and the reply is one that anybody reads`(wire: Wire)
        async throws
    {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let message = GetIDRequest(ocid: "ann").binary
        for (body, encoding) in [
            (EnvelopeStream.envelope(Self.gzip(message), flags: 1), "gzip"),
            (EnvelopeStream.envelope(message), "gzip"), (EnvelopeStream.envelope(message), "identity"),
        ] {
            let reply = try await Self.call(
                wire,
                "GetId",
                of: app,
                body,
                ["Grpc-Encoding": encoding, "Grpc-Accept-Encoding": "identity"]
            )
            let outcome = try wire.outcome(reply)
            #expect(outcome.status == 0 && reply.headers["grpc-encoding"] == nil, "\(encoding)")
            #expect(try GetIDResponse(binary: try #require(outcome.messages.first)).id > 0)
        }
    }

    // MARK: Cancellation

    /// Waits until the log has a line for a call that ended, by its request's name.
    private static func waitForEnd(of request: String, on server: TestServer) throws {
        let deadline = Deadline()
        while !server.logEntries().contains(where: { $0["request"]?.string == request }) {
            guard !deadline.hasPassed else { throw DeadlinePassed(description: "\(request) goes on") }
        }
    }

    @Test func `a call that is given up ends, and the others on its connection go on`() async throws {
        let world = try await FeedTests.World.make()
        let server = world.app.server
        let name = "given-up-\(world.session)"
        try await onOwnThread {
            let time = FetchMsgsRequest(time: ProtobufTimestamp(seconds: 0, nanoseconds: 0)).binary
            let client = try HTTP2Client(port: try server.port)
            let path = world.app.path(ofMethod: "FetchMsgs")
            let first = try client.call(path, token: world.ann, [("x-request-id", name)])
            let second = try client.call(path, token: world.ann)
            for stream in [first, second] { try client.send(stream, [time], ends: true) }
            try world.sayNow("one")
            for stream in [first, second] { _ = try client.message(stream) }
            try client.send(HTTP2Frame.reset(first))
            try Self.waitForEnd(of: name, on: server)
            try world.sayNow("two")
            let record = try FetchMsgsResponse(binary: try client.message(second)).record
            guard case .message(let said) = record else {
                Issue.record("\(String(describing: record))")
                return
            }
            #expect(said.markdownText == "two")
        }
    }

    @Test func `a browser that goes ends its stream`() async throws {
        let world = try await FeedTests.World.make()
        let server = world.app.server
        let name = "went-\(world.session)"
        try await onOwnThread {
            do {
                let body = EnvelopeStream.envelope(
                    FetchMsgsRequest(time: ProtobufTimestamp(seconds: 0, nanoseconds: 0)).binary
                )
                var socket = try RawSocket(port: try server.port)
                let head = [
                    "POST \(world.app.path(ofMethod: "FetchMsgs")) HTTP/1.1", "Host: a",
                    "Content-Type: application/grpc-web+proto", "Content-Length: \(body.count)",
                    "Authorization: Bearer \(world.ann)", "X-Request-Id: \(name)",
                ].joined(separator: "\r\n")
                try socket.send(Array("\(head)\r\n\r\n".utf8) + body)
                // The head is there: the stream has begun.
                _ = try socket.read(exactly: 64)
                socket.resetOnClose()
            }
            try Self.waitForEnd(of: name, on: server)
        }
    }
}
