// Short ways to ask something of an application.

import Foundation
import TestKit

extension TestApp {
    /// Asks below the application's path, as the application unless another token is given.
    func ask(_ method: String, _ path: String, _ body: TestJSON? = nil, token: String? = nil) async throws
        -> HTTPReply
    {
        let bare =
            body.map { HTTPRequest(method, prefix + path, json: $0) } ?? HTTPRequest(method, prefix + path)
        let ownToken = try await self.token()
        return try await server.client().send(bare.authorized(token ?? ownToken))
    }

    /// Asks without any token.
    func askAsNobody(_ method: String, _ path: String, _ body: TestJSON? = nil) async throws -> HTTPReply {
        let bare =
            body.map { HTTPRequest(method, prefix + path, json: $0) } ?? HTTPRequest(method, prefix + path)
        return try await server.client().send(bare)
    }

    /// Changes a setting through the command line, as in `--max-contacts 2`.
    func set(_ flag: String, _ value: String) async throws {
        let name = "\(credentials.organization)/\(credentials.applicationName)"
        _ = try await server.command("app", "set", name, flag, value, "--json").json()
    }

    /// The names of all users, oldest first.
    func userNames() async throws -> [String] {
        var names: [String] = []
        var cursor = ""
        repeat {
            let page = try await perform("GET", "/users?limit=100&cursor=\(cursor)").json()
            names += page["entities"]?.array?.compactMap { $0["username"]?.string } ?? []
            cursor = page["cursor"]?.string ?? ""
        } while !cursor.isEmpty
        return names
    }

    /// The names in a list of contacts or blocks.
    func names(_ path: String) async throws -> [String] {
        try await perform("GET", path).json()["data"]?.array?.compactMap(\.string) ?? []
    }

    /// A password log-in.
    func logIn(_ name: String, _ password: String) async throws -> HTTPReply {
        try await askAsNobody(
            "POST",
            "/token",
            ["grant_type": "password", "username": .string(name), "password": .string(password)]
        )
    }
}

extension HTTPReply {
    /// The first entity of a reply.
    var entity: TestJSON? { try? json()["entities"]?[0] }
    /// The text of a refusal.
    var complaint: String? { try? json()["error_description"]?.string ?? json()["desc"]?.string }
}
