// The request line: method, target form and version (RFC 9112 section 3).

extension RequestParser {
    /// Checks `method SP target SP version`.
    ///
    /// Shape first, then version, then method, then target, so that a message of another protocol is named as
    /// that.
    mutating func parseRequestLine(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws(ParseError)
    {
        var position = line.lowerBound
        while position < line.upperBound, ByteClass.token.contains(bytes[position]) { position &+= 1 }
        let method = line.lowerBound..<position
        guard !method.isEmpty, position < line.upperBound, bytes[position] == ASCII.space else {
            throw .malformedRequestLine
        }
        position &+= 1
        let targetStart = position
        while position < line.upperBound, ByteClass.target.contains(bytes[position]) { position &+= 1 }
        let target = targetStart..<position
        let firstOdd = position
        while position < line.upperBound, bytes[position] != ASCII.space { position &+= 1 }
        guard position > targetStart, position < line.upperBound else { throw .malformedRequestLine }

        draft.version = try Self.version(bytes, position + 1..<line.upperBound)
        guard let known = Method(bytes: bytes, method) else { throw .unknownMethod }
        draft.method = known
        guard firstOdd == position else {
            throw bytes[firstOdd] == 0x23 ? .fragmentInTarget : .invalidTargetByte
        }
        try parseTargetForm(bytes, target)
    }

    private static func version(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ word: Range<Int>
    ) throws(ParseError) -> HTTPVersion {
        guard word.count == 8, let base = UnsafeRawPointer(bytes.baseAddress) else { throw .malformedVersion }
        let packed = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: word.lowerBound, as: UInt64.self))
        switch packed {
        case 0x4854_5450_2F31_2E31: return .http11
        case 0x4854_5450_2F31_2E30: return .http10
        default: break
        }
        let isWellFormed =
            packed & 0xFFFF_FFFF_FF00_FF00 == 0x4854_5450_2F00_2E00
            && ASCII.isDigit(bytes[word.lowerBound + 5]) && ASCII.isDigit(bytes[word.lowerBound + 7])
        throw isWellFormed ? .unsupportedVersion : .malformedVersion
    }

    private mutating func parseTargetForm(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ target: Range<Int>
    ) throws(ParseError) {
        draft.target = slice(target)
        if draft.method == .connect {
            guard let host = Authority.host(in: bytes, target), host.upperBound < target.upperBound else {
                throw .invalidTarget
            }
            draft.targetForm = .authority
            setAuthority(target, host: host)
        } else if bytes[target.lowerBound] == ASCII.slash {
            draft.targetForm = .origin
            draft.pathAndQuery = draft.target
        } else if target.count == 1, bytes[target.lowerBound] == ASCII.asterisk, draft.method == .options {
            draft.targetForm = .asterisk
        } else {
            try parseAbsoluteForm(bytes, target)
        }
    }

    /// `http://authority/path?query`; the authority replaces `Host` (RFC 9112 section 3.2.2).
    private mutating func parseAbsoluteForm(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ target: Range<Int>
    ) throws(ParseError) {
        let start: Int
        if target.count >= 7, bytes.hasPrefix("http://", at: target.lowerBound) {
            start = target.lowerBound + 7
        } else if target.count >= 8, bytes.hasPrefix("https://", at: target.lowerBound) {
            start = target.lowerBound + 8
        } else {
            throw .invalidTarget
        }
        var end = start
        while end < target.upperBound, bytes[end] != ASCII.slash, bytes[end] != ASCII.question { end += 1 }
        guard let host = Authority.host(in: bytes, start..<end) else { throw .invalidHost }
        setAuthority(start..<end, host: host)
        let isServerWide = draft.method == .options && end == target.upperBound
        draft.targetForm = isServerWide ? .asterisk : .absolute
        draft.pathAndQuery = slice(end..<target.upperBound)
    }

    private mutating func setAuthority(_ range: Range<Int>, host: Range<Int>) {
        draft.authority = slice(range)
        draft.hostCount = UInt32(truncatingIfNeeded: host.count)
        draft.hasTargetAuthority = true
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes at `offset` spell `prefix`, which is lower case, in any case; the caller checked the
    /// length.
    fileprivate func hasPrefix(_ prefix: StaticString, at offset: Int) -> Bool {
        for index in 0..<prefix.utf8CodeUnitCount
        where ASCII.lowercased(self[offset + index]) != prefix.utf8Start[index] { return false }
        return true
    }
}
