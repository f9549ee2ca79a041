// The libcurl client sends what a test wrote, keeps its connection, and reports what came.

import Foundation
import Synchronization
import TestKit
import Testing
import Threads

@Suite struct HTTPClientTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\nhi"

    @Test func `a reply has its status, its headers in order and its body`() async throws {
        let server = try CannedServer([.init(replies: [Self.ok])])
        let reply = try await HTTPClient(port: server.port).get("/x")
        #expect(reply.status == 200)
        #expect(reply.headers.fields.map(\.name) == ["Content-Length", "X-A", "x-a"])
        #expect(reply.headers.all("X-a") == ["1", "2"])
        #expect(reply.text == "hi")
    }

    @Test(arguments: ["/a/../b//c?x=%zz&y={}", "/a%2Fb", "*", "/a?b?c#d", "/\u{e9}"])
    func `the target goes out byte for byte`(target: String) async throws {
        let server = try CannedServer([.init(replies: [Self.ok])])
        try await HTTPClient(port: server.port).get(target)
        #expect(server.requests.first?.hasPrefix("GET \(target) HTTP/1.1\r\n") == true, "\(server.requests)")
    }

    @Test func `nothing is sent that the test did not write`() async throws {
        let server = try CannedServer([.init(replies: [Self.ok])])
        let bytes = Array("{}".utf8)
        try await HTTPClient(port: server.port).send(
            HTTPRequest("POST", "/p", headers: ["B": "", "C": "d"], body: .bytes(bytes))
        )
        #expect(
            server.requests == [
                "POST /p HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nB:\r\nC: d\r\nContent-Length: 2\r\n\r\n{}"
            ]
        )
    }

    @Test(arguments: [("POST", true), ("PUT", true), ("GET", false), ("DELETE", false), ("OPTIONS", false)])
    func `only POST and PUT say that their body is empty`(method: String, saysLength: Bool) async throws {
        let server = try CannedServer([.init(replies: [Self.ok])])
        try await HTTPClient(port: server.port).send(HTTPRequest(method, "/"))
        #expect(server.requests.first?.contains("Content-Length: 0") == saysLength, "\(server.requests)")
    }

    @Test(arguments: ["GET", "DELETE", "PUT", "PATCH"])
    func `every method may carry a body`(method: String) async throws {
        let server = try CannedServer([.init(replies: [Self.ok])])
        try await HTTPClient(port: server.port).send(HTTPRequest(method, "/", json: ["a": 1]))
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("\(method) / "))
        #expect(request.hasSuffix("Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}"))
    }

    @Test func `a chunked body goes out in chunks`() async throws {
        let server = try CannedServer([.init(replies: [Self.ok])])
        let bytes = [UInt8](repeating: 0x61, count: 5)
        try await HTTPClient(port: server.port).send(
            HTTPRequest("POST", "/", body: .chunked(bytes, chunkBytes: 2))
        )
        let request = try #require(server.requests.first)
        #expect(request.contains("Transfer-Encoding: chunked"))
        #expect(request.hasSuffix("\r\n\r\n2\r\naa\r\n2\r\naa\r\n1\r\na\r\n0\r\n\r\n"), "\(request)")
    }

    @Test func `a HEAD reply has a length and no body`() async throws {
        let server = try CannedServer([.init(replies: ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"])])
        let reply = try await HTTPClient(port: server.port).send(HTTPRequest("HEAD", "/"))
        #expect(reply.headers["content-length"] == "9")
        #expect(reply.body.isEmpty)
    }

    @Test func `the connection is kept from call to call`() async throws {
        let server = try CannedServer([.init(replies: [Self.ok, Self.ok, Self.ok])])
        let client = HTTPClient(port: server.port)
        var connections: [Int] = []
        for _ in 0..<3 { connections.append(try await client.get("/").newConnections) }
        #expect(connections == [1, 0, 0])
    }

    @Test func `interim replies are counted apart`() async throws {
        let server = try CannedServer([.init(replies: ["HTTP/1.1 100 Continue\r\n\r\n" + Self.ok])])
        let reply = try await HTTPClient(port: server.port).get("/")
        #expect(reply.interimStatuses == [100])
        #expect(reply.status == 200)
    }

    @Test(arguments: [
        ("", 52), ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi", 18),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi", 18),
    ])
    func `a reply that is not whole is an error`(text: String, code: Int) async throws {
        let server = try CannedServer([.init(replies: [text])])
        await #expect {
            try await HTTPClient(port: server.port).get("/")
        } throws: { error in
            (error as? HTTPClient.TransferError)?.code == code
        }
    }

    @Test func `a silent server runs into the time-out`() async throws {
        let server = try CannedServer([.init(replies: [""], staysOpen: true)])
        await #expect {
            try await HTTPClient(port: server.port).send(HTTPRequest("GET", "/", timeoutSeconds: 0.2))
        } throws: { error in
            (error as? HTTPClient.TransferError)?.code == 28
        }
    }

    @Test func `every reply passes the audits`() async throws {
        final class Recorder: ResponseAudit {
            let lines = Guarded<[String]>([])
            func inspect(_ exchange: ObservedExchange) {
                let line =
                    "\(exchange.request.method) \(exchange.path) \(exchange.reply.status) \(exchange.reply.text)"
                lines.withLock { $0.append(line) }
            }
        }
        let recorder = Recorder()
        ResponseAudits.install(recorder)
        let server = try CannedServer([.init(replies: [Self.ok])])
        try await HTTPClient(port: server.port).get("/audited/once?x=1")
        #expect(recorder.lines.withLock { $0 }.contains("GET /audited/once 200 hi"))
    }

    @Test func `the route log has one line an exchange`() async throws {
        let folder = try TemporaryFolder()
        let log = try #require(RouteLog(path: folder.path + "/routes"))
        let reply = HTTPReply(status: 404, headers: [:], body: [])
        log.inspect(ObservedExchange(request: HTTPRequest("GET", "/a?b=c"), reply: reply))
        log.inspect(ObservedExchange(request: HTTPRequest("POST", "/a"), reply: reply))
        #expect(
            try String(contentsOfFile: folder.path + "/routes", encoding: .utf8)
                == "GET /a 404\nPOST /a 404\n"
        )
    }
}

@Suite struct ParallelTests {
    @Test func `sixty-four clients run at the same time and report by index`() async throws {
        let arrived = Meeting(count: 64)
        let results = try await onOwnThread {
            try parallel(clients: 64) { index in
                arrived.arriveAndWait()
                return index
            }
        }
        #expect(results == Array(0..<64))
    }

    @Test func `the first error by index is thrown after all have ended`() async throws {
        struct Wrong: Error, Equatable { let index: Int }
        let ended = Atomic<Int>(0)
        await #expect(throws: Wrong(index: 3)) {
            try await onOwnThread {
                _ = try parallel(clients: 8) { index in
                    ended.add(1, ordering: .relaxed)
                    if index >= 3 { throw Wrong(index: index) }
                }
            }
        }
        #expect(ended.load(ordering: .relaxed) == 8)
    }

    /// Nobody leaves before all have come: passes only when all run at the same time.
    private final class Meeting: Sendable {
        private let condition = NSCondition()
        private let missing: Guarded<Int>

        init(count: Int) { missing = Guarded(count) }

        func arriveAndWait() {
            condition.lock()
            missing.withLock { $0 -= 1 }
            condition.broadcast()
            while missing.withLock({ $0 }) > 0 { condition.wait() }
            condition.unlock()
        }
    }
}
