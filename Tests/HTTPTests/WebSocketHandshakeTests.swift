// The opening handshake: the example of the RFC, and every request that doesn't open a socket.

import HTTP
import Testing

@Suite struct WebSocketHandshakeTests {
    private static let fields = [
        "Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ]

    private static func request(
        _ line: String = "GET /chat HTTP/1.1",
        replacing name: String = "",
        with field: String? = nil,
        adding: String? = nil
    ) throws -> RequestHead {
        var lines = fields.filter { name.isEmpty || !$0.hasPrefix(name + ":") }
        if let field { lines.append(field) }
        if let adding { lines.append(adding) }
        return try head(([line] + lines).joined(separator: "\r\n") + "\r\n\r\n")
    }

    @Test func `the example of RFC 6455 section 1.3 is answered as there`() throws {
        let handshake = try WebSocketHandshake(Self.request())
        #expect(handshake.challenge == "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
        let digest: [UInt8] = [
            0xB3, 0x7A, 0x4F, 0x2C, 0xC0, 0x62, 0x4F, 0x16, 0x90, 0xF6, 0x46, 0x06, 0xCF, 0x38, 0x59, 0x45,
            0xB2, 0xBE,
            0xC4, 0xEA,
        ]
        var output: [UInt8] = []
        WebSocketHandshake.response(digest: digest)
            .serialize(into: &output, for: .get, keepsAlive: true, date: HTTPDate(secondsSince1970: 0))
        #expect(
            String(decoding: output, as: UTF8.self) == """
                HTTP/1.1 101 Switching Protocols\r
                Date: Thu, 01 Jan 1970 00:00:00 GMT\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r

                """
        )
    }

    @Test(
        arguments: [
            ("Connection", "Connection: keep-alive, Upgrade"), ("Upgrade", "upgrade: WebSocket"),
            ("Upgrade", "Upgrade: h2c, websocket"), ("", "Sec-WebSocket-Extensions: permessage-deflate"),
            ("", "Sec-WebSocket-Protocol: chat"), ("", "Content-Length: 0"),
            ("", "Origin: http://example.com"),
        ]
    )
    func `a client may say`(name: String, field: String) throws {
        _ = try WebSocketHandshake(Self.request(replacing: name, with: field))
    }

    @Test(
        arguments: [
            ("POST /chat HTTP/1.1", "", nil, .notAnUpgrade), ("GET /chat HTTP/1.0", "", nil, .notAnUpgrade),
            ("GET /chat HTTP/1.1", "Upgrade", nil, .notAnUpgrade),
            ("GET /chat HTTP/1.1", "Upgrade", "Upgrade: h2c", .notAnUpgrade),
            ("GET /chat HTTP/1.1", "Connection", nil, .notAnUpgrade),
            ("GET /chat HTTP/1.1", "Connection", "Connection: keep-alive", .notAnUpgrade),
            ("GET /chat HTTP/1.1", "Sec-WebSocket-Version", nil, .unsupportedVersion),
            ("GET /chat HTTP/1.1", "Sec-WebSocket-Version", "Sec-WebSocket-Version: 8", .unsupportedVersion),
            ("GET /chat HTTP/1.1", "", "Sec-WebSocket-Version: 13", .unsupportedVersion),
            ("GET /chat HTTP/1.1", "Sec-WebSocket-Key", nil, .invalidKey),
            ("GET /chat HTTP/1.1", "", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", .invalidKey),
            (
                "GET /chat HTTP/1.1", "Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ",
                .invalidKey
            ),
            (
                "GET /chat HTTP/1.1", "Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ===",
                .invalidKey
            ),
            (
                "GET /chat HTTP/1.1", "Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZS!ub25jZQ==",
                .invalidKey
            ),
            ("GET /chat HTTP/1.1", "", "Content-Length: 5", .hasBody),
            ("GET /chat HTTP/1.1", "", "Transfer-Encoding: chunked", .hasBody),
        ] as [(String, String, String?, WebSocketHandshakeError)]
    )
    func `a request that opens no socket`(
        line: String,
        name: String,
        field: String?,
        error: WebSocketHandshakeError
    ) throws {
        let head = try Self.request(line, replacing: name, with: field)
        #expect(throws: error) { try WebSocketHandshake(head) }
    }

    @Test(arguments: WebSocketHandshakeError.allCases)
    func `a refusal says what would help`(error: WebSocketHandshakeError) {
        #expect([400, 426].contains(error.status.code) && !error.explanation.isEmpty)
        #expect(error.fields.isEmpty == (error.status.code == 400))
    }
}
