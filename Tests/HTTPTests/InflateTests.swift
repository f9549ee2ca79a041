// Decompression against zlib's own output, and against data that no compressor makes.

import Foundation
import HTTP
import Testing

@Suite struct InflateTests {
    // MARK: Streams that zlib makes

    @Test func `what zlib compresses at any level and strategy comes out again`() throws {
        let lines = String(decoding: try Repository.fixture("http/deflate.txt"), as: UTF8.self)
            .split(separator: "\n")
        #expect(lines.count > 100)
        for line in lines { try Self.check(line) }
    }

    /// A larger file that `Fixtures/http/make_deflate.py 40` makes.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["PARLEY_DEFLATE"] != nil))
    func `so does what it compresses of many sizes`() throws {
        let path = try #require(ProcessInfo.processInfo.environment["PARLEY_DEFLATE"])
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            try Self.check(line)
        }
    }

    private static func check(_ line: Substring) throws {
        let words = line.split(separator: " ")
        let name = words[..<4].joined(separator: " ")
        let size = try #require(Int(words[3]))
        let member = bytes(words[4])
        let content = Self.content(words[2], size)
        #expect(try GzipReader.content(of: member.span, limit: size) == content, "\(name)")
        #expect(throws: InflateError.tooLarge, "\(name)") {
            guard size > 0 else { throw InflateError.tooLarge }
            _ = try GzipReader.content(of: member.span, limit: size - 1)
        }
        for cut in [0, 1, 9, 10, member.count / 2, member.count - 9, member.count - 8, member.count - 1] {
            #expect(throws: InflateError.truncated, "\(name) cut at \(cut)") {
                try GzipReader.content(of: member.span.extracting(first: cut), limit: size)
            }
        }
    }

    /// The contents of make_deflate.py.
    private static func content(_ name: Substring, _ size: Int) -> [UInt8] {
        switch name {
        case "zeros": return [UInt8](repeating: 0, count: size)
        case "random": return random(size)
        case "words":
            let table = ["alpha ", "beta ", "gamma ", "delta\n", "epsilon, ", "zeta. ", "你好", "theta "]
            return Array(random(size).flatMap { table[Int($0 >> 5)].utf8 }.prefix(size))
        default:
            let pieces = (0..<200).map { i in
                Array("needle\(i)".utf8) + (0..<i * 37 % 5000).map { UInt8(truncatingIfNeeded: $0 * 7 + i) }
            }
            return Array(pieces.joined().prefix(size))
        }
    }

    private static func random(_ size: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<size).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
    }

    private static func bytes(_ hex: Substring) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    // MARK: The container

    @Test func `what our own writer writes is read again`() throws {
        var writer = GzipWriter()
        let content = Self.random(200_000)
        writer.append(content)
        let member = writer.finish()
        #expect(try GzipReader.content(of: member.span, limit: 200_000) == content)
    }

    /// The member of "hello\n" in one stored block.
    private static let hello: [UInt8] = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 6, 0, 0xF9, 0xFF, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x0A, 0x20,
        0x30,
        0x3A, 0x36, 6, 0, 0, 0,
    ]

    @Test func `members one behind the other are one content, and the bound holds for all`() throws {
        let two = Self.hello + Self.hello
        #expect(try GzipReader.content(of: two.span, limit: 12) == Array("hello\nhello\n".utf8))
        #expect(throws: InflateError.tooLarge) { try GzipReader.content(of: two.span, limit: 11) }
    }

    @Test func `every optional field of a header is passed over`() throws {
        var head: [UInt8] = [0x1F, 0x8B, 8, 0x1F, 1, 2, 3, 4, 2, 3, 3, 0, 0x41, 0x42, 0x43]
        head += Array("name".utf8) + [0] + Array("comment".utf8) + [0]
        var sum = CRC32()
        sum.update(head.span)
        let low = UInt8(truncatingIfNeeded: sum.value), high = UInt8(truncatingIfNeeded: sum.value >> 8)
        let member = head + [low, high] + Self.hello[10...]
        #expect(try GzipReader.content(of: member.span, limit: 6) == Array("hello\n".utf8))
        let wrong = head + [low ^ 1, high] + Self.hello[10...]
        #expect(throws: InflateError.wrongHeaderCheckSum) { try GzipReader.content(of: wrong.span, limit: 6) }
        for cut in 0..<member.count {
            #expect(throws: InflateError.truncated) {
                try GzipReader.content(of: member.span.extracting(first: cut), limit: 6)
            }
        }
    }

    @Test(
        arguments: [
            (0, 0x1E, .notGzip), (1, 0x8A, .notGzip), (2, 7, .unsupportedMethod), (3, 0x20, .reservedFlag),
            (3, 0x80, .reservedFlag), (10, 7, .reservedBlockType), (13, 0xF8, .invalidStoredLength),
            (15, 0x69, .wrongCheckSum), (21, 0, .wrongCheckSum), (25, 7, .wrongSize), (28, 1, .wrongSize),
        ] as [(Int, UInt8, InflateError)]
    )
    func `a member with one wrong byte is refused`(place: Int, byte: UInt8, error: InflateError) {
        var member = Self.hello
        member[place] = byte
        #expect(throws: error) { try GzipReader.content(of: member.span, limit: 100) }
    }

    @Test func `bytes behind the last member are refused`() {
        #expect(throws: InflateError.notGzip) {
            try GzipReader.content(of: (Self.hello + [0]).span, limit: 100)
        }
        #expect(throws: InflateError.truncated) { try GzipReader.content(of: [UInt8]().span, limit: 100) }
    }

    // MARK: Streams that no compressor makes

    /// Packs numbers into bits, the lowest first: (value, count).
    private static func pack(_ fields: [(Int, Int)]) -> [UInt8] {
        var bytes: [UInt8] = []
        var written = 0
        for (value, count) in fields {
            for place in 0..<count {
                if written & 7 == 0 { bytes.append(0) }
                bytes[written >> 3] |= UInt8(value >> place & 1) << UInt8(written & 7)
                written += 1
            }
        }
        return bytes
    }

    private static func inflate(_ fields: [(Int, Int)], limit: Int = 1000) throws(InflateError) -> [UInt8] {
        var output: [UInt8] = []
        _ = try Inflate.inflate(pack(fields).span, into: &output, limit: limit)
        return output
    }

    /// A dynamic block's head with these lengths of the code length codes, in their order on the wire.
    private static func dynamic(_ literals: Int = 0, _ distances: Int = 0, lengths: [Int]) -> [(Int, Int)] {
        [(1, 1), (2, 2), (literals, 5), (distances, 5), (lengths.count - 4, 4)] + lengths.map { ($0, 3) }
    }

    /// 18 has the code 0, 0 the code 10, 1 the code 11: written with their bits turned round.
    private static let simple = [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    private static let (eighteen, zero, one) = ((0, 1), (1, 2), (3, 2))

    @Test func `a table without codes left over is refused unless it is one code of one bit`() throws {
        // Literals: 138 + 118 zeros, then one code for 256; distances: none.
        let head = Self.dynamic(lengths: Self.simple) + [Self.eighteen, (127, 7), Self.eighteen, (107, 7)]
        #expect(try Self.inflate(head + [Self.one, Self.zero, (0, 1)]) == [])
        #expect(throws: InflateError.invalidCode) {
            try Self.inflate(head + [Self.one, Self.zero, (1, 1), (0, 20)])
        }
    }

    @Test func `hostile tables are refused`() {
        let cases: [(String, [(Int, Int)], InflateError)] = [
            ("287 literals", Self.dynamic(30, lengths: Self.simple), .tooManyCodes),
            ("31 distances", Self.dynamic(0, 30, lengths: Self.simple), .tooManyCodes),
            ("no code length code", Self.dynamic(lengths: [0, 0, 0, 0]), .invalidCodeLengths),
            ("too many short codes", Self.dynamic(lengths: [1, 1, 1, 0]), .invalidCodeLengths),
            ("codes left over", Self.dynamic(lengths: [1, 2, 0, 0]), .invalidCodeLengths),
            ("a single code length code", Self.dynamic(lengths: [0, 0, 1, 0]), .invalidCodeLengths),
            ("a repeat of nothing", Self.dynamic(lengths: [1, 0, 1, 0]) + [(0, 1), (0, 2)], .invalidRepeat),
            (
                "a repeat beyond the end",
                Self.dynamic(lengths: Self.simple) + [Self.eighteen, (127, 7), Self.eighteen, (127, 7)],
                .invalidRepeat
            ),
            (
                "no code for the end",
                Self.dynamic(lengths: Self.simple)
                    + [Self.one, Self.one, Self.eighteen, (127, 7), Self.eighteen, (107, 7), (0, 9)],
                .noEndOfBlock
            ),
            (
                "three literals of one bit",
                Self.dynamic(lengths: Self.simple)
                    + [
                        Self.one, Self.one, Self.eighteen, (127, 7), Self.eighteen, (105, 7), Self.one,
                        Self.zero,
                    ],
                .invalidCodeLengths
            ),
        ]
        for (name, fields, error) in cases {
            #expect(throws: error, "\(name)") { try Self.inflate(fields + [(0, 64)]) }
        }
    }

    /// Codes of the fixed table, bits turned round: a literal below 144, the end, length 3, a distance.
    private static func literal(_ byte: Int) -> (Int, Int) { (turned(0x30 + byte, 8), 8) }
    private static func distance(_ code: Int) -> (Int, Int) { (turned(code, 5), 5) }
    private static let end = (0, 7), three = (turned(1, 7), 7)
    private static func turned(_ code: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | (code >> $1 & 1) << (count - 1 - $1) }
    }

    @Test func `a fixed block's literals and matches come out`() throws {
        let fields = [
            (1, 1), (1, 2), Self.literal(0x61), Self.literal(0x62), Self.three, Self.distance(1), Self.end,
        ]
        #expect(try Self.inflate(fields) == Array("ababa".utf8))
        let longest = [
            (1, 1), (1, 2), Self.literal(0x61), (Self.turned(0xC5, 8), 8), Self.distance(0), Self.end,
        ]
        #expect(try Self.inflate(longest) == [UInt8](repeating: 0x61, count: 259))
    }

    @Test func `what the format reserves is refused`() {
        let begin = [(1, 1), (1, 2), Self.literal(0x61)]
        let cases: [(String, [(Int, Int)], InflateError)] = [
            ("block type 3", [(1, 1), (3, 2)], .reservedBlockType),
            ("length 286", begin + [(Self.turned(0xC6, 8), 8), Self.distance(0)], .invalidCode),
            ("length 287", begin + [(Self.turned(0xC7, 8), 8), Self.distance(0)], .invalidCode),
            ("distance 30", begin + [Self.three, Self.distance(30)], .invalidCode),
            ("distance 31", begin + [Self.three, Self.distance(31)], .invalidCode),
            ("a distance before the beginning", begin + [Self.three, Self.distance(1)], .invalidDistance),
            (
                "the farthest distance", begin + [Self.three, Self.distance(29), (0x1FFF, 13)],
                .invalidDistance
            ),
        ]
        for (name, fields, error) in cases {
            #expect(throws: error, "\(name)") { try Self.inflate(fields + [(0, 64)]) }
        }
    }

    @Test func `a distance doesn't reach back into another member`() {
        let match = Self.pack([(1, 1), (1, 2), Self.three, Self.distance(0), Self.end])
        #expect(throws: InflateError.invalidDistance) {
            try GzipReader.content(
                of: (Self.hello + Self.hello[..<10] + match + [UInt8](repeating: 0, count: 8)).span,
                limit: 99
            )
        }
    }

    @Test func `a bomb ends at the bound, and holds no more than that`() throws {
        // A thousandfold: 8 bits and 5 for each 258 bytes.
        var fields = [(1, 1), (1, 2), Self.literal(0)]
        for _ in 0..<40_000 { fields += [(Self.turned(0xC5, 8), 8), Self.distance(0)] }
        let bomb = Self.pack(fields + [Self.end])
        var output: [UInt8] = []
        #expect(throws: InflateError.tooLarge) {
            try Inflate.inflate(bomb.span, into: &output, limit: 1 << 20)
        }
        #expect(output.isEmpty)
        #expect(try Inflate.inflate(bomb.span, into: &output, limit: 258 * 40_000 + 1) == bomb.count)
        #expect(output.count == 258 * 40_000 + 1)
    }
}
