// HMAC-SHA-256 against RFC 4231, Wycheproof and Python.

import Crypto
import Testing

struct HMACSHA256Tests {
    static let rfc4231: [(key: String, message: String, tag: String)] = [
        (
            String(repeating: "0b", count: 20), "4869205468657265",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            String(repeating: "0c", count: 20), "546573742057697468205472756e636174696f6e",
            "a3b6167473100ee06e0c796c2955552b"
        ),
        (
            String(repeating: "aa", count: 131),
            Hex.encode(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            String(repeating: "aa", count: 131),
            Hex.encode(
                Array(
                    ("This is a test using a larger than block-size key and a larger than block-size data. "
                        + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
                )
            ),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: rfc4231)
    func `the test cases of RFC 4231, prepared and one-shot`(
        vector: (key: String, message: String, tag: String)
    ) throws {
        let key = try hex(vector.key)
        let message = try hex(vector.message)
        #expect(HMACKey(key).authenticate(message).hex.hasPrefix(vector.tag))
        #expect(HMACSHA256.authenticate(message, key: key).hex.hasPrefix(vector.tag))
    }

    @Test func `every message and key length from 0 to 300 agrees with Python`() throws {
        for line in try Vectors.lines(of: "sha256.txt") {
            let length = try #require(Int(line[0]))
            let tag = HMACKey(Vectors.key(length)).authenticate(Vectors.message(length))
            #expect(tag.hex == line[2], "length \(length)")
        }
    }

    struct Case: Decodable {
        var tcId: Int
        var key, msg, tag, result: String
    }

    @Test func `Wycheproof's tags are accepted or refused as it says`() throws {
        for group in try Vectors.wycheproof("hmac_sha256_test.json", as: Case.self) {
            for test in group.tests {
                let tag = HMACKey(try hex(test.key)).authenticate(try hex(test.msg)).bytes
                let truncated = Array(tag.prefix(try #require(group.tagSize) / 8))
                let isValid = constantTimeEquals(truncated, try hex(test.tag))
                #expect(isValid == (test.result == "valid"), "case \(test.tcId)")
            }
        }
    }

    @Test func `a prepared key gives the same tag every time`() {
        let key = HMACKey([1, 2, 3])
        let first = key.authenticate("message")
        #expect(key.authenticate("other") != first)
        #expect(key.authenticate("message") == first)
        #expect(key.authenticate(Array("message".utf8)) == first)
    }

    @Test func `only the whole tag is valid`() {
        let key = HMACKey([1, 2, 3])
        let message: [UInt8] = [4, 5, 6]
        let tag = key.authenticate(message).bytes
        func isValid(_ tag: [UInt8]) -> Bool {
            message.withUnsafeBytes { message in tag.withUnsafeBytes { key.isValid(tag: $0, for: message) } }
        }
        #expect(isValid(tag))
        #expect(!isValid([]))
        #expect(!isValid(Array(tag.dropLast())))
        #expect(!isValid(tag + [0]))
        #expect(!isValid(tag.reversed()))
    }

    @Test func `printing a key shows nothing of it`() {
        let key = HMACKey([1, 2, 3])
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "HMACKey")
        #expect(String(reflecting: key) == "HMACKey")
        #expect(dumped == "- HMACKey\n")
    }
}
