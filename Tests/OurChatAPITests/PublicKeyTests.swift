// Keys that are RSA keys of a sensible size, and what isn't one.

import Foundation
import Testing

@testable import OurChatAPI

@Suite struct PublicKeyTests {
    /// Keys made by OpenSSL: RSA with 2048 bits, with 1024, and one on the curve P-256.
    private static let good = [
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxQuRmF7o5VkVdmxxAE1ApevJSM3ruNwGhDbbvMe55md7l+/Ptw3jgnZi",
        "dgctDKO0ngj6WhcQKQS/r9ve6McwIwzOcGkqEEoh8BMs6W54gKXkmkWuHM4cibpG9LrBkRTcEuxN/gmJTVRv90MuEg+KYQ3cORKL",
        "rGQaj5O9s/joeL0hPa5diKL6nUAe24QTthiTTr4BHmzcZCcdrqtW7lsOrW9gLzUxO/V43QQLnoGu5aMpIQX7kXqdblZ2E+/RXvh3",
        "HYSiUcAkVhm+Op7qranYDXHm8H2L+HyYODxB6enFION8AiePtaeez+ZXQt1DRnV7sMZPvUAtM9kjiOvUxEKkGwIDAQAB",
    ].joined()
    private static let short = [
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDsXlLUDzQJX/oQwvkcoGQGHLItCdMspJmLa3Igy0WvAwWioY0I1BlhIb4bwtHa",
        "2DFuRulMqAzDw2Y5U0dj1+ZBZnyQLZFTWEuIMh5JaYfU7RiT5oTkt/GpYtHSXnTmVbldf3R4tx/gaDS8XYaO/NJh29BuLAso4JjB",
        "Wpi3nfqwiQIDAQAB",
    ].joined()
    private static let curve = [
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7bGQRYwACFFkLXK0dp+usY0mAHxp2t46qApFyn++/zRtWhFLOKFtYO1IJl+EwkUP",
        "SYES8VBuYvuJSa1d2dArEA==",
    ].joined()
    /// The prefix of the key in a `SubjectPublicKeyInfo` of 2048 bits.
    private static let headBytes = 24

    private static func bytes(_ text: String) throws -> [UInt8] {
        Array(try #require(Data(base64Encoded: text)))
    }

    private static func pem(_ text: String, line: Int = 64, end: String = "\n", label: String = "PUBLIC KEY")
        -> [UInt8]
    {
        let lines = stride(from: 0, to: text.count, by: line).map { start in
            String(text.dropFirst(start).prefix(line))
        }
        let all = ["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----"]
        return Array((all.joined(separator: end) + end).utf8)
    }

    @Test func `a key is taken in DER, with its algorithm or without, and in PEM`() throws {
        let der = try Self.bytes(Self.good)
        #expect(PublicKey.isLegal(der))
        #expect(PublicKey.isLegal(Array(der.dropFirst(Self.headBytes))))
        for end in ["\n", "\r\n"] {
            #expect(PublicKey.isLegal(Self.pem(Self.good, end: end)))
            #expect(PublicKey.isLegal(Self.pem(Self.good, line: 400, end: end)))
        }
    }

    @Test func `keys of another kind or size, and what is cut, longer or changed in its frame, aren't keys`()
        throws
    {
        let der = try Self.bytes(Self.good)
        #expect(!PublicKey.isLegal(try Self.bytes(Self.short)))
        #expect(!PublicKey.isLegal(try Self.bytes(Self.curve)))
        #expect(!PublicKey.isLegal(Self.pem(Self.curve)))
        #expect(!PublicKey.isLegal(Self.pem(Self.good, label: "PRIVATE KEY")))
        #expect(!PublicKey.isLegal(Self.pem(Self.good + "!")))
        #expect(!PublicKey.isLegal(Array(repeating: 0x30, count: 1 << 16)))
        for length in 0..<der.count { #expect(!PublicKey.isLegal(Array(der.prefix(length)))) }
        #expect(!PublicKey.isLegal(der + [0]))
        // All of the frame: tags, lengths, the algorithm and unused bits.
        for place in 0..<Self.headBytes + 8 {
            var changed = der
            changed[place] ^= 0x41
            #expect(!PublicKey.isLegal(changed), "at \(place)")
        }
    }

    @Test func `a modulus that is even, negative or has a needless zero is none`() throws {
        let key = Array(try Self.bytes(Self.good).dropFirst(Self.headBytes))
        // 30 82 ll ll 02 82 ll ll 00 and 256 bytes, then 02 03 01 00 01.
        var even = key
        even[8 + 256] &= 0xFE
        var negative = key
        negative[8] = 0x80
        var needless = key
        needless[9] &= 0x7F
        for changed in [even, negative, needless] { #expect(!PublicKey.isLegal(changed)) }
        for exponent: [UInt8] in [[0x02, 1, 1], [0x02, 1, 4], [0x02, 0]] {
            let length = key.count - 4 - 5 + exponent.count
            let head = [0x30, 0x82, UInt8(length >> 8), UInt8(length & 0xFF)]
            #expect(!PublicKey.isLegal(head + key[4..<key.count - 5] + exponent))
        }
    }
}
