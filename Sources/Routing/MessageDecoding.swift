// Bodies in two forms: what the head says of them, undone.

public import Domain
import HTTP
import JSON

/// Decompressing a message and telling its form.
enum MessageDecoding {
    /// The values of Content-Encoding that are known.
    static let encodings = [identity, "gzip"]
    /// Not compressed.
    static let identity = "identity"
    /// The media types of the two forms.
    static let mediaTypes = (json: "application/json", binary: "application/proto")

    /// The same in envelopes.
    static let streamTypes = (json: "application/connect+json", binary: "application/connect+proto")
    /// The body of a request.
    ///
    /// - Parameter maximum: bytes that may come out of a compressed one.
    /// - Throws: `.unsupportedMediaType`, `.unsupportedEncoding`, `.malformedBody`, `.bodyTooLarge`.
    static func body(of incoming: Incoming, maximum: Int) throws(Failure) -> MessageBody {
        let isJSON = try isJSON(incoming.contentType, mediaTypes)
        let encoding = incoming.fields["content-encoding"]
        return try message(try content(of: incoming.body, encoding, maximum: maximum), isJSON: isJSON)
    }

    /// The one message of a body with envelopes.
    ///
    /// - Throws: as ``body(of:maximum:)``; `.malformedBody` for no message or several, too.
    static func envelope(of incoming: Incoming, maximum: Int) throws(Failure) -> MessageBody {
        var stream = try EnvelopedMessages(
            contentType: incoming.contentType,
            fields: incoming.fields,
            maximumBytes: maximum
        )
        incoming.body.withUnsafeBytes { stream.append($0) }
        let message = try stream.next()
        guard let message, try stream.next() == nil else {
            try stream.finish()
            throw .malformedBody("a call of this method has one message")
        }
        try stream.finish()
        return try self.message(message, isJSON: stream.isJSON)
    }

    /// A message in one of the two forms.
    static func message(_ bytes: [UInt8], isJSON: Bool) throws(Failure) -> MessageBody {
        guard isJSON else { return .binary(bytes) }
        do throws(JSONError) {
            return .json(try JSONDocument(bytes).root)
        } catch {
            throw .malformedBody(error.description)
        }
    }

    /// Which of two media types a Content-Type field names.
    ///
    /// - Throws: `.unsupportedMediaType`.
    static func isJSON(
        _ contentType: String?,
        _ types: (json: String, binary: String)
    ) throws(Failure) -> Bool {
        let type = contentType.flatMap { MediaType(parsing: $0) }?.essence
        guard type == types.json || type == types.binary else {
            throw .unsupportedMediaType(expected: "\(types.json) or \(types.binary)")
        }
        return type == types.json
    }

    /// The compression that a field names.
    ///
    /// - Returns: whether it is gzip.
    /// - Throws: `.unsupportedEncoding`.
    static func isGzip(_ encoding: String?) throws(Failure) -> Bool {
        switch encoding?.lowercased() ?? "" {
        case "", "identity": return false
        case "gzip": return true
        default: throw .unsupportedEncoding(known: encodings)
        }
    }

    private static func content(
        of bytes: [UInt8],
        _ encoding: String?,
        maximum: Int
    ) throws(Failure) -> [UInt8] {
        try isGzip(encoding) ? decompressed(bytes, maximum: maximum) : bytes
    }

    /// A message that was compressed with gzip.
    ///
    /// An empty message never is, so there is nothing to undo.
    static func decompressed(_ bytes: [UInt8], maximum: Int) throws(Failure) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        do throws(InflateError) {
            return try GzipReader.content(of: bytes.span, limit: maximum)
        } catch .tooLarge {
            throw .bodyTooLarge(maximum: maximum)
        } catch {
            throw .malformedBody("the body is not what gzip makes: \(error)")
        }
    }
}

/// The messages of a stream as they arrive, decompressed.
public struct EnvelopedMessages: Sendable {
    /// Whether they are JSON, else in the binary form.
    public let isJSON: Bool
    private let isGzip: Bool
    private let maximumBytes: Int
    private var reader: EnvelopeReader

    /// Reads what the head says.
    ///
    /// - Parameters:
    ///   - fields: those of the head that the route reads, by lower-case name.
    ///   - maximumBytes: of a message, compressed and not.
    /// - Throws: `.unsupportedMediaType`, `.unsupportedEncoding`.
    public init(
        contentType: String?,
        fields: [String: String],
        maximumBytes: Int
    ) throws(Failure) {
        isJSON = try MessageDecoding.isJSON(contentType, MessageDecoding.streamTypes)
        isGzip = try MessageDecoding.isGzip(fields["connect-content-encoding"])
        self.maximumBytes = maximumBytes
        reader = EnvelopeReader(maximumBytes: maximumBytes)
    }

    /// A message in its form.
    ///
    /// - Throws: `.malformedBody`.
    public func body(of message: [UInt8]) throws(Failure) -> MessageBody {
        try MessageDecoding.message(message, isJSON: isJSON)
    }

    /// Takes the next bytes of the body.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) { reader.append(bytes) }

    /// The next whole message; nil where more bytes are needed for one.
    ///
    /// To be asked until it is nil.
    ///
    /// - Throws: `.malformedBody`, `.bodyTooLarge`.
    public mutating func next() throws(Failure) -> [UInt8]? {
        let envelope: Envelope?
        do throws(EnvelopeProblem) {
            envelope = try reader.next()
        } catch {
            throw Failure(error)
        }
        guard let envelope, envelope.flags & Envelope.Flag.compressed != 0 else { return envelope?.payload }
        return try decompressed(envelope.payload)
    }

    private func decompressed(_ payload: [UInt8]) throws(Failure) -> [UInt8] {
        guard isGzip else { throw .malformedBody("a message is compressed, and no field says how") }
        return try MessageDecoding.decompressed(payload, maximum: maximumBytes)
    }

    /// The body has ended.
    ///
    /// - Throws: `.malformedBody`.
    public func finish() throws(Failure) {
        do throws(EnvelopeProblem) {
            try reader.finish()
        } catch {
            throw Failure(error)
        }
    }
}

extension Failure {
    fileprivate init(_ problem: EnvelopeProblem) {
        switch problem {
        case .tooLong(let maximum): self = .bodyTooLarge(maximum: maximum)
        case .unknownFlags, .truncated: self = .malformedBody(problem.explanation)
        }
    }
}
