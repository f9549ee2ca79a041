// Takes bits from bytes, the lowest first, as DEFLATE packs them (RFC 1951 section 3.1.1).

/// A cursor over the bits of some bytes.
struct BitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Bits fetched and not taken, the next one lowest; always fewer than 64.
    private var held: UInt64 = 0
    private var heldCount = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// How many bytes have been taken, the last one maybe in part.
    var bytesTaken: Int { position - heldCount / 8 }

    /// The next 15 bits without taking them, zeros where the bytes end; and how many of them are real.
    @inline(__always)
    mutating func peek() -> (bits: Int, count: Int) {
        fetch(15)
        return (Int(held & 0x7FFF), heldCount)
    }

    /// Drops bits that were peeked at.
    @inline(__always)
    mutating func drop(_ count: Int) {
        held &>>= UInt64(count)
        heldCount &-= count
    }

    /// Takes up to 16 bits as a number.
    @inline(__always)
    mutating func take(_ count: Int) throws(InflateError) -> Int {
        fetch(count)
        guard heldCount >= count else { throw .truncated }
        let value = Int(held & (1 &<< UInt64(count) &- 1))
        drop(count)
        return value
    }

    /// Drops the rest of a byte begun.
    mutating func skipToByte() { drop(heldCount & 7) }

    /// The next bytes; the reader must be between two.
    mutating func bytes(_ count: Int) throws(InflateError) -> UnsafeBufferPointer<UInt8> {
        position = bytesTaken
        held = 0
        heldCount = 0
        guard count <= bytes.count - position else { throw .truncated }
        defer { position += count }
        return bytes.slice(position..<position + count)
    }

    @inline(__always)
    private mutating func fetch(_ count: Int) {
        while heldCount < count, position < bytes.count {
            held |= UInt64(bytes[position]) &<< UInt64(heldCount)
            heldCount &+= 8
            position &+= 1
        }
    }
}
