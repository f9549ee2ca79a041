// Turns the content of a checked string into the text it stands for.

/// The text of a string whose escapes have been checked.
func unescape(_ content: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    // An escape is never shorter than what it stands for.
    text.reserveCapacity(content.count)
    var position = 0
    while position < content.count {
        let byte = content[position]
        if byte != ASCII.backslash {
            text.append(byte)
            position += 1
        } else {
            let (scalar, next) = unescapeOne(content, at: position)
            text.append(contentsOf: scalar.utf8)
            position = next
        }
    }
    return text
}

/// Whether a checked string stands for exactly this text; allocates nothing, and stops at the first
/// difference.
func unescaped(_ content: Span<UInt8>, equals wanted: Span<UInt8>) -> Bool {
    var (position, matched) = (0, 0)
    while position < content.count {
        guard matched < wanted.count else { return false }
        if content[position] != ASCII.backslash {
            guard content[position] == wanted[matched] else { return false }
            position += 1
            matched += 1
            continue
        }
        let (scalar, next) = unescapeOne(content, at: position)
        for byte in scalar.utf8 {
            guard matched < wanted.count, byte == wanted[matched] else { return false }
            matched += 1
        }
        position = next
    }
    return matched == wanted.count
}

/// The character that the checked escape at `backslash` stands for, and the position after the escape.
private func unescapeOne(_ content: Span<UInt8>, at backslash: Int) -> (Unicode.Scalar, next: Int) {
    let plain: UInt8
    switch content[backslash + 1] {
    case ASCII.b: plain = 0x08
    case ASCII.f: plain = 0x0C
    case ASCII.n: plain = ASCII.lineFeed
    case ASCII.r: plain = ASCII.carriageReturn
    case ASCII.t: plain = ASCII.tab
    case ASCII.u:
        let unit = hexUnit(content, ofEscapeAt: backslash)
        guard unit & 0xF800 == 0xD800 else {
            return (Unicode.Scalar(unit) ?? "\u{FFFD}", backslash + 6)
        }
        let low = hexUnit(content, ofEscapeAt: backslash + 6)
        let value = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
        return (Unicode.Scalar(value) ?? "\u{FFFD}", backslash + 12)
    case let byte: plain = byte
    }
    return (Unicode.Scalar(plain), backslash + 2)
}

private func hexUnit(_ content: Span<UInt8>, ofEscapeAt backslash: Int) -> UInt32 {
    var unit: UInt32 = 0
    for position in backslash + 2..<backslash + 6 {
        unit = unit << 4 | (ASCII.hexDigit(content[position]) ?? 0)
    }
    return unit
}
