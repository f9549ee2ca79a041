// A 128-bit identifier (RFC 9562) in sixteen bytes, printed in lower case.

/// A universally unique identifier, the public name of applications and users.
public struct UUID: Hashable, Sendable {
    /// The first eight bytes, big endian.
    public let high: UInt64
    /// The last eight bytes, big endian.
    public let low: UInt64

    /// Wraps the two halves as they are stored.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes a version 7 identifier (RFC 9562 §5.7): rising with time, so that its index grows at one end.
    ///
    /// - Parameters:
    ///   - now: the first 48 bits.
    ///   - random: 16 random bytes' worth; 74 of the bits are used.
    public init(at now: Timestamp, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(bitPattern: now.milliseconds) & 0xFFFF_FFFF_FFFF
        self.init(
            high: milliseconds << 16 | 0x7000 | random.0 & 0x0FFF,
            low: 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
        )
    }

    /// Reads the 8-4-4-4-12 form, in either case.
    ///
    /// - Returns: nil for any other text.
    public init?(_ text: some StringProtocol) {
        var digits: (UInt64, UInt64) = (0, 0)
        var position = 0
        for byte in text.utf8 {
            switch position {
            case 8, 13, 18, 23:
                guard byte == UInt8(ascii: "-") else { return nil }
            case 0..<36:
                guard let digit = Self.digit(byte) else { return nil }
                if position < 18 {
                    digits.0 = digits.0 << 4 | digit
                } else {
                    digits.1 = digits.1 << 4 | digit
                }
            default:
                return nil
            }
            position += 1
        }
        guard position == 36 else { return nil }
        self.init(high: digits.0, low: digits.1)
    }

    /// The 8-4-4-4-12 form in lower case, 36 characters.
    public var text: String { String(unsafeUninitializedCapacity: 36, initializingUTF8With: writeText) }

    /// Writes the 8-4-4-4-12 form in lower case into memory for at least 36 bytes; answers 36.
    public func writeText(into memory: UnsafeMutableBufferPointer<UInt8>) -> Int {
        precondition(memory.count >= 36, "a UUID has 36 characters")
        var position = 0
        var rest = high
        for digit in 0..<32 {
            if digit == 16 { rest = low }
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                memory[position] = UInt8(ascii: "-")
                position &+= 1
            }
            let nibble = UInt8(truncatingIfNeeded: rest >> 60)
            memory[position] = nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble
            position &+= 1
            rest <<= 4
        }
        return position
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x37)
        case 0x61...0x66: UInt64(byte - 0x57)
        default: nil
        }
    }
}
