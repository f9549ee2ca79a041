// Every reason for which a document is refused, with the exact byte it is reported at.

import JSON
import Testing

struct Refusal: Sendable, CustomTestStringConvertible {
    let document: [UInt8]
    let reason: JSONError.Reason
    let offset: Int

    init(_ document: String, _ reason: JSONError.Reason, at offset: Int) {
        self.init(Array(document.utf8), reason, at: offset)
    }

    init(_ document: [UInt8], _ reason: JSONError.Reason, at offset: Int) {
        (self.document, self.reason, self.offset) = (document, reason, offset)
    }

    var testDescription: String { String(decoding: document.prefix(40), as: UTF8.self) }

    static let structure: [Refusal] = [
        .init("", .unexpectedEnd, at: 0),
        .init(" \n", .unexpectedEnd, at: 2),
        .init("[", .unexpectedEnd, at: 1),
        .init("{", .unexpectedEnd, at: 1),
        .init("[1", .unexpectedEnd, at: 2),
        .init("[1,", .unexpectedEnd, at: 3),
        .init("[1,]", .unexpectedByte(0x5D), at: 3),
        .init("[,1]", .unexpectedByte(0x2C), at: 1),
        .init("[1,,2]", .unexpectedByte(0x2C), at: 3),
        .init("[1 2]", .unexpectedByte(0x32), at: 3),
        .init("[1}", .unexpectedByte(0x7D), at: 2),
        .init("[1:2]", .unexpectedByte(0x3A), at: 2),
        .init("]", .unexpectedByte(0x5D), at: 0),
        .init("{]", .unexpectedByte(0x5D), at: 1),
        .init(#"{"a"}"#, .unexpectedByte(0x7D), at: 4),
        .init(#"{"a":}"#, .unexpectedByte(0x7D), at: 5),
        .init(#"{"a":1,}"#, .unexpectedByte(0x7D), at: 7),
        .init(#"{"a":1]"#, .unexpectedByte(0x5D), at: 6),
        .init(#"{"a":1 "b":2}"#, .unexpectedByte(0x22), at: 7),
        .init(#"{"a",1}"#, .unexpectedByte(0x2C), at: 4),
        .init(#"{"a"::1}"#, .unexpectedByte(0x3A), at: 5),
        .init("{1:2}", .unexpectedByte(0x31), at: 1),
        .init("{a:2}", .unexpectedByte(0x61), at: 1),
        .init("{'a':2}", .unexpectedByte(0x27), at: 1),
        .init("{,}", .unexpectedByte(0x2C), at: 1),
        .init("1 2", .trailingBytes, at: 2),
        .init("[]]", .trailingBytes, at: 2),
        .init("{}}", .trailingBytes, at: 2),
        .init("{} //", .trailingBytes, at: 3),
        .init("null\0", .trailingBytes, at: 4),
        .init("[] \u{0C}", .trailingBytes, at: 3),
        .init("/**/1", .unexpectedByte(0x2F), at: 0),
        .init("\u{0B}1", .unexpectedByte(0x0B), at: 0),
        .init("\u{A0}1", .unexpectedByte(0xC2), at: 0),
        .init("\u{FEFF}{}", .byteOrderMark, at: 0),
        .init("\u{FEFF}", .byteOrderMark, at: 0),
        .init([0xEF, 0xBB], .unexpectedByte(0xEF), at: 0),
        .init([0xFF, 0xFE, 0x5B, 0x00], .unexpectedByte(0xFF), at: 0),
        .init("[\u{FEFF}]", .unexpectedByte(0xEF), at: 1),
    ]

    static let literals: [Refusal] = [
        .init("nul", .unexpectedEnd, at: 3),
        .init("nulL", .unexpectedByte(0x4C), at: 3),
        .init("[nul]", .unexpectedByte(0x5D), at: 4),
        .init("nulll", .trailingBytes, at: 4),
        .init("truefalse", .trailingBytes, at: 4),
        .init("True", .unexpectedByte(0x54), at: 0),
        .init("undefined", .unexpectedByte(0x75), at: 0),
        .init("NaN", .unexpectedByte(0x4E), at: 0),
        .init("nan", .unexpectedByte(0x61), at: 1),
        .init("Infinity", .unexpectedByte(0x49), at: 0),
    ]

    static let numbers: [Refusal] = [
        .init("-", .unexpectedEnd, at: 1),
        .init("[-]", .badNumber, at: 2),
        .init("-a", .badNumber, at: 1),
        .init("-Infinity", .badNumber, at: 1),
        .init("--1", .badNumber, at: 1),
        .init("+1", .unexpectedByte(0x2B), at: 0),
        .init(".5", .unexpectedByte(0x2E), at: 0),
        .init("-.5", .badNumber, at: 1),
        .init("01", .badNumber, at: 1),
        .init("-01", .badNumber, at: 2),
        .init("00", .badNumber, at: 1),
        .init("[012]", .badNumber, at: 2),
        .init("01.5", .badNumber, at: 1),
        .init("1.", .unexpectedEnd, at: 2),
        .init("[1.]", .badNumber, at: 3),
        .init("1.e1", .badNumber, at: 2),
        .init("1e", .unexpectedEnd, at: 2),
        .init("1e+", .unexpectedEnd, at: 3),
        .init("[1E-]", .badNumber, at: 4),
        .init("1e1.5", .trailingBytes, at: 3),
        .init("1e+-1", .badNumber, at: 3),
        .init("1.2.3", .trailingBytes, at: 3),
        .init("0x10", .trailingBytes, at: 1),
        .init("1_000", .trailingBytes, at: 1),
        .init("1,000", .trailingBytes, at: 1),
        .init("\u{FF11}", .unexpectedByte(0xEF), at: 0),
        .init("18446744073709551616", .numberOutOfRange, at: 0),
        .init("[0,-9223372036854775809]", .numberOutOfRange, at: 3),
        .init("99999999999999999999", .numberOutOfRange, at: 0),
        .init("100000000000000000000", .numberOutOfRange, at: 0),
        .init("-99999999999999999999", .numberOutOfRange, at: 0),
        .init("[" + String(repeating: "9", count: 400) + "]", .numberOutOfRange, at: 1),
        .init(" 1e309", .numberOutOfRange, at: 1),
        .init("-1e309", .numberOutOfRange, at: 0),
        .init("1e400", .numberOutOfRange, at: 0),
        .init("1.7976931348623159e308", .numberOutOfRange, at: 0),
        .init("1e99999999999999999999999999", .numberOutOfRange, at: 0),
        .init(String(repeating: "9", count: 400) + ".5", .numberOutOfRange, at: 0),
        .init("1" + String(repeating: "0", count: 600) + "e-200", .numberOutOfRange, at: 0),
    ]

    static let strings: [Refusal] = [
        .init(#"""#, .unexpectedEnd, at: 1),
        .init(#""abc"#, .unexpectedEnd, at: 4),
        .init(#""abcdefghijklmnop"#, .unexpectedEnd, at: 17),
        .init(#""\"#, .unexpectedEnd, at: 2),
        .init(#""\""#, .unexpectedEnd, at: 3),
        .init(#""\u12"#, .unexpectedEnd, at: 5),
        .init(#"["\x41"]"#, .badEscape, at: 2),
        .init(#""\'""#, .badEscape, at: 1),
        .init(#""\U0041""#, .badEscape, at: 1),
        .init(#""ab\u00g0""#, .badEscape, at: 3),
        .init(#""\u12""#, .badEscape, at: 1),
        .init(#""\u+123""#, .badEscape, at: 1),
        .init(#""\u 123""#, .badEscape, at: 1),
        .init(#""\uD83D\u00g0""#, .badEscape, at: 7),
        .init("\"a\\\0\"", .badEscape, at: 2),
        .init("\"a\\\u{E9}\"", .badEscape, at: 2),
        .init("\"\n\"", .controlCharacter, at: 1),
        .init("\"a\tb\"", .controlCharacter, at: 2),
        .init("\"0123456789\0\"", .controlCharacter, at: 11),
        .init("\"0123456\u{1F}\"", .controlCharacter, at: 8),
        .init("{\"a\r\":1}", .controlCharacter, at: 3),
        .init(#""\ud800""#, .loneSurrogate, at: 1),
        .init(#""abc\uDBFFdef""#, .loneSurrogate, at: 4),
        .init(#""\uDC00""#, .loneSurrogate, at: 1),
        .init(#""\uDFFF\uD800""#, .loneSurrogate, at: 1),
        .init(#""\uD800\uD800""#, .loneSurrogate, at: 1),
        .init(#""\uD800\n""#, .loneSurrogate, at: 1),
        .init(#""\uD800\u0041""#, .loneSurrogate, at: 1),
        .init(#"{"\uD800":1}"#, .loneSurrogate, at: 2),
        .init(#""\uD800"#, .unexpectedEnd, at: 7),
        .init(#""\uD800\"#, .unexpectedEnd, at: 8),
        .init(#""\uD800\uDC"#, .unexpectedEnd, at: 11),
    ]

    /// The sequences that RFC 3629 excludes, one after three ordinary bytes, then as a key's last character.
    static let encodings: [Refusal] = {
        let sequences: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3, 0x28], [0xC3, 0xC3],
            [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98, 0x28], [0xF0, 0x9F, 0x98],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
        ]
        return sequences.flatMap { sequence in
            [
                Refusal(Array("\"abc".utf8) + sequence + Array("\"".utf8), .invalidUTF8, at: 4),
                Refusal(Array("{\"\u{E9}".utf8) + sequence + Array("\":1}".utf8), .invalidUTF8, at: 4),
            ]
        }
    }()

    static let duplicates: [Refusal] = [
        .init(#"{"a":1,"a":2}"#, .duplicateKey("a"), at: 7),
        .init(#"{"a":1,"b":{},"a":2}"#, .duplicateKey("a"), at: 14),
        .init(#"{"a":1,"\u0061":2}"#, .duplicateKey("a"), at: 7),
        .init(#"{"\u0061":1,"a":2}"#, .duplicateKey("a"), at: 12),
        .init(#"{"\u0061":1,"\u0061":2}"#, .duplicateKey("a"), at: 12),
        .init(#"{"/":1,"\/":2}"#, .duplicateKey("/"), at: 7),
        .init("{\"\u{1F600}\":1,\"\\uD83D\\uDE00\":2}", .duplicateKey("\u{1F600}"), at: 10),
        .init(#"{"":1,"":2}"#, .duplicateKey(""), at: 6),
        .init(#"{"\u0000":1,"\u0000":2}"#, .duplicateKey("\0"), at: 12),
        .init(#"[{"x":[{"k":0,"k":0}]}]"#, .duplicateKey("k"), at: 14),
        .init(
            "{\"" + String(repeating: "k", count: 100) + "\":1,\"" + String(repeating: "k", count: 100)
                + "\":2}",
            .duplicateKey(String(repeating: "k", count: 64) + "\u{2026}"),
            at: 106
        ),
    ]
}

@Suite struct RefusalTests {
    @Test(
        "a document that breaks a rule is refused with that rule and its byte",
        arguments: [
            Refusal.structure, Refusal.literals, Refusal.numbers, Refusal.strings, Refusal.encodings,
            Refusal.duplicates,
        ].flatMap { $0 }
    )
    func refusal(_ refusal: Refusal) {
        let expected = (refusal.reason, refusal.offset)
        let error = #expect(throws: JSONError.self) { try JSONDocument(refusal.document) }
        #expect(error?.reason == expected.0)
        #expect(error?.offset == expected.1)
    }

    @Test func `every prefix of a document ends too early, at its own length`() throws {
        let text =
            #" { "k\n\u00e9\ud83d\ude00é中😀" : [ -10.25e+3 , 0, true,false , null , "" , {} , [ ] ] , "z": 12 }"#
        let document = Array(text.utf8)
        _ = try JSONDocument(document)
        for length in 0..<document.count {
            let error = #expect(throws: JSONError.self) { try JSONDocument(Array(document[..<length])) }
            #expect(error == JSONError(.unexpectedEnd, at: length))
        }
    }

    @Test(arguments: [0, 1, 3, 64, 1024])
    func `exactly as many levels as allowed may be open`(limit: Int) throws {
        func nested(_ levels: Int) -> [UInt8] {
            let half = levels / 2
            let opening = String(repeating: "[{\"a\":", count: half) + (levels % 2 == 1 ? "[" : "")
            let closing = (levels % 2 == 1 ? "]" : "0") + String(repeating: "}]", count: half)
            return Array((levels == 0 ? "0" : opening + closing).utf8)
        }
        _ = try JSONDocument(nested(limit), maximumDepth: limit)
        let error = #expect(throws: JSONError.self) {
            try JSONDocument(nested(limit + 1), maximumDepth: limit)
        }
        #expect(error?.reason == .tooDeep(limit))
        #expect(error?.offset == limit / 2 * 6 + limit % 2)
    }

    @Test func `siblings do not add to the depth`() throws {
        let document = Array(("[" + String(repeating: "[],{},", count: 1000) + "[]]").utf8)
        #expect(try JSONDocument(document, maximumDepth: 2).root.count == 2001)
    }

    @Test func `ten megabytes of opening brackets are refused at the bracket that is too many`() {
        for bracket in ["[", "{\"a\":"] {
            let document = Array(String(repeating: bracket, count: 10_000_000 / bracket.utf8.count).utf8)
            let error = #expect(throws: JSONError.self) { try JSONDocument(document) }
            #expect(error == JSONError(.tooDeep(64), at: 64 * bracket.utf8.count))
        }
    }

    @Test func `values and keys count towards the node limit`() throws {
        let document = Array(#"{"a":[1,2]}"#.utf8)
        _ = try JSONDocument(document, maximumNodes: 5)
        let error = #expect(throws: JSONError.self) { try JSONDocument(document, maximumNodes: 4) }
        #expect(error == JSONError(.tooManyNodes(4), at: 8))
    }

    @Test func `every refusal is one bounded printable sentence with its offset`() {
        let hostileKey = "\u{1B}[31m\r\n\u{202E}" + String(repeating: "中", count: 500)
        let key = JSONValue.string(hostileKey).bytes
        let twice = Array("{".utf8) + key + Array(":1,".utf8) + key + Array(":2}".utf8)
        let refusals =
            Refusal.structure + Refusal.literals + Refusal.numbers + Refusal.strings + Refusal.encodings
            + Refusal.duplicates + [Refusal(twice, .unexpectedEnd, at: 0)]
        for refusal in refusals {
            do throws(JSONError) {
                _ = try JSONDocument(refusal.document)
            } catch {
                let sentence = error.description
                #expect(sentence.hasSuffix("at byte \(error.offset)"))
                #expect(sentence.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(sentence)")
                #expect(sentence.utf8.count < 400)
            }
        }
    }

    @Test(arguments: [
        ("", "The JSON document ends too early, at byte 0"),
        ("[1,]", "Unexpected ']' in the JSON document at byte 3"),
        ("\0", "Unexpected byte 0x00 in the JSON document at byte 0"),
        (#"{"a":1,"a":2}"#, #"The JSON object has the key "a" twice, at byte 7"#),
    ])
    func `a sentence says what and where`(document: String, sentence: String) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(Array(document.utf8)) }
        #expect(error?.description == sentence)
    }
}

extension JSONError {
    /// The error that would be thrown for this reason at this byte, for comparison.
    init(_ reason: Reason, at offset: Int) {
        self.init(reason: reason, offset: offset)
    }
}
