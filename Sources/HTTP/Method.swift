// The request methods this server knows, and their exact, case-sensitive tokens.

/// A request method (RFC 9110 section 9, and PATCH from RFC 5789).
///
/// The set is closed: a method we do not know cannot be routed, so it is refused while parsing
/// (``ParseError/unknownMethod``, 501).
public enum Method: UInt8, Sendable, Hashable, CaseIterable {
    case get, head, post, put, delete, patch, options, connect, trace

    /// The token as it stands in a request line, for instance `GET`.
    public var text: String { token.description }

    /// The token as static bytes, for writers that do not want a `String`.
    public var token: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .patch: "PATCH"
        case .options: "OPTIONS"
        case .connect: "CONNECT"
        case .trace: "TRACE"
        }
    }

    /// The method with exactly this token, or nil.
    ///
    /// Tokens are case-sensitive (RFC 9110 section 9.1).
    public init?(_ text: String) {
        guard let method = Method.allCases.first(where: { $0.text == text }) else { return nil }
        self = method
    }

    /// The method whose token is exactly these bytes.
    @inline(__always)
    init?(bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard range.count <= 7 else { return nil }
        var packed: UInt64 = 0
        for position in range { packed = packed &<< 8 | UInt64(bytes[position]) }
        switch packed {
        case 0x47_4554: self = .get
        case 0x4845_4144: self = .head
        case 0x504F_5354: self = .post
        case 0x50_5554: self = .put
        case 0x4445_4C45_5445: self = .delete
        case 0x50_4154_4348: self = .patch
        case 0x4F_5054_494F_4E53: self = .options
        case 0x43_4F4E_4E45_4354: self = .connect
        case 0x54_5241_4345: self = .trace
        default: return nil
        }
    }
}

/// The protocol version of a request; anything else is refused with 505.
public enum HTTPVersion: UInt8, Sendable, Hashable, Comparable {
    case http10, http11, http2

    /// `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
    public var text: String {
        switch self {
        case .http10: "HTTP/1.0"
        case .http11: "HTTP/1.1"
        case .http2: "HTTP/2"
        }
    }

    /// 1.0 comes before 1.1.
    public static func < (left: HTTPVersion, right: HTTPVersion) -> Bool { left.rawValue < right.rawValue }
}
