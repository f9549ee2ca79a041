// The text of a cursor: 22 bytes in base64url, refused unless every bit is as we would write it.

extension Cursor {
    private static let version: UInt8 = 1
    private static let byteCount = 22

    /// The opaque text clients send back: 30 characters of base64url.
    public var text: String {
        var bytes: [UInt8] = [Self.version, collection.rawValue]
        bytes.append(bigEndian: UInt64(bitPattern: owner))
        bytes.append(bigEndian: UInt64(bitPattern: key))
        bytes.append(bigEndian: Self.checkSum(bytes))
        return String(decoding: Sextets.encode(bytes), as: UTF8.self)
    }

    /// Reads a cursor and holds it to the collection and owner that the request is about.
    ///
    /// - Returns: nil for a text that isn't a cursor of exactly this collection and owner.
    public init?(_ text: String, of collection: PagedCollection, owner: Int64) {
        guard let bytes = Sextets.decode(text.utf8), bytes.count == Self.byteCount,
            bytes[0] == Self.version, bytes[1] == collection.rawValue,
            UInt32(truncatingIfNeeded: bytes.bigEndian(18..<22)) == Self.checkSum(bytes[..<18]),
            Int64(bitPattern: bytes.bigEndian(2..<10)) == owner
        else { return nil }
        self.init(collection: collection, owner: owner, key: Int64(bitPattern: bytes.bigEndian(10..<18)))
    }

    /// FNV-1a, 32 bits: enough to tell a cursor from other base64.
    static func checkSum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}

/// Unpadded base64url (RFC 4648 §5) of whole byte strings.
enum Sextets {
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> bits & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << (6 - bits) & 63)]) }
        return text
    }

    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for character in text {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
            }
        }
        // The remainder must be zero bits of the last character only.
        guard bits < 6, pending & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }
}

extension [UInt8] {
    mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    func bigEndian(_ range: Range<Int>) -> UInt64 {
        self[range].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
