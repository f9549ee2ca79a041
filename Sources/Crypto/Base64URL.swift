// Base64url without padding (RFC 4648, section 5), with exactly one text for every byte string.

/// Unpadded base64url.
///
/// Reading is strict: the URL-safe alphabet only, no padding, no white space, no impossible length, and the
/// unused bits of the last character zero. So no two texts decode to the same bytes.
public enum Base64URL {
    /// Characters of the text of `byteCount` bytes.
    public static func encodedCount(_ byteCount: Int) -> Int { (byteCount &* 4 &+ 2) / 3 }

    /// Bytes of a text of `characterCount` characters, when it is one.
    public static func decodedCount(_ characterCount: Int) -> Int { characterCount &* 3 / 4 }

    /// The text of the bytes.
    public static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: encodedCount(bytes.count)) { encode(bytes, into: $0) }
    }

    /// The text of the bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { encode($0) }
    }

    /// Writes the text to the start of `target`, which must have room, and returns the number of characters.
    @discardableResult
    public static func encode(
        _ bytes: UnsafeRawBufferPointer,
        into target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        let count = encodedCount(bytes.count)
        precondition(target.count >= count, "Base64url text needs more room.")
        let alphabet = Self.alphabet.utf8Start
        var read = 0
        var written = 0
        while written < count {
            let left = bytes.count &- read
            let group =
                UInt32(bytes[read]) << 16 | (left > 1 ? UInt32(bytes[read &+ 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[read &+ 2]) : 0)
            let characters = min(4, left &+ 1)
            for i in 0..<characters {
                target[written &+ i] = alphabet[Int(group &>> UInt32(18 &- 6 &* i)) & 63]
            }
            read &+= 3
            written &+= characters
        }
        return count
    }

    /// The bytes of a text, or nil when it is not the text of any.
    public static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        var isText = false
        let capacity = decodedCount(text.count)
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            isText = decode(text, into: UnsafeMutableRawBufferPointer(target))
            count = isText ? capacity : 0
        }
        return isText ? bytes : nil
    }

    /// The bytes of a text, or nil when it is not the text of any.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        text.withUnsafeBytes { decode($0) }
    }

    /// The bytes of a text, or nil when it is not the text of any.
    public static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { decode(UnsafeRawBufferPointer($0)) }
    }

    /// Writes the bytes of a text to the start of `target`, which must have room for `decodedCount` of them.
    ///
    /// False when the text is not the text of any bytes; `target` then holds nothing of use.
    public static func decode(
        _ text: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard text.count % 4 != 1 else { return false }
        precondition(target.count >= decodedCount(text.count), "Base64url bytes need more room.")
        var pending: UInt32 = 0
        var pendingBits: UInt32 = 0
        var seen: UInt8 = 0
        var written = 0
        for character in text {
            let value = values[unchecked: Int(character)]
            seen |= value
            pending = pending &<< 6 | UInt32(value & 63)
            pendingBits &+= 6
            if pendingBits >= 8 {
                pendingBits &-= 8
                target[written] = UInt8(truncatingIfNeeded: pending &>> pendingBits)
                written &+= 1
            }
        }
        let rest = pending & ((1 &<< pendingBits) &- 1)
        return seen < 64 && rest == 0
    }

    private static let alphabet: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
}

/// The value of each character, 255 for those outside the alphabet.
private let values: InlineArray<256, UInt8> = [
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 62, 255, 255,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 255, 255, 255, 255, 255, 255,
    255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 255, 255, 255, 255, 63,
    255, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
]
