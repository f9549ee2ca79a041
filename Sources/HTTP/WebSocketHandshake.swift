// The opening handshake of a WebSocket: what the client's request must say, and the answer.

/// Why a request doesn't open a WebSocket (RFC 6455 section 4.2).
public enum WebSocketHandshakeError: Error, Sendable, Hashable, CaseIterable {
    /// No `Upgrade: websocket` with `Connection: upgrade`, or not a GET of HTTP/1.1: an ordinary request.
    case notAnUpgrade
    /// `Sec-WebSocket-Version` isn't exactly 13 (section 4.4).
    case unsupportedVersion
    /// `Sec-WebSocket-Key` isn't there once, or isn't the base64 text of 16 bytes.
    case invalidKey
    /// A body follows, whose bytes could be read as frames.
    case hasBody

    /// 426 where another protocol or version would help, else 400.
    public var status: Status {
        switch self {
        case .notAnUpgrade, .unsupportedVersion: .upgradeRequired
        case .invalidKey, .hasBody: .badRequest
        }
    }

    /// One sentence for whoever wrote the client.
    public var explanation: String {
        switch self {
        case .notAnUpgrade:
            "This address speaks WebSocket: GET with Connection: upgrade and Upgrade: websocket."
        case .unsupportedVersion: "The only WebSocket version supported is 13."
        case .invalidKey: "Sec-WebSocket-Key is not the base64 text of 16 bytes."
        case .hasBody: "A request that opens a WebSocket has no body."
        }
    }

    /// The fields that a 426 needs (RFC 9110 section 15.5.22, RFC 6455 section 4.4); none for a 400.
    public var fields: [Response.Field] {
        guard status == .upgradeRequired else { return [] }
        return [.line("Upgrade: websocket\r\n"), .line("Sec-WebSocket-Version: 13\r\n")]
    }
}

/// A client's sound wish to open a WebSocket.
///
/// No extension and no subprotocol is ever chosen, so what the client offers of them is ignored.
public struct WebSocketHandshake: Sendable {
    /// The text whose SHA-1 proves to the client that it met a WebSocket server: its key and the protocol's own
    /// identifier (section 1.3).
    public let challenge: String

    /// Checks a request.
    ///
    /// - Throws: the first thing that is wrong with it.
    public init(_ head: RequestHead) throws(WebSocketHandshakeError) {
        guard head.method == .get, head.upgrade != nil, head.listContains("upgrade", "websocket") else {
            throw .notAnUpgrade
        }
        guard head.values("sec-websocket-version") == ["13"] else { throw .unsupportedVersion }
        let keys = head.values("sec-websocket-key")
        guard let key = keys.first, keys.count == 1, Self.isKey(key.utf8) else { throw .invalidKey }
        switch head.framing {
        case .none, .length(0): break
        case .length, .chunked: throw .hasBody
        }
        challenge = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    }

    /// The answer that opens the socket; frames follow right behind it.
    ///
    /// - Parameter digest: the SHA-1 of ``challenge``, 20 bytes.
    public static func response(digest: [UInt8]) -> Response {
        Response(
            .switchingProtocols,
            fields: [
                .line("Upgrade: websocket\r\nConnection: Upgrade\r\n"),
                .text("Sec-WebSocket-Accept", base64(digest)),
            ]
        )
    }

    /// 22 characters of the alphabet and the padding of 16 bytes (RFC 4648 section 4).
    private static func isKey(_ text: String.UTF8View) -> Bool {
        text.count == 24 && text.suffix(2).elementsEqual([ASCII.equals, ASCII.equals])
            && text.dropLast(2).allSatisfy { alphabet.contains($0) }
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[value >> (18 - 6 * place) & 63]) }
            for _ in group.count..<3 { text.append(ASCII.equals) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
