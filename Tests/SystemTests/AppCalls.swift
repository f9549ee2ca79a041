// Calls of an application's backend, with a token that is fetched when it is needed.

import TestKit

extension TestApp {
    /// A new token: the one that is kept may have ended by a clock that a test moves.
    func freshToken() async throws -> String {
        let reply = try await call(
            "POST",
            "/token",
            [
                "grant_type": "client_credentials", "client_id": .string(credentials.clientID),
                "client_secret": .string(credentials.clientSecret),
            ]
        )
        guard let token = try reply.json()["access_token"]?.string else {
            throw SetupFailure(description: "no token: \(reply.text)")
        }
        return token
    }

    /// One call below the application's path.
    func call(
        _ method: String,
        _ path: String,
        _ body: TestJSON? = nil,
        token: String? = nil
    ) async throws -> HTTPReply {
        let request =
            body.map { HTTPRequest(method, prefix + path, json: $0) } ?? HTTPRequest(method, prefix + path)
        return try await server.client().send(token.map { request.authorized($0) } ?? request)
    }
}
