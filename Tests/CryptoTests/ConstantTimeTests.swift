// The comparison of secrets, as a table.

import Crypto
import Testing

struct ConstantTimeTests {
    @Test(
        arguments: [
            ([], [], true), ([], [0], false), ([0], [], false), ([0], [0], true), ([0], [1], false),
            ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2], false), ([1, 2], [1, 2, 0], false),
            ([1, 2, 3], [0, 2, 3], false), ([1, 2, 3], [1, 0, 3], false), ([1, 2, 3], [1, 2, 0], false),
            ([0x80], [0x00], false), ([0xff, 0x00], [0x00, 0xff], false), ([1, 1], [2, 2], false),
        ] as [([UInt8], [UInt8], Bool)]
    )
    func `equal bytes are equal, and no others`(left: [UInt8], right: [UInt8], equal: Bool) {
        #expect(constantTimeEquals(left, right) == equal)
        #expect(constantTimeEquals(right, left) == equal)
    }

    @Test func `any one bit makes a difference at any length`() {
        for length in [1, 2, 15, 16, 17, 31, 32, 33, 73] {
            let bytes = Vectors.message(length)
            #expect(constantTimeEquals(bytes, bytes))
            for bit in 0..<length * 8 {
                var other = bytes
                other[bit / 8] ^= 1 << (bit % 8)
                #expect(!constantTimeEquals(bytes, other))
            }
        }
    }

    @Test func `texts are compared by their bytes, not by their canonical form`() {
        #expect("\u{e9}" == "e\u{301}")
        #expect(!constantTimeEquals("\u{e9}", "e\u{301}"))
        #expect(constantTimeEquals("secret", "sec" + "ret"))
        #expect(!constantTimeEquals("secret", "Secret"))
    }
}
