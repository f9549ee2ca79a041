// A client that reads a streamed answer as it comes, over a plain socket.

/// One streamed call, closed when the value goes away.
///
/// Every wait has a deadline. Blocks: use it inside `onOwnThread`.
public struct StreamClient: ~Copyable {
    private var socket: RawSocket
    private var bytes: [UInt8] = []
    private var isWhole = false

    /// Makes the call, and reads the head of its answer.
    ///
    /// - Throws: `RawSocket.Failure` when it isn't a stream of JSON with status 200.
    public init(
        port: Int,
        _ target: String,
        _ message: TestJSON,
        token: String?,
        fields: [String] = [],
        receiveBufferBytes: Int? = nil,
        timeoutSeconds: Double = 10
    ) throws {
        var socket = try RawSocket(
            port: port,
            receiveBufferBytes: receiveBufferBytes,
            timeoutSeconds: timeoutSeconds
        )
        let body = EnvelopeStream.bytes([message])
        let head =
            [
                "POST \(target) HTTP/1.1", "Host: 127.0.0.1", "Content-Type: \(EnvelopeStream.jsonType)",
                "Content-Length: \(body.count)",
            ] + (token.map { ["Authorization: Bearer \($0)"] } ?? []) + fields
        try socket.send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        var answer: [UInt8] = []
        while !answer.suffix(4).elementsEqual("\r\n\r\n".utf8) { answer += try socket.read(exactly: 1) }
        let text = String(decoding: answer, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 200 "), text.contains("\r\nTransfer-Encoding: chunked\r\n"),
            text.contains("\r\nContent-Type: \(EnvelopeStream.jsonType)\r\n")
        else { throw RawSocket.Failure("no stream but \(text)") }
        self.socket = socket
    }

    /// The next message.
    ///
    /// - Throws: `RawSocket.Failure` when the end comes in its place.
    public mutating func next() throws -> TestJSON {
        let (flags, payload) = try envelope()
        guard flags == 0 else {
            throw RawSocket.Failure("no message but \(String(decoding: payload, as: UTF8.self))")
        }
        return try TestJSON(parsing: payload)
    }

    /// That many messages.
    public mutating func next(_ count: Int) throws -> [TestJSON] {
        var messages: [TestJSON] = []
        for _ in 0..<count { messages.append(try next()) }
        return messages
    }

    /// The last envelope, with the messages before it and the body's own end behind it.
    public mutating func end() throws -> (messages: [TestJSON], end: TestJSON) {
        var messages: [TestJSON] = []
        while true {
            let (flags, payload) = try envelope()
            let json = try TestJSON(parsing: payload)
            guard flags == 0 else {
                try readChunk()
                guard flags == 2, isWhole, bytes.isEmpty else {
                    throw RawSocket.Failure("no end but \(flags)")
                }
                return (messages, json)
            }
            messages.append(json)
        }
    }

    private mutating func envelope() throws -> (flags: UInt8, payload: [UInt8]) {
        while true {
            if bytes.count >= 5 {
                let length = bytes[1...4].reduce(0) { $0 << 8 | Int($1) }
                if bytes.count >= 5 + length {
                    let found = (bytes[0], Array(bytes[5..<5 + length]))
                    bytes.removeFirst(5 + length)
                    return found
                }
            }
            guard !isWhole else { throw RawSocket.Failure("the stream ended without its last envelope") }
            try readChunk()
        }
    }

    private mutating func readChunk() throws {
        var line: [UInt8] = []
        while line.suffix(2) != [0x0D, 0x0A] { line += try socket.read(exactly: 1) }
        guard let size = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) else {
            throw RawSocket.Failure("chunk size: \(line)")
        }
        bytes += try socket.read(exactly: size)
        guard try socket.read(exactly: 2) == [0x0D, 0x0A] else {
            throw RawSocket.Failure("no end of a chunk")
        }
        isWhole = size == 0
    }
}

extension TestApp {
    /// Where a method of RPC is.
    public func path(ofMethod name: String, in service: String = "service.ourchat.v1.OurChatService")
        -> String
    {
        "\(prefix)/\(service)/\(name)"
    }

    /// Follows what comes for a user.
    ///
    /// - Parameter time: behind which it begins.
    public func feed(
        token: String,
        from time: TestJSON = "1970-01-01T00:00:00Z",
        fields: [String] = [],
        receiveBufferBytes: Int? = nil,
        timeoutSeconds: Double = 10
    ) throws -> StreamClient {
        try StreamClient(
            port: try server.port,
            path(ofMethod: "FetchMsgs"),
            ["time": time],
            token: token,
            fields: fields,
            receiveBufferBytes: receiveBufferBytes,
            timeoutSeconds: timeoutSeconds
        )
    }
}
