// Streams that aren't: broken envelopes, wrong types, bombs, and calls whose time has passed.

import Foundation
import HTTP
import Protobuf
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct StreamRefusalTests {
    /// A body, what its head says, and the code that it is refused with.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var body: [UInt8]
        var fields: HeaderFields = [:]
        var code = "invalid_argument"

        init(
            _ name: String,
            _ body: [UInt8],
            _ fields: HeaderFields = [:],
            code: String = "invalid_argument"
        ) {
            testDescription = name
            self.body = body
            self.fields = fields
            self.code = code
        }
    }

    private static let good = EnvelopeStream.envelope(Array("{}".utf8))
    private static let gzip: HeaderFields = ["Connect-Content-Encoding": "gzip"]
    /// Some 7 KB that become 1.2 MB of zeros: one literal, and then the longest match of the fixed code (RFC 1951 section
    /// 3.2.6) over and over.
    private static let bomb: [UInt8] = {
        let longest: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
        var bits: [UInt8] = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
        for _ in 0..<4800 { bits += longest }
        bits += [0, 0, 0, 0, 0, 0, 0]
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var next: UInt8 = 0
        for (index, bit) in bits.enumerated() {
            next |= bit << UInt8(index % 8)
            if index % 8 == 7 || index == bits.count - 1 {
                bytes.append(next)
                next = 0
            }
        }
        return bytes + [0, 0, 0, 0, 0, 0, 0, 0]
    }()

    private static let bad: [Bad] = [
        Bad("nothing", []),
        Bad("two messages", good + good),
        Bad("half a head", [0, 0, 0]),
        Bad("half a message", [0, 0, 0, 0, 9, 0x7B]),
        Bad("a message and half a head", good + [0]),
        Bad("an end", EnvelopeStream.envelope(Array("{}".utf8), flags: 2)),
        Bad("unknown flags", EnvelopeStream.envelope(Array("{}".utf8), flags: 0x80)),
        Bad("a message of 4 GB", [0, 0xFF, 0xFF, 0xFF, 0xFF], code: "resource_exhausted"),
        Bad("a compressed message that no field speaks of", EnvelopeStream.envelope([1, 2], flags: 1)),
        Bad("a compressed message that isn't", EnvelopeStream.envelope([1, 2], flags: 1), gzip),
        Bad("an unknown compression", good, ["Connect-Content-Encoding": "br"], code: "unimplemented"),
        Bad("a gzip bomb", EnvelopeStream.envelope(bomb, flags: 1), gzip, code: "resource_exhausted"),
        Bad("a time-out that is none", good, ["Connect-Timeout-Ms": "soon"]),
        Bad("a time-out of eleven digits", good, ["Connect-Timeout-Ms": "10000000000"]),
    ]

    private static func call(
        _ method: String,
        of app: TestApp,
        _ body: [UInt8],
        type: String = EnvelopeStream.jsonType,
        _ fields: HeaderFields = [:]
    ) async throws -> HTTPReply {
        let token = try await app.userToken("ann", password: "123")
        var request = HTTPRequest(
            "POST",
            app.path(ofMethod: method),
            headers: ["Content-Type": type],
            body: .bytes(body)
        )
        for field in fields.fields { request.headers.add(field.name, field.value) }
        return try await app.server.client().send(request.authorized(token))
    }

    private static func app() async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        return app
    }

    @Test(arguments: bad)
    func `a broken stream is refused in its last envelope, with status 200`(bad: Bad) async throws {
        let app = try await Self.app()
        for method in ["FetchMsgs", "Download"] {
            let reply = try await Self.call(method, of: app, bad.body, bad.fields)
            #expect(reply.status == 200 && reply.headers["Content-Type"] == EnvelopeStream.jsonType)
            let stream = try reply.stream()
            #expect(stream.messages == [] && stream.code == bad.code, "\(method): \(reply.text)")
        }
    }

    @Test func `a message of an upload may have one megabyte, and no byte more`() async throws {
        let app = try await Self.app()
        // The header of the stream, so that it is the content that is refused.
        let size = 1 << 20
        func upload(_ bytes: Int) async throws -> HTTPReply {
            let content = [UInt8](repeating: 1, count: bytes)
            let header = UploadHeader(hash: [UInt8](repeating: 0, count: 32), size: UInt64(bytes))
            let messages = [UploadRequest(data: .metadata(header)), UploadRequest(data: .content(content))]
            let body = messages.flatMap { EnvelopeStream.envelope($0.binary) }
            return try await Self.call("Upload", of: app, body, type: EnvelopeStream.binaryType)
        }
        // Four bytes say that it is content, and how long.
        #expect(try await upload(size - 4).stream().message == "File Hash Error")
        let refused = try await upload(size - 3).stream()
        #expect(refused.code == "resource_exhausted" && refused.messages == [], "\(refused)")
    }

    @Test func `a body that isn't in envelopes by its type is refused with 415`() async throws {
        let app = try await Self.app()
        for type in ["application/json", "application/proto", "application/grpc", "text/plain"] {
            for method in ["FetchMsgs", "Download", "Upload"] {
                let reply = try await Self.call(method, of: app, Self.good, type: type)
                #expect(reply.status == 415, "\(method) with \(type)")
                #expect(
                    reply.headers["Accept-Post"] == "application/connect+json, application/connect+proto"
                )
            }
        }
    }

    @Test(
        arguments: [
            ("{}", "Time Missing"), (#"{"time":null}"#, "Time Missing"),
            (#"{"time":"yesterday"}"#, "Time Format Error"), (#"{"time":5}"#, "Time Format Error"),
            (#"{"time":"2026-02-30T00:00:00Z"}"#, "Time Format Error"),
        ]
    )
    func `a time that isn't one is refused in the words of the interface`(body: String, message: String)
        async throws
    {
        let app = try await Self.app()
        let reply = try await Self.call("FetchMsgs", of: app, EnvelopeStream.envelope(Array(body.utf8)))
        let stream = try reply.stream()
        #expect(stream.code == "invalid_argument" && stream.message == message)
    }

    @Test func `a time out of all time is refused in the binary form, too`() async throws {
        let app = try await Self.app()
        for time in [
            ProtobufTimestamp(seconds: .max), ProtobufTimestamp(seconds: .min),
            ProtobufTimestamp(seconds: 0, nanoseconds: -1),
        ] {
            let body = EnvelopeStream.envelope(FetchMsgsRequest(time: time).binary)
            let reply = try await Self.call("FetchMsgs", of: app, body, type: EnvelopeStream.binaryType)
            #expect(reply.headers["Content-Type"] == EnvelopeStream.binaryType)
            #expect(try reply.stream().message == "Time Format Error")
        }
    }

    // MARK: Time

    @Test func `a call that takes longer than it may is answered once, and its connection lives on`()
        async throws
    {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        try await onOwnThread {
            var socket = try app.server.rawSocket()
            for number in 0..<20 {
                let body = #"{"email":"u\#(number)@example.org","password":"StrongP@ssw0rd","name":"U"}"#
                let path = app.path(ofMethod: "Register", in: "service.auth.v1.AuthService")
                try socket.send(
                    "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Connect-Timeout-Ms: 1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                let reply = try socket.readResponse(to: "POST")
                let code = try reply.json()["code"]?.string
                #expect(reply.status == 200 || (reply.status == 504 && code == "deadline_exceeded"))
            }
            try socket.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try socket.readResponse().status == 200)
            #expect(socket.pendingBytes == [])
        }
    }

    @Test(arguments: [("GetId", "application/json", 504), ("Download", EnvelopeStream.jsonType, 200)])
    func `a call whose body comes when its time has passed isn't begun`(
        method: String,
        type: String,
        status: Int
    ) async throws {
        let app = try await Self.app()
        let token = try await app.userToken("ann", password: "123")
        let service =
            method == "GetId" ? "service.basic.v1.BasicService" : "service.ourchat.v1.OurChatService"
        let reply = try await onOwnThread {
            var socket = try app.server.rawSocket()
            try socket.send(
                "POST \(app.path(ofMethod: method, in: service)) HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\n"
                    + "Authorization: Bearer \(token)\r\nConnect-Timeout-Ms: 1\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 7\r\n\r\n"
            )
            // The head has been read once this is there, and its time runs.
            _ = try socket.readResponse(to: "POST")
            let passed = Deadline(afterSeconds: 0.002)
            while !passed.hasPassed {}
            try socket.send(method == "GetId" ? Array("{     }".utf8) : Self.good)
            return try socket.readResponse(to: "POST")
        }
        #expect(reply.status == status)
        #expect(reply.text.contains("deadline_exceeded"))
    }
}
