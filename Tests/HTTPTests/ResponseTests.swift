// Response bytes: order, lengths, HEAD, bodyless statuses, and values that try to break out of their line.

import HTTP
import Testing

@Suite struct ResponseTests {
    static let date = HTTPDate(secondsSince1970: 784_111_777)
    static let dateLine = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    static func text(_ response: Response, for method: Method = .get, keepsAlive: Bool = true) -> String {
        var output: [UInt8] = []
        response.serialize(into: &output, for: method, keepsAlive: keepsAlive, date: date)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `a response is its status line, its fields in order, an empty line and its body`() {
        let response = Response(
            .ok,
            contentType: "application/json",
            fields: [.line("Cache-Control: no-store\r\n"), .text("ETag", "\"a\""), .number("X-Count", -7)],
            body: .bytes(latin1("{}"))
        )
        #expect(
            Self.text(response)
                == "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                + Self.dateLine
                + "Cache-Control: no-store\r\nETag: \"a\"\r\nX-Count: -7\r\n\r\n{}"
        )
    }

    @Test func `what every response says comes behind its own fields`() {
        var response = Response(.ok, fields: [.line("A: b\r\n")])
        response.constantLines = "C: d\r\nE: f\r\n"
        response.requestID = "one\r\ntwo"
        #expect(
            Self.text(response) == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + Self.dateLine
                + "A: b\r\nC: d\r\nE: f\r\nX-Request-Id: one  two\r\n\r\n"
        )
    }

    @Test func `a response without a body says so`() {
        #expect(
            Self.text(Response(.notFound)) == "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n"
                + Self.dateLine + "\r\n"
        )
    }

    @Test func `HEAD gets the head of GET and no body`() {
        let response = Response(.ok, body: .bytes(latin1("hello")))
        #expect(Self.text(response, for: .get) == Self.text(response, for: .head) + "hello")
    }

    @Test(arguments: [100, 101, 204, 304]) func `a status that forbids a body has neither length nor body`(
        code: Int
    ) throws {
        let status = try #require(Status(rawValue: code))
        let text = Self.text(Response(status, body: .bytes(latin1("hello"))))
        #expect(!text.contains("Content-Length") && text.hasSuffix("GMT\r\n\r\n"))
    }

    @Test func `the last response on a connection says close, an interim one never`() {
        #expect(Self.text(Response(.ok), keepsAlive: false).contains("\r\nConnection: close\r\n"))
        #expect(!Self.text(Response(.ok), keepsAlive: true).contains("Connection"))
        #expect(!Self.text(Response(.switchingProtocols), keepsAlive: false).contains("Connection"))
    }

    @Test func `a computed value cannot leave its line`() {
        let text = Self.text(Response(.ok, fields: [.text("Location", "/a\r\nSet-Cookie: b\n\0\u{7F}\tc é")]))
        #expect(text.contains("\r\nLocation: /a  Set-Cookie: b   \tc é\r\n\r\n"))
    }

    @Test func `responses follow each other in one buffer`() {
        var output: [UInt8] = latin1("before")
        for _ in 0..<100 {
            Response(.ok, body: .bytes([65])).serialize(
                into: &output,
                for: .get,
                keepsAlive: true,
                date: Self.date
            )
        }
        let one = Self.text(Response(.ok, body: .bytes([65])))
        #expect(String(decoding: output, as: UTF8.self) == "before" + String(repeating: one, count: 100))
    }

    @Test func `large fields and bodies fit`() {
        let long = String(repeating: "é", count: 70_000)
        let response = Response(
            .ok,
            fields: [.text("X-A", long)],
            body: .bytes([UInt8](repeating: 66, count: 100_000))
        )
        let text = Self.text(response, keepsAlive: false)
        #expect(text.contains("X-A: \(long)\r\n\r\nBBB") && text.contains("Content-Length: 100000\r\n"))
    }

    @Test func `every named status has a reason and every refusal a status and a sentence`() {
        for error in ParseError.allCases {
            #expect(!error.status.reasonPhrase.isEmpty, "\(error)")
            #expect(
                error.explanation.hasSuffix(".") && error.explanation != "The request is malformed.",
                "\(error)"
            )
            #expect((400...599).contains(error.status.code), "\(error)")
        }
        #expect(Set(ParseError.allCases.map(\.explanation)).count == ParseError.allCases.count)
        #expect(Status(rawValue: 99) == nil && Status(rawValue: 600) == nil)
        #expect(Status(rawValue: 418)?.reasonPhrase == "")
        #expect(Status.ok.description == "200 OK" && Status.ok == Status(rawValue: 200))
    }
}

@Suite struct HTTPDateTests {
    @Test func `seconds become the date of the calendar`() {
        let table: [(Int, String)] = [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (1_767_225_599, "Wed, 31 Dec 2025 23:59:59 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (-1, "Thu, 01 Jan 1970 00:00:00 GMT"), (Int.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ]
        for (seconds, text) in table { #expect(HTTPDate(secondsSince1970: seconds).text == text) }
    }

    @Test func `days follow each other without a gap over two centuries`() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        var (year, month, day) = (1970, 1, 1)
        for count in 0..<80_000 {
            let dayText = day < 10 ? "0\(day)" : "\(day)"
            let expected = "\(weekdays[count % 7]), \(dayText) \(months[month - 1]) \(year) 00:00:00 GMT"
            guard HTTPDate(secondsSince1970: count * 86_400).text == expected else {
                Issue.record("\(expected) is day \(count)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
    }
}

extension ResponseTests {
    @Test func `a stream comes in chunks, and without for a client that doesn't know them`() {
        let response = Response(.ok, body: .stream)
        #expect(
            Self.text(response) == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + Self.dateLine
                + "\r\n"
        )
        var output: [UInt8] = []
        response.serialize(into: &output, for: .get, keepsAlive: false, takesChunks: false, date: Self.date)
        #expect(
            String(decoding: output, as: UTF8.self) == "HTTP/1.1 200 OK\r\n" + Self.dateLine
                + "Connection: close\r\n\r\n"
        )
    }

    @Test func `what is put into chunks comes out of them again`() throws {
        let pieces = [[1], Array(repeating: 2, count: 16), Array(repeating: 3, count: 70_000)] as [[UInt8]]
        var bytes: [UInt8] = []
        for piece in pieces {
            bytes += ChunkedEncoder.head(of: piece.count) + piece + latin1(ChunkedEncoder.tail.description)
        }
        bytes += latin1(ChunkedEncoder.end.description)
        var decoder = ChunkedDecoder()
        var body: [UInt8] = []
        let progress = try decoder.decode(bytes.span, into: &body, limit: 100_000)
        #expect(body == pieces.flatMap(\.self) && progress.isComplete && progress.consumed == bytes.count)
    }
}
