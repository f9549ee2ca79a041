// A session of two, for tests of what one of them does to it.

import TestKit
import Testing

/// Two users in a session of ann's, and their tokens.
struct SharedSession {
    let app: TestApp
    let session: String
    let tokens: [String: String]

    static func make() async throws -> SharedSession {
        let app = try await TestServer.shared().makeApp()
        var tokens: [String: String] = [:]
        for name in ["ann", "bob"] {
            try await app.register(name)
            tokens[name] = try await app.userToken(name, password: "123")
        }
        let client = try app.server.client()
        let made = try await client.post(app.path(ofMethod: "NewSession"), [:], token: tokens["ann"])
        let session = try #require(try made.json()["sessionId"]?.string)
        try await app.perform("POST", "/chatgroups/\(session)/users/bob")
        return SharedSession(app: app, session: session, tokens: tokens)
    }

    func call(_ method: String, by name: String, _ more: [String: TestJSON] = [:]) async throws
        -> HTTPReply
    {
        var body = [TestJSON.Member("sessionId", .string(session))]
        body += more.map { TestJSON.Member($0.key, $0.value) }
        return try await app.server.client().post(
            app.path(ofMethod: method),
            .object(body),
            token: tokens[name]
        )
    }
}
