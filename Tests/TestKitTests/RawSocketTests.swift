// The raw client splits, pipelines and waits as told, and its response parser refuses what has two readings.

import TestKit
import Testing

@Suite struct RawResponseTests {
    private func parse(_ text: String, method: String = "GET", isClosed: Bool = false) throws -> RawResponse?
    {
        switch try RawResponse.parse(Array(text.utf8), method: method, isClosed: isClosed) {
        case .whole(let response, _): response
        case .needsMore: nil
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi"),
        ("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", ""),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nA;x\r\n0123456789\r\n0\r\n\r\n",
            "hi0123456789"
        ),
        ("HTTP/1.1 204 No Content\r\n\r\n", ""), ("HTTP/1.0 304 Not Modified\r\nA: b\r\n\r\n", ""),
    ])
    func `a whole response is whole at its last byte and not before`(text: String, body: String) throws {
        #expect(try parse(text)?.text == body)
        for length in 0..<text.utf8.count {
            #expect(
                try parse(String(decoding: text.utf8.prefix(length), as: UTF8.self)) == nil,
                "after \(length) bytes"
            )
        }
    }

    @Test func `a response without length ends with the connection`() throws {
        let text = "HTTP/1.1 200 OK\r\n\r\nhi"
        #expect(try parse(text) == nil)
        #expect(try parse(text, isClosed: true)?.text == "hi")
    }

    @Test func `no body follows a HEAD`() throws {
        #expect(try parse("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", method: "HEAD")?.text == "")
    }

    @Test(arguments: [
        "HTTP/1.1 200\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nxx\r\n",
        "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n",
    ])
    func `a response with two readings is refused`(text: String) {
        #expect(throws: RawSocket.Failure.self) { try parse(text) }
    }
}

@Suite struct RawSocketTests {
    private static let one = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
    private static let two = "HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\n2"

    @Test func `pipelined responses are read one by one`() async throws {
        let server = try CannedServer([.init(replies: [Self.one + Self.two])])
        let port = server.port
        let statuses = try await onOwnThread {
            var socket = try RawSocket(port: port)
            try socket.send("GET / HTTP/1.1\r\n\r\n")
            return [try socket.readResponse().status, try socket.readResponse().status]
        }
        #expect(statuses == [200, 404])
    }

    @Test func `bytes sent one by one arrive as one request`() async throws {
        let server = try CannedServer([.init(replies: [Self.one])])
        let port = server.port
        let request = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
        try await onOwnThread {
            var socket = try RawSocket(port: port)
            try socket.sendByteByByte(request)
            _ = try socket.readResponse()
        }
        #expect(server.requests == [request])
    }

    @Test func `the end of the connection is seen`() async throws {
        let server = try CannedServer([.init(replies: [Self.one])])
        let port = server.port
        try await onOwnThread {
            var socket = try RawSocket(port: port)
            try socket.send("GET / HTTP/1.1\r\n\r\n")
            let first = try socket.read(exactly: 12)
            #expect(String(decoding: first, as: UTF8.self) == "HTTP/1.1 200")
            let rest = try socket.readUntilClose()
            #expect(String(decoding: first + rest, as: UTF8.self) == Self.one)
            #expect(try socket.isClosed(withinSeconds: 5))
        }
    }

    @Test func `a silent peer is not closed, and a read from it has a deadline`() async throws {
        let server = try CannedServer([.init(replies: [""], staysOpen: true)])
        let port = server.port
        try await onOwnThread {
            var socket = try RawSocket(port: port, timeoutSeconds: 0.1)
            try socket.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try !socket.isClosed(withinSeconds: 0.1))
            do {
                _ = try socket.read(exactly: 1)
                Issue.record("a byte from nowhere")
            } catch is DeadlinePassed {}
        }
    }

    @Test func `bytes instead of a close are an error`() async throws {
        let server = try CannedServer([.init(replies: [Self.one], staysOpen: true)])
        let port = server.port
        await #expect(throws: RawSocket.Failure.self) {
            try await onOwnThread {
                var socket = try RawSocket(port: port)
                try socket.send("GET / HTTP/1.1\r\n\r\n")
                _ = try socket.isClosed(withinSeconds: 5)
            }
        }
    }

    @Test func `a response cut short is an error`() async throws {
        let server = try CannedServer([.init(replies: [String(Self.one.dropLast())])])
        let port = server.port
        await #expect(throws: RawSocket.Failure.self) {
            try await onOwnThread {
                var socket = try RawSocket(port: port)
                try socket.send("GET / HTTP/1.1\r\n\r\n")
                _ = try socket.readResponse()
            }
        }
    }
}
