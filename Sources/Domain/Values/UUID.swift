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
        let memory = UnsafeMutableRawBufferPointer(memory)
        let (first, second, third, fourth) = (
            Self.digits(high >> 32), Self.digits(high), Self.digits(low >> 32), Self.digits(low)
        )
        let dash = UInt8(ascii: "-")
        memory.storeBytes(of: first, toByteOffset: 0, as: UInt64.self)
        memory[8] = dash
        memory.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 9, as: UInt32.self)
        memory[13] = dash
        memory.storeBytes(of: UInt32(truncatingIfNeeded: second >> 32), toByteOffset: 14, as: UInt32.self)
        memory[18] = dash
        memory.storeBytes(of: UInt32(truncatingIfNeeded: third), toByteOffset: 19, as: UInt32.self)
        memory[23] = dash
        memory.storeBytes(of: UInt32(truncatingIfNeeded: third >> 32), toByteOffset: 24, as: UInt32.self)
        memory.storeBytes(of: fourth, toByteOffset: 28, as: UInt64.self)
        return 36
    }

    /// The eight digits of the lowest 32 bits, all at once: in memory, the highest comes first.
    private static func digits(_ value: UInt64) -> UInt64 {
        var nibbles = UInt64(UInt32(truncatingIfNeeded: value).byteSwapped)
        nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        // Of each byte, the upper nibble before the lower one.
        nibbles = (nibbles >> 4 & 0x000F_000F_000F_000F) | (nibbles & 0x000F_000F_000F_000F) << 8
        // 10 and above carry into bit 4 when 6 is added: those are letters.
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return (nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 0x27).littleEndian
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
