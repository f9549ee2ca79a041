// Checks a string's bytes: its end, its escapes, its UTF-8.

/// Finds the end of the string whose opening quote stands at `opening`, and checks every byte on the way.
///
/// - Returns: Whether the string has escapes, and the position after its closing quote.
func scanString(_ input: Span<UInt8>, from opening: Int) throws(JSONError) -> (Node.Tag, end: Int) {
    var position = opening + 1
    var tag = Node.Tag.plainString
    while true {
        position = skipOrdinaryASCII(input, from: position)
        guard position < input.count else { throw JSONError(reason: .unexpectedEnd, offset: position) }
        switch input[position] {
        case ASCII.quote:
            return (tag, position + 1)
        case ASCII.backslash:
            tag = .escapedString
            position = try scanEscape(input, at: position)
        case ..<ASCII.space:
            throw JSONError(reason: .controlCharacter, offset: position)
        default:
            repeat {
                position = try scanMultibyteCharacter(input, at: position)
            } while position < input.count && input[position] >= 0x80
        }
    }
}

/// The first position from `start` that is not a printable ASCII byte other than quote and backslash.
///
/// Eight bytes a step: a byte's high bit ends up set in `special` if the byte is below 0x20, above 0x7F, a
/// quote or a backslash. A borrow can set it wrongly only in bytes after such a one, so the lowest set bit
/// is always right.
@inline(__always)
private func skipOrdinaryASCII(_ input: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position &+ 8 <= input.count {
        let special = specialBytes(
            UInt64(littleEndian: input.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
        )
        guard special == 0 else { return position &+ special.trailingZeroBitCount >> 3 }
        position &+= 8
    }
    while position < input.count {
        let byte = input[position]
        guard byte >= ASCII.space, byte < 0x80, byte != ASCII.quote, byte != ASCII.backslash else { break }
        position &+= 1
    }
    return position
}

/// Eight bytes with the high bit of each that a string can't hold as it is, or that isn't ASCII, set up to
/// the first.
@inline(__always)
func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* UInt64(ASCII.quote))
    let backslashes = word ^ (ones &* UInt64(ASCII.backslash))
    let controls = word &- (ones &* UInt64(ASCII.space))
    return ((quotes &- ones) | (backslashes &- ones) | controls | word) & (ones &* 0x80)
}

/// Checks the escape whose backslash stands at `backslash`; a surrogate pair is one escape.
///
/// - Returns: The position after it.
private func scanEscape(_ input: Span<UInt8>, at backslash: Int) throws(JSONError) -> Int {
    guard backslash + 1 < input.count else {
        throw JSONError(reason: .unexpectedEnd, offset: input.count)
    }
    switch input[backslash + 1] {
    case ASCII.quote, ASCII.backslash, ASCII.slash, ASCII.b, ASCII.f, ASCII.n, ASCII.r, ASCII.t:
        return backslash + 2
    case ASCII.u:
        let unit = try scanHexDigits(input, ofEscapeAt: backslash)
        let next = backslash + 6
        if unit & 0xF800 != 0xD800 { return next }
        let lone = JSONError(reason: .loneSurrogate, offset: backslash)
        guard unit < 0xDC00 else { throw lone }
        // The other half must follow at once.
        guard next < input.count else { throw JSONError(reason: .unexpectedEnd, offset: next) }
        guard input[next] == ASCII.backslash else { throw lone }
        guard next + 1 < input.count else { throw JSONError(reason: .unexpectedEnd, offset: next + 1) }
        guard input[next + 1] == ASCII.u else { throw lone }
        guard try scanHexDigits(input, ofEscapeAt: next) & 0xFC00 == 0xDC00 else { throw lone }
        return next + 6
    default:
        throw JSONError(reason: .badEscape, offset: backslash)
    }
}

private func scanHexDigits(_ input: Span<UInt8>, ofEscapeAt backslash: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for position in backslash + 2..<backslash + 6 {
        guard position < input.count else { throw JSONError(reason: .unexpectedEnd, offset: position) }
        guard let digit = ASCII.hexDigit(input[position]) else {
            throw JSONError(reason: .badEscape, offset: backslash)
        }
        unit = unit << 4 | digit
    }
    return unit
}

/// Checks one character of two to four bytes against the table of well-formed sequences (RFC 3629 section 4).
///
/// - Returns: The position after it.
private func scanMultibyteCharacter(_ input: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
    // The range of the second byte alone keeps out overlong forms, surrogates and what lies beyond
    // U+10FFFF.
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch input[start] {
    case 0xC2...0xDF:
        length = 2
    case 0xE0:
        (length, second) = (3, 0xA0...0xBF)
    case 0xED:
        (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF:
        length = 3
    case 0xF0:
        (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3:
        length = 4
    case 0xF4:
        (length, second) = (4, 0x80...0x8F)
    default:
        throw JSONError(reason: .invalidUTF8, offset: start)
    }
    for position in start + 1..<start + length {
        guard position < input.count else { throw JSONError(reason: .unexpectedEnd, offset: position) }
        guard second.contains(input[position]) else { throw JSONError(reason: .invalidUTF8, offset: start) }
        second = 0x80...0xBF
    }
    return start + length
}
