// A request's fields in HTTP/2, checked on their own and put together to a head (RFC 9113 section 8).

/// Collects the fields of one request as they are decoded.
///
/// What results goes through ``RequestParser``, so that every rule for heads holds in both versions.
public struct FieldSection: Sendable {
    /// Why no request came out.
    public enum Problem: Error, Sendable {
        /// The section breaks a rule of HTTP/2: the stream is reset with PROTOCOL_ERROR.
        case malformed
        /// The request is refused as HTTP/1.1's would be.
        case refused(ParseError)
    }

    /// Bytes of the list as RFC 9113 section 6.5.2 counts them: each field's name and value, and 32 more.
    public private(set) var listBytes = 0
    private let limits: HTTPLimits
    private var method: [UInt8]?
    private var scheme: [UInt8]?
    private var path: [UInt8]?
    private var authority: [UInt8]?
    private var host: [UInt8]?
    private var lines: [UInt8] = []
    private var hasRegularField = false
    private var isMalformed = false

    /// A section without fields.
    public init(limits: HTTPLimits) { self.limits = limits }

    /// Adds a field; beyond the bound of a head it is only counted.
    public mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        listBytes += name.count + value.count + 32
        guard listBytes <= limits.headBytes, !isMalformed else { return }
        guard let first = name.first, Self.isFieldValue(value) else { return isMalformed = true }
        if first == ASCII.colon { return addPseudo(name, value) }
        hasRegularField = true
        guard Self.isLowerCaseToken(name), !Self.steersConnection(name, value) else { return isMalformed = true }
        if name.elementsEqual("host".utf8) {
            guard host == nil else { return isMalformed = true }
            host = Array(value)
            return
        }
        lines += name
        lines += [ASCII.colon, ASCII.space]
        lines += value
        lines += Self.lineEnd
    }

    private mutating func addPseudo(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        guard !hasRegularField else { return isMalformed = true }
        switch String(decoding: name, as: UTF8.self) {
        case ":method" where method == nil: method = Array(value)
        case ":scheme" where scheme == nil: scheme = Array(value)
        case ":path" where path == nil: path = Array(value)
        case ":authority" where authority == nil: authority = Array(value)
        default: isMalformed = true
        }
    }

    /// The head of the request.
    ///
    /// - Parameter endsStream: whether no body follows.
    public func head(endsStream: Bool) throws(Problem) -> RequestHead {
        guard !isMalformed, let method, !method.isEmpty, method.allSatisfy(ByteClass.token.contains) else {
            throw .malformed
        }
        guard listBytes <= limits.headBytes else { throw .refused(.headTooLarge) }
        let isConnect = method.elementsEqual("CONNECT".utf8)
        if let authority, let host, !Self.isSame(authority, host) { throw .malformed }
        guard let authority = authority ?? host, let target = isConnect ? authority : path,
            isConnect == (path == nil), isConnect == (scheme == nil), !target.isEmpty,
            target.allSatisfy({ ByteClass.target.contains($0) || $0 == 0x23 })
        else { throw .malformed }
        if !isConnect {
            let isWeb = scheme.map { $0.elementsEqual("http".utf8) || $0.elementsEqual("https".utf8) } == true
            guard isWeb, target[0] == ASCII.slash || target == [ASCII.asterisk] else { throw .malformed }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(method.count + target.count + authority.count + lines.count + 40)
        bytes += method
        bytes.append(ASCII.space)
        bytes += target
        bytes += Array(" HTTP/1.1\r\nhost: ".utf8)
        bytes += authority
        bytes += Self.lineEnd
        bytes += lines
        bytes += Self.lineEnd
        var parser = RequestParser(limits: limits)
        do throws(ParseError) {
            guard case .head(let head, let consumed) = try parser.parseHead(bytes.span), consumed == bytes.count
            else { throw .malformedRequestLine }
            return head.inHTTP2(endsStream: endsStream)
        } catch {
            throw .refused(error)
        }
    }

    private static let lineEnd: [UInt8] = [ASCII.carriageReturn, ASCII.lineFeed]

    private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }

    /// No NUL, CR or LF, and no blank at either end (section 8.2.1).
    private static func isFieldValue(_ value: UnsafeRawBufferPointer) -> Bool {
        if let first = value.first, let last = value.last, ASCII.isBlank(first) || ASCII.isBlank(last) {
            return false
        }
        return value.allSatisfy { $0 != 0 && $0 != ASCII.carriageReturn && $0 != ASCII.lineFeed }
    }

    private static func isLowerCaseToken(_ name: UnsafeRawBufferPointer) -> Bool {
        name.allSatisfy { ByteClass.token.contains($0) && !(0x41...0x5A).contains($0) }
    }

    /// Whether a field speaks of the connection, which has frames for that (section 8.2.2).
    private static func steersConnection(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        switch name.count {
        case 2: name.elementsEqual("te".utf8) && !value.elementsEqual("trailers".utf8)
        case 7: name.elementsEqual("upgrade".utf8)
        case 10: name.elementsEqual("connection".utf8) || name.elementsEqual("keep-alive".utf8)
        case 16: name.elementsEqual("proxy-connection".utf8)
        case 17: name.elementsEqual("transfer-encoding".utf8)
        default: false
        }
    }
}

extension RequestHead {
    /// The same request in HTTP/2: frames delimit its body, whatever its length.
    fileprivate func inHTTP2(endsStream: Bool) -> RequestHead {
        let framing: BodyFraming =
            switch self.framing {
            case _ where endsStream: .none
            case .none: .chunked
            default: self.framing
            }
        return RequestHead(
            method: method,
            version: .http2,
            framing: framing,
            targetForm: targetForm,
            keepsAlive: true,
            expectsContinue: !endsStream && hasField("expect"),
            connectionUpgrades: false,
            bytes: bytes,
            lines: lines,
            targetSlice: targetSlice,
            pathAndQuerySlice: pathAndQuerySlice,
            authoritySlice: authoritySlice,
            hostCount: hostCount
        )
    }
}
