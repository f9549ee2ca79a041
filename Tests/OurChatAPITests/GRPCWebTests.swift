// gRPC-Web over HTTP/1.1 as the JavaScript client sends it (PROTOCOL-WEB.md): calls, streams, uploads, refusals, CORS.

import Crypto
import HTTP
import JSON
import Protobuf
import Routing
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct GRPCWebTests {
    static let types = [
        "application/grpc-web", "application/grpc-web+proto", "application/grpc-web+json",
        "application/grpc-web-text", "application/grpc-web-text+proto", "application/grpc-web-text+json",
    ]

    private static func call(
        _ method: String,
        in service: String = "service.basic.v1.BasicService",
        of app: TestApp,
        _ body: [UInt8],
        type: String,
        token: String? = nil,
        _ fields: HeaderFields = [:]
    ) async throws -> HTTPReply {
        var request = HTTPRequest(
            "POST",
            app.path(ofMethod: method, in: service),
            headers: ["Content-Type": type, "X-Grpc-Web": "1", "X-User-Agent": "grpc-web-javascript/0.1"],
            body: .bytes(type.contains("-text") ? GRPCWebReply.text(body) : body)
        )
        for field in fields.fields { request.headers.add(field.name, field.value) }
        if let token { request = request.authorized(token) }
        return try await app.server.client().send(request)
    }

    private static func encoded(_ message: some ProtobufMessage, _ type: String) -> [UInt8] {
        EnvelopeStream.envelope(type.hasSuffix("+json") ? message.json : message.binary)
    }

    /// A broken body, and the outcome that it leads to.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: [UInt8]
        var fields: HeaderFields = [:]
        var status = 3
    }

    private static let bad = [
        Bad(testDescription: "nothing", body: []),
        Bad(testDescription: "two messages", body: EnvelopeStream.envelope([]) + EnvelopeStream.envelope([])),
        Bad(testDescription: "half a head", body: [0, 0, 0]),
        Bad(testDescription: "half a message", body: [0, 0, 0, 0, 9, 1]),
        Bad(testDescription: "trailers", body: EnvelopeStream.envelope([], flags: 0x80)),
        Bad(testDescription: "4 GB", body: [0, 0xFF, 0xFF, 0xFF, 0xFF], status: 8),
        Bad(testDescription: "compressed by nothing", body: EnvelopeStream.envelope([1, 2], flags: 1), status: 13),
        Bad(
            testDescription: "an unknown compression",
            body: EnvelopeStream.envelope([]),
            fields: ["Grpc-Encoding": "br"],
            status: 12
        ),
        Bad(testDescription: "no time-out", body: EnvelopeStream.envelope([]), fields: ["Grpc-Timeout": "soon"]),
        Bad(testDescription: "nine digits", body: EnvelopeStream.envelope([]), fields: ["Grpc-Timeout": "123456789S"]),
        Bad(testDescription: "no unit", body: EnvelopeStream.envelope([]), fields: ["Grpc-Timeout": "100"]),
    ]

    @Test(arguments: bad, ["application/grpc-web+proto", "application/grpc-web-text"])
    func `a broken call is refused in its trailers, with status 200`(bad: Bad, type: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let reply = try await Self.call("Timestamp", of: app, bad.body, type: type, bad.fields)
        #expect(reply.status == 200 && reply.headers["Content-Type"] == type)
        let call = try GRPCWebReply(reply)
        #expect(call.messages == [] && call.status == bad.status, "\(call)")
        if bad.status == 12 { #expect(reply.headers["Grpc-Accept-Encoding"] == "identity,gzip") }
    }

    @Test func `a body that isn't base64 is refused`() async throws {
        let app = try await TestServer.shared().makeApp()
        for body in ["AAAA*AA=", "AAAAAAA", "=AAA", "AAA=AAAA====", "AAAAAAB="] {
            var request = HTTPRequest("POST", app.path(ofMethod: "Ping", in: "service.basic.v1.BasicService"))
            request.headers.add("Content-Type", "application/grpc-web-text")
            request.body = .bytes(Array(body.utf8))
            let call = try GRPCWebReply(try await app.server.client().send(request))
            #expect(call.status == 3 && call.messages == [], "\(body)")
        }
    }

    @Test(arguments: types) func `a unary call is answered in its own form`(type: String) async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let reply = try await Self.call("GetId", of: app, Self.encoded(GetIDRequest(ocid: "ann"), type), type: type)
        let call = try GRPCWebReply(reply)
        #expect(reply.headers["Content-Type"] == type && call.status == 0 && call.messages.count == 1)
        let message = try #require(call.messages.first)
        if type.hasSuffix("+json") {
            #expect(try TestJSON(parsing: message)["id"] != nil)
        } else {
            #expect(try GetIDResponse(binary: message).id > 0)
        }
    }

    @Test(arguments: types) func `an outcome has its number and its text`(type: String) async throws {
        let app = try await TestServer.shared().makeApp()
        let body = Self.encoded(GetIDRequest(ocid: "nobody"), type)
        let call = try GRPCWebReply(try await Self.call("GetId", of: app, body, type: type))
        #expect(call.status == 5 && call.message == "User Not Found" && call.messages == [])
    }

    @Test(arguments: types)
    func `a file is sent in one body and fetched as a stream`(type: String) async throws {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        let token = try await app.userToken("ann", password: "123")
        let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let header = UploadHeader(hash: SHA256.hash(content).bytes, size: UInt64(content.count))
        let messages = [
            UploadRequest(data: .metadata(header)), UploadRequest(data: .content(Array(content.prefix(40_000)))),
            UploadRequest(data: .content(Array(content.dropFirst(40_000)))),
        ]
        let service = "service.ourchat.v1.OurChatService"
        let body = messages.flatMap { Self.encoded($0, type) }
        let sent = try await Self.call("Upload", in: service, of: app, body, type: type, token: token)
        let upload = try GRPCWebReply(sent)
        #expect(upload.status == 0, "\(upload.message)")
        let isJSON = type.hasSuffix("+json")
        let first = try #require(upload.messages.first)
        let key = try isJSON ? UploadResponse(json: JSONDocument(first).root).key : UploadResponse(binary: first).key
        let ask = Self.encoded(DownloadRequest(key: key), type)
        let fetched = try await Self.call("Download", in: service, of: app, ask, type: type, token: token)
        let download = try GRPCWebReply(fetched)
        let pieces = try download.messages.flatMap { message in
            try isJSON ? DownloadResponse(json: JSONDocument(message).root).data : DownloadResponse(binary: message).data
        }
        #expect(download.status == 0 && pieces == content)
    }

    @Test func `a call without a token, and one of no method, end in their trailers`() async throws {
        let app = try await TestServer.shared().makeApp()
        let body = EnvelopeStream.envelope([])
        let service = "service.ourchat.v1.OurChatService"
        for (method, status) in [("Unregister", 16), ("FetchMsgs", 16), ("NoSuch", 12)] {
            let reply = try await Self.call(method, in: service, of: app, body, type: "application/grpc-web")
            #expect(try GRPCWebReply(reply).status == status, "\(method)")
        }
        var elsewhere = HTTPRequest("POST", "/some.other.v1.Service/Call", body: .bytes(body))
        elsewhere.headers.add("Content-Type", "application/grpc-web+proto")
        #expect(try GRPCWebReply(try await app.server.client().send(elsewhere)).status == 12)
    }

    @Test func `gRPC without HTTP/2 is refused with a status`() async throws {
        let app = try await TestServer.shared().makeApp()
        for (method, type) in [("Ping", "application/grpc"), ("NoSuch", "application/grpc+proto")] {
            let reply = try await Self.call(method, of: app, EnvelopeStream.envelope([]), type: type)
            #expect(reply.status == (method == "Ping" ? 415 : 404), "\(method)")
        }
    }

    @Test func `a browser may send what the client does, and read the outcome`() async throws {
        let app = try await TestServer.start(flags: ["--cors-origin", "https://app.example"]).makeApp()
        let path = app.path(ofMethod: "Ping", in: "service.basic.v1.BasicService")
        var preflight = HTTPRequest("OPTIONS", path)
        preflight.headers.add("Origin", "https://app.example")
        preflight.headers.add("Access-Control-Request-Method", "POST")
        let allowed = try await app.server.client().send(preflight)
        let fields = (allowed.headers["Access-Control-Allow-Headers"] ?? "").split(separator: ", ")
        for field in ["x-grpc-web", "x-user-agent", "grpc-timeout", "authorization", "content-type"] {
            #expect(fields.contains(Substring(field)), "\(field)")
        }
        let type = "application/grpc-web+proto"
        for method in ["Ping", "NoSuch"] {
            let reply = try await Self.call(method, of: app, EnvelopeStream.envelope([]), type: type)
            #expect(reply.headers["Access-Control-Expose-Headers"] == "grpc-status, grpc-message")
            #expect(reply.headers["Access-Control-Allow-Origin"] == "https://app.example")
        }
    }
}
