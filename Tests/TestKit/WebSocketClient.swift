// A WebSocket client of its own, over a plain socket: strict about what comes, free in what it sends.

import Foundation

/// One WebSocket, closed when the value goes away.
///
/// Every wait has a deadline. Blocks: use it inside `onOwnThread`.
public struct WebSocketClient: ~Copyable {
    /// The server's message.
    public enum Event: Equatable, Sendable {
        /// A text message.
        case text(String)
        /// A binary message.
        case binary([UInt8])
        /// A ping with its payload.
        case ping([UInt8])
        /// A pong with its payload.
        case pong([UInt8])
        /// The server closes, with its code; nil for none.
        case close(Int?)
    }

    /// The answer to the request that asked for the socket.
    public let opening: RawResponse
    /// Whether pings are answered while waiting for something else.
    public var answersPings = true
    private var socket: RawSocket

    /// The key of RFC 6455's example, and the answer that it calls for.
    private static let key = "dGhlIHNhbXBsZSBub25jZQ==", answer = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    /// The head of a request for a socket.
    public static func request(_ target: String, fields: [String] = []) -> String {
        ([
            "GET \(target) HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
        ] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// Opens a socket.
    ///
    /// - Throws: `RawSocket.Failure` when the server answers with anything but a sound 101.
    public init(
        port: Int,
        _ target: String,
        token: String? = nil,
        receiveBufferBytes: Int? = nil,
        timeoutSeconds: Double = Deadline.patience
    ) throws {
        var socket = try RawSocket(
            port: port,
            receiveBufferBytes: receiveBufferBytes,
            timeoutSeconds: timeoutSeconds
        )
        try socket.send(Self.request(target, fields: token.map { ["Authorization: Bearer \($0)"] } ?? []))
        let opening = try socket.readResponse()
        guard opening.status == 101, opening.headers["Sec-WebSocket-Accept"] == Self.answer,
            opening.headers["Upgrade"]?.lowercased() == "websocket",
            opening.headers["Connection"]?.lowercased() == "upgrade"
        else { throw RawSocket.Failure("no socket but \(opening.status) \(opening.text)") }
        self.opening = opening
        self.socket = socket
    }

    // MARK: Sending

    /// Sends a frame with a mask.
    public func send(opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) throws {
        try socket.send(Self.frame(opcode, payload, isFinal: isFinal))
    }

    /// A client's frame.
    public static func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65_536: bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            bytes.append(0x80 | 127)
            for place in (0..<8).reversed() {
                bytes.append(UInt8(truncatingIfNeeded: payload.count >> (8 * place)))
            }
        }
        let mask = (0..<4).map { _ in UInt8.random(in: 0...255) }
        bytes += mask
        for (index, byte) in payload.enumerated() { bytes.append(byte ^ mask[index & 3]) }
        return bytes
    }

    /// Sends bytes that need not be a frame.
    public func send(raw bytes: [UInt8]) throws { try socket.send(bytes) }

    /// Sends as much as the kernel takes, and says how much that was.
    public func sendWithoutWaiting(_ bytes: [UInt8]) -> Int { socket.sendWithoutWaiting(bytes) }

    /// Sends JSON as a text message.
    public func send(_ json: TestJSON) throws { try send(opcode: 1, Array(json.description.utf8)) }

    // MARK: Receiving

    /// The next frame; each one has to be a whole message without a mask.
    public mutating func event() throws -> Event {
        let head = try socket.read(exactly: 2)
        guard head[0] & 0x70 == 0, head[0] & 0x80 != 0, head[1] & 0x80 == 0 else {
            throw RawSocket.Failure("a frame that no server sends: \(head)")
        }
        var count = Int(head[1])
        if count > 125 {
            let bytes = try socket.read(exactly: count == 126 ? 2 : 8)
            count = bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = try socket.read(exactly: count)
        switch head[0] & 0x0F {
        case 1:
            guard let text = String(validating: payload, as: UTF8.self) else {
                throw RawSocket.Failure("a text that isn't UTF-8")
            }
            return .text(text)
        case 2: return .binary(payload)
        case 8: return .close(payload.count < 2 ? nil : Int(payload[0]) << 8 | Int(payload[1]))
        case 9: return .ping(payload)
        case 10: return .pong(payload)
        default: throw RawSocket.Failure("a frame of no known kind: \(head)")
        }
    }

    /// The next event that isn't a ping; pings are answered, so what was read is acknowledged.
    public mutating func next() throws -> Event {
        while true {
            let event = try event()
            guard case .ping(let payload) = event, answersPings else { return event }
            try send(opcode: 10, payload)
        }
    }

    /// The next message as JSON.
    public mutating func message() throws -> TestJSON {
        let event = try next()
        guard case .text(let text) = event else { throw RawSocket.Failure("no message but \(event)") }
        FrameConformance.inspect(text)
        return try TestJSON(parsing: Array(text.utf8))
    }

    /// Sends a frame and returns the message that comes next.
    public mutating func ask(_ json: TestJSON) throws -> TestJSON {
        try send(json)
        return try message()
    }

    /// Waits until the server has asked whether everything was read, and answers.
    public mutating func acknowledge() throws {
        let event = try event()
        guard case .ping(let payload) = event else { throw RawSocket.Failure("no ping but \(event)") }
        try send(opcode: 10, payload)
    }

    /// Whether nothing comes before the answer to a ping of ours.
    public mutating func isQuiet() throws -> Bool {
        let mark = Array("mark".utf8)
        try send(opcode: 9, mark)
        return try next() == .pong(mark)
    }

    /// Says goodbye and waits for the answer and the end.
    public mutating func close() throws {
        try send(opcode: 8, [0x03, 0xE8])
        while true {
            if case .close = try next() { break }
        }
        _ = try socket.readUntilClose()
    }

    /// Reads up to the close frame of the server, answers it, and waits for the end.
    ///
    /// - Returns: its code.
    public mutating func waitForClose() throws -> Int? {
        while true {
            guard case .close(let code) = try next() else { continue }
            try? send(opcode: 8, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
            _ = try socket.readUntilClose()
            return code
        }
    }

    /// Whether the connection ends, in whatever way.
    public mutating func endsWithout(closeFrame: Bool = true) throws -> Bool {
        _ = try socket.readUntilClose()
        return true
    }
}

extension TestApp {
    /// Opens a socket on the application's gateway.
    public func socket(
        token: String? = nil,
        after position: String? = nil,
        timeoutSeconds: Double = Deadline.patience
    ) throws -> WebSocketClient {
        try WebSocketClient(
            port: try server.port,
            "\(prefix)/gateway" + (position.map { "?after=\($0)" } ?? ""),
            token: token,
            timeoutSeconds: timeoutSeconds
        )
    }
}
