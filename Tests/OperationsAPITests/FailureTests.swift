// Each failure of the domain as this dialect answers it.

import Domain
import HTTP
import JSON
import OperationsAPI
import Routing
import Testing

/// One failure with what must be answered.
struct FailureCase: Sendable, CustomTestStringConvertible {
    let failure: Failure
    let status: Status
    let code: String
    let message: String

    init(_ failure: Failure, _ status: Status, _ code: String, _ message: String) {
        self.failure = failure
        self.status = status
        self.code = code
        self.message = message
    }

    var testDescription: String { "\(failure)" }

    static let all: [FailureCase] = [
        FailureCase(.malformedBody("it breaks off"), .badRequest, "malformed_body", "it breaks off"),
        FailureCase(.invalid(field: "password", .missing), .badRequest, "invalid", "password is required"),
        FailureCase(
            .invalid(field: "", .wrongType(expected: "an object")),
            .badRequest,
            "invalid",
            "the request body must be an object"
        ),
        FailureCase(
            .invalid(field: "path", .illegal(value: "/a exists already.")),
            .badRequest,
            "invalid",
            "/a exists already."
        ),
        FailureCase(
            .notFound(.application, id: "org1/app1"),
            .notFound,
            "not_found",
            "there is no application org1/app1"
        ),
        FailureCase(
            .conflict(.administrator, id: "boss"),
            .conflict,
            "conflict",
            "there is an administrator boss already"
        ),
        FailureCase(
            .conflict(.credential, id: "c1"),
            .conflict,
            "conflict",
            "there is a credential c1 already"
        ),
        FailureCase(
            .bodyTooLarge(maximum: 7),
            .contentTooLarge,
            "body_too_large",
            "the body must have at most 7 bytes"
        ),
        FailureCase(.noSuchRoute, .notFound, "no_such_route", "there is nothing at this path"),
        FailureCase(
            .storage(reference: "4f1c"),
            .serviceUnavailable,
            "storage",
            "storage failed; the log has the cause under 4f1c"
        ),
    ]
}

struct FailureTests {
    private func response(_ failure: Failure, _ requirement: Requirement = .operator) -> Response {
        let context = FailureContext(
            method: .get,
            path: "/admin/applications",
            route: "listAllApplications",
            requirement: requirement,
            application: nil,
            user: nil,
            now: Timestamp(milliseconds: 0),
            secrets: NoSecrets()
        )
        return OperationsDialect().response(to: failure, context)
    }

    private func body(_ response: Response) throws -> JSONDocument {
        guard case .bytes(let bytes) = response.body else { throw NoBody() }
        return try JSONDocument(bytes)
    }

    private func field(_ response: Response, _ name: String) -> String? {
        for field in response.fields {
            switch field {
            case .text(let key, let value) where key.description == name: return value
            case .number(let key, let value) where key.description == name: return String(value)
            case .line(let line) where line.description.hasPrefix(name + ": "):
                return String(line.description.dropFirst(name.utf8.count + 2).prefix { $0 != "\r\n" })
            default: continue
            }
        }
        return nil
    }

    @Test(arguments: FailureCase.all)
    func `A failure has its status, its code and its sentence`(_ expected: FailureCase) throws {
        let response = response(expected.failure)
        let document = try body(response)
        let error = try #require(document.root["error"])
        #expect(response.status == expected.status)
        #expect(document.root.members.map(\.key) == ["error"])
        #expect(error.members.map(\.key) == ["code", "message"])
        #expect(error["code"]?.string == expected.code)
        #expect(error["message"]?.string == expected.message)
        #expect(OperationsDialect().failureShape.violations(in: document.root) == [])
    }

    @Test
    func `Whoever must wait is told how long`() {
        #expect(field(response(.throttled(retryAfterSeconds: 17)), "Retry-After") == "17")
        #expect(field(response(.overloaded(retryAfterSeconds: 2)), "Retry-After") == "2")
        #expect(field(response(.noSuchRoute), "Retry-After") == nil)
    }

    @Test
    func `A wrong method is told the right ones`() {
        let refused = response(.methodNotAllowed(allowed: ["GET", "POST"]))
        #expect(refused.status == .methodNotAllowed)
        #expect(field(refused, "Allow") == "GET, POST")
    }

    @Test
    func `No token opens an operator's route, so none is asked for`() throws {
        let refused = response(.forbidden(.insufficientScope))
        #expect(refused.status == .forbidden)
        #expect(try body(refused).root["error"]?["code"]?.string == "operator_only")
    }

    @Test
    func `A missing token on any other route is asked for`() {
        let refused = response(.unauthenticated(.missing), .application)
        #expect(refused.status == .unauthorized)
        #expect(field(refused, "WWW-Authenticate") == "Bearer realm=\"parley\"")
    }

    @Test
    func `What isn't a request is refused in the same form`() throws {
        let refused = OperationsDialect().refusal(
            .requestTimeout,
            "the head took too long",
            at: Timestamp(milliseconds: 0)
        )
        let document = try body(refused)
        #expect(refused.status == .requestTimeout)
        #expect(document.root["error"]?["message"]?.string == "the head took too long")
    }
}

struct NoBody: Error {}

/// Failures of this dialect quote nothing that needs cryptography.
struct NoSecrets: Secrets {
    func token(for grant: Grant) -> String { "" }
    func token(for session: SessionGrant) -> String { "" }
    func session(ofToken token: String) -> OpenSession? { nil }
    func uuid(at now: Timestamp) -> UUID { UUID(high: 0, low: 0) }
    func credential() -> NewCredential { NewCredential(clientID: "", secret: "", secretHash: []) }
    func secretHash(of secret: String) -> [UInt8] { [] }
    func secretMatches(_ secret: String, hash: [UInt8]) -> Bool { false }
    func firstCredential(of application: UUID) -> NewCredential { credential() }
    func secret(of credential: Credential, of application: UUID) -> String? { nil }
    func pseudonym(of name: String, in application: Application, at now: Timestamp) -> UUID {
        UUID(high: 0, low: 0)
    }
    func signature(of text: String) -> String { "" }
    func shareSecret() -> String { "" }
    func isEqual(_ secret: String, _ expected: String) -> Bool { false }
    func isSignature(_ signature: String, of text: String) -> Bool { false }
}
