// The constants that examples are made of, so that the document never changes with time or chance.

import Domain
public import JSON

/// An exchange worth showing: what was sent and what came back.
public struct RouteExample: Sendable {
    /// The name of the route asked.
    public let route: String
    /// The point of the exchange; a repeated title of one route is numbered.
    public let title: String
    /// The body sent; nil for none.
    public let request: JSONValue?
    /// The status answered with.
    public let status: Int
    /// The body answered with.
    public let reply: JSONValue

    /// Memberwise.
    public init(route: String, title: String, request: JSONValue?, status: Int, reply: JSONValue) {
        self.route = route
        self.title = title
        self.request = request
        self.status = status
        self.reply = reply
    }
}

/// The world that derived examples are about.
enum OpenAPIExample {
    static let organizationName = "chat-demo"
    static let applicationName = "chat-demo/testapp"
    static let user = "user1"
    static let requestID = "7d4f0a2c91b35e68"
    /// The path that examples quote, whatever their route, so that routes can share them.
    static let path = "/chat-demo/testapp/users"
    /// 2026-01-01T00:00:00Z.
    static let now = Timestamp(milliseconds: 1_767_225_600_000)
    static let uuid = UUID(high: 0x019B_7681_C400_7A1C, low: 0x8D5F_2E94_60B3_C7F1)
    static let application = Application(
        id: ApplicationID(rawValue: 1),
        uuid: uuid,
        organization: Organization(id: OrganizationID(rawValue: 1), name: organizationName, created: now),
        name: "testapp",
        created: now,
        settings: ApplicationSettings(),
        credentials: []
    )

    /// The JSON reader's words for a truncated body.
    static let malformedJSON: String = {
        do throws(JSONError) {
            return "\(try JSONDocument(Array("{".utf8)).root.kind)"
        } catch {
            return error.description
        }
    }()
}

/// Stands in for cryptography where only pseudonyms are asked for.
struct ExampleSecrets: Secrets {
    func token(for grant: Grant) -> String { "YWMtEXAMPLE" }
    func token(for session: SessionGrant) -> String { "eyJEXAMPLE" }
    func session(ofToken token: String) -> OpenSession? { nil }
    func uuid(at now: Timestamp) -> UUID { OpenAPIExample.uuid }
    func credential() -> NewCredential {
        NewCredential(clientID: "YXA6EXAMPLE", secret: "YXA6EXAMPLE", secretHash: [])
    }
    func firstCredential(of application: UUID) -> NewCredential { credential() }
    func secret(of credential: Credential, of application: UUID) -> String? { nil }
    func secretHash(of secret: String) -> [UInt8] { [] }
    func secretMatches(_ secret: String, hash: [UInt8]) -> Bool { false }
    func signature(of text: String) -> String { "EXAMPLE" }
    func veiled(_ bytes: [UInt8], under label: String) -> [UInt8] { bytes }
    func shareSecret() -> String { "EXAMPLE" }
    func isEqual(_ secret: String, _ expected: String) -> Bool { false }
    func isSignature(_ signature: String, of text: String) -> Bool { false }
    func pseudonym(of name: String, in application: Application, at now: Timestamp) -> UUID {
        UUID(high: 0x5B3E_90D4_17AC_8F62, low: 0xA7C1_04F8_D29B_6E35)
    }
}
