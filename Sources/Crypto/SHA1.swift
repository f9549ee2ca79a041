// SHA-1 (FIPS 180-4), which the opening handshake of WebSocket asks for, and nothing else may.

/// The digest that shows a WebSocket client that its handshake was understood (RFC 6455 section 1.3).
///
/// SHA-1 doesn't withstand an attacker, and here it has none to withstand: the client's key is public and the digest
/// protects nothing. Everything that needs protection uses ``SHA256`` and ``HMACSHA256``.
public enum SHA1 {
    private static let blockBytes = 64

    /// The 20 bytes of the digest of a short message, which is padded in memory.
    public static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message
        padded.append(0x80)
        while padded.count % blockBytes != 56 { padded.append(0) }
        let bits = UInt64(message.count) &* 8
        for place in (0..<8).reversed() {
            padded.append(UInt8(truncatingIfNeeded: bits &>> UInt64(8 &* place)))
        }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for start in stride(from: 0, to: padded.count, by: blockBytes) {
            compress(padded[start..<start + blockBytes], into: &state)
        }
        return state.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word &>> UInt32(24 &- 8 &* $0)) }
        }
    }

    /// The compression function (section 6.1.2).
    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var w = [UInt32](repeating: 0, count: 80)
        for (index, byte) in block.enumerated() { w[index / 4] = w[index / 4] &<< 8 | UInt32(byte) }
        for t in 16..<80 { w[t] = rotated(w[t &- 3] ^ w[t &- 8] ^ w[t &- 14] ^ w[t &- 16], 1) }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for t in 0..<80 {
            let (mixed, k) = round(t, b, c, d)
            let next = rotated(a, 5) &+ mixed &+ e &+ k &+ w[t]
            (e, d, c, b, a) = (d, c, rotated(b, 30), a, next)
        }
        for (index, word) in [a, b, c, d, e].enumerated() { state[index] &+= word }
    }

    /// The function and the constant of round `t` (sections 4.1.1 and 4.2.1).
    private static func round(_ t: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> (UInt32, UInt32) {
        switch t {
        case 0..<20: ((b & c) ^ (~b & d), 0x5A82_7999)
        case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
        case 40..<60: ((b & c) ^ (b & d) ^ (c & d), 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
    }

    private static func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { (x &<< n) | (x &>> (32 &- n)) }
}
