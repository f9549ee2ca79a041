// Hostile requests over real sockets: the recorded ones, the accepted ones, and those of a third party.

import Foundation
import TestKit
import Testing

/// A request of Fixtures/http: `raw` has one code point U+0000...U+00FF a byte, `status` is a number or "close".
private struct RecordedRequest: Decodable, Sendable {
    let name: String
    let raw: [UInt8]
    let status: Int?

    enum CodingKeys: String, CodingKey { case name, raw, status }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        raw = latin1(try values.decode(String.self, forKey: .raw))
        status = try? values.decode(Int.self, forKey: .status)
    }

    static func all(in file: String) throws -> [RecordedRequest] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(Project.fixtures)/http/\(file)"))
        return try JSONDecoder().decode([RecordedRequest].self, from: data)
    }
}

/// A third party's request with the outcomes that its authors accept, as in "400 or close".
private struct ProbeRequest: Decodable, Sendable {
    let id: String
    let expected: String
    let raw: String?

    private struct File: Decodable { let cases: [ProbeRequest] }

    static let all: [ProbeRequest] = {
        let file = URL(fileURLWithPath: "\(Project.folder)/../shared/corpora/http11probe.json")
        return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(File.self, from: $0).cases }
            ?? []
    }()
}

private func latin1(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// The reply to some bytes.
private struct Outcome {
    var statuses: [Int] = []
    var isClosed = false

    /// Sends everything, says that nothing follows, and reads to the end.
    static func of(_ bytes: [UInt8], to server: TestServer, method: String = "GET") throws -> Outcome {
        let client = try HostileClient(server)
        // A server that refuses early may have closed before the last byte is sent.
        do { try client.socket.send(bytes) } catch is RawSocket.Failure {}
        client.socket.shutDownWriting()
        var outcome = Outcome()
        while let status = try client.status(to: method) {
            if status != 100 { outcome.statuses.append(status) }
        }
        outcome.isClosed = true
        return outcome
    }
}

@Suite struct HostileRequestTests {
    @Test func `Each recorded hostile request is refused as its file says, and the connection ends`()
        async throws
    {
        let hostile = try await HostileServer(flags: ["--demo"])
        let requests = try RecordedRequest.all(in: "hostile-requests.json")
        try await onOwnThread {
            for request in requests {
                let outcome = try Outcome.of(request.raw, to: hostile.server)
                #expect(outcome.statuses == [request.status].compactMap(\.self), "\(request.name)")
            }
        }
        try await hostile.endUnharmed()
    }

    @Test func `Each recorded sound request is understood`() async throws {
        let hostile = try await HostileServer(flags: ["--demo"])
        let requests = try RecordedRequest.all(in: "accepted-requests.json")
        try await onOwnThread {
            for request in requests {
                let isHead = request.raw.starts(with: Array("HEAD ".utf8))
                let outcome = try Outcome.of(request.raw, to: hostile.server, method: isHead ? "HEAD" : "GET")
                // Understood: found, not found, or found wanting by the route; never refused as a message. A token
                // request without credentials is a 400 of the route's, and the gateway at the root wants an upgrade.
                let isToken = String(decoding: request.raw, as: UTF8.self).contains("/token ")
                let understood: Set<Int> = isToken ? [200, 204, 400, 404, 405] : [200, 204, 404, 405, 426]
                #expect(!outcome.statuses.isEmpty, "\(request.name)")
                #expect(
                    outcome.statuses.allSatisfy(understood.contains),
                    "\(request.name): \(outcome.statuses)"
                )
            }
        }
        try await hostile.endUnharmed()
    }

    /// The corpus has `?` where the probe sent bytes beyond ASCII, which makes these sound requests.
    private static let damagedInCorpus: Set<String> = ["MAL-NON-ASCII-URL", "MAL-URL-OVERLONG-UTF8"]

    /// Sound messages whose answer is the server's to give: what this one answers.
    private static let decidedHere: [String: [Int]] = [
        // No route upgrades, so the request is answered as if it hadn't asked.
        "COMP-UPGRADE-POST": [200], "COMP-UPGRADE-MISSING-CONN": [200], "COMP-UPGRADE-UNKNOWN": [200],
        "COMP-UPGRADE-INVALID-VER": [200],
        "COMP-METHOD-CONNECT": [400], "COMP-METHOD-TRACE": [405], "COMP-TRACE-WITH-BODY": [405],
        // No route serves ranges.
        "MAL-RANGE-OVERLAPPING": [200],
        // Refused for its announced length before a byte of it.
        "MAL-POST-CL-HUGE-NO-BODY": [413],
    ]

    /// The probe aimed at routes that answer 200 to any body, since nothing is served at `/`.
    private static func aimed(_ raw: String, atUser path: String, token: String) -> String {
        for method in ["GET", "HEAD", "OPTIONS", "TRACE"] where raw.hasPrefix("\(method) / ") {
            return method + " /healthz" + raw.dropFirst(method.utf8.count + 2)
        }
        guard raw.hasPrefix("POST / HTTP/1."), let end = raw.range(of: "\r\n") else { return raw }
        return "POST \(path)/activate " + raw[..<end.upperBound].dropFirst("POST / ".count)
            + "Authorization: Bearer \(token)\r\n" + raw[end.upperBound...]
    }

    private static func accepts(_ probe: ProbeRequest, _ outcome: Outcome) -> Bool {
        if let decided = decidedHere[probe.id] { return outcome.statuses == decided }
        guard let status = outcome.statuses.first else {
            return probe.expected.contains("close") || probe.expected.contains("timeout")
        }
        let isSound = probe.expected.contains("2xx") || probe.expected.contains("200")
        // 404 is for targets that the probe chose itself.
        return probe.expected.contains("\(status)") || (isSound && [200, 204, 404].contains(status))
    }

    @Test(.enabled(if: !ProbeRequest.all.isEmpty))
    func `Each request of a third party ends as its authors accept`() async throws {
        let hostile = try await HostileServer()
        let app = try await hostile.server.makeApp()
        let token = try await app.token()
        try await app.register("user1")
        try await onOwnThread {
            for probe in ProbeRequest.all where !Self.damagedInCorpus.contains(probe.id) {
                // The beginning of another protocol, which is served where its library is there.
                if probe.raw?.hasPrefix("PRI * HTTP/2.0") == true { continue }
                let method = probe.raw.map { $0.hasPrefix("HEAD ") ? "HEAD" : "GET" } ?? "GET"
                let raw = Self.aimed(probe.raw ?? "", atUser: "\(app.prefix)/users/user1", token: token)
                let outcome = try Outcome.of(latin1(raw), to: hostile.server, method: method)
                #expect(
                    Self.accepts(probe, outcome),
                    "\(probe.id) wants \(probe.expected), got \(outcome.statuses)"
                )
            }
        }
        try await hostile.endUnharmed()
    }

    @Test func `A thousand pipelined requests with errors among them are answered in order`() async throws {
        let hostile = try await HostileServer()
        let app = try await hostile.server.makeApp()
        let token = try await app.token()
        try await app.register("user1")
        let users = "\(app.prefix)/users"
        let authorization = "Authorization: Bearer \(token)\r\n"
        let kinds: [(request: String, status: Int)] = [
            ("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200),
            ("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404),
            ("GET \(users)/user1 HTTP/1.1\r\nHost: a\r\n\r\n", 401),
            ("GET \(users)/user1 HTTP/1.1\r\nHost: a\r\n\(authorization)\r\n", 200),
            ("GET \(users)/user2 HTTP/1.1\r\nHost: a\r\n\(authorization)\r\n", 404),
            ("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 405),
            ("POST \(app.prefix)/token HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n[]", 400),
            (
                "POST \(users)/user1/deactivate HTTP/1.1\r\nHost: a\r\n\(authorization)Content-Length: 0\r\n\r\n",
                200
            ),
            ("GET \(users)?limit=0 HTTP/1.1\r\nHost: a\r\n\(authorization)\r\n", 400),
            (
                "POST \(users)/batch/status HTTP/1.1\r\nHost: a\r\n\(authorization)Transfer-Encoding: chunked\r\n\r\n"
                    + "12\r\n{\"usernames\": [] }\r\n0\r\n\r\n", 200
            ),
        ]
        let server = hostile.server
        try await onOwnThread {
            let client = try HostileClient(server)
            let hundred = (0..<10).flatMap { _ in kinds }
            try client.socket.send(
                (0..<10).flatMap { _ in hundred }.map(\.request).joined() + "BREAK\r\n\r\n"
            )
            for number in 0..<1000 {
                let expected = kinds[number % kinds.count]
                let status = try client.status()
                #expect(status == expected.status, "\(number): \(expected.request)")
                guard status == expected.status else { return }
            }
            #expect(try client.status() == 400)
            #expect(try client.isClosed())
        }
        try await hostile.endUnharmed()
    }
}
