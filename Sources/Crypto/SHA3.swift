// SHA3-256 (FIPS 202): the sponge over Keccak-f[1600] with a capacity of 512 bits.

/// A SHA3-256 computation that takes its message in pieces of any size.
public struct SHA3: Sendable {
    /// Bytes of a digest.
    public static let digestBytes = 32
    /// Bytes that one permutation takes in: 200 of the state less twice the digest's.
    private static let rateBytes = 136

    private var state = InlineArray<25, UInt64>(repeating: 0)
    /// Bytes of the state's first part that the message has been added to since the last permutation.
    private var filled = 0

    /// The hash of nothing yet.
    public init() {}

    /// Appends bytes to the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position < bytes.count {
            if filled == 0, bytes.count - position >= Self.rateBytes {
                for lane in 0..<Self.rateBytes / 8 {
                    let word = bytes.loadUnaligned(fromByteOffset: position + 8 * lane, as: UInt64.self)
                    state[lane] ^= UInt64(littleEndian: word)
                }
                position += Self.rateBytes
                permute()
                continue
            }
            add(bytes[position], at: filled)
            position += 1
            filled += 1
            if filled == Self.rateBytes {
                permute()
                filled = 0
            }
        }
    }

    /// Appends bytes to the message.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of what was taken in so far; the computation itself may go on afterwards.
    public func finalize() -> [UInt8] {
        var last = self
        // The two bits 01 of the hash functions and the padding 10*1 (sections 6.1 and 5.1).
        last.add(0x06, at: filled)
        last.add(0x80, at: Self.rateBytes - 1)
        last.permute()
        return (0..<Self.digestBytes).map {
            UInt8(truncatingIfNeeded: last.state[$0 / 8] >> (8 * UInt64($0 % 8)))
        }
    }

    /// The digest of one message.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var computation = SHA3()
        computation.update(bytes)
        return computation.finalize()
    }

    /// Adds a byte to the state (section 3.1.2: lanes are little-endian).
    private mutating func add(_ byte: UInt8, at position: Int) {
        state[position / 8] ^= UInt64(byte) << (8 * UInt64(position % 8))
    }

    // MARK: Keccak-f[1600]

    /// The constants of iota (section 3.2.5).
    private static let roundConstants: InlineArray<24, UInt64> = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
        0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]

    /// Along the one cycle that pi makes of all lanes but the first: where a lane goes, and how far rho turns it
    /// (sections 3.2.2 and 3.2.3).
    private static let targets: InlineArray<24, Int> = [
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
    ]
    private static let turns: InlineArray<24, UInt64> = [
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
    ]

    private mutating func permute() {
        var column = InlineArray<5, UInt64>(repeating: 0)
        for round in 0..<24 {
            // Theta.
            for x in 0..<5 {
                column[x] = state[x] ^ state[x &+ 5] ^ state[x &+ 10] ^ state[x &+ 15] ^ state[x &+ 20]
            }
            for x in 0..<5 {
                let mixed = column[(x &+ 4) % 5] ^ Self.turned(column[(x &+ 1) % 5], 1)
                for row in 0..<5 { state[x &+ 5 &* row] ^= mixed }
            }
            // Rho and pi.
            var moving = state[1]
            for step in 0..<24 {
                let target = Self.targets[step]
                let next = state[target]
                state[target] = Self.turned(moving, Self.turns[step])
                moving = next
            }
            // Chi.
            for row in 0..<5 {
                let start = 5 &* row
                for x in 0..<5 { column[x] = state[start &+ x] }
                for x in 0..<5 {
                    state[start &+ x] = column[x] ^ (~column[(x &+ 1) % 5] & column[(x &+ 2) % 5])
                }
            }
            // Iota.
            state[0] ^= Self.roundConstants[round]
        }
    }

    @inline(__always)
    private static func turned(_ lane: UInt64, _ bits: UInt64) -> UInt64 {
        lane << bits | lane >> (64 &- bits)
    }
}
