// Decides byte by byte whether a text that arrives in pieces can still be UTF-8.

/// Validation of UTF-8 over any number of pieces (RFC 3629 section 4).
///
/// A byte that no text could have in its place is refused at once, so a wrong text is known as early as it can be.
public struct UTF8Validator: Sendable {
    /// How many bytes the character begun still needs.
    private var needed: UInt8 = 0
    /// The range of the next continuation byte: narrower than 80...BF behind E0, ED, F0 and F4, which keeps out
    /// overlong forms, surrogates, and what lies above U+10FFFF.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// A validator at the beginning of a text.
    public init() {}

    /// Whether the text could end here: no character is cut.
    public var isAtBoundary: Bool { needed == 0 }

    /// Takes the next piece.
    ///
    /// - Returns: false when no continuation makes it UTF-8; the validator must not be used again then.
    public mutating func take(_ bytes: Span<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { take($0) }
    }

    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        while position < bytes.count {
            if needed == 0 {
                position = Self.firstNotASCII(bytes, from: position)
                guard position < bytes.count else { return true }
                guard begin(bytes[position]) else { return false }
            } else {
                let byte = bytes[position]
                guard byte >= lowest, byte <= highest else { return false }
                (lowest, highest) = (0x80, 0xBF)
                needed &-= 1
            }
            position &+= 1
        }
        return true
    }

    private mutating func begin(_ lead: UInt8) -> Bool {
        switch lead {
        case 0xC2...0xDF: needed = 1
        case 0xE0: (needed, lowest) = (2, 0xA0)
        case 0xED: (needed, highest) = (2, 0x9F)
        case 0xE1...0xEF: needed = 2
        case 0xF0: (needed, lowest) = (3, 0x90)
        case 0xF1...0xF3: needed = 3
        case 0xF4: (needed, highest) = (3, 0x8F)
        default: return false
        }
        return true
    }

    /// Eight bytes a step.
    private static func firstNotASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return start }
        var position = start
        while position &+ 8 <= bytes.count,
            base.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            position &+= 8
        }
        while position < bytes.count, bytes[position] < 0x80 { position &+= 1 }
        return position
    }
}
