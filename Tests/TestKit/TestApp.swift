// One application inside a test server: its credentials, its tokens, its users.

import Crypto
import Foundation
import Threads

/// A fresh application.
///
/// Apps are what keeps tests apart on a shared server.
public final class TestApp: Sendable {
    /// Its server.
    public let server: TestServer
    /// The output of the command line about it.
    public let credentials: AppCredentials
    private let kept = Guarded<[String: String]>([:])

    /// Wraps an application that exists.
    public init(server: TestServer, credentials: AppCredentials) {
        self.server = server
        self.credentials = credentials
    }

    /// `/ORG/APP`, which every path of the application starts with.
    public var prefix: String { "/\(credentials.organization)/\(credentials.applicationName)" }

    /// Thrown when the server refused what a test needs before it can begin.
    public struct SetupFailure: Error, CustomStringConvertible {
        /// The request and the reply.
        public let description: String

        /// Says what went wrong.
        public init(description: String) { self.description = description }
    }

    // MARK: Tokens

    /// An application token, got once and kept.
    public func token() async throws -> String {
        try await keeping("application") { try await self.requestToken() }
    }

    /// A token of a user of this application, got by password.
    public func userToken(_ username: String, password: String) async throws -> String {
        let reply = try await post(
            "/token",
            ["grant_type": "password", "username": .string(username), "password": .string(password)]
        )
        return try accessToken(reply)
    }

    /// A session's token in the OpenIM dialect, got with the client secret: a manager's, or a user's.
    public func sessionToken(_ user: String = TestApp.manager, platform: Int64 = 1) async throws -> String {
        let reply = try await post(
            "/openim/auth/user_token",
            [
                "secret": .string(credentials.clientSecret), "platform": .integer(platform),
                "uid": .string(user),
            ]
        )
        guard let token = try reply.json()["data"]?["token"]?.string else {
            throw SetupFailure(description: "no session of \(user): \(reply.status) \(reply.text)")
        }
        return token
    }

    /// One of the managers that every application has.
    public static let manager = "openIM123456"

    /// A manager's session, opened once and kept.
    public func managerToken() async throws -> String {
        try await keeping("manager") { try await self.sessionToken() }
    }

    /// The application token as it would be if its time were over.
    public func expiredToken() async throws -> String {
        try signedAnew(try await token()) { ($0.issuedAt - 10, $0.issuedAt - 1) }
    }

    /// A token as it would be if its time were over in so many seconds from now.
    public func token(_ token: String, endingInSeconds seconds: UInt32) throws -> String {
        let now = UInt32(Date.now.timeIntervalSince1970)
        return try signedAnew(token) { ($0.issuedAt, now + seconds) }
    }

    /// A token with other times, signed by the server's own key.
    private func signedAnew(
        _ token: String,
        _ times: (TokenClaims) -> (issued: UInt32, expires: UInt32)
    ) throws -> String {
        let file = try String(contentsOfFile: server.dataPath + "/signing-keys", encoding: .utf8)
        guard let keys = TokenKeys(try SigningKeyFile.parse(file)) else {
            throw SetupFailure(description: "no signing key in the data folder")
        }
        var claims = try keys.verify(token, nowSeconds: 0)
        (claims.issuedAt, claims.expiresAt) = times(claims)
        return keys.issue(claims)
    }

    /// An application token with one character of its signature changed: well-formed, and signed by nobody.
    public func forgedToken() async throws -> String {
        Self.forge(try await token())
    }

    /// Changes one character shortly before the end, where every bit of it counts.
    static func forge(_ token: String) -> String {
        var bytes = Array(token.utf8)
        let place = bytes.count - 5
        guard place >= 0 else { return token }
        bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A text that has the form of no token: the seed's own bad example, which lost its first letter.
    public static let malformedToken =
        "WMte3bGuOukEeiTkNP4grL7iwAAAAAAAAAAAAAAAAAAAAGL4CTw6XgR6LaXXVmNX4QCAgMAAAFnKdc-ZgBPGgBFTrLhhyK8woMEI005emtr"

    private func requestToken() async throws -> String {
        let body: TestJSON = [
            "grant_type": "client_credentials",
            "client_id": .string(credentials.clientID),
            "client_secret": .string(credentials.clientSecret),
        ]
        return try accessToken(try await post("/token", body))
    }

    private func accessToken(_ reply: HTTPReply) throws -> String {
        guard reply.status == 200, let token = try reply.json()["access_token"]?.string else {
            throw SetupFailure(description: "no token: \(reply.status) \(reply.text)")
        }
        return token
    }

    private func post(_ path: String, _ body: TestJSON) async throws -> HTTPReply {
        try await server.client().post(prefix + path, body)
    }

    private func keeping(_ name: String, _ make: () async throws -> String) async throws -> String {
        if let value = kept.withLock({ $0[name] }) { return value }
        let value = try await make()
        kept.withLock { $0[name] = value }
        return value
    }

    // MARK: Users

    /// Registers a user through the API and returns the user's uuid.
    @discardableResult
    public func register(
        _ username: String,
        password: String = "123",
        nickname: String? = nil
    ) async throws -> String {
        var body: TestJSON = ["username": .string(username), "password": .string(password)]
        if let nickname { body = body.setting("nickname", .string(nickname)) }
        let reply = try await perform("POST", "/users", body)
        guard let uuid = try reply.json()["entities"]?[0]?["uuid"]?.string else {
            throw SetupFailure(description: "no uuid in \(reply.text)")
        }
        return uuid
    }

    /// Does something as the application and insists on 200.
    ///
    /// - Throws: `SetupFailure` for every other status.
    @discardableResult
    public func perform(_ method: String, _ path: String, _ body: TestJSON? = nil) async throws -> HTTPReply {
        let target = prefix + path
        let bare = body.map { HTTPRequest(method, target, json: $0) } ?? HTTPRequest(method, target)
        let reply = try await server.client().send(bare.authorized(try await token()))
        guard reply.status == 200 else {
            throw SetupFailure(
                description: "\(method) \(path) \(body?.description ?? ""): \(reply.status) \(reply.text)"
            )
        }
        return reply
    }
}
