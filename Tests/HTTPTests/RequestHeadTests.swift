// The values of a parsed head: fields, authority, persistence, expectations, upgrades.

import HTTP
import Testing

@Suite struct RequestHeadTests {
    @Test func `the bytes of a value are the first one's, without blanks`() throws {
        let head = try head("GET / HTTP/1.1\r\nHost: h\r\nA: \t one two \r\na: three\r\nB:\r\n\r\n")
        #expect(head.valueBytes("a").map { String(decoding: $0, as: UTF8.self) } == "one two")
        #expect(head.valueBytes("b")?.isEmpty == true)
        #expect(head.valueBytes("c") == nil)
    }

    @Test func `fields keep order, repeats and spelling, without the blanks around values`() throws {
        let head = try head("GET /a HTTP/1.1\r\nHost: h\r\nX-B:  1 \t\r\nx-a:\r\nX-b:2 3\r\n\r\n")
        #expect(head.fields.map(\.name) == ["Host", "X-B", "x-a", "X-b"])
        #expect(head.fields.map(\.value) == ["h", "1", "", "2 3"])
        #expect(head.fieldCount == 4)
        #expect(head.firstValue("x-b") == "1")
        #expect(head.values("x-b") == ["1", "2 3"])
        #expect(head.firstValue("x-a") == "")
        #expect(head.firstValue("x") == nil)
        #expect(head.values("x-") == [])
        #expect(head.hasField("x-a") && !head.hasField("a"))
    }

    @Test func `value bytes are lent as they came`() throws {
        let head = try head("GET / HTTP/1.1\r\nHost: h\r\nX-A: caf\u{E9}\r\n\r\n")
        #expect(head.withValue("x-a") { $0.count } == 4)
        #expect(head.withValue("x-a") { $0[3] } == 0xE9)
        #expect(head.withValue("x-b") { $0.count } == nil)
        #expect(head.firstValue("x-a") == "caf\u{FFFD}")
        #expect(head.withTargetBytes { $0.count } == 1)
    }

    @Test func `a lookup finds a token in a list whatever its place and case`() throws {
        let head = try head(
            "GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br,\t GZip , ,x\r\nAccept-Encoding: zstd\r\n\r\n"
        )
        let table: [(StaticString, StaticString, Bool)] = [
            ("accept-encoding", "br", true), ("accept-encoding", "gzip", true),
            ("accept-encoding", "x", true),
            ("accept-encoding", "zstd", true), ("accept-encoding", "gzi", false),
            ("accept-encoding", "zip", false),
            ("accept", "br", false),
        ]
        for (name, token, found) in table {
            #expect(head.listContains(name, token) == found, "\(name) \(token)")
        }
    }

    @Test
    func `a connection is kept alive unless some token of Connection is close or the version is 1 point 0`()
        throws
    {
        let table: [(String, String, Bool)] = [
            ("1.1", "", true), ("1.1", "Connection: keep-alive\r\n", true),
            ("1.1", "Connection: close\r\n", false),
            ("1.1", "Connection: CLOSE\r\n", false), ("1.1", "Connection: foo, close\r\n", false),
            ("1.1", "Connection: close,foo\r\n", false), ("1.1", "Connection: a ,\tClose\t, b\r\n", false),
            ("1.1", "Connection: keep-alive\r\nConnection: x\r\nConnection: close\r\n", false),
            ("1.1", "Connection: closed\r\n", true), ("1.1", "Connection: not-close, xclose\r\n", true),
            ("1.1", "X-Connection: close\r\n", true), ("1.1", "Connection: \r\n", true),
            ("1.0", "", false), ("1.0", "Connection: keep-alive\r\n", false),
        ]
        for (version, fields, keepsAlive) in table {
            let head = try head("GET / HTTP/\(version)\r\nHost: h\r\n\(fields)\r\n")
            #expect(head.keepsAlive == keepsAlive, "\(version) \(fields)")
        }
    }

    @Test func `the authority is the target's if it has one, else Host`() throws {
        let table: [(String, String, String, String, Int?)] = [
            ("GET / HTTP/1.1", "Host: a.example\r\n", "a.example", "a.example", nil),
            ("GET / HTTP/1.1", "Host: A_b.example:8080\r\n", "A_b.example:8080", "A_b.example", 8080),
            ("GET / HTTP/1.1", "Host: [::1]:1\r\n", "[::1]:1", "[::1]", 1),
            (
                "GET / HTTP/1.1", "Host: [2001:DB8:1:2:3:4:5:6]\r\n", "[2001:DB8:1:2:3:4:5:6]",
                "[2001:DB8:1:2:3:4:5:6]", nil
            ),
            ("GET http://b.example:81/x HTTP/1.1", "Host: a.example\r\n", "b.example:81", "b.example", 81),
            ("GET https://b.example HTTP/1.1", "Host: a.example:9\r\n", "b.example", "b.example", nil),
            ("CONNECT c.example:443 HTTP/1.1", "Host: a.example\r\n", "c.example:443", "c.example", 443),
            ("GET / HTTP/1.0", "", "", "", nil),
        ]
        for (line, fields, authority, host, port) in table {
            let head = try head("\(line)\r\n\(fields)\r\n")
            #expect(
                head.authority == authority && head.host == host && head.port == port,
                "\(line) \(fields)"
            )
        }
    }

    @Test func `path and query are what follows the authority`() throws {
        let table: [(String, TargetForm, String)] = [
            ("GET /a/b?c=d HTTP/1.1", .origin, "/a/b?c=d"), ("GET http://h/a?b HTTP/1.1", .absolute, "/a?b"),
            ("GET http://h?b HTTP/1.1", .absolute, "?b"), ("GET http://h HTTP/1.1", .absolute, ""),
            ("OPTIONS * HTTP/1.1", .asterisk, ""), ("OPTIONS http://h HTTP/1.1", .asterisk, ""),
            ("OPTIONS http://h/ HTTP/1.1", .absolute, "/"), ("CONNECT h:1 HTTP/1.1", .authority, ""),
        ]
        for (line, form, expected) in table {
            let head = try head("\(line)\r\nHost: h\r\n\r\n")
            #expect(head.targetForm == form, "\(line)")
            #expect(head.withPathAndQueryBytes(text) == expected, "\(line)")
        }
    }

    @Test func `only a 1 point 1 request with a body to come expects 100 Continue`() throws {
        let table: [(String, String, Bool)] = [
            ("1.1", "Expect: 100-continue\r\nContent-Length: 1\r\n", true),
            ("1.1", "Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n", true),
            ("1.1", "Expect: 100-continue\r\nContent-Length: 0\r\n", false),
            ("1.1", "Expect: 100-continue\r\n", false), ("1.1", "Content-Length: 1\r\n", false),
            ("1.0", "Expect: 100-continue\r\nContent-Length: 1\r\n", false),
        ]
        for (version, fields, expected) in table {
            let head = try head("POST / HTTP/\(version)\r\nHost: h\r\n\(fields)\r\n")
            #expect(head.expectsContinue == expected, "\(version) \(fields)")
        }
    }

    @Test func `an upgrade counts only when Connection names it`() throws {
        let table: [(String, String, String?)] = [
            ("1.1", "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n", "websocket"),
            ("1.1", "Upgrade: websocket\r\n", nil), ("1.1", "Connection: upgrade\r\n", nil),
            ("1.0", "Connection: upgrade\r\nUpgrade: websocket\r\n", nil),
        ]
        for (version, fields, expected) in table {
            #expect(
                try head("GET / HTTP/\(version)\r\nHost: h\r\n\(fields)\r\n").upgrade == expected,
                "\(fields)"
            )
        }
    }

    @Test(arguments: Method.allCases) func `every known method is parsed`(method: Method) throws {
        let target = method == .connect ? "h:1" : "/"
        let head = try head("\(method.text) \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(head.method == method)
        #expect(Method(method.text) == method)
    }

    @Test func `a content length is what its digits say`() throws {
        for (digits, length) in [
            ("0", 0), ("7", 7), ("123456789", 123_456_789), ("999999999999999999", 999_999_999_999_999_999),
        ] {
            let head = try head("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(digits)\r\n\r\n")
            #expect(head.framing == .length(length))
        }
        #expect(throws: ParseError.invalidContentLength) {
            try HTTPTests.head("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000000000000\r\n\r\n")
        }
    }

    @Test func `a head survives the buffer it was parsed from`() throws {
        var bytes = latin1("GET /a HTTP/1.1\r\nHost: h\r\nX-A: b\r\n\r\n")
        var parser = RequestParser()
        guard case .head(let head, _) = try parser.parseHead(bytes.span) else { throw Incomplete() }
        for index in bytes.indices { bytes[index] = 0 }
        #expect(head.target == "/a" && head.firstValue("x-a") == "b")
    }
}
