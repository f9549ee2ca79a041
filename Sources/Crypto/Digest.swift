// A SHA-256 or HMAC-SHA-256 result as a value of exactly 32 bytes, without a heap allocation.

import CLinux

/// 32 bytes: a SHA-256 digest or an HMAC-SHA-256 tag.
///
/// `==` examines every byte, whatever the first ones are, so comparing two tags does not tell how much of a
/// forgery was right.
public struct Digest: Sendable, Hashable {
    /// Length in bytes of every digest.
    public static let byteCount = 32

    private let words: SIMD4<UInt64>

    init(_ state: SHA256State) {
        func pair(_ high: UInt32, _ low: UInt32) -> UInt64 { (UInt64(high) << 32 | UInt64(low)).bigEndian }
        words = SIMD4(
            pair(state.a, state.b),
            pair(state.c, state.d),
            pair(state.e, state.f),
            pair(state.g, state.h)
        )
    }

    /// A digest kept elsewhere, for instance in a table of hashed secrets; nil unless exactly 32 bytes.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount, let start = bytes.baseAddress else { return nil }
        words = start.loadUnaligned(as: SIMD4<UInt64>.self)
    }

    /// A digest kept elsewhere; nil unless exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard let digest = bytes.withUnsafeBytes({ Digest(bytes: $0) }) else { return nil }
        self = digest
    }

    /// The 32 bytes in order.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { withUnsafeBytes { Hex.encode($0) } }

    /// Lends the 32 bytes; the pointer is valid during the call only.
    @inline(__always)
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var copy = words
        return Swift.withUnsafeBytes(of: &copy) { body($0) }
    }

    /// Writes the 32 bytes to the start of `target`, which must have room for them.
    public func copyBytes(to target: UnsafeMutableRawBufferPointer) {
        precondition(target.count >= Self.byteCount, "A digest needs 32 bytes of room.")
        target.baseAddress?.storeBytes(of: words, as: SIMD4<UInt64>.self)
    }

    /// Equality in a time that does not depend on the contents.
    public static func == (left: Digest, right: Digest) -> Bool {
        let difference = left.words ^ right.words
        return clinux_opaque(difference[0] | difference[1] | difference[2] | difference[3]) == 0
    }

    /// Feeds the bytes to a hash table.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words)
    }
}
