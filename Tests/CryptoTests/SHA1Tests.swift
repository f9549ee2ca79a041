// SHA-1 against the examples of its standard, OpenSSL's digests at every padding, and the handshake it is for.

import Crypto
import Testing

@Suite struct SHA1Tests {
    private static func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { Hex.encode($0) } }

    @Test(
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "a49b2446a02c645bf419f995b67091253a04a259"
            ),
        ]
    )
    func `the examples of FIPS 180-4`(text: String, digest: String) {
        #expect(Self.hex(SHA1.hash(Array(text.utf8))) == digest)
    }

    @Test func `a million times the letter a`() {
        let digest = SHA1.hash([UInt8](repeating: 0x61, count: 1_000_000))
        #expect(Self.hex(digest) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
    }

    /// Byte number i is 7 i + 3; the digests are OpenSSL's.
    @Test(
        arguments: [
            (0, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            (1, "9842926af7ca0a8cca12604f945414f07b01e13d"),
            (55, "ddf57317ef34bfee3b6df83d359098930eb278bc"),
            (56, "a0d492bb0fc889d0eca3bc137066ab6f4f74f369"),
            (57, "11a02dcf95859677a62e75024067c22b165d890f"),
            (63, "c55856749bef509bdfe6bfebfc7bf4e793e82132"),
            (64, "bede92be29c3874e1b54ddc77988d606fc857a8e"),
            (65, "b05a80522b053d6dc7e0a517d0e70212c7dad11f"),
            (119, "504e27376a6e0f0dba8295b85cb25dc4dfa17d23"),
            (120, "82134b02fb3f702491be9bed581eeab59334acb2"),
            (1000, "4231a8a50a10fa9758db8ec71fdef855b751048a"),
        ]
    )
    func `messages that end on either side of a block`(count: Int, digest: String) {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
        #expect(Self.hex(SHA1.hash(message)) == digest)
    }

    @Test func `the example of RFC 6455 section 1.3`() {
        let challenge = "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        #expect(Self.hex(SHA1.hash(Array(challenge.utf8))) == "b37a4f2cc0624f1690f64606cf385945b2bec4ea")
    }
}
