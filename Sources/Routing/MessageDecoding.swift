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
    /// The types of a call with one message, as a refusal lists them.
    static let mediaTypes = "application/json or application/proto"
    /// Those of a call with a stream.
    static let streamTypes = "application/connect+json or application/connect+proto"

    /// The one message of a request, in its body or in an envelope of gRPC.
    ///
    /// - Parameter maximum: bytes that may come out of a compressed one.
    /// - Throws: `.unsupportedMediaType`, `.unsupportedEncoding`, `.malformedBody`, `.bodyTooLarge`.
    static func body(of incoming: Incoming, maximum: Int) throws(Failure) -> (MessageForm, MessageBody) {
        let form = try form(incoming.contentType, isStreamed: false)
        guard form.framing == .bare else { return (form, try envelope(of: incoming, form, maximum: maximum)) }
        let encoding = incoming.fields["content-encoding"]
        let content = try content(of: incoming.body, encoding, maximum: maximum)
        return (form, try message(content, isJSON: form.isJSON))
    }

    /// The one message of a body with envelopes.
    ///
    /// - Throws: as ``body(of:maximum:)``; `.malformedBody` for no message or several, too.
    static func envelope(of incoming: Incoming, maximum: Int) throws(Failure) -> (MessageForm, MessageBody) {
        let form = try form(incoming.contentType, isStreamed: true)
        return (form, try envelope(of: incoming, form, maximum: maximum))
    }

    private static func envelope(
        of incoming: Incoming,
        _ form: MessageForm,
        maximum: Int
    ) throws(Failure) -> MessageBody {
        var stream = try EnvelopedMessages(form, fields: incoming.fields, maximumBytes: maximum)
        incoming.body.withUnsafeBytes { stream.append($0) }
        let message = try stream.next()
        guard let message, try stream.next() == nil else {
            try stream.finish()
            throw .malformedBody("a call of this method has one message")
        }
        try stream.finish()
        return try self.message(message, isJSON: form.isJSON)
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

    /// The form that a Content-Type field names.
    ///
    /// - Parameter isStreamed: whether the method has a stream, in one direction at least: in the Connect protocol those have
    ///   types of their own.
    /// - Throws: `.unsupportedMediaType`.
    static func form(_ contentType: String?, isStreamed: Bool) throws(Failure) -> MessageForm {
        let other: MessageForm.Framing = isStreamed ? .bare : .connect
        guard let form = contentType.flatMap(MessageForm.init(contentType:)), form.framing != other else {
            throw .unsupportedMediaType(expected: isStreamed ? streamTypes : mediaTypes)
        }
        return form
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
    private let form: MessageForm
    private let isGzip: Bool
    private let maximumBytes: Int
    private var reader: EnvelopeReader
    private var base64 = Base64Pieces.Decoder()
    private var isMalformed = false

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
        let form = try MessageDecoding.form(contentType, isStreamed: true)
        try self.init(form, fields: fields, maximumBytes: maximumBytes)
    }

    init(_ form: MessageForm, fields: [String: String], maximumBytes: Int) throws(Failure) {
        self.form = form
        isGzip = try MessageDecoding.isGzip(fields[form.encodingField])
        self.maximumBytes = maximumBytes
        reader = EnvelopeReader(maximumBytes: maximumBytes)
    }

    /// A message in its form.
    ///
    /// - Throws: `.malformedBody`.
    public func body(of message: [UInt8]) throws(Failure) -> MessageBody {
        try MessageDecoding.message(message, isJSON: form.isJSON)
    }

    /// Takes the next bytes of the body.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard form.framing == .webText else { return reader.append(bytes) }
        guard let decoded = base64.decode(bytes) else { return isMalformed = true }
        decoded.withUnsafeBytes { reader.append($0) }
    }

    /// The next whole message; nil where more bytes are needed for one.
    ///
    /// To be asked until it is nil.
    ///
    /// - Throws: `.malformedBody`, `.bodyTooLarge`.
    public mutating func next() throws(Failure) -> [UInt8]? {
        guard !isMalformed else { throw .malformedBody("the body is not base64") }
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
        guard isGzip else {
            if form.isGRPC { throw .invalid(field: form.encodingField, .missing) }
            throw .malformedBody("a message is compressed, and no field says how")
        }
        return try MessageDecoding.decompressed(payload, maximum: maximumBytes)
    }

    /// The body has ended.
    ///
    /// - Throws: `.malformedBody`.
    public func finish() throws(Failure) {
        guard !isMalformed, base64.isAtBoundary else { throw .malformedBody("the body is not base64") }
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
