// Every recorded conversation of the OurChat dialect, played against the program.

import Foundation
import TestKit
import Testing

/// A conversation as its file has it.
struct Conversation: Sendable, CustomTestStringConvertible {
    let name: String
    let users: [String]
    let isClosed: Bool
    let steps: [TestJSON]

    var testDescription: String { name }

    static let all = Result { () throws -> [Conversation] in
        let folder = Project.fixtures + "/ourchat"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".json")
        }
        return try files.sorted().map { file in
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
            let json = try TestJSON(parsing: Array(bytes))
            guard let name = json["name"]?.string, name + ".json" == file, let steps = json["steps"]?.array
            else { throw RawSocket.Failure("\(file) is no conversation") }
            return Conversation(
                name: name,
                users: json["users"]?.array?.compactMap(\.string) ?? [],
                isClosed: json["registration"] == "closed",
                steps: steps
            )
        }
    }
}

/// A socket with a place in a dictionary.
private final class HeldSocket {
    var client: WebSocketClient
    init(_ client: consuming WebSocketClient) { self.client = client }
}

@Suite(.serialized) struct FrameReplayTests {
    @Test func `the recorded conversations are readable`() throws {
        #expect(try Conversation.all.get().count >= 10)
    }

    @Test(arguments: (try? Conversation.all.get()) ?? [])
    func `a conversation goes as it was recorded`(conversation: Conversation) async throws {
        let app = try await TestServer.shared().makeApp(openRegistration: !conversation.isClosed)
        var tokens: [String: String] = [:]
        for user in conversation.users {
            try await app.register(user)
            tokens[user] = try await app.userToken(user, password: "123")
        }
        let known = tokens
        let differences = try await onOwnThread { try Self.play(conversation, app, known) }
        #expect(differences == [], "\(conversation.name)")
    }

    /// Plays the steps; returns the first difference.
    private static func play(_ conversation: Conversation, _ app: TestApp, _ tokens: [String: String]) throws
        -> [String]
    {
        var sockets: [String: HeldSocket] = [:]
        var facts = ReplayFacts(
            organization: app.credentials.organization,
            applicationName: app.credentials.applicationName,
            application: "",
            authority: ""
        )
        for (number, step) in conversation.steps.enumerated() {
            if let name = step["socket"]?.string {
                sockets[name] = HeldSocket(try app.socket(token: step["user"]?.string.flatMap { tokens[$0] }))
                continue
            }
            guard let name = step["on"]?.string, let socket = sockets[name] else {
                return ["step \(number): no socket"]
            }
            if let frame = step["send"] {
                if let text = frame["$text"]?.string {
                    try socket.client.send(opcode: 1, Array(text.utf8))
                } else {
                    try socket.client.send(opcode: 1, Array(try facts.expand(frame.description).utf8))
                }
            }
            for pattern in step["expect"]?.array ?? [] {
                let found = try socket.client.message()
                let differences = try BodyPattern(pattern).mismatches(found, facts: &facts)
                if !differences.isEmpty { return ["step \(number):"] + differences }
            }
            if let code = step["closed"],
                try socket.client.waitForClose().map({ TestJSON.integer(Int64($0)) }) != code
            {
                return ["step \(number): closed otherwise"]
            }
        }
        return []
    }
}
