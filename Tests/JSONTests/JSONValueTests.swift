// Free-form values: read, looked into, written.

import JSON
import Testing

@Suite struct JSONValueTests {
    private static let sample: JSONValue = [
        "s": "text", "n": .null, "b": true, "i": -5, "d": 2.5, "list": [1, "two", [3.0], [:]],
        "z": ["y": ["x": false]],
    ]

    @Test func `a value is written as it would be in JSON, members in order`() {
        let text =
            #"{"s":"text","n":null,"b":true,"i":-5,"d":2.5,"list":[1,"two",[3.0],{}],"z":{"y":{"x":false}}}"#
        #expect(String(decoding: Self.sample.bytes, as: UTF8.self) == text)
    }

    @Test func `what is written reads back as the same value`() throws {
        #expect(try JSONValue(parsing: Self.sample.bytes) == Self.sample)
    }

    @Test func `parts are found by key and by position`() {
        let sample = Self.sample
        #expect(sample["s"]?.string == "text")
        #expect(sample["n"] == .null)
        #expect(sample["b"]?.bool == true)
        #expect(sample["i"]?.int64 == -5)
        #expect(sample["i"]?.double == -5)
        #expect(sample["d"]?.double == 2.5)
        #expect(sample["d"]?.int64 == nil)
        #expect(sample["list"]?[2]?[0] == 3.0)
        #expect(sample["list"]?[4] == nil)
        #expect(sample["list"]?[-1] == nil)
        #expect(sample["list"]?["s"] == nil)
        #expect(sample["z"]?["y"]?["x"] == false)
        #expect(sample["absent"] == nil)
        #expect(sample[0] == nil)
        #expect(sample.string == nil && sample.bool == nil && sample.int64 == nil && sample.double == nil)
        #expect((["e\u{301}": 1] as JSONValue)["\u{E9}"] == nil)
    }

    @Test(arguments: [
        ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .unsigned(1 << 63)), ("18446744073709551615", .unsigned(.max)),
        ("1.0", .double(1)),
        ("1e2", .double(100)), ("-0", .integer(0)), ("[]", .array([])), ("{}", .object([])),
        ("\"\\u0000\"", .string("\0")),
    ])
    func `numbers keep every digit and their kind`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
        #expect(try JSONValue(parsing: value.bytes) == value)
    }

    @Test func `a value as deep as the reader allows is copied and written`() throws {
        let text = String(repeating: "[{\"a\":", count: 512) + "1" + String(repeating: "}]", count: 512)
        let value = try JSONValue(parsing: Array(text.utf8), maximumDepth: 1024)
        #expect(String(decoding: value.bytes, as: UTF8.self) == text)
    }

    @Test func `parsing follows the reader's rules`() {
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: Array("[[1]]".utf8), maximumDepth: 1)
        }
        #expect(error == JSONError(.tooDeep(1), at: 1))
    }
}
