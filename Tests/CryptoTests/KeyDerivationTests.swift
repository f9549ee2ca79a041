// HKDF and PBKDF2 composed from HMACKey here, so that their Wycheproof vectors prove it in long chains.

import Crypto
import Testing

struct KeyDerivationTests {
    struct HKDFCase: Decodable {
        var tcId, size: Int
        var ikm, salt, info, okm, result: String
    }

    @Test func `HKDF made of HMACKey gives Wycheproof's output`() throws {
        for test in try Vectors.wycheproof("hkdf_sha256_test.json", as: HKDFCase.self).flatMap(\.tests) {
            let output = hkdf(
                try hex(test.ikm),
                salt: try hex(test.salt),
                info: try hex(test.info),
                count: test.size
            )
            let isValid = output.map(Hex.encode) == test.okm
            #expect(isValid == (test.result == "valid"), "case \(test.tcId)")
        }
    }

    struct PBKDF2Case: Decodable {
        var tcId, iterationCount, dkLen: Int
        var password, salt, dk, result: String
    }

    @Test func `PBKDF2 made of HMACKey gives Wycheproof's output`() throws {
        for test in try Vectors.wycheproof("pbkdf2_hmacsha256_test.json", as: PBKDF2Case.self).flatMap(
            \.tests
        ) {
            let key = pbkdf2(
                try hex(test.password),
                salt: try hex(test.salt),
                rounds: test.iterationCount,
                count: test.dkLen
            )
            #expect((Hex.encode(key) == test.dk) == (test.result == "valid"), "case \(test.tcId)")
        }
    }

    @Test func `the first test case of RFC 5869`() throws {
        let output = hkdf(
            try hex(String(repeating: "0b", count: 22)),
            salt: try hex("000102030405060708090a0b0c"),
            info: try hex("f0f1f2f3f4f5f6f7f8f9"),
            count: 42
        )
        #expect(
            output.map(Hex.encode)
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        )
    }

    @Test func `the first test case of RFC 7914, section 11`() {
        let key = pbkdf2(Array("passwd".utf8), salt: Array("salt".utf8), rounds: 1, count: 64)
        #expect(
            Hex.encode(key) == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
        )
    }

    /// RFC 5869; nil when more than 255 blocks are asked for.
    private func hkdf(_ input: [UInt8], salt: [UInt8], info: [UInt8], count: Int) -> [UInt8]? {
        guard count <= 255 * 32 else { return nil }
        let key = HMACKey(HMACKey(salt).authenticate(input).bytes)
        var output: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 1
        while output.count < count {
            block = key.authenticate(block + info + [number]).bytes
            output += block
            number &+= 1
        }
        return Array(output.prefix(count))
    }

    /// RFC 8018, section 5.2.
    private func pbkdf2(_ password: [UInt8], salt: [UInt8], rounds: Int, count: Int) -> [UInt8] {
        let key = HMACKey(password)
        var output: [UInt8] = []
        var number: UInt32 = 1
        while output.count < count {
            var last = key.authenticate(salt + withUnsafeBytes(of: number.bigEndian) { Array($0) })
            var sum = last.bytes
            for _ in 1..<max(rounds, 2) where rounds > 1 {
                last = last.withUnsafeBytes { key.authenticate($0) }
                last.withUnsafeBytes { block in
                    for i in 0..<32 { sum[i] ^= block[i] }
                }
            }
            output += sum
            number += 1
        }
        return Array(output.prefix(count))
    }
}
