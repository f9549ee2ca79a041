// Path segments and query pairs: split first, decoded once.

import HTTP
import Testing

@Suite struct RequestTargetTests {
    static func target(_ text: String) throws(ParseError) -> RequestTarget {
        try RequestTarget(parsing: latin1(text).span)
    }

    @Test func `a path is split at slashes and each segment decoded once`() throws {
        let table: [(String, [String], Bool)] = [
            ("/", [], false), ("", [], false), ("/a", ["a"], false), ("/a/", ["a"], true),
            ("/a/b", ["a", "b"], false),
            ("/a/b/", ["a", "b"], true), ("/a%2Fb/c", ["a/b", "c"], false), ("/%252e", ["%2e"], false),
            ("/caf%C3%A9/x", ["café", "x"], false), ("/%F0%9F%98%80", ["😀"], false), ("/a+b", ["a+b"], false),
            ("/a%20b", ["a b"], false), ("/...", ["..."], false), ("/.a/a.", [".a", "a."], false),
            ("/%5c", ["\\"], false), ("/a?b/c", ["a"], false), ("/a/?b", ["a"], true), ("?a", [], false),
            ("/service.auth/Login", ["service.auth", "Login"], false), ("/a;b=c/~d", ["a;b=c", "~d"], false),
            ("/%0d%0a", ["\r\n"], false), ("/*", ["*"], false),
        ]
        for (text, segments, slash) in table {
            let target = try Self.target(text)
            #expect(target.segments == segments, "\(text)")
            #expect(target.hadTrailingSlash == slash, "\(text)")
            #expect(target.segmentCount == segments.count && !target.isAsterisk, "\(text)")
        }
    }

    @Test(arguments: ["/", "/a", "/a/b/?c=d", "/caf%C3%A9/x%2Fy?a+b=%26&c", "/a/?b", "/?%41"])
    func `a target inside a head is read as it is alone`(text: String) throws {
        let alone = try Self.target(text)
        for line in ["GET \(text) HTTP/1.1", "GET http://somewhere:80\(text) HTTP/1.1"] {
            let target = try RequestTarget(try head("\(line)\r\nHost: h\r\nX: y\r\n\r\n"))
            #expect(target.segments == alone.segments && target.rawPath == alone.rawPath)
            #expect(target.hadTrailingSlash == alone.hadTrailingSlash)
            #expect(target.query.map(\.name) == alone.query.map(\.name))
            #expect(target.query.map(\.value) == alone.query.map(\.value))
        }
    }

    @Test func `a query is split at ampersands and decoded as a form`() throws {
        let table: [(String, [String])] = [
            ("/", []), ("/?", []), ("/?a", ["a="]), ("/?a=", ["a="]), ("/?=b", ["=b"]), ("/?a=b", ["a=b"]),
            ("/?a=b&c=d", ["a=b", "c=d"]), ("/?&&a=b&", ["a=b"]), ("/?a==b", ["a==b"]),
            ("/?a=b=c", ["a=b=c"]),
            ("/?a+b=c+d", ["a b=c d"]), ("/?a=%2B%26%3D", ["a=+&="]), ("/?a=b;c=d", ["a=b;c=d"]),
            ("/?a=%C3%A9", ["a=é"]), ("/?a=b&a=c", ["a=b", "a=c"]), ("/?a=/?", ["a=/?"]),
            ("/?a=\\", ["a=\\"]),
        ]
        for (text, pairs) in table {
            #expect(try Self.target(text).query.map { "\($0.name)=\($0.value)" } == pairs, "\(text)")
        }
    }

    @Test func `pairs are found by name, the first one first`() throws {
        let target = try Self.target("/x?limit=20&cursor=&limit=30&%6Came=1")
        #expect(target.queryValue("limit") == "20")
        #expect(target.queryValues("limit") == ["20", "30"])
        #expect(target.queryValue("cursor") == "")
        #expect(target.queryValue("lame") == "1")
        #expect(target.queryValue("lim") == nil)
        #expect(target.queryCount == 4)
        #expect(try Self.target("/?a=b=c").queryValue("a") == "b=c")
    }

    @Test func `segments can be compared and lent without a string`() throws {
        let target = try Self.target("/users/caf%C3%A9?x=1")
        #expect(target.segment(0, equals: "users") && !target.segment(0, equals: "user"))
        #expect(!target.segment(0, equals: "usera"))
        #expect(target.segment(1) == "café")
        #expect(target.withSegment(1) { $0.count } == 5)
        #expect(target.rawPath == "/users/caf%C3%A9")
    }

    @Test func `the raw path is what was sent`() throws {
        for (text, raw) in [("/", "/"), ("", "/"), ("/a%2fb/?c", "/a%2fb/"), ("?x", "/"), ("*", "*")] {
            #expect(try Self.target(text).rawPath == raw)
        }
        #expect(try Self.target("*").isAsterisk)
    }

    @Test func `a target with two readings is refused`() {
        let table: [(String, ParseError)] = [
            ("a", .invalidTarget), ("**", .invalidTarget), ("//", .emptySegment), ("/a//b", .emptySegment),
            ("/a//", .emptySegment), ("//a", .emptySegment), ("/.", .dotSegment), ("/..", .dotSegment),
            ("/../", .dotSegment), ("/a/./b", .dotSegment), ("/%2e", .dotSegment), ("/%2E%2e/a", .dotSegment),
            ("/a%", .invalidPercentEncoding), ("/a%1", .invalidPercentEncoding),
            ("/a%1/2", .invalidPercentEncoding),
            ("/a%g1", .invalidPercentEncoding), ("/a%1g", .invalidPercentEncoding),
            ("/a%%41", .invalidPercentEncoding),
            ("/?a=%", .invalidPercentEncoding), ("/?%4=a", .invalidPercentEncoding),
            ("/?a=%4&5", .invalidPercentEncoding),
            ("/%00", .percentEncodedNUL), ("/?%00", .percentEncodedNUL), ("/%ff", .invalidUTF8),
            ("/%c0%80", .invalidUTF8),
            ("/%ed%bf%bf", .invalidUTF8), ("/%f4%90%80%80", .invalidUTF8), ("/?a=%80", .invalidUTF8),
            ("/\\", .invalidTargetByte), ("/a b", .invalidTargetByte), ("/\u{E9}", .invalidTargetByte),
            ("/\0", .invalidTargetByte), ("/?a=\u{E9}", .invalidTargetByte), ("/?a b", .invalidTargetByte),
            ("/a#b", .fragmentInTarget), ("/?a#b", .fragmentInTarget),
        ]
        for (text, error) in table {
            #expect(throws: error, "\(text)") { try Self.target(text) }
        }
    }

    @Test func `a target of a head is read in whatever form it came`() throws {
        for (line, path) in [
            ("GET /a/b?c HTTP/1.1", ["a", "b"]), ("GET http://h/a HTTP/1.1", ["a"]),
            ("GET http://h?a HTTP/1.1", []),
        ] {
            #expect(try RequestTarget(head("\(line)\r\nHost: h\r\n\r\n")).segments == path)
        }
        #expect(try RequestTarget(head("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")).isAsterisk)
        #expect(throws: ParseError.invalidTarget) {
            try RequestTarget(head("CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n"))
        }
    }

    @Test func `query pairs are bounded`() throws {
        let most = RequestTarget.maximumQueryPairs
        #expect(try Self.target("/?" + String(repeating: "a&", count: most)).queryCount == most)
        #expect(throws: ParseError.tooManyPairs) {
            try Self.target("/?" + String(repeating: "a&", count: most + 1))
        }
    }
}
