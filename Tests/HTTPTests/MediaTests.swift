// Form bodies and media types.

import HTTP
import Testing

@Suite struct FormURLEncodedTests {
    @Test func `a form is its pairs in order`() throws {
        let table: [(String, [String])] = [
            ("", []), ("a=b", ["a=b"]),
            (
                "grant_type=client_credentials&client_id=a%2Fb+c",
                ["grant_type=client_credentials", "client_id=a/b c"]
            ),
            ("a&b=&=c&&d=e&", ["a=", "b=", "=c", "d=e"]), ("a=b=c", ["a=b=c"]), ("a=\u{C3}\u{A9}", ["a=é"]),
            ("a=%C3%A9", ["a=é"]), ("a=1&a=2", ["a=1", "a=2"]), ("a=x#y z", ["a=x#y z"]),
        ]
        for (text, pairs) in table {
            let form = try FormURLEncoded(parsing: latin1(text).span)
            #expect(form.pairs.map { "\($0.name)=\($0.value)" } == pairs, "\(text)")
            #expect(form.count == pairs.count)
        }
        let form = try FormURLEncoded(parsing: latin1("a=1&b=2&a=3").span)
        #expect(form.value("a") == "1" && form.value("b") == "2" && form.value("c") == nil)
    }

    @Test func `a broken form is refused`() {
        let table: [(String, ParseError)] = [
            ("a=%", .invalidPercentEncoding), ("a=%f", .invalidPercentEncoding),
            ("%zz", .invalidPercentEncoding),
            ("a=%00", .percentEncodedNUL), ("a=\0", .nulByte), ("a=%ff", .invalidUTF8),
            ("a=\u{FF}", .invalidUTF8),
            ("a&b&c&d", .tooManyPairs),
        ]
        for (text, error) in table {
            #expect(throws: error, "\(text)") {
                try FormURLEncoded(parsing: latin1(text).span, maximumPairs: 3)
            }
        }
    }
}

@Suite struct MediaTypeTests {
    @Test func `a media type is compared without case and without parameters`() throws {
        for text in [
            "application/json", "Application/JSON", " application/json ", "application/json;charset=utf-8",
            "application/json ; charset=\"utf-8\"", "application/json;", "application/json; ;",
        ] {
            #expect(try #require(MediaType(parsing: text)).matches("application/json"), "\(text)")
        }
        #expect(MediaType(parsing: "application/jsonp")?.matches("application/json") == false)
    }

    @Test func `parameters have their quotes and escapes removed`() throws {
        let type = try #require(MediaType(parsing: "multipart/form-data; Boundary=\"a;\\\"b\\\\ \"; x=Y"))
        #expect(type.parameter("boundary") == "a;\"b\\ ")
        #expect(type.parameter("x") == "Y")
        #expect(type.parameter("y") == nil)
        #expect(type.parameters.map(\.name) == ["boundary", "x"])
    }

    @Test(arguments: [
        "", "a", "a/", "/b", "a /b", "a/b c", "a/b; c", "a/b; c=", "a/b; c=\"", "a/b; c=\"\\", "a/b, c/d",
        "a/b; c=d e",
    ])
    func `what is not a media type is nil`(text: String) {
        #expect(MediaType(parsing: text) == nil)
    }
}
