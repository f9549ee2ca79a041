// The grammar of host[:port], for the Host field and for the authority of an absolute-form target.

/// Checks and splits `host[:port]`.
///
/// Narrower than RFC 3986 section 3.2 where the wider grammar only serves attacks: a host name is letters,
/// digits, `-`, `.`, `_`, `~`; no percent-encoding, no sub-delimiters, no user information; a colon is
/// followed by a port of 1...65535; an IP literal is a real IPv6 address.
enum Authority {
    /// The part of `range` that is the host, with brackets if any, or nil if the whole is not a valid
    /// `host[:port]`.
    static func host(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard let first = range.first else { return nil }
        var end = first
        if bytes[first] == ASCII.openBracket {
            while end < range.upperBound, bytes[end] != ASCII.closeBracket { end &+= 1 }
            guard end < range.upperBound, isIPv6(bytes, first + 1..<end) else { return nil }
            end &+= 1
        } else {
            while end < range.upperBound, ByteClass.hostName.contains(bytes[end]) { end &+= 1 }
            guard end > first else { return nil }
        }
        guard end < range.upperBound else { return first..<end }
        guard bytes[end] == ASCII.colon, port(in: bytes, end + 1..<range.upperBound) != nil else {
            return nil
        }
        return first..<end
    }

    /// The port that the whole of `range` spells, 1...65535.
    static func port(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard (1...5).contains(range.count) else { return nil }
        var value = 0
        for position in range {
            guard ASCII.isDigit(bytes[position]) else { return nil }
            value = value &* 10 &+ Int(bytes[position] &- ASCII.zero)
        }
        return (1...65_535).contains(value) ? value : nil
    }

    /// Whether `range` spells an IPv6 address (RFC 4291 section 2.2): eight groups, or fewer with one `::`.
    private static func isIPv6(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var groups = 0
        var compressed = false
        var position = range.lowerBound
        if range.count >= 2, bytes[position] == ASCII.colon, bytes[position + 1] == ASCII.colon {
            compressed = true
            position += 2
        }
        while position < range.upperBound {
            let start = position
            while position < range.upperBound, ASCII.hexValue(bytes[position]) != nil { position += 1 }
            if position < range.upperBound, bytes[position] == ASCII.dot {
                guard isIPv4(bytes, start..<range.upperBound) else { return false }
                groups += 2
                break
            }
            guard (1...4).contains(position - start) else { return false }
            groups += 1
            guard position < range.upperBound else { break }
            guard bytes[position] == ASCII.colon, position + 1 < range.upperBound else { return false }
            position += 1
            if bytes[position] == ASCII.colon {
                guard !compressed else { return false }
                compressed = true
                position += 1
            }
        }
        return compressed ? groups < 8 : groups == 8
    }

    /// Whether `range` spells four decimal numbers of 0...255 with dots between them.
    private static func isIPv4(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var parts = 0
        var digits = 0
        var value = 0
        for position in range {
            let byte = bytes[position]
            if ASCII.isDigit(byte) {
                value = value * 10 + Int(byte &- ASCII.zero)
                digits += 1
                guard digits <= 3, value <= 255 else { return false }
            } else {
                guard byte == ASCII.dot, digits > 0 else { return false }
                parts += 1
                digits = 0
                value = 0
            }
        }
        return parts == 3 && digits > 0
    }
}
