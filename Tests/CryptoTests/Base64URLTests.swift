// Base64url and hexadecimal: what they write, and everything they refuse to read.

import Crypto
import Foundation
import Testing

struct Base64URLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("<<???>>", "PDw_Pz8-Pg"),
    ])
    func `the test vectors of RFC 4648 without padding, and both URL-safe characters`(
        plain: String,
        text: String
    ) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
        #expect(Base64URL.decode(text) == Array(plain.utf8))
    }

    @Test func `every length survives, and agrees with Foundation`() {
        for length in 0...300 {
            let bytes = Vectors.message(length)
            let text = Base64URL.encode(bytes)
            let standard = Data(bytes).base64EncodedString().filter { $0 != "=" }
            #expect(text == String(standard.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }))
            #expect(text.utf8.count == Base64URL.encodedCount(length))
            #expect(Base64URL.decodedCount(text.utf8.count) == length)
            #expect(Base64URL.decode(text) == bytes)
        }
    }

    @Test(arguments: [
        "A", "AAAAA", "Zg==", "Zg=", "Zm8=", "Zm9v=", "=", "====", "PDw/Pz8+Pg", "+A", "/w", "Zm 9v",
        "Zm9v\n",
        "\nZm9v", "Zm9\0", "Zm9é", "Zm9.", "Zm9*", "Zm9v!!!!", "A[", "A`", "A{", "A@", "A:",
    ])
    func `padding, white space, other alphabets and impossible lengths are refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
        #expect(Base64URL.decode(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        ("AA", "AB"), ("AA", "AP"), ("_w", "_x"), ("AAA", "AAB"), ("AAA", "AAD"), ("__8", "__9"),
    ])
    func `unused bits that are not zero are refused`(canonical: String, other: String) {
        #expect(Base64URL.decode(canonical) != nil)
        #expect(Base64URL.decode(other) == nil)
    }

    @Test func `exactly the 64 characters of the alphabet are read`() {
        let readable = (UInt8.min...UInt8.max).filter { Base64URL.decode([$0, 0x41]) != nil }
        let alphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
        #expect(readable == Array(alphabet.utf8))
    }

    @Test func `no two texts of two or three characters are the same bytes`() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var seen: Set<[UInt8]> = []
        for first in alphabet {
            for second in alphabet {
                if let bytes = Base64URL.decode([first, second]) { #expect(seen.insert(bytes).inserted) }
                if let bytes = Base64URL.decode([0x41, first, second]) {
                    #expect(seen.insert(bytes).inserted)
                }
            }
        }
        #expect(seen.count == 256 + 1024)
    }
}

struct HexTests {
    @Test func `every byte is two lower-case digits`() {
        #expect(Hex.encode([0x00, 0x09, 0x0a, 0x7f, 0x80, 0xff]) == "00090a7f80ff")
        #expect(Hex.encode([UInt8]()).isEmpty)
        let all = Array(UInt8.min...UInt8.max)
        #expect(Hex.decode(Hex.encode(all)) == all)
    }

    @Test func `digits of either case are read`() {
        #expect(Hex.decode("aBcDeF09") == [0xab, 0xcd, 0xef, 0x09])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "000", "0g", "0x00", " 00", "00 ", "00:", "@@", "``", "//", "::", "GG", "é0"])
    func `anything else is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
