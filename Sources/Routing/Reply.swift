// The result of a handler: a value that becomes a response.

public import HTTP
import JSON

/// The reply of a route on success.
public protocol Reply: Sendable {
    /// Its media type and shape.
    static var content: ReplyContent { get }
    /// The response, written on the loop after the work is done.
    func response() -> Response
    /// The next use of the caller's connection, once the reply has been sent; nil where it goes on as it is.
    ///
    /// Only a WebSocket acts on it.
    var session: SessionChange? { get }
    /// The body, where it is made while it is sent; nil for one that the response has.
    var pieces: ReplyPieces? { get }
    /// The messages of users in it, for the audit of a reading; nil where it has none, or doesn't count them.
    var reading: MessageReading? { get }
}

extension Reply {
    /// Nothing.
    public var session: SessionChange? { nil }
    /// The response has it.
    public var pieces: ReplyPieces? { nil }
    /// Not counted.
    public var reading: MessageReading? { nil }
}

/// A body that is made piece by piece while it is sent, each when there is room for it.
///
/// Its response has the body `.stream`. Pieces are made on the loop, so each has to be quick.
public struct ReplyPieces: Sendable {
    /// One piece.
    public struct Piece: Sendable {
        /// The body that is sent.
        public let bytes: [UInt8]
        /// The position behind it.
        public let end: Int
        /// The fields behind the body, with the last piece.
        public let trailers: [Response.Field]

        /// Memberwise.
        public init(bytes: [UInt8], end: Int, trailers: [Response.Field] = []) {
            self.bytes = bytes
            self.end = end
            self.trailers = trailers
        }
    }

    /// The piece at a position, the first one at 0; nil behind the last one.
    public let next: @Sendable (Int) -> Piece?

    /// Wraps what makes them.
    public init(_ next: @escaping @Sendable (Int) -> Piece?) { self.next = next }
}

/// The form of a successful reply.
public enum ReplyContent: Sendable {
    /// JSON of a shape.
    case json(Shape)
    /// A message in the form of the request: JSON of a shape as `application/json`, or the same in its binary form as
    /// `application/proto`.
    case message(Shape)
    /// Messages of a shape in envelopes, in the form of the request: `application/connect+json` or
    /// `application/connect+proto`. The last envelope tells how it went.
    case stream(Shape)
    /// Bytes of a media type.
    case other(mediaType: String)
    /// A file, as a download: whole, or the range of it that the request asks for (RFC 9110 section 14).
    case file(mediaType: String)
    /// A file of a page that is part of the program: whole, or that the client's copy is still good; a page asked for with a
    /// slash behind it leads to itself without.
    case asset(mediaType: String)
    /// A WebSocket (RFC 6455): the connection speaks another protocol from there on.
    case socket

    /// The statuses of success, ascending: where a range can be asked for, also a part of the file, or
    /// that nothing of it is in the range.
    var statuses: [Status] {
        switch self {
        case .json, .message, .stream, .other: [.ok]
        case .file: [.ok, .partialContent, .rangeNotSatisfiable]
        case .asset: [.ok, .found, .notModified]
        case .socket: [.switchingProtocols]
        }
    }
}

extension Reply where Self: ReplyValue {
    /// JSON of the value's shape.
    public static var content: ReplyContent { .json(shape) }

    /// Status 200 with the value as JSON.
    public func response() -> Response {
        Response(.ok, contentType: JSONText.mediaType, body: .bytes(JSONWriter.document { write(to: &$0) }))
    }
}

/// JSON, as replies name it.
public enum JSONText: TextKind {
    /// UTF-8 is JSON's only encoding, yet older clients look for the parameter.
    public static let mediaType: StaticString = "application/json;charset=UTF-8"
}

/// A page of text made elsewhere.
public struct TextReply<Kind: TextKind>: Reply {
    let bytes: [UInt8]
    let status: Status

    /// Wraps the bytes.
    public init(_ bytes: [UInt8], status: Status = .ok) {
        self.bytes = bytes
        self.status = status
    }

    /// The kind's media type.
    public static var content: ReplyContent { .other(mediaType: Kind.mediaType.description) }

    /// Status and bytes.
    public func response() -> Response { Response(status, contentType: Kind.mediaType, body: .bytes(bytes)) }
}

/// A media type known at compile time.
public protocol TextKind: Sendable {
    /// As in the Content-Type field.
    static var mediaType: StaticString { get }
}
