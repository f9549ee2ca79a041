// One parsed request head: a copy of its bytes, and where in them everything lies.

/// How the body after a head is delimited (RFC 9112 section 6).
public enum BodyFraming: Sendable, Hashable {
    /// No body: neither `Content-Length` nor `Transfer-Encoding`.
    case none
    /// Exactly this many bytes, which may be zero.
    ///
    /// Not yet compared with any limit.
    case length(Int)
    /// Chunks; see ``ChunkedDecoder``.
    case chunked
}

/// The four forms of a request target (RFC 9112 section 3.2).
public enum TargetForm: UInt8, Sendable, Hashable {
    /// `/path?query`
    case origin
    /// `http://host/path?query`
    case absolute
    /// `*`, for OPTIONS only.
    case asterisk
    /// `host:port`, for CONNECT only.
    case authority
}

/// Where a part of the head lies, relative to the start of its bytes.
struct HeadSlice: Sendable {
    var start: UInt32 = 0
    var count: UInt32 = 0

    init() {}

    @inline(__always)
    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        count = UInt32(truncatingIfNeeded: range.count)
    }

    @inline(__always)
    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// Where the name and the value of one field line lie; the value without blanks around it.
struct FieldLine: Sendable {
    var name: HeadSlice
    var value: HeadSlice
}

/// The head of one request: method, target, version and fields, all checked (RFC 9112).
///
/// A value that owns its bytes (two allocations), so it outlives the connection's buffer. Fields keep their
/// order and repeats; nothing becomes a `String` until asked for. Names given to the look-ups must be lower
/// case.
public struct RequestHead: Sendable {
    /// The request method.
    public let method: Method
    /// HTTP/1.0, HTTP/1.1 or HTTP/2.
    public let version: HTTPVersion
    /// How the body is delimited.
    public let framing: BodyFraming
    /// Which form the target has.
    ///
    /// An absolute-form OPTIONS without a path counts as asterisk (section 3.2.4).
    public let targetForm: TargetForm
    /// Whether the connection may serve another request afterwards.
    ///
    /// HTTP/1.1 without `close` among the tokens of any `Connection` line. HTTP/1.0 is never kept alive.
    public let keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1).
    ///
    /// HTTP/1.1 with `Expect: 100-continue` and a body to come.
    public let expectsContinue: Bool
    /// Whether `Connection` names `upgrade`; else an `Upgrade` field means nothing (RFC 9110 section 7.8).
    let connectionUpgrades: Bool

    let bytes: [UInt8]
    let lines: [FieldLine]
    let targetSlice: HeadSlice
    let pathAndQuerySlice: HeadSlice
    let authoritySlice: HeadSlice
    let hostCount: UInt32

    /// The request target exactly as received; visible ASCII.
    public var target: String { text(targetSlice) }

    /// Lends the request target exactly as received.
    public func withTargetBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span.extracting(targetSlice.range))
    }

    /// Lends path and query alone: the target without scheme and authority.
    ///
    /// Empty for `*`, for CONNECT, and for an absolute-form target that ends after its authority.
    public func withPathAndQueryBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span.extracting(pathAndQuerySlice.range))
    }

    /// `host[:port]` the request is for: the authority of an absolute-form or CONNECT target, else the `Host`
    /// value (RFC 9112 section 3.2.2).
    ///
    /// Empty only for HTTP/1.0 without `Host`. Spelling kept.
    public var authority: String { text(authoritySlice) }

    /// The host of ``authority`` without the port, an IPv6 address in its brackets.
    public var host: String {
        var slice = authoritySlice
        slice.count = hostCount
        return text(slice)
    }

    /// The port of ``authority``, 1...65535, if it has one.
    public var port: Int? {
        let authority = authoritySlice.range
        let start = authority.lowerBound + Int(hostCount) + 1
        guard start < authority.upperBound else { return nil }
        return bytes.withUnsafeBufferPointer { Authority.port(in: $0, start..<authority.upperBound) }
    }

    /// The protocols the client would switch to, as received (for instance `websocket`), when this is an
    /// HTTP/1.1 request with `upgrade` in `Connection` and an `Upgrade` field; else nil.
    public var upgrade: String? {
        guard connectionUpgrades, version == .http11 else { return nil }
        return firstValue("upgrade")
    }

    /// The number of bytes of the head, from the request line to the empty line.
    public var byteCount: Int { bytes.count }

    func text(_ slice: HeadSlice) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0.slice(slice.range), as: UTF8.self) }
    }
}
