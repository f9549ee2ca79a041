// The tests' own JSON reader accepts what RFC 8259 accepts, keeps order, and refuses the rest.

import TestKit
import Testing

@Suite struct TestJSONTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "[1,2.5,-3,1e3]", #"{"b":1,"a":{"z":[],"y":""}}"#,
        #""\u00e9\ud83d\ude00\n""#,
        " [ 1 , 2 ] ", "9223372036854775807", "1E400".replacing("400", with: "2"),
    ])
    func `a document survives reading and writing`(text: String) throws {
        let value = try TestJSON(parsing: text)
        #expect(try TestJSON(parsing: value.bytes) == value)
    }

    @Test(arguments: [
        "", "nul", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "[1] 2", "01", "1.", "+1", "\"\\x\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"\n\"", "{a:1}", "[", "\"", "1e999", "-", "'a'", "\"\\u12\"",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: TestJSON.SyntaxError.self) { try TestJSON(parsing: text) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: TestJSON.SyntaxError.self) { try TestJSON(parsing: [0x22, 0xFF, 0x22] as [UInt8]) }
    }

    @Test func `member order is kept and told apart`() throws {
        let first = try TestJSON(parsing: #"{"a":1,"b":2}"#)
        #expect(first.keys == ["a", "b"])
        #expect(try first != TestJSON(parsing: #"{"b":2,"a":1}"#))
    }

    @Test func `an integer is not a decimal number and not a string`() throws {
        #expect(try TestJSON(parsing: "1") == .integer(1))
        #expect(try TestJSON(parsing: "1.0") == .double(1))
        #expect(try TestJSON(parsing: "\"1\"") == .string("1"))
        #expect(TestJSON.integer(1) != .double(1))
    }
}
