// The gzip container (RFC 1952) around stored blocks (RFC 1951 section 3.2.4): readable everywhere, made
// without a compressor.

/// Writes one gzip member piece by piece.
///
/// Each 65 535 bytes of content cost five more, and the member eighteen: nothing is made smaller.
public struct GzipWriter: Sendable {
    private var bytes: [UInt8]
    /// Where the length of the open block stands; its content follows behind four bytes.
    private var lengthAt: Int
    private var checkSum = CRC32()
    private var count: UInt32 = 0

    /// The content of a block, at most: its length has 16 bits.
    private static let blockMaximum = 65_535

    /// A member without content.
    public init() {
        // ID1 ID2, CM deflate, no flags, no time, no extra flags, system unknown.
        bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        lengthAt = 0
        beginBlock()
    }

    /// Adds content.
    public mutating func append(_ content: [UInt8]) {
        checkSum.update(content.span)
        count = count &+ UInt32(truncatingIfNeeded: content.count)
        var start = 0
        while start < content.count {
            let room = Self.blockMaximum - (bytes.count - lengthAt - 4)
            if room == 0 {
                endBlock()
                beginBlock()
                continue
            }
            let end = min(content.count, start + room)
            bytes.append(contentsOf: content[start..<end])
            start = end
        }
    }

    /// Ends the member.
    ///
    /// - Returns: all of it.
    public consuming func finish() -> [UInt8] {
        endBlock()
        // BFINAL is the lowest bit of the block's first byte.
        bytes[lengthAt - 1] = 1
        append(littleEndian: checkSum.value, 4)
        append(littleEndian: count, 4)
        return bytes
    }

    private mutating func beginBlock() {
        bytes.append(0)
        lengthAt = bytes.count
        bytes.append(contentsOf: [0, 0, 0, 0])
    }

    /// Fills in LEN and its complement NLEN.
    private mutating func endBlock() {
        let length = UInt16(bytes.count - lengthAt - 4)
        bytes[lengthAt] = UInt8(truncatingIfNeeded: length)
        bytes[lengthAt + 1] = UInt8(truncatingIfNeeded: length >> 8)
        bytes[lengthAt + 2] = ~bytes[lengthAt]
        bytes[lengthAt + 3] = ~bytes[lengthAt + 1]
    }

    private mutating func append(littleEndian value: UInt32, _ count: Int) {
        for shift in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * shift))) }
    }
}

/// The check sum of gzip (RFC 1952 section 8): CRC-32 with the reflected polynomial 0xEDB88320.
public struct CRC32: Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    /// The sum of no bytes.
    public init() {}

    /// The sum so far.
    public var value: UInt32 { ~register }

    /// Takes bytes in.
    public mutating func update(_ bytes: Span<UInt8>) {
        var register = register
        let table = Self.table
        let steps = table.span
        for index in bytes.indices {
            register = register >> 8 ^ steps[Int((register ^ UInt32(bytes[index])) & 0xFF)]
        }
        self.register = register
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
}
