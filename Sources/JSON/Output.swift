// The small pieces a writer puts into reserved memory: runs of bytes, digits, escapes.

extension OutputSpan<UInt8> {
    @inline(__always)
    mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        precondition(bytes.count <= freeCapacity, "the reserved memory is too small")
        withUnsafeMutableBufferPointer { memory, count in
            guard let target = memory.baseAddress else { return }
            (target + count).initialize(from: source, count: bytes.count)
            count += bytes.count
        }
    }

    /// The decimal digits of a number, written from the last to the first.
    @inline(__always)
    mutating func append(decimal value: UInt64) {
        let digits = decimalDigits(value)
        precondition(digits <= freeCapacity, "the reserved memory is too small")
        withUnsafeMutableBufferPointer { memory, count in
            var position = count + digits
            var rest = value
            while rest >= 10 {
                position -= 1
                (rest, memory[position]) = (rest / 10, ASCII.zero + UInt8(truncatingIfNeeded: rest % 10))
            }
            memory[position - 1] = ASCII.zero + UInt8(truncatingIfNeeded: rest)
            count += digits
        }
    }

    @inline(__always)
    mutating func append(_ escape: Escape) {
        append(ASCII.backslash)
        append(escape.letter)
        guard escape.letter == ASCII.u else { return }
        append(ASCII.zero)
        append(ASCII.zero)
        append(hexDigit(escape.byte >> 4))
        append(hexDigit(escape.byte & 15))
    }
}

/// How a byte that may not stand in a string is written: a letter, or `u` and four digits.
struct Escape {
    let byte: UInt8
    let letter: UInt8

    init(_ byte: UInt8) {
        self.byte = byte
        letter =
            switch byte {
            case ASCII.quote, ASCII.backslash: byte
            case 0x08: ASCII.b
            case 0x0C: ASCII.f
            case ASCII.lineFeed: ASCII.n
            case ASCII.carriageReturn: ASCII.r
            case ASCII.tab: ASCII.t
            default: ASCII.u
            }
    }
}

/// The first position from `start` whose byte a string can't hold as it is (RFC 8259 section 7: quote,
/// backslash and what is below 0x20), or the end.
@inline(__always)
func ordinaryPrefix(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let raw = UnsafeRawBufferPointer(text)
    while position &+ 8 <= raw.count {
        // A multibyte character is flagged too; then the bytes are looked at one by one.
        let special = specialBytes(
            UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        )
        if special != 0 {
            position &+= special.trailingZeroBitCount >> 3
            if text[position] < 0x80 { return position }
        } else {
            position &+= 8
        }
        while position < text.count, text[position] >= 0x80 { position &+= 1 }
    }
    while position < text.count {
        let byte = text[position]
        if byte < ASCII.space || byte == ASCII.quote || byte == ASCII.backslash { break }
        position &+= 1
    }
    return position
}

/// Whether a text can stand between quotes as it is, and in any encoding.
func isPlainASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 >= ASCII.space && $0 < 0x80 && $0 != ASCII.quote && $0 != ASCII.backslash }
}

@inline(__always)
private func decimalDigits(_ value: UInt64) -> Int {
    var (digits, limit): (Int, UInt64) = (1, 10)
    while digits < 20, value >= limit {
        digits += 1
        (limit, _) = limit.multipliedReportingOverflow(by: 10)
    }
    return digits
}

@inline(__always)
private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? ASCII.zero + value : ASCII.a + value - 10
}
