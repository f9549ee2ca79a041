// Random values make the round trip; random damage is judged as a second reader judges it.

import JSON
import RandomKit
import Testing

@Suite struct GeneratedInputTests {
    @Test(arguments: 0..<8)
    func `a random value reads back equal, and is written the same again`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let value = generator.value(depth: 4)
            let read = try JSONValue(parsing: value.bytes)
            #expect(read == value)
            #expect(read.bytes == value.bytes)
        }
    }

    @Test(arguments: 0..<10)
    func `damaged documents are judged and read as the reference reader does`(seed: UInt64) {
        var generator = SeededGenerator(seed: 1000 + seed)
        var accepted = 0
        for _ in 0..<60 {
            let document = generator.value(depth: 3).bytes
            for _ in 0..<10 {
                let damaged = generator.damage(document)
                let value = try? JSONValue(parsing: damaged)
                let reference = ReferenceReader.value(of: damaged)
                // Bytes tell apart what `==` on strings and doubles does not: canonical equivalents, and
                // the zeros.
                #expect(value?.bytes == reference?.bytes, "\(damaged)")
                accepted += value == nil ? 0 : 1
            }
        }
        // Neither all nor none: the edits reach both sides of the rules.
        #expect((20..<580).contains(accepted))
    }

    @Test func `white space between tokens changes nothing`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<100 {
            let value = JSONValue.array([generator.value(depth: 3)])
            var spaced: [UInt8] = []
            var inString = false
            var escaped = false
            for byte in value.bytes {
                if !inString, "[]{},:".utf8.contains(byte) {
                    spaced += [0x20, 0x0A, byte, 0x09, 0x0D]
                } else {
                    spaced.append(byte)
                }
                if byte == UInt8(ascii: "\""), !escaped { inString.toggle() }
                escaped = byte == UInt8(ascii: "\\") && !escaped
            }
            #expect(try JSONValue(parsing: spaced) == value)
        }
    }
}
