// Writes the binary form, value by value.

/// Appends values to the bytes of one message.
public struct WireWriter: Sendable {
    /// The bytes written so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty message.
    public init() {}

    /// Writes the tag that precedes a value.
    public mutating func tag(_ tag: WireTag) { varint(tag.code) }

    /// A varint in as few bytes as it needs.
    public mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A varint in which small magnitudes of either sign are short.
    public mutating func zigzag(_ value: Int64) { varint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    /// Four bytes, lowest first.
    public mutating func fixed32(_ value: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Eight bytes, lowest first.
    public mutating func fixed64(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Bytes with their number before them.
    public mutating func bytes(_ value: some Collection<UInt8>) {
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// A message or a packed list, with its length before it.
    mutating func enclosed(_ write: (inout WireWriter) -> Void) {
        var inner = WireWriter()
        write(&inner)
        bytes(inner.bytes)
    }
}
