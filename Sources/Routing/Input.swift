// The input of a route: one initializer that reads path, query and body, and by a trial run tells their shape.

public import Domain
import HTTP
public import JSON

/// Everything a handler needs of a request, read and checked.
///
/// The initializer must read every field it knows in a straight line, since it is also run once without a request,
/// with placeholders, to learn the fields for the API document and for the tests.
public protocol Input: Sendable {
    /// How the body is sent.
    static var bodyKind: BodyKind { get }
    /// Whether a query parameter that isn't read is an error: on routes that change a whole collection, a
    /// parameter that was meant to narrow the change and is ignored would cost data.
    static var refusesUnknownQuery: Bool { get }
    /// Reads the request.
    init(_ reader: inout InputReader) throws(FieldProblem)
}

extension Input {
    /// JSON, unless a type says otherwise.
    public static var bodyKind: BodyKind { .json }
    /// Other parameters are ignored, unless a type says otherwise.
    public static var refusesUnknownQuery: Bool { false }
}

/// An input that is only in the body.
public protocol BodyInput: Input {
    /// How the body is read.
    static var value: Value<Self> { get }
}

extension BodyInput {
    /// Reads the body.
    public init(_ reader: inout InputReader) throws(FieldProblem) { self = try reader.body(Self.value) }
}

/// How a route's body is encoded.
public enum BodyKind: Sendable, Equatable {
    /// Not looked at.
    case none
    /// JSON, under any Content-Type or none: real clients send form types with it.
    case json
    /// `application/x-www-form-urlencoded`, and only that.
    case form
    /// `multipart/form-data` with one file in it, which has been stored before the route's work begins.
    case multipart
    /// Bytes of any type, which have been stored as a file before the route's work begins.
    case bytes
    /// A message as `application/json` or in its binary form as `application/proto`, compressed with gzip or not.
    case message
    /// Messages in envelopes, as `application/connect+json` or `application/connect+proto`, each compressed
    /// with gzip or not: one, or with an ``UploadInput`` one and then a file.
    ///
    /// This and `message` are taken in the envelopes of gRPC and gRPC-Web, too: see ``MessageForm``.
    case envelopes

    /// Whether the Content-Type says how it is read.
    public var isTyped: Bool { self == .form || self == .message || self == .envelopes }
}

/// The body of a request that may be in two forms.
public enum MessageBody: Sendable {
    /// A JSON value.
    case json(JSONView)
    /// The bytes of the binary form.
    case binary([UInt8])
}

/// The input of a route that takes nothing but its path.
public struct NoInput: Input {
    /// No body.
    public static var bodyKind: BodyKind { .none }
    /// Reads nothing.
    public init(_ reader: inout InputReader) {}
}

/// Reads one request, or in a trial run records what would be read.
public struct InputReader {
    private let source: Source?
    private(set) var recorded = Recorded()

    struct Source {
        let incoming: Incoming
        var body: JSONView?
        var form: [(name: String, value: String)] = []
        var message: MessageBody?
        var messageForm = MessageForm.json
    }

    /// The form of the request's messages; JSON in a trial run.
    public var messageForm: MessageForm { source?.messageForm ?? .json }

    /// How the request speaks; nil in a trial run.
    public var dialect: (any Dialect)? { source?.incoming.call.dialect }

    struct Recorded {
        var query: [Shape.Member] = []
        var fields: [Shape.Member] = []
        var body: Shape?
        var bodyIsRequired = false
    }

    init(reading source: Source?) { self.source = source }

    /// A query parameter that may be absent; an absent and an empty one are the same.
    ///
    /// It has one value, so one that is given more than once is refused.
    public mutating func query<Result>(_ name: StaticString, _ value: Value<Result>) throws(FieldProblem)
        -> Result?
    {
        guard let source else {
            recorded.query.append(Shape.Member(name.description, value.shape.ofText, isRequired: false))
            return value.placeholder
        }
        return try Self.queryValue(name, value, source)
    }

    /// A query parameter that must be there; an empty one counts as missing.
    ///
    /// It has one value, as with ``query(_:_:)``.
    public mutating func requiredQuery<Result>(_ name: StaticString, _ value: Value<Result>)
        throws(FieldProblem) -> Result
    {
        guard let source else {
            recorded.query.append(Shape.Member(name.description, value.shape.ofText))
            return value.placeholder
        }
        guard let result = try Self.queryValue(name, value, source) else {
            throw FieldProblem(.missing, at: name.description)
        }
        return result
    }

    private static func queryValue<Result>(
        _ name: StaticString,
        _ value: Value<Result>,
        _ source: Source
    ) throws(FieldProblem) -> Result? {
        let texts = source.incoming.call.target.decoded.queryValues(name)
        guard texts.count <= 1 else { throw FieldProblem(.repeated, at: name.description) }
        guard let text = texts.first, !text.isEmpty else { return nil }
        do throws(FieldProblem) { return try value.readText(text) } catch {
            throw error.inside(name.description)
        }
    }

    /// A field of the request's head, by its lower-case name; an empty one is there.
    public mutating func field<Result>(_ name: StaticString, _ value: Value<Result>) throws(FieldProblem)
        -> Result?
    {
        guard let source else {
            recorded.fields.append(Shape.Member(name.description, value.shape.ofText, isRequired: false))
            return value.placeholder
        }
        guard let text = source.incoming.fields[name.description] else { return nil }
        do throws(FieldProblem) { return try value.readText(text) } catch {
            throw error.inside(name.description)
        }
    }

    /// A field of the request's head that belongs to the protocol of the call and not to the API: no document
    /// lists it.
    public func protocolField<Result>(_ name: StaticString, _ value: Value<Result>) throws(FieldProblem)
        -> Result?
    {
        guard let text = source?.incoming.fields[name.description] else { return nil }
        do throws(FieldProblem) { return try value.readText(text) } catch {
            throw error.inside(name.description)
        }
    }

    /// The file that the body is.
    public mutating func wholeFile() throws(FieldProblem) -> UploadedFile {
        let file = try file()
        if source == nil { recorded.body = .string(format: "binary") }
        return file
    }

    /// The file of a multipart body.
    public mutating func file() throws(FieldProblem) -> UploadedFile {
        guard let source else {
            recorded.body = .object([.init("file", .string(format: "binary"))])
            recorded.bodyIsRequired = true
            return UploadedFile(
                name: "file",
                contentType: "text/plain",
                size: 0,
                digest: FileDigest(Array(repeating: 0, count: 32))
            )
        }
        guard let file = source.incoming.file else { throw FieldProblem(.missing, at: "file") }
        return file
    }

    /// The whole JSON body.
    public mutating func body<Result>(_ value: Value<Result>) throws(FieldProblem) -> Result {
        guard let source else {
            recorded.body = value.shape
            recorded.bodyIsRequired = true
            return value.placeholder
        }
        guard let body = source.body else { throw FieldProblem(.missing) }
        return try value.read(body)
    }

    /// The whole JSON body as it is, for an input that reads it by rules of its own; nil in the trial run,
    /// which records the shape instead.
    public mutating func body(shaped shape: @autoclosure () -> Shape) throws(FieldProblem) -> JSONView? {
        guard let source else {
            recorded.body = shape()
            recorded.bodyIsRequired = true
            return nil
        }
        guard let body = source.body else { throw FieldProblem(.missing) }
        return body
    }

    /// How bodies may be compressed, told in this field of the head.
    public mutating func encoding(_ name: StaticString) {
        guard source == nil else { return }
        recorded.fields.append(
            Shape.Member(name.description, .oneOfTexts(MessageDecoding.encodings), isRequired: false)
        )
    }

    /// The whole body in the form that it was sent in; nil in the trial run, which records the shape instead.
    public mutating func message(shaped shape: @autoclosure () -> Shape) throws(FieldProblem) -> MessageBody?
    {
        guard let source else {
            recorded.body = shape()
            recorded.bodyIsRequired = true
            return nil
        }
        guard let message = source.message else { throw FieldProblem(.missing) }
        return message
    }

    /// The messages of a conversation, which are read later: only their shape is recorded, in the trial run.
    public mutating func messages(shaped shape: @autoclosure () -> Shape) {
        guard source == nil else { return }
        recorded.body = shape()
        recorded.bodyIsRequired = true
    }

    /// The whole JSON body, where one was sent.
    public mutating func optionalBody<Result>(_ value: Value<Result>) throws(FieldProblem) -> Result? {
        if source != nil, source?.body == nil { return nil }
        let result = try body(value)
        recorded.bodyIsRequired = false
        return result
    }

    /// Every query parameter in its place, for an input whose names are the client's own.
    ///
    /// - Throws: `.repeated` for a name that stands twice.
    public func wholeQuery() throws(FieldProblem) -> [(name: String, value: String)] {
        let pairs = source?.incoming.call.target.decoded.query ?? []
        var names: Set<String> = []
        for (name, _) in pairs where !names.insert(name).inserted {
            throw FieldProblem(.repeated, at: String(name.prefix(64)))
        }
        return pairs
    }

    /// The members of a form body, in order.
    public mutating func form(_ shape: Shape) -> [(name: String, value: String)] {
        recorded.body = shape
        recorded.bodyIsRequired = true
        return source?.form ?? []
    }
}
