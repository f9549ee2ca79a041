// Text of requests never breaks the log: one request, one line of JSON.

import Foundation
import TestKit
import Testing

@Suite struct HostileLogTests {
    @Test func `Bytes that are no head get a name of their own, and a line that claims nothing of them`()
        async throws
    {
        let server = try await TestServer.start()
        let before = server.logEntries().count
        let names = try await onOwnThread {
            try [
                "GARBAGE\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            ].map {
                let client = try HostileClient(server)
                try client.socket.send($0)
                return try client.socket.readResponse().headers["X-Request-Id"] ?? ""
            }
        }
        #expect(Set(names).count == 2 && !names.contains("-") && !names.contains(""))
        try await server.stop()
        let entries = server.logEntries().dropFirst(before)
        for name in names {
            let entry = try #require(entries.first { $0["request"]?.string == name })
            #expect(entry["method"]?.string == "-")
            #expect(entry["path"]?.string == "")
        }
    }

    @Test func `Paths, agents and request ids made to break a log make one sound line each`() async throws {
        let hostile = try await HostileServer()
        let server = hostile.server
        let before = server.logEntries().count
        let targets = [
            #"/a"b"#, #"/{"status":200}"#, "/a%0d%0a%7B%22time%22:1%7D", "/%1b%5B31mred",
            "/%22,%22status%22:200",
            "/a%E2%80%A8b", "/a%C2%85b", "/%E2%80%AEevil", "/'%3Cscript%3E", "/x?token=%0A%0Asecret",
        ]
        let fields = [
            "User-Agent: a\"},{\"b\":\"\\", "X-Request-Id: a\"b", "X-Request-Id: a\\", "X-Request-Id: a b",
            "X-Request-Id: " + String(repeating: "a", count: 200), "X-Request-Id: caf\u{E9}",
            "X-Request-Id: fine-1",
            "X-Forwarded-For: \"},{", "Referer: \u{1B}[2J", "X-Request-Id: a\u{1B}[2J",
            "X-Request-Id: a\u{7F}",
        ]
        let requests =
            targets.map { "GET \($0) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" }
            + fields.map { "GET /healthz HTTP/1.1\r\nHost: a\r\n\($0)\r\nConnection: close\r\n\r\n" }
        let ids = try await onOwnThread {
            try requests.map { request in
                let client = try HostileClient(server)
                try client.socket.send(request)
                let response = try client.socket.readResponse()
                return response.headers["X-Request-Id"] ?? ""
            }
        }
        for id in ids {
            #expect((1...128).contains(id.utf8.count), "\(id)")
            #expect(id.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }, "\(id)")
        }
        #expect(ids.contains("fine-1"))
        try await hostile.endUnharmed()
        // Lines on requests; those on events of the server itself name their event.
        let entries = server.logEntries().dropFirst(before).filter { $0["event"] == nil }
        // The health check at the end is one more.
        #expect(entries.count == requests.count + 1)
        for entry in entries {
            let keys = Set((entry.members ?? []).map(\.name))
            #expect(
                keys.isSubset(of: [
                    "time", "request", "peer", "method", "path", "route", "status", "microseconds", "bytes",
                ])
            )
            #expect(entry["peer"]?.string == "127.0.0.1")
        }
        #expect(!server.log().contains("secret"), "A query is in the log.")
    }
}
