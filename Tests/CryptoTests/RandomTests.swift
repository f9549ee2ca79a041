// The kernel's generator and sources that tests provide.

import Crypto
import Testing

struct RandomTests {
    /// Counts up from one; every call starts again.
    private let counting = RandomSource { buffer in
        for i in 0..<buffer.count { buffer[i] = UInt8(truncatingIfNeeded: i + 1) }
    }

    @Test(arguments: [0, 1, 16, 32, 256, 257, 1000, 100_000])
    func `as many bytes come as were asked for`(count: Int) {
        #expect(Random.bytes(count: count).count == count)
    }

    @Test func `the whole buffer is filled, whatever its length`() {
        // A byte that is zero in all of 32 draws has a chance of 2^-256.
        for count in [1, 7, 32, 300] {
            var seen = [UInt8](repeating: 0, count: count)
            for _ in 0..<32 { seen = zip(seen, Random.bytes(count: count)).map { $0 | $1 } }
            #expect(!seen.contains(0))
        }
    }

    @Test func `no two draws are the same`() {
        let draws = (0..<1000).map { _ in Random.bytes(count: 16) }
        #expect(Set(draws).count == 1000)
        #expect(Set((0..<1000).map { _ in RandomSource.system.integer() }).count == 1000)
    }

    @Test func `an identifier is the base64url text of its bytes`() {
        #expect(Random.identifier(byteCount: 16).utf8.count == 22)
        #expect(Random.identifier(byteCount: 32).utf8.count == 43)
        #expect(Base64URL.decode(Random.identifier(byteCount: 32))?.count == 32)
        #expect(counting.identifier(byteCount: 4) == "AQIDBA")
    }

    @Test func `a given source is the only source`() {
        #expect(counting.bytes(count: 3) == [1, 2, 3])
        #expect(counting.integer() == 0x0807_0605_0403_0201)
        #expect(counting.bytes(count: 0) == [])
    }
}
