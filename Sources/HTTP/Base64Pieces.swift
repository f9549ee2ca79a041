// Base64 (RFC 4648 section 4) of a body that comes in pieces, each padded for itself: `application/grpc-web-text`.

/// Writes and reads base64 whose padding may stand within the text.
public enum Base64Pieces {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// The value of each character; 64 for the padding, 255 for all others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        values[Int(ASCII.equals)] = 64
        return values
    }()

    /// One piece, padded.
    public static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            let group = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < count ? UInt32(bytes[start + $1]) : 0) }
            for place in 0..<4 {
                let value = group >> UInt32(18 - 6 * place) & 63
                text.append(place <= count ? alphabet[Int(value)] : ASCII.equals)
            }
        }
        return text
    }

    /// Reads pieces as they arrive.
    public struct Decoder: Sendable {
        /// Characters of a group that isn't whole: at most three.
        private var group: [UInt8] = []

        /// Nothing has arrived.
        public init() {}

        /// Whether everything that came has been taken out.
        public var isAtBoundary: Bool { group.isEmpty }

        /// The bytes of the groups that are whole; nil for a character outside of the alphabet, and for padding in the
        /// wrong place.
        public mutating func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.count / 4 * 3 + 3)
            for character in text {
                let value = values[Int(character)]
                guard value < 255, value < 64 || group.count >= 2, group.last != 64 || value == 64 else {
                    return nil
                }
                group.append(value)
                guard group.count == 4 else { continue }
                guard Self.append(group, to: &bytes) else { return nil }
                group.removeAll(keepingCapacity: true)
            }
            return bytes
        }

        /// Adds what a group says; false where bits are set that stand for nothing.
        private static func append(_ group: [UInt8], to bytes: inout [UInt8]) -> Bool {
            let padding = group.count { $0 == 64 }
            let bits = group.reduce(UInt32(0)) { $0 << 6 | UInt32($1 & 63) }
            guard bits & (1 << UInt32(8 * padding) - 1) == 0 else { return false }
            for place in 0..<(3 - padding) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place))) }
            return true
        }
    }
}
