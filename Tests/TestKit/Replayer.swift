// Plays recorded exchanges against a running server and says every difference.

import Foundation
public import Testing

/// Plays exchanges, each in a fresh application.
public struct Replayer: Sendable {
    /// Where to.
    public let server: TestServer

    private let speaksHTTP2: Bool

    /// Makes a replayer for a running server.
    ///
    /// - Parameter speaksHTTP2: whether the recorded requests are sent in HTTP/2.
    public init(server: TestServer, speaksHTTP2: Bool = false) {
        self.server = server
        self.speaksHTTP2 = speaksHTTP2
    }

    /// Plays an exchange in a fresh application.
    ///
    /// - Returns: One text a difference, with request and reply; empty when every reply was as recorded.
    /// - Throws: what kept the exchange from being played, such as a setup step that was refused.
    public func differences(_ exchange: Exchange) async throws -> [String] {
        var world = try await makeWorld(exchange.given)
        return try await differences(exchange.stages, in: &world)
    }

    /// Plays stages where they are, in an application prepared before.
    public func differences(_ stages: [Exchange.Stage], in world: inout ReplayWorld) async throws -> [String]
    {
        let client = try server.client(speaksHTTP2: speaksHTTP2)
        for (index, stage) in stages.enumerated() {
            let request = try await world.request(for: stage)
            let reply = try await client.send(request)
            let complaints = stage.response.complaints(about: reply, facts: &world.facts)
            if !complaints.isEmpty {
                return complaints + [
                    "exchange \(index + 1) of \(stages.count), by \(stage.caller):\n"
                        + Self.transcript(request, reply)
                ]
            }
        }
        return []
    }

    /// Makes a fresh application and does the setup steps in it.
    public func makeWorld(_ given: [SetupStep]) async throws -> ReplayWorld {
        var organization: TestOrganization?
        if given.contains(.administrator) { organization = try await server.makeOrganization() }
        let app = try await server.makeApp(
            organization: organization?.name,
            openRegistration: given.contains(.openRegistration)
        )
        var world = ReplayWorld(
            app: app,
            organization: organization,
            authority: "127.0.0.1:\(try server.port)"
        )
        for step in given { try await world.perform(step) }
        return world
    }

    static func transcript(_ request: HTTPRequest, _ reply: HTTPReply) -> String {
        let body = String(decoding: request.body.content.prefix(1000), as: UTF8.self)
        let fields = request.headers.fields.map { field in
            // A token is of no use in a report, and reports get pasted around.
            ["authorization", "token"].contains(field.name.lowercased())
                ? "\(field.name): …" : "\(field.name): \(field.value)"
        }
        return (["> \(request.method) \(request.target.prefix(1000))"] + fields.map { "> \($0)" })
            .joined(separator: "\n")
            + (body.isEmpty ? "" : "\n> \(body)")
            + "\n< \(reply.status)\n"
            + reply.headers.fields.map { "< \($0.name): \($0.value)" }.joined(separator: "\n")
            + "\n< \(reply.text.prefix(2000))"
    }
}

/// Plays an exchange and records an issue when a reply isn't as recorded.
public func expectReplay(
    of exchange: Exchange,
    on server: TestServer,
    overHTTP2 speaksHTTP2: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
) async {
    do {
        let differences = try await Replayer(server: server, speaksHTTP2: speaksHTTP2).differences(exchange)
        if !differences.isEmpty {
            let text = differences.joined(separator: "\n")
            Issue.record(
                "\(exchange.name) (\(exchange.description)):\n\(text)",
                sourceLocation: sourceLocation
            )
        }
    } catch {
        Issue.record("\(exchange.name) could not be played: \(error)", sourceLocation: sourceLocation)
    }
}

extension Exchange: CustomTestStringConvertible {
    /// The name, for the test report.
    public var testDescription: String { name }
}

extension ExpectedResponse {
    /// The faults of a reply, one sentence each.
    ///
    /// Beside what is recorded, every reply must name its type, forbid sniffing, and say with a 401 how to
    /// authenticate.
    public func complaints(about reply: HTTPReply, facts: inout ReplayFacts) -> [String] {
        var complaints: [String] = []
        if reply.status != status { complaints.append("expected status \(status), got \(reply.status)") }
        complaints += headerComplaints(reply, facts: &facts)
        switch body {
        case .anything:
            break
        case .empty:
            if !reply.body.isEmpty { complaints.append("expected no body, got \(reply.text.prefix(300))") }
        case .keys(let expected):
            do {
                let received = try reply.json().keys
                if received != expected {
                    complaints.append(
                        "expected the members \(expected), got \(received.map { "\($0)" } ?? reply.text)"
                    )
                }
            } catch {
                complaints.append("\(error)")
            }
        case .text(let expected):
            if reply.body != Array(expected.utf8) { complaints.append("expected other bytes: \(expected)") }
        case .stream(let patterns, let end):
            do {
                let stream = try reply.stream()
                let messages = try stream.json
                if messages.count != patterns.count {
                    complaints.append("expected \(patterns.count) messages, got \(messages)")
                }
                for (pattern, message) in zip(patterns, messages) {
                    complaints += pattern.mismatches(message, facts: &facts)
                }
                complaints += end.mismatches(stream.end ?? nil, facts: &facts)
            } catch {
                complaints.append("\(error)")
            }
        case .pattern(let pattern):
            do {
                complaints += pattern.mismatches(try reply.json(), facts: &facts)
            } catch {
                complaints.append("\(error)")
            }
        }
        return complaints
    }

    private func headerComplaints(_ reply: HTTPReply, facts: inout ReplayFacts) -> [String] {
        var complaints: [String] = []
        if case .text = body {
            // Of whatever type the route declares.
        } else if case .stream = body {
            if !reply.isStream { complaints.append("Content-Type is no stream's") }
        } else if !reply.body.isEmpty, !(reply.headers["Content-Type"] ?? "").hasPrefix("application/json") {
            complaints.append("Content-Type is \(reply.headers["Content-Type"] ?? "missing")")
        }
        if reply.headers["X-Content-Type-Options"] != "nosniff" {
            complaints.append("no X-Content-Type-Options: nosniff")
        }
        if reply.status == 401, !reply.headers.contains("WWW-Authenticate") {
            complaints.append("401 without WWW-Authenticate")
        }
        for (name, pattern) in headers {
            switch (reply.headers[name], pattern) {
            case (let value?, nil): complaints.append("unexpected header \(name): \(value)")
            case (nil, _?): complaints.append("missing header \(name)")
            case (let value?, let pattern?):
                complaints += pattern.mismatches(.string(value), facts: &facts).map { "header \(name) \($0)" }
            case (nil, nil): break
            }
        }
        return complaints
    }
}
