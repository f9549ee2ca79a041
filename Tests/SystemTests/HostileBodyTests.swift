// Bombs: heads, queries and bodies beyond every bound are refused early and remembered by nothing.

import Foundation
import TestKit
import Testing

@Suite struct HostileBodyTests {
    private static let megabyte = 1 << 20

    /// Sends as much as the server takes and says what it answered; nil for a close without a word.
    private static func answer(_ server: TestServer, head: String, body: [UInt8], isChunked: Bool = false)
        throws -> Int?
    {
        let client = try HostileClient(server)
        do {
            try client.socket.send(head)
            for start in stride(from: 0, to: body.count, by: 64 << 10) {
                let piece = body[start..<min(start + 64 << 10, body.count)]
                if isChunked { try client.socket.send(String(piece.count, radix: 16) + "\r\n") }
                try client.socket.send(piece)
                if isChunked { try client.socket.send("\r\n") }
            }
            if isChunked { try client.socket.send("0\r\n\r\n") }
        } catch is RawSocket.Failure {
            // Refused and closed before all of it was sent; the answer may be there all the same.
        }
        return try client.status()
    }

    @Test func `Ten megabytes of brackets are refused, by length and in chunks, with a token and without`()
        async throws
    {
        let hostile = try await HostileServer()
        let app = try await hostile.server.makeApp(openRegistration: true)
        let token = try await app.token()
        let server = hostile.server
        try await onOwnThread { () throws in
            let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 10 * Self.megabyte)
            for path in ["/token", "/users"] {
                for authorization in ["", "Authorization: Bearer \(token)\r\n"] {
                    let head = "POST \(app.prefix)\(path) HTTP/1.1\r\nHost: a\r\n\(authorization)"
                    let announced = head + "Content-Length: \(brackets.count)\r\n\r\n"
                    #expect(try Self.answer(server, head: announced, body: brackets) == 413)
                    let chunked = head + "Transfer-Encoding: chunked\r\n\r\n"
                    #expect(try Self.answer(server, head: chunked, body: brackets, isChunked: true) == 413)
                    // A body that fits is read, and refused for its depth.
                    let some = Array(brackets.prefix(60_000))
                    let fitting = head + "Content-Length: \(some.count)\r\n\r\n"
                    #expect(try Self.answer(server, head: fitting, body: some) == 400)
                }
            }
        }
        try await hostile.endUnharmed()
    }

    @Test func `A caller without a token gets less room for a body than one with it`() async throws {
        let hostile = try await HostileServer()
        let app = try await hostile.server.makeApp(openRegistration: true)
        let token = try await app.token()
        let server = hostile.server
        try await onOwnThread {
            let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 100_000)
            let head = "POST \(app.prefix)/users HTTP/1.1\r\nHost: a\r\nContent-Length: \(blanks.count)\r\n"
            #expect(try Self.answer(server, head: head + "\r\n", body: blanks) == 413)
            #expect(
                try Self.answer(server, head: head + "Authorization: Bearer \(token)\r\n\r\n", body: blanks)
                    == 400
            )
            // Five hundred of them that hold on to what they may keep.
            let clients = try (0..<500).map { _ in try HostileClient(server) }
            for client in clients {
                try client.socket.send(
                    "POST \(app.prefix)/token HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n"
                )
                try client.socket.send(blanks.prefix(65_535))
            }
            #expect(try server.client().sendBlocking(HTTPRequest("GET", "/healthz")).status == 200)
            hostile.expectBoundedMemory()
        }
        try await hostile.endUnharmed()
    }

    @Test func `Heads beyond every bound are refused: lines, fields, sizes, endless ones`() async throws {
        let hostile = try await HostileServer()
        let server = hostile.server
        let fields = (0..<200).map { "X-\($0): a\r\n" }.joined()
        let cases: [(name: String, head: String, status: Int)] = [
            (
                "query pairs",
                "GET /healthz?" + String(repeating: "a&", count: 1000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 400
            ),
            (
                "request line",
                "GET /healthz?" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414
            ),
            ("segments", "GET " + String(repeating: "/a", count: 4000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 404),
            ("fields", "GET /healthz HTTP/1.1\r\nHost: a\r\n\(fields)\r\n", 431),
            (
                "field",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n", 431
            ),
            ("endless line", "GET /" + String(repeating: "a", count: 1_000_000), 414),
            ("endless field", "GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 1_000_000), 431),
            ("no line end", String(repeating: "a", count: 1_000_000), 414),
        ]
        try await onOwnThread {
            for (name, head, status) in cases {
                for _ in 0..<20 {
                    let client = try HostileClient(server)
                    do { try client.socket.send(head) } catch is RawSocket.Failure {}
                    // A reset may overtake the answer where much more was sent than is read away.
                    let answer = try client.status()
                    #expect(answer == status || (answer == nil && head.utf8.count > 256 << 10), "\(name)")
                }
            }
        }
        try await hostile.endUnharmed()
    }
}
