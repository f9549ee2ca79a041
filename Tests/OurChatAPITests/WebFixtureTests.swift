// What the stock JavaScript client sends, as fixtures: replayed over HTTP/1.1 and HTTP/2.

import Foundation
import TestKit
import Testing

/// One exchange of gRPC-Web.
struct WebExchange: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let json: TestJSON

    static func all() throws -> [WebExchange] {
        let folder = URL(filePath: Project.fixtures).appending(path: "ourchat/grpc-web")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { $0.hasSuffix(".json") }.map { name in
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            return WebExchange(testDescription: name, json: try TestJSON(parsing: text))
        }
    }

    static func bytes(hex: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = hex[...]
        while let byte = UInt8(rest.prefix(2), radix: 16), rest.count >= 2 {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// The request to an application, by this user.
    func request(of app: TestApp, token: String) throws -> HTTPRequest {
        let described = try #require(json["request"])
        let path = try #require(described["path"]?.string)
        var request = HTTPRequest(
            try #require(described["method"]?.string),
            path.replacingOccurrences(of: "/{org}/{app}", with: app.prefix)
        )
        for member in described["headers"]?.members ?? [] {
            let value = member.value.string ?? ""
            request.headers.add(
                member.name,
                value.replacingOccurrences(of: "{token:ann}", with: token)
            )
        }
        if let text = described["text"]?.string { request.body = .bytes(Array(text.utf8)) }
        if let hex = described["hex"]?.string { request.body = .bytes(Self.bytes(hex: hex)) }
        return request
    }

    /// Holds a reply to what is written.
    func check(_ reply: HTTPReply, _ version: String) throws {
        let expected = try #require(json["response"])
        #expect(.integer(Int64(reply.status)) == expected["status"], "\(version): \(reply.text)")
        for member in expected["headers"]?.members ?? [] {
            #expect(reply.headers[member.name] == member.value.string, "\(version): \(member.name)")
        }
        if let allowed = expected["allows"]?.array {
            let fields = (reply.headers["Access-Control-Allow-Headers"] ?? "").split(separator: ", ")
            for name in allowed { #expect(fields.contains(Substring(name.string ?? "?")), "\(name)") }
        }
        guard let trailers = expected["trailers"]?.members else { return }
        let call = try GRPCWebReply(reply)
        #expect(
            call.trailers.mapValues { $0.removingPercentEncoding ?? "" }
                == Dictionary(uniqueKeysWithValues: trailers.map { ($0.name, $0.value.string ?? "") }),
            "\(version)"
        )
        if let messages = expected["messages"]?.array {
            #expect(call.messages == messages.map { Self.bytes(hex: $0.string ?? "") }, "\(version)")
        }
        if let count = expected["messageCount"] {
            #expect(count == .integer(Int64(call.messages.count)), "\(version)")
        }
    }
}

@Suite struct WebFixtureTests {
    private static let recorded = Result { try WebExchange.all() }

    @Test func `the exchanges are readable`() throws {
        #expect(try Self.recorded.get().count >= 11)
    }

    @Test(arguments: (try? recorded.get()) ?? [])
    func `a browser's exchange is answered as it is written, in both versions of HTTP`(
        exchange: WebExchange
    ) async throws {
        let server = try await TestServer.start(flags: ["--cors-origin", "https://app.example"])
        let app = try await server.makeApp()
        try await app.register("ann")
        let token = try await app.userToken("ann", password: "123")
        for isSecond in [false, true] {
            let client = try server.client(speaksHTTP2: isSecond)
            let reply = try await client.send(try exchange.request(of: app, token: token))
            try exchange.check(reply, isSecond ? "HTTP/2" : "HTTP/1.1")
        }
    }
}
