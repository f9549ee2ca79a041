// The byte masks against the grammar they stand for, and the control scan against a plain loop.

import RandomKit
import Testing

@testable import HTTP

@Suite struct ByteClassTests {
    static let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    @Test func `each mask holds exactly the bytes of its grammar`() {
        let visible = String(String.UnicodeScalarView((0x21...0x7E).map(Unicode.Scalar.init)))
        let table: [(ByteClass, String)] = [
            (.token, Self.alphanumeric + "!#$%&'*+-.^_`|~"), (.hostName, Self.alphanumeric + "-._~"),
            (.target, visible.filter { $0 != "#" }),
        ]
        for (mask, members) in table {
            #expect((0...255).filter { mask.contains($0) } == members.utf8.sorted())
        }
    }

    @Test func `the scan finds the first control byte at every offset and after every byte`() {
        for byte in UInt8.min...UInt8.max {
            for at in 0..<24 {
                var bytes = [UInt8](repeating: 0x80, count: 24)
                bytes[at] = byte
                let isControl = (byte < 0x20 && byte != 9) || byte == 0x7F
                let found = bytes.withUnsafeBufferPointer { $0.firstControlByte(from: 0, to: 24) }
                #expect(found == (isControl ? at : 24))
                let late = bytes.withUnsafeBufferPointer {
                    $0.firstControlByte(from: min(at + 1, 24), to: 24)
                }
                #expect(late == 24)
            }
        }
    }

    @Test func `the scan takes the first of several, and tabs hide nothing`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3_000 {
            let bytes = (0..<33).map { _ in
                [0x09, 0x0A, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0x80, 0xFF][Int.random(in: 0..<9, using: &random)]
                    as UInt8
            }
            let expected = bytes.firstIndex { ($0 < 0x20 && $0 != 9) || $0 == 0x7F } ?? 33
            #expect(bytes.withUnsafeBufferPointer { $0.firstControlByte(from: 0, to: 33) } == expected)
        }
    }

    @Test func `hosts are told from text that only looks like one`() {
        let valid = [
            "a", "a.b", "A-1_~.", "1.2.3.4", "a:1", "a:65535", "[::]", "[::1]", "[1::]",
            "[1:2:3:4:5:6:7:8]:80", "[::ffff:1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:7::]",
        ]
        let invalid = [
            "", ":", "a:", "a:0", "a:65536", "a:000001", "a:1a", "[", "[]", "[:]", "[:::]", "[1]",
            "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[12345::]", "[::g]",
            "[::1.2.3]", "[::1.2.3.4.5]", "[::1.2.3.4:1]", "[::1..2.3]", "[1::2::3]", "[::1", "[:1]", "[1:]",
            "[::1]1", "[::1]:", "a@b", "a/b", "a b", "a,b", "a%41", "é",
        ]
        for (texts, expected) in [(valid, true), (invalid, false)] {
            for text in texts {
                let found = Array(text.utf8).withUnsafeBufferPointer {
                    Authority.host(in: $0, 0..<$0.count) != nil
                }
                #expect(found == expected, "\(text)")
            }
        }
    }
}
