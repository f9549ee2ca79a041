// A view's answers for each kind of value.

import JSON
import Testing

private func view(_ text: String) throws(JSONError) -> JSONView {
    try JSONDocument(Array(text.utf8)).root
}

@Suite struct JSONViewTests {
    @Test(arguments: [
        ("null", JSONView.Kind.null), ("true", .bool), ("false", .bool), ("0", .number), ("-1.5e3", .number),
        ("\"\"", .string), ("\"\\n\"", .string), ("[]", .array), ("[1]", .array), ("{}", .object),
        ("{\"a\":1}", .object),
    ])
    func `a value has its kind, and answers nil to every other`(text: String, kind: JSONView.Kind) throws {
        let value = try view(" \t\r\n" + text + "\n")
        #expect(value.kind == kind)
        #expect(value.isNull == (kind == .null))
        #expect((value.bool != nil) == (kind == .bool))
        #expect((value.double != nil) == (kind == .number))
        #expect((value.string != nil) == (kind == .string))
        if kind != .number { #expect(value.int64 == nil && value.uint64 == nil && value.int == nil) }
        if kind != .object { #expect(value["a"] == nil && Array(value.members).isEmpty) }
        if kind != .array { #expect(Array(value.elements).isEmpty) }
        if kind != .object, kind != .array { #expect(value.count == 0) }
        #expect(value.offset == 4)
        #expect(Array(value.text) == Array(text.utf8))
    }

    @Test(
        arguments: [
            ("0", 0, 0), ("-0", 0, 0), ("7", 7, 7), ("-7", -7, nil),
            ("1597222333444", 1_597_222_333_444, 1_597_222_333_444),
            ("999999999999999999", 999_999_999_999_999_999, 999_999_999_999_999_999),
            ("9223372036854775807", Int64.max, 9_223_372_036_854_775_807),
            ("9223372036854775808", nil, 9_223_372_036_854_775_808), ("-9223372036854775808", Int64.min, nil),
            ("18446744073709551615", nil, UInt64.max),
            ("10000000000000000000", nil, 10_000_000_000_000_000_000),
            ("1.0", nil, nil), ("1e3", nil, nil), ("1E0", nil, nil), ("-0.0", nil, nil), ("\"1\"", nil, nil),
            ("true", nil, nil),
        ] as [(String, Int64?, UInt64?)]
    )
    func `only integer literals that fit are integers`(text: String, signed: Int64?, unsigned: UInt64?) throws
    {
        let value = try view(text)
        #expect(value.int64 == signed)
        #expect(value.uint64 == unsigned)
        #expect(value.int.map(Int64.init) == signed)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", -0.0), ("1", 1), ("-1", -1), ("0.1", 0.1), ("1e3", 1000), ("1E+3", 1000),
            ("25e-1", 2.5), ("1.0", 1),
            ("9007199254740993", 9_007_199_254_740_992), ("18446744073709551615", 18_446_744_073_709_551_616),
            ("1.7976931348623157e308", Double.greatestFiniteMagnitude),
            ("5e-324", Double.leastNonzeroMagnitude),
            ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown), ("0e999999999999999999999", 0),
            ("1e-400", 0), ("-1e-99999999999999999999", -0.0),
            ("1" + String(repeating: "0", count: 400) + "e-400", 1),
            ("0." + String(repeating: "0", count: 400) + "1e401", 1),
            ("1" + String(repeating: "0", count: 308) + ".0", 1e308),
        ] as [(String, Double)]
    )
    func `a number is the nearest double`(text: String, expected: Double) throws {
        let value = try #require(try view(text).double)
        #expect(value.bitPattern == expected.bitPattern)
    }

    @Test(arguments: [
        (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000""#, "\0"),
        (#""a\u0000b""#, "a\0b"), (#""\u00E9\u00e9""#, "\u{E9}\u{E9}"), (#""\u20AC""#, "\u{20AC}"),
        (#""\uFFFF\uFFFE""#, "\u{FFFF}\u{FFFE}"), (#""\uD83D\uDE00""#, "\u{1F600}"),
        (#""\uD800\uDC00\udbff\udfff""#, "\u{10000}\u{10FFFF}"), (#""\uD7FF\uE000""#, "\u{D7FF}\u{E000}"),
        (#""\\u0041""#, "\\u0041"), ("\"\u{7F}\u{80}\"", "\u{7F}\u{80}"), ("\"é中😀\"", "é中😀"),
        (
            "\"\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\u{2028}\"",
            "\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\u{2028}"
        ),
        ("\"0123456é789中012345\\n😀\"", "0123456é789中012345\n😀"),
    ])
    func `a string is read byte for byte`(text: String, expected: String) throws {
        let value = try #require(try view(text).string)
        #expect(Array(value.utf8) == Array(expected.utf8))
        #expect(
            Array(try view("{\(text):1}").members).first.map { Array($0.key.utf8) } == Array(expected.utf8)
        )
        #expect(try view("{\(text):1}")[expected]?.int == 1)
    }

    @Test func `every single byte of ASCII is either a string's text or refused`() throws {
        for byte in UInt8(0)..<0x80 {
            // At each place of the eight bytes that are looked at together.
            for place in 0..<10 {
                var text = [UInt8](repeating: 0x61, count: 20)
                text[place] = byte
                let document = [0x22] + text + [0x22]
                if byte < 0x20 || byte == 0x22 || byte == 0x5C {
                    #expect(throws: JSONError.self) { try JSONDocument(document) }
                } else {
                    #expect(try JSONDocument(document).root.string.map { Array($0.utf8) } == text)
                }
            }
        }
    }

    @Test func `members are found by key, escaped or not, at any place`() throws {
        let text =
            #"{"a":1,"long key with spaces":{"a":2,"x":[]},"\u0062":[{"c":9}],"c\n":4,"":5,"ab":6,"k\u0000":7}"#
        let object = try view(text)
        #expect(object.count == 7)
        #expect(object["a"]?.int == 1)
        #expect(object["long key with spaces"]?["a"]?.int == 2)
        #expect(object["b"]?.elements.first { _ in true }?["c"]?.int == 9)
        #expect(object["c\n"]?.int == 4)
        #expect(object[""]?.int == 5)
        #expect(object["ab"]?.int == 6)
        #expect(object["k\0"]?.int == 7)
        for absent in ["A", "aa", "k", "x", "c", "\\u0062", "long key with space", "c\nn"] {
            #expect(object[absent] == nil)
        }
        let key: StaticString = "ab"
        #expect(object[key]?.int == 6)
        #expect(object["xab".dropFirst()]?.int == 6)
    }

    @Test func `an escaped key is found by exactly its text`() throws {
        let object = try view(#"{"\u0061b\ud83d\ude00c":1}"#)
        #expect(object["ab\u{1F600}c"]?.int == 1)
        for absent in [
            "aB\u{1F600}c", "Ab\u{1F600}c", "ab\u{1F601}c", "ab\u{1F600}", "ab\u{1F600}cd", "ab", "a", "",
        ] {
            #expect(object[absent] == nil)
        }
    }

    @Test func `elements and members come in the document's order`() throws {
        let value = try view(#"[[1,[2,[]]],{"z":[0],"y":{"x":1},"x":null},"s",-1]"#)
        #expect(value.count == 4)
        #expect(
            value.elements.map { String(decoding: $0.text, as: UTF8.self) } == [
                "[1,[2,[]]]", #"{"z":[0],"y":{"x":1},"x":null}"#, "\"s\"", "-1",
            ]
        )
        let object = try #require(value.elements.first { $0.kind == .object })
        #expect(object.members.map { $0.key } == ["z", "y", "x"])
        #expect(object.members.map { $0.value.kind } == [.array, .object, .null])
        #expect(object.elements.underestimatedCount == 0)
        #expect(object.members.underestimatedCount == 3)
    }

    @Test func `the text of a value is its exact bytes`() throws {
        let text = #"{"ext" : { "n" : 1.50e1 , "s":"\u0041" } , "b": [ 1 , 2 ]}"#
        let object = try view(text)
        #expect(
            String(decoding: try #require(object["ext"]?.text), as: UTF8.self)
                == #"{ "n" : 1.50e1 , "s":"\u0041" }"#
        )
        #expect(String(decoding: try #require(object["b"]?.text), as: UTF8.self) == "[ 1 , 2 ]")
        #expect(Array(object.text) == Array(text.utf8))
        #expect(object["b"]?.offset == 48)
    }

    @Test func `a string is compared with a literal as bytes`() throws {
        #expect(try view(#""users""#).isString("users"))
        #expect(try view(#""\u0075sers""#).isString("users"))
        #expect(try view(#""""#).isString(""))
        #expect(try !view(#""user""#).isString("users"))
        #expect(try !view(#""userss""#).isString("users"))
        #expect(try !view(#""\u0075sersx""#).isString("users"))
        #expect(try !view("\"e\u{301}\"").isString("\u{E9}"))
        #expect(try !view("1").isString("1"))
    }

    @Test func `a view keeps its document alive`() throws {
        func inner() throws -> JSONView? { try view(#"{"a":["kept"]}"#)["a"] }
        #expect(try inner()?.elements.first { _ in true }?.string == "kept")
    }
}
