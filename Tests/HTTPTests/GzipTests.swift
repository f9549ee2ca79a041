// The gzip container of stored blocks: known check sums, members made by another program, and every block
// boundary.

import HTTP
import Testing

@Suite struct GzipTests {
    @Test(
        arguments: [
            ("", 0x0000_0000), ("a", 0xE8B7_BE43), ("abc", 0x3524_41C2), ("123456789", 0xCBF4_3926),
            ("The quick brown fox jumps over the lazy dog", 0x414F_A339), ("你好世界", 0xAF73_17C9),
        ] as [(String, UInt32)]
    )
    func `the check sum is CRC-32's`(text: String, expected: UInt32) {
        var sum = CRC32()
        sum.update(Array(text.utf8).span)
        #expect(sum.value == expected)
    }

    @Test func `a check sum of pieces is that of the whole`() {
        var (whole, pieces) = (CRC32(), CRC32())
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        whole.update(bytes.span)
        for start in stride(from: 0, to: 1000, by: 7) {
            pieces.update(Array(bytes[start..<min(start + 7, 1000)]).span)
        }
        #expect(whole.value == pieces.value)
    }

    /// Made by Python's `zlib.compressobj(level: 0)` and read back by its `gzip`, but for the header's system
    /// byte.
    @Test func `a short member is that of another program byte for byte`() {
        var writer = GzipWriter()
        writer.append(Array("hello\n".utf8))
        #expect(
            writer.finish() == [
                0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 6, 0, 0xF9, 0xFF, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x0A,
                0x20, 0x30,
                0x3A, 0x36, 6, 0, 0, 0,
            ]
        )
    }

    @Test func `a member without content ends at once`() {
        #expect(
            GzipWriter().finish() == [
                0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0,
            ]
        )
    }

    @Test(
        arguments: [0, 1, 65_534, 65_535, 65_536, 131_070, 131_071, 200_000],
        [1, 400, 65_535, 70_000, 300_000]
    )
    func `content of any size, in pieces of any size, comes out of its blocks again`(size: Int, piece: Int)
        throws
    {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        var writer = GzipWriter()
        for start in stride(from: 0, to: size, by: piece) {
            writer.append(Array(content[start..<min(start + piece, size)]))
        }
        let member = writer.finish()
        #expect(try Self.content(of: member) == content)
        #expect(member.count == 10 + size + 5 * max(1, (size + 65_534) / 65_535) + 8)
    }

    private struct Broken: Error {}

    /// Reads stored blocks by the letter of RFC 1951 section 3.2.4, and checks what RFC 1952 says about the
    /// rest.
    private static func content(of member: [UInt8]) throws -> [UInt8] {
        var content: [UInt8] = []
        var position = 10
        while true {
            let (first, length) = (
                member[position], Int(member[position + 1]) | Int(member[position + 2]) << 8
            )
            let complement = Int(member[position + 3]) | Int(member[position + 4]) << 8
            guard first <= 1, length == complement ^ 0xFFFF else { throw Broken() }
            content += member[position + 5..<position + 5 + length]
            position += 5 + length
            if first == 1 { break }
        }
        var sum = CRC32()
        sum.update(content.span)
        let trailer = member[position...].map { UInt32($0) }
        guard trailer.count == 8,
            trailer[0] | trailer[1] << 8 | trailer[2] << 16 | trailer[3] << 24 == sum.value,
            trailer[4] | trailer[5] << 8 | trailer[6] << 16 | trailer[7] << 24 == UInt32(content.count)
        else { throw Broken() }
        return content
    }
}
