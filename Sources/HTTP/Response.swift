// A response as a value: status, fields in order, body.

/// One response to be written with ``serialize(into:for:keepsAlive:date:)``.
///
/// `Content-Length`, `Date` and `Connection: close` are written by the serializer and never belong into
/// `fields`.
public struct Response: Sendable {
    /// One field line.
    public enum Field: Sendable {
        /// A whole line known at compile time with its CRLF, copied as is: `"Cache-Control: no-store\r\n"`.
        case line(StaticString)
        /// A name with a computed value.
        ///
        /// Control bytes in the value are written as spaces, so that no value can start a line of its own
        /// (RFC 9110 section 5.5).
        case text(StaticString, String)
        /// A name with a decimal number.
        case number(StaticString, Int)
    }

    /// The body behind the head.
    public enum Body: Sendable {
        /// No bytes; `Content-Length: 0` unless the status has no body at all.
        case none
        /// These bytes.
        case bytes([UInt8])
        /// A part of a file, which is sent by whoever sends the head: `serialize` leaves it out.
        case file(OpenFile, Range<Int>)
        /// Bytes that are made while they are sent, so that nobody knows how many: chunks (RFC 9112 section
        /// 7.1), written by whoever sends the head.
        case stream

        /// The number of bytes, as far as it is known.
        public var count: Int {
            switch self {
            case .none, .stream: 0
            case .bytes(let bytes): bytes.count
            case .file(_, let range): range.count
            }
        }
    }

    /// The status.
    public var status: Status
    /// The `Content-Type` value, or nil for none.
    ///
    /// A computed one goes into `fields` instead.
    public var contentType: StaticString?
    /// Further field lines, in order.
    public var fields: [Field]
    /// Whole lines with their CRLF, behind `fields`: what a server says with every response.
    public var constantLines: StaticString = ""
    /// The name of the request that this answers, sent as `X-Request-Id`; nil for none.
    public var requestID: String?
    /// The body.
    public var body: Body
    /// Fields behind the body (RFC 9110 section 6.5), where the version has them: HTTP/2.
    ///
    /// Without a body they stand in the head. HTTP/1.1 leaves them out.
    public var trailers: [Field]
    /// The outcome of a call of gRPC or gRPC-Web, by its number; nil for any other request.
    public var callStatus: Int?

    /// A response of these parts.
    public init(
        _ status: Status,
        contentType: StaticString? = nil,
        fields: [Field] = [],
        body: Body = .none,
        trailers: [Field] = [],
        callStatus: Int? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.fields = fields
        self.body = body
        self.trailers = trailers
        self.callStatus = callStatus
    }

    /// `HTTP/1.1 100 Continue` with its empty line: sent before the body of a request that expects it
    /// (RFC 9110 section 15.2.1).
    public static let continueHead: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
}
