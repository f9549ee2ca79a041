// Field lines, the few fields that steer the connection, and the checks that need the whole head.

/// The state of a head while it is being read; offsets count from the head's first byte.
struct HeadDraft: Sendable {
    var method = Method.get
    var version = HTTPVersion.http11
    var targetForm = TargetForm.origin
    var target = HeadSlice()
    var pathAndQuery = HeadSlice()
    var authority = HeadSlice()
    var hostCount: UInt32 = 0
    var hasTargetAuthority = false
    var lines: [FieldLine] = []

    var hasHost = false
    var contentLength: Int?
    var hasTransferEncoding = false
    var transferEncoding = HeadSlice()
    var expectsContinue = false
    var closes = false
    var upgrades = false
    var hasAuthorization = false
    var hasContentType = false
}

extension RequestParser {
    @inline(__always)
    func slice(_ range: Range<Int>) -> HeadSlice {
        HeadSlice(range.lowerBound &- base..<range.upperBound &- base)
    }

    /// Checks one field line: `token ":" OWS value OWS` (RFC 9112 section 5).
    mutating func parseFieldLine(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws(ParseError) {
        var position = line.lowerBound
        if ASCII.isBlank(bytes[position]) {
            throw draft.lines.isEmpty ? .whitespaceBeforeFirstField : .obsFold
        }
        while position < line.upperBound, ByteClass.token.contains(bytes[position]) { position &+= 1 }
        let name = line.lowerBound..<position
        guard !name.isEmpty, position < line.upperBound, bytes[position] == ASCII.colon else {
            throw Self.nameRefusal(bytes, line, at: position)
        }
        guard draft.lines.count < limits.fieldCount else { throw .tooManyFields }
        let value = bytes.trimmingBlanks(position &+ 1..<line.upperBound)
        if draft.lines.isEmpty { draft.lines.reserveCapacity(16) }
        draft.lines.append(FieldLine(name: slice(name), value: slice(value)))
        try note(bytes, name, value)
    }

    /// Why the name that stops being a token at `position` is refused.
    private static func nameRefusal(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ line: Range<Int>,
        at position: Int
    ) -> ParseError {
        if position == line.upperBound { return .missingColon }
        guard position > line.lowerBound, ASCII.isBlank(bytes[position]) else { return .invalidFieldName }
        let rest = bytes.trimmingBlanks(position..<line.upperBound)
        return !rest.isEmpty && bytes[rest.lowerBound] == ASCII.colon
            ? .whitespaceBeforeColon : .invalidFieldName
    }

    /// Remembers the fields that decide framing, host and connection.
    ///
    /// The length is compared first, so an ordinary field costs one switch.
    @inline(__always)
    private mutating func note(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ name: Range<Int>,
        _ value: Range<Int>
    ) throws(ParseError) {
        switch name.count {
        case 4 where bytes.matchesToken(name, "host"): try noteHost(bytes, value)
        case 6 where bytes.matchesToken(name, "expect"): try noteExpect(bytes, value)
        case 10 where bytes.matchesToken(name, "connection"):
            if bytes.list(value, contains: "close") { draft.closes = true }
            if bytes.list(value, contains: "upgrade") { draft.upgrades = true }
        case 12 where bytes.matchesToken(name, "content-type"):
            guard !draft.hasContentType else { throw .duplicateSingletonField }
            draft.hasContentType = true
        case 13 where bytes.matchesToken(name, "authorization"):
            guard !draft.hasAuthorization else { throw .duplicateSingletonField }
            draft.hasAuthorization = true
        case 14 where bytes.matchesToken(name, "content-length"): try noteContentLength(bytes, value)
        case 17 where bytes.matchesToken(name, "transfer-encoding"):
            guard !draft.hasTransferEncoding else { throw .invalidTransferEncoding }
            draft.hasTransferEncoding = true
            draft.transferEncoding = slice(value)
        default: break
        }
    }

    private mutating func noteHost(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ value: Range<Int>
    ) throws(ParseError) {
        guard !draft.hasHost else { throw .duplicateHost }
        draft.hasHost = true
        guard let host = Authority.host(in: bytes, value) else { throw .invalidHost }
        guard !draft.hasTargetAuthority else { return }
        draft.authority = slice(value)
        draft.hostCount = UInt32(truncatingIfNeeded: host.count)
    }

    private mutating func noteExpect(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ value: Range<Int>
    ) throws(ParseError) {
        var isContinue = value.count == 12
        let expected: StaticString = "100-continue"
        for offset in 0..<12 where isContinue {
            isContinue = ASCII.lowercased(bytes[value.lowerBound + offset]) == expected.utf8Start[offset]
        }
        guard isContinue else { throw .unsupportedExpectation }
        draft.expectsContinue = true
    }

    /// One line of plain digits.
    ///
    /// A leading zero is refused because some readers take it for octal; eighteen digits always fit an `Int`.
    private mutating func noteContentLength(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ value: Range<Int>
    ) throws(ParseError) {
        guard draft.contentLength == nil else { throw .duplicateContentLength }
        guard (1...18).contains(value.count), value.count == 1 || bytes[value.lowerBound] != ASCII.zero else {
            throw .invalidContentLength
        }
        var length = 0
        for position in value {
            guard ASCII.isDigit(bytes[position]) else { throw .invalidContentLength }
            length = length &* 10 &+ Int(bytes[position] &- ASCII.zero)
        }
        draft.contentLength = length
    }

    /// The checks across fields, then the value itself: a copy of the bytes, and the table of lines handed
    /// over.
    mutating func finish(_ bytes: UnsafeBufferPointer<UInt8>, end: Int) throws(ParseError) -> RequestHead {
        let framing = try bodyFraming(bytes)
        guard draft.hasHost || draft.version == .http10 else { throw .missingHost }
        let hasBody = framing != .none && framing != .length(0)
        return RequestHead(
            method: draft.method,
            version: draft.version,
            framing: framing,
            targetForm: draft.targetForm,
            keepsAlive: draft.version == .http11 && !draft.closes,
            expectsContinue: draft.expectsContinue && draft.version == .http11 && hasBody,
            connectionUpgrades: draft.upgrades,
            bytes: Array(bytes.slice(base..<end)),
            lines: draft.lines,
            targetSlice: draft.target,
            pathAndQuerySlice: draft.pathAndQuery,
            authoritySlice: draft.authority,
            hostCount: draft.hostCount
        )
    }

    /// RFC 9112 section 6.3 without its lenient branches: whatever two readers could see differently is
    /// refused.
    private func bodyFraming(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> BodyFraming {
        guard draft.hasTransferEncoding else {
            guard let length = draft.contentLength else { return .none }
            return .length(length)
        }
        guard draft.contentLength == nil else { throw .contentLengthWithTransferEncoding }
        guard draft.version == .http11 else { throw .transferEncodingInHTTP10 }
        let start = base + Int(draft.transferEncoding.start)
        let value = start..<start + Int(draft.transferEncoding.count)
        let isToken = !value.isEmpty && value.allSatisfy { ByteClass.token.contains(bytes[$0]) }
        guard isToken else { throw .invalidTransferEncoding }
        guard bytes.matchesToken(value, "chunked") else { throw .unsupportedTransferEncoding }
        return .chunked
    }
}
