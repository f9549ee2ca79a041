// SHA3-256 against published digests and against digests of another implementation.

import Crypto
import Testing

@Suite struct SHA3Tests {
    /// The messages of FIPS 202's example values and of NIST's test of long messages.
    static let published: [(message: [UInt8], digest: String)] = [
        ([], "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"),
        (Array("abc".utf8), "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
        (
            Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            "41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376"
        ),
        (
            Array(
                ("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                    + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu").utf8
            ),
            "916f6061fe879741ca6469b43971dfdb28b1a32dc36cb3254e812be27aad1d18"
        ),
        (
            Array(repeating: 0xA3, count: 200),
            "79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787"
        ),
        (
            Array(repeating: UInt8(ascii: "a"), count: 1_000_000),
            "5c8875ae474a3634ba4fd55ec85bffd661f32aca75c6d699d0cdcb6c115891c1"
        ),
    ]

    @Test(arguments: published)
    func `a message has its published digest`(message: [UInt8], digest: String) {
        #expect(Self.hex(SHA3.hash(message)) == digest)
    }

    @Test func `messages of every length around a block have the digests of another implementation`() {
        // The digests of 0, 1, … 300 bytes `(7 * index + length) % 256`, hashed together by Python's hashlib.
        var all: [UInt8] = []
        for length in 0...300 {
            all += SHA3.hash((0..<length).map { UInt8(truncatingIfNeeded: 7 * $0 + length) })
        }
        #expect(
            Self.hex(SHA3.hash(all)) == "69fd44e84eaa578a3fbe34556c6fb7edc16373be06260aadfb158090326efefd"
        )
    }

    @Test func `a message in pieces has the digest of the whole`() {
        let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        let whole = SHA3.hash(message)
        for size in [1, 7, 135, 136, 137, 272, 999] {
            var computation = SHA3()
            for start in stride(from: 0, to: message.count, by: size) {
                computation.update(Array(message[start..<min(start + size, message.count)]))
            }
            #expect(computation.finalize() == whole, "pieces of \(size)")
        }
    }

    @Test func `a computation goes on after its digest was asked for`() {
        var computation = SHA3()
        computation.update(Array("a".utf8))
        _ = computation.finalize()
        computation.update(Array("bc".utf8))
        #expect(computation.finalize() == SHA3.hash(Array("abc".utf8)))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
