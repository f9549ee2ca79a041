// Streams of the Connect protocol as a test sends and reads them.

/// Messages in envelopes.
public struct EnvelopeStream: Sendable, Equatable {
    /// A body that is no stream of envelopes.
    public struct Malformed: Error, CustomStringConvertible {
        /// The fault.
        public let description: String
    }

    /// The messages before the end, as they were sent.
    public let messages: [[UInt8]]
    /// The last envelope; nil where the stream has no end yet.
    public let end: TestJSON?

    /// The media type of streams of JSON.
    public static let jsonType = "application/connect+json"
    /// That of streams of the binary form.
    public static let binaryType = "application/connect+proto"

    /// An envelope.
    public static func envelope(_ payload: [UInt8], flags: UInt8 = 0) -> [UInt8] {
        let count = payload.count
        return [flags] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + payload
    }

    /// JSON values, each in an envelope.
    public static func bytes(_ messages: [TestJSON]) -> [UInt8] { messages.flatMap { envelope($0.bytes) } }

    /// Takes a body apart; what was sent of it so far, where it isn't whole.
    ///
    /// - Throws: `Malformed` for flags that nobody knows, an end that is no JSON, and bytes behind the end.
    public init(parsing bytes: [UInt8]) throws {
        var messages: [[UInt8]] = []
        var end: TestJSON?
        var rest = bytes[...]
        while rest.count >= 5 {
            let flags = rest[rest.startIndex]
            let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 5 + length else { break }
            let payload = Array(rest.dropFirst(5).prefix(length))
            rest = rest.dropFirst(5 + length)
            switch flags {
            case 0: messages.append(payload)
            case 2:
                end = try TestJSON(parsing: payload)
                guard rest.isEmpty else { throw Malformed(description: "\(rest.count) bytes behind the end") }
            default: throw Malformed(description: "an envelope with the flags \(flags)")
            }
        }
        if end != nil, !rest.isEmpty { throw Malformed(description: "bytes behind the end") }
        self.messages = messages
        self.end = end
    }

    /// The messages as JSON.
    public var json: [TestJSON] {
        get throws { try messages.map { try TestJSON(parsing: $0) } }
    }
    /// The code of the error that the stream ended with; nil for one that went well, or has no end.
    public var code: String? { end?["error"]?["code"]?.string }
    /// Its message.
    public var message: String? { end?["error"]?["message"]?.string }
}

extension HTTPReply {
    /// The body as a whole stream of envelopes.
    public func stream() throws -> EnvelopeStream {
        let stream = try EnvelopeStream(parsing: body)
        guard stream.end != nil else { throw EnvelopeStream.Malformed(description: "a stream without end") }
        return stream
    }

    /// Whether the body is a stream of envelopes.
    public var isStream: Bool {
        [EnvelopeStream.jsonType, EnvelopeStream.binaryType].contains(headers["Content-Type"] ?? "")
    }
}

extension HTTPRequest {
    /// A streamed call with these messages.
    public static func stream(
        _ target: String,
        _ messages: [TestJSON],
        token: String? = nil,
        timeoutMilliseconds: Int? = nil
    ) -> HTTPRequest {
        var request = HTTPRequest(
            "POST",
            target,
            headers: ["Content-Type": EnvelopeStream.jsonType],
            body: .bytes(EnvelopeStream.bytes(messages))
        )
        if let timeoutMilliseconds { request.headers.add("Connect-Timeout-Ms", "\(timeoutMilliseconds)") }
        return token.map { request.authorized($0) } ?? request
    }
}
