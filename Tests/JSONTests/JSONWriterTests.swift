// The bytes that the writer appends to its buffer.

import JSON
import Testing

private func written(_ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(reserving: 0)
    write(&writer)
    #expect(writer.isComplete == true)
    return String(decoding: writer.bytes, as: UTF8.self)
}

@Suite struct JSONWriterTests {
    @Test func `commas and quotes are the writer's own business`() {
        let text = written { json in
            json.beginObject()
            json.key("action"); json.string("post")
            json.key("entities")
            json.beginArray()
            json.beginObject()
            json.endObject()
            json.beginObject()
            json.key("activated"); json.bool(true)
            json.key("deleted"); json.bool(false)
            json.endObject()
            json.beginArray()
            json.endArray()
            json.null()
            json.literal("user")
            json.endArray()
            json.key("duration"); json.integer(7)
            json.key(String("a\"b")); json.double(1.5)
            json.key("ext"); json.raw(Array(#"{ "x":1 }"#.utf8))
            json.key("z"); json.raw(Array("[]".utf8)[...])
            json.endObject()
        }
        #expect(
            text == #"{"action":"post","entities":[{},{"activated":true,"deleted":false},[],null,"user"],"#
                + #""duration":7,"a\"b":1.5,"ext":{ "x":1 },"z":[]}"#
        )
    }

    @Test func `a scalar alone is a document`() {
        #expect(written { $0.string("a") } == "\"a\"")
        #expect(written { $0.integer(-1) } == "-1")
        #expect(written { $0.null() } == "null")
        #expect(written { $0.bool(false) } == "false")
        #expect(
            written {
                $0.beginArray(); $0.endArray()
            } == "[]"
        )
    }

    @Test func `a document is complete when all is closed`() {
        var json = JSONWriter()
        #expect(json.isComplete == false)
        json.beginArray()
        #expect(json.isComplete == false)
        json.integer(1)
        #expect(json.isComplete == false)
        json.endArray()
        #expect(json.isComplete == true)
    }

    @Test func `a hundred levels are written as they are opened`() {
        let text = written { json in
            for _ in 0..<50 {
                json.beginObject()
                json.key("a")
                json.beginArray()
            }
            json.integer(0)
            for _ in 0..<50 {
                json.endArray()
                json.endObject()
            }
        }
        let expected = String(repeating: #"{"a":["#, count: 50) + "0" + String(repeating: "]}", count: 50)
        #expect(text == expected)
    }

    @Test(arguments: [0, 1, 31, 32, 33, 100, 511, 512, 513, 5000])
    func `a document is the same whether or not it fits the room that was made`(length: Int) {
        let text = String(repeating: "x", count: length)
        for room in [0, 1, 32, 100, 512, 10_000] {
            let bytes = JSONWriter.document(reserving: room) { json in
                json.beginArray()
                json.string(text)
                json.string(text)
                json.endArray()
            }
            #expect(String(decoding: bytes, as: UTF8.self) == #"["\#(text)","\#(text)"]"#)
        }
    }

    @Test func `a writer begins anew in the same buffer`() {
        for keepsCapacity in [true, false] {
            var json = JSONWriter(reserving: 1000)
            json.beginArray()
            json.integer(1)
            json.endArray()
            json.reset(keepingCapacity: keepsCapacity)
            json.string("again")
            #expect(String(decoding: json.bytes, as: UTF8.self) == "\"again\"")
        }
    }

    @Test func `a string of parts is the string of their sum`() {
        let parts = written { $0.string(concatenating: "a\"", "", "\u{1}é", "b") }
        #expect(parts == written { $0.string("a\"\u{1}éb") })
    }

    @Test func `an integer has its digits, at every power of ten and of two`() {
        let powers = sequence(first: UInt64(1)) {
            $0.multipliedReportingOverflow(by: 10).overflow ? nil : $0 * 10
        }
        let bits = (0..<64).map { UInt64(1) << UInt64($0) }
        for value in [0, .max] + Array(powers) + bits {
            for near in [value &- 1, value, value &+ 1] {
                #expect(written { $0.integer(near) } == String(near))
                let signed = Int64(bitPattern: near)
                #expect(written { $0.integer(signed) } == String(signed))
            }
        }
    }

    @Test func `a plain string is what was filled in`() {
        let text = written { json in
            json.beginArray()
            for count in 0..<3 {
                json.plain(upTo: 2) { memory in
                    for index in 0..<count { memory[index] = UInt8(ascii: "x") }
                    return count
                }
            }
            json.endArray()
        }
        #expect(text == #"["","x","xx"]"#)
    }

    @Test func `documents stand a line each in one buffer`() {
        var json = JSONWriter()
        for number in 1...2 {
            json.beginObject()
            json.key("n")
            json.integer(number)
            json.endObject()
            json.endLine()
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == "{\"n\":1}\n{\"n\":2}\n")
    }

    @Test func `what must be escaped is, in its shortest form, and nothing else`() {
        for scalar in (0..<0x180).compactMap({ Unicode.Scalar($0 as UInt32) }) + [
            "\u{2028}", "\u{FFFF}", "\u{1F600}",
        ] {
            let escaped: String =
                switch scalar {
                case "\"": "\\\""
                case "\\": "\\\\"
                case "\u{8}": "\\b"
                case "\u{C}": "\\f"
                case "\n": "\\n"
                case "\r": "\\r"
                case "\t": "\\t"
                case "\0"..<"\u{10}": "\\u000" + String(scalar.value, radix: 16)
                case "\u{10}"..<" ": "\\u00" + String(scalar.value, radix: 16)
                default: String(scalar)
                }
            for prefix in 0..<10 {
                let (before, after) = (
                    String(repeating: "x", count: prefix), String(repeating: "y", count: 12 - prefix)
                )
                let text = before + String(scalar) + after + String(scalar)
                #expect(written { $0.string(text) } == "\"" + before + escaped + after + escaped + "\"")
                #expect(
                    written { json in
                        json.beginObject()
                        json.key(text)
                        json.integer(0)
                        json.endObject()
                    } == "{\"" + before + escaped + after + escaped + "\":0}"
                )
            }
        }
    }

    @Test(arguments: [
        "", "\"", "\n\n\n", "é", "中文字符中文字符", "中\n文", String(repeating: "a\"é😀", count: 999), "12345678",
        "1234567\"",
    ])
    func `a string reads back byte for byte`(text: String) throws {
        let document = try JSONDocument(Array(written { $0.string(text) }.utf8))
        #expect(document.root.string.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test func `a part of a string is written like a whole one`() {
        #expect(written { $0.string(String("xx\"abc".dropFirst(2))) } == #""\"abc""#)
    }

    @Test func `integers are written in plain digits`() {
        var power: UInt64 = 1
        var values: [UInt64] = [0, .max, .max - 1]
        for _ in 0..<20 {
            values += [power &- 1, power, power &+ 1]
            power = power &* 10
        }
        for value in values {
            #expect(written { $0.integer(value) } == String(value))
            let signed = Int64(bitPattern: value)
            #expect(written { $0.integer(signed) } == String(signed))
            #expect(written { $0.integer(0 &- signed) } == String(0 &- signed))
        }
        #expect(written { $0.integer(Int8.min) } == "-128")
        #expect(written { $0.integer(UInt8.max) } == "255")
        #expect(written { $0.integer(Int64.min) } == "-9223372036854775808")
        #expect(written { $0.integer(42) } == "42")
    }

    @Test(arguments: [
        (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (1e16, "1e+16"), (1e300, "1e+300"),
        (-2.5e-7, "-2.5e-07"),
        (Double.greatestFiniteMagnitude, "1.7976931348623157e+308"), (Double.leastNonzeroMagnitude, "5e-324"),
        (Double.nan, "null"), (Double.infinity, "null"), (-Double.infinity, "null"),
    ])
    func `a double has its shortest digits, and what JSON can't hold is null`(value: Double, text: String)
        throws
    {
        #expect(written { $0.double(value) } == text)
        if value.isFinite {
            #expect(try JSONDocument(Array(text.utf8)).root.double?.bitPattern == value.bitPattern)
        }
    }

    @Test func `ending what was not begun traps`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.endArray()
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.raw([] as [UInt8])
        }
    }

    #if DEBUG
        @Test func `a debug build traps on calls that make no document`() async {
            await #expect(processExitsWith: .failure) {
                var json = JSONWriter()
                json.beginObject()
                json.integer(1)
            }
            await #expect(processExitsWith: .failure) {
                var json = JSONWriter()
                json.beginArray()
                json.key("a")
            }
            await #expect(processExitsWith: .failure) {
                var json = JSONWriter()
                json.beginArray()
                json.endObject()
            }
            await #expect(processExitsWith: .failure) {
                var json = JSONWriter()
                json.beginObject()
                json.key("a")
                json.endObject()
            }
            await #expect(processExitsWith: .failure) {
                var json = JSONWriter()
                json.integer(1)
                json.integer(2)
            }
            await #expect(processExitsWith: .failure) {
                var json = JSONWriter()
                json.beginObject()
                json.key("a\"b")
            }
        }
    #endif
}
