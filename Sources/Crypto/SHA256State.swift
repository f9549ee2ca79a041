// The SHA-256 chaining value and the compression function: the only arithmetic of this module's hashing.

/// The eight working words between two blocks (FIPS 180-4, section 6.2).
///
/// A plain value of 32 bytes, so that a prepared HMAC key is a pair of them and a copy costs nothing.
struct SHA256State: Sendable {
    static let blockBytes = 64

    var a: UInt32 = 0x6a09_e667
    var b: UInt32 = 0xbb67_ae85
    var c: UInt32 = 0x3c6e_f372
    var d: UInt32 = 0xa54f_f53a
    var e: UInt32 = 0x510e_527f
    var f: UInt32 = 0x9b05_688c
    var g: UInt32 = 0x1f83_d9ab
    var h: UInt32 = 0x5be0_cd19

    /// Takes in whole blocks of 64 bytes, at any alignment; a rest of less than a block is not looked at.
    mutating func compress(_ blocks: UnsafeRawBufferPointer) {
        guard let start = blocks.baseAddress else { return }
        var offset = 0
        while offset &+ Self.blockBytes <= blocks.count {
            compress(start + offset)
            offset &+= Self.blockBytes
        }
    }

    private mutating func compress(_ block: UnsafeRawPointer) {
        var w = InlineArray<64, UInt32>(repeating: 0)
        Self.schedule(block, &w)
        var s = self
        var i = 0
        // Eight rounds rename the eight words back to where they were, so nothing is ever moved.
        while i < 64 {
            step(s.a, s.b, s.c, &s.d, s.e, s.f, s.g, &s.h, w[unchecked: i], k[unchecked: i])
            step(s.h, s.a, s.b, &s.c, s.d, s.e, s.f, &s.g, w[unchecked: i &+ 1], k[unchecked: i &+ 1])
            step(s.g, s.h, s.a, &s.b, s.c, s.d, s.e, &s.f, w[unchecked: i &+ 2], k[unchecked: i &+ 2])
            step(s.f, s.g, s.h, &s.a, s.b, s.c, s.d, &s.e, w[unchecked: i &+ 3], k[unchecked: i &+ 3])
            step(s.e, s.f, s.g, &s.h, s.a, s.b, s.c, &s.d, w[unchecked: i &+ 4], k[unchecked: i &+ 4])
            step(s.d, s.e, s.f, &s.g, s.h, s.a, s.b, &s.c, w[unchecked: i &+ 5], k[unchecked: i &+ 5])
            step(s.c, s.d, s.e, &s.f, s.g, s.h, s.a, &s.b, w[unchecked: i &+ 6], k[unchecked: i &+ 6])
            step(s.b, s.c, s.d, &s.e, s.f, s.g, s.h, &s.a, w[unchecked: i &+ 7], k[unchecked: i &+ 7])
            i &+= 8
        }
        a &+= s.a
        b &+= s.b
        c &+= s.c
        d &+= s.d
        e &+= s.e
        f &+= s.f
        g &+= s.g
        h &+= s.h
    }

    /// The message schedule: the block's 16 words and 48 mixed from them.
    @inline(__always)
    private static func schedule(_ block: UnsafeRawPointer, _ w: inout InlineArray<64, UInt32>) {
        for i in 0..<16 {
            w[unchecked: i] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: i &* 4, as: UInt32.self))
        }
        for i in 16..<64 {
            w[unchecked: i] =
                smallSigma1(w[unchecked: i &- 2]) &+ w[unchecked: i &- 7]
                &+ smallSigma0(w[unchecked: i &- 15]) &+ w[unchecked: i &- 16]
        }
    }
}

/// One round, except that the words keep their places and the caller renames them.
@inline(__always)
private func step(
    _ a: UInt32,
    _ b: UInt32,
    _ c: UInt32,
    _ d: inout UInt32,
    _ e: UInt32,
    _ f: UInt32,
    _ g: UInt32,
    _ h: inout UInt32,
    _ w: UInt32,
    _ k: UInt32
) {
    let bigSigma1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let t = h &+ bigSigma1 &+ (g ^ (e & (f ^ g))) &+ w &+ k
    d &+= t
    let bigSigma0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    h = t &+ bigSigma0 &+ ((a & b) ^ (c & (a ^ b)))
}

@inline(__always)
private func smallSigma0(_ x: UInt32) -> UInt32 { rotated(x, 7) ^ rotated(x, 18) ^ (x &>> 3) }

@inline(__always)
private func smallSigma1(_ x: UInt32) -> UInt32 { rotated(x, 17) ^ rotated(x, 19) ^ (x &>> 10) }

@inline(__always)
private func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { (x &>> n) | (x &<< (32 &- n)) }

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2).
///
/// Read in place: a local copy of the table would cost as much as the rounds.
private let k: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
