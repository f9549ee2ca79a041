// The multipart parser: what is in a body, however it is cut, and what isn't one.

import HTTP
import Testing

@Suite struct MultipartTests {
    /// The parts of a body, as text.
    struct Found: Equatable {
        var parts: [String] = []
        var isEnded = true

        mutating func take(_ event: MultipartEvent) {
            switch event {
            case .part(let part):
                isEnded = false
                parts.append("\(part.name)|\(part.fileName ?? "-")|\(part.contentType ?? "-")|")
            case .data(let data): parts[parts.count - 1] += String(decoding: data, as: UTF8.self)
            case .end: isEnded = true
            }
        }
    }

    static func parse(_ body: [UInt8], slices: Int = .max, boundary: String = "b") throws -> Found {
        var parser = try #require(MultipartParser(boundary: boundary))
        var found = Found()
        var position = 0
        while position < body.count {
            let end = position + min(slices, body.count - position)
            // The compiler doesn't survive a typed failure thrown through `withUnsafeBytes` here.
            var problem: MultipartProblem?
            Array(body[position..<end]).withUnsafeBytes { slice in
                do throws(MultipartProblem) {
                    try parser.parse(slice) { found.take($0) }
                } catch {
                    problem = error
                }
            }
            if let problem { throw problem }
            position = end
        }
        try parser.finish()
        return found
    }

    static func body(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func part(_ disposition: String, _ data: String = "x") -> String {
        "--b\r\nContent-Disposition: \(disposition)\r\n\r\n\(data)\r\n--b--\r\n"
    }

    static let good: [(String, [String])] = [
        (part("form-data; name=\"file\"; filename=\"a.txt\"", "hello"), ["file|a.txt|-|hello"]),
        (part("form-data; name=file; filename=a.txt"), ["file|a.txt|-|x"]),
        (part("FORM-DATA;name=\"file\";filename=\"a \\\"b\\\".txt\""), ["file|a \"b\".txt|-|x"]),
        (part("form-data; name=\"f\"; filename=\"a%22b\""), ["f|a\"b|-|x"]),
        (part("form-data; name=\"f\"; filename=\"图.png\""), ["f|图.png|-|x"]),
        (part("form-data; name=\"f\"; filename=\"/full/path/1.png\""), ["f|1.png|-|x"]),
        (part("form-data; name=\"f\"; filename=\"C:\\a\\b.txt\""), ["f|b.txt|-|x"]),
        (part("form-data; name=\"f\"; filename=\"C:\\\\a\\\\b.txt\""), ["f|b.txt|-|x"]),
        (part("form-data; name=\"f\"; filename=\"../a\""), ["f|a|-|x"]),
        (part("form-data; name=\"f\"; filename=\"a/\""), ["f|-|-|x"]),
        (part("form-data; name=\"f\"; filename=\"\""), ["f|-|-|x"]),
        (part("form-data; name=\"f\"; filename*=UTF-8''na%C3%AFve.txt"), ["f|naïve.txt|-|x"]),
        (part("form-data; name=\"f\"; filename=\"a\"; filename*=utf-8'en'b%20c"), ["f|b c|-|x"]),
        (part("form-data; name=\"f\"; filename*=ISO-8859-1''%E9"), ["f|é|-|x"]),
        (part("form-data; name=\"f\"; filename*=UTF-8''a%2Fb"), ["f|b|-|x"]),
        (part("form-data; name=\"f\"; filename=\"a\"; filename*=UTF-8''%FF"), ["f|a|-|x"]),
        (part("form-data; name=\"f\"; filename*=UTF-8''%zz"), ["f|-|-|x"]),
        (part("form-data; name=\"f\"; filename*=KOI8-R''a"), ["f|-|-|x"]),
        (part("form-data; name=\"f\"", ""), ["f|-|-|"]),
        (part("form-data; name=\"f\"", "\r"), ["f|-|-|\r"]),
        (part("form-data; name=\"f\"", "\r\n"), ["f|-|-|\r\n"]),
        (part("form-data; name=\"f\"", "\r\r\n--\r\n-b\r\n--"), ["f|-|-|\r\r\n--\r\n-b\r\n--"]),
        (part("form-data; name=\"f\"", "\r\n--a"), ["f|-|-|\r\n--a"]),
        ("preamble\r\n" + part("form-data; name=\"f\"") + "epilogue --b", ["f|-|-|x"]),
        (
            "--b \t\r\ncontent-type: image/png \r\nContent-Disposition: form-data; name=\"f\"\r\nX: y\r\n\r\nx\r\n--b--",
            ["f|-|image/png|x"]
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=\"1\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"2\"\r\n\r\ny\r\n--b--",
            ["1|-|-|x", "2|-|-|y"]
        ),
    ]

    @Test(arguments: good) func `a body is its parts`(_ text: String, _ parts: [String]) throws {
        #expect(try Self.parse(Self.body(text)) == Found(parts: parts))
    }

    @Test(arguments: good) func `a body in slices of any size is the same body`(
        _ text: String,
        _ parts: [String]
    ) throws {
        for size in 1...12 {
            #expect(try Self.parse(Self.body(text), slices: size) == Found(parts: parts), "\(size)")
        }
    }

    static let bad: [(String, MultipartProblem)] = [
        ("", .missingEnd), ("--b", .missingEnd), ("--b\r\n", .missingEnd), ("--c--", .missingEnd),
        (String(part("form-data; name=\"f\"").dropLast(4)), .missingEnd),
        (part("form-data; name=\"f\"").replacing("--b", with: "--wrong"), .missingEnd),
        ("--bad\r\n", .malformedDelimiter), ("--b-x", .malformedDelimiter), ("--b\n", .malformedDelimiter),
        (part("form-data"), .missingName), (part("attachment; name=\"f\""), .missingName),
        (part("form-data; name=\"f\"; name=\"g\""), .missingName),
        (part("form-data; name=\"f"), .missingName),
        ("--b\r\n\r\nx\r\n--b--", .missingName),
        ("--b\r\nContent-Disposition : form-data; name=\"f\"\r\n\r\nx\r\n--b--", .malformedHead),
        ("--b\r\nContent-Disposition: form-data; name=\"f\"\n\r\nx\r\n--b--", .malformedHead),
        ("--b\r\nnonsense\r\n\r\nx\r\n--b--", .malformedHead),
        (part("form-data; name=\"f\"; filename=\"a/..\""), .illegalFileName),
        (part("form-data; name=\"f\"; filename*=UTF-8''a%00b"), .illegalFileName),
        (part("form-data; name=\"f\"; filename=\"..\""), .illegalFileName),
        (part("form-data; name=\"f\"; filename=\"\(String(repeating: "a", count: 256))\""), .illegalFileName),
        ("--b\r\nX: \(String(repeating: "a", count: 5000))\r\n\r\n", .headTooLong),
        (
            String(repeating: "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n", count: 10_000)
                + "--b--",
            .tooManyParts
        ),
    ]

    @Test(arguments: bad) func `what isn't a body is refused, whole or byte by byte`(
        _ text: String,
        _ problem: MultipartProblem
    ) {
        #expect(throws: problem) { try Self.parse(Self.body(text)) }
        #expect(throws: problem) { try Self.parse(Self.body(text), slices: 1) }
    }

    @Test func `a boundary has 1 to 70 legal characters`() {
        for text in ["", " ", "a ", "a\"b", "a\r\n", "ä", String(repeating: "a", count: 71)] {
            #expect(MultipartParser(boundary: text) == nil, "\(text)")
        }
        for text in ["a", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "a b", String(repeating: "a", count: 70)] {
            #expect(MultipartParser(boundary: text) != nil, "\(text)")
        }
    }

    @Test func `a body with one byte changed is a body or refused, the same in every slicing`() throws {
        let whole = Self.body(Self.part("form-data; name=\"file\"; filename=\"a.txt\"", "hello"))
        for position in whole.indices {
            for byte in [0, 0x0A, 0x0D, 0x20, 0x2D, 0x61, 0xFF] as [UInt8] {
                var changed = whole
                changed[position] = byte
                let results = [Int.max, 1, 7].map { size in try? Self.parse(changed, slices: size) }
                #expect(results[0] == results[1] && results[0] == results[2], "\(position) \(byte)")
            }
        }
    }

    @Test(arguments: [
        ("bytes=0-0", ByteRange.part(0..<1)), ("bytes=2-", .part(2..<10)), ("bytes=-3", .part(7..<10)),
        ("bytes=5-99", .part(5..<10)), ("BYTES=0-9", .part(0..<10)), ("bytes=-99", .part(0..<10)),
        ("bytes=10-", .unsatisfiable), ("bytes=10-12", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=3-2", .whole), ("bytes=0-1,3-4", .whole), ("lines=0-1", .whole), ("bytes=", .whole),
        ("bytes=-", .whole),
        ("bytes=a-b", .whole), ("bytes= 0-1", .whole), ("bytes=+1-2", .whole),
    ]) func `a range is of ten bytes`(_ field: String, _ range: ByteRange) {
        #expect(ByteRange(parsing: field, size: 10) == range)
    }
}
