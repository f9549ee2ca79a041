// Requests as the dispatcher would hand them over, made from a target and a body.

import Domain
import HTTP
import JSON

@testable import Routing

/// A request ready to be decoded.
func incoming(_ target: String = "/", body: String = "", contentType: String? = nil) throws -> Incoming {
    try incoming(target, bytes: Array(body.utf8), contentType: contentType)
}

/// A request with any bytes as its body.
func incoming(
    _ target: String = "/",
    bytes: [UInt8],
    contentType: String? = nil,
    by caller: Caller = .anonymous
) throws -> Incoming {
    let decoded = try RequestTarget(parsing: Array(target.utf8).span)
    let call = Call(
        tenant: nil,
        caller: caller,
        route: "example",
        peer: "192.0.2.1",
        now: Timestamp(milliseconds: 1000),
        target: CallTarget(
            scheme: "http",
            host: "localhost",
            path: decoded.rawPath,
            requestID: "r1",
            decoded: decoded,
            started: 0
        ),
        parameters: [],
        parameterNames: [],
        services: Services(
            secrets: ExampleSecrets(),
            presence: NobodyPresent(),
            monotonicNanoseconds: { 5_000_000 },
            operations: NoOperations()
        )
    )
    return Incoming(call: call, body: bytes, contentType: contentType)
}

/// The root of a document.
func json(_ text: String) throws -> JSONView { try JSONDocument(Array(text.utf8)).root }

/// The bytes of a reply.
func text(_ value: some ReplyValue) -> String {
    var json = JSONWriter()
    value.write(to: &json)
    return String(decoding: json.bytes, as: UTF8.self)
}

private struct NobodyPresent: Presence {
    func isOnline(_ id: UserID) -> Bool { false }
    func connections(of id: UserID) -> [LiveConnection] { [] }
}

private struct NoOperations: Operations {
    var isUnderMaintenance: Bool { false }
    func metricsPage() -> [UInt8] { [] }
    func apiDocument(_: OpenAPIPart?, _: OpenAPIFormat) -> [UInt8] { [] }
    func backup(to path: String) throws(Failure) {}
    func check(hashing: Bool) throws(Failure) -> SoundnessReport { SoundnessReport() }
    func keys() -> [SigningKeyFacts] { [] }
    func server() -> ServerFacts {
        ServerFacts(
            version: "0",
            started: Timestamp(milliseconds: 0),
            flags: [],
            isUnderMaintenance: false,
            disk: (0, 0, 0, 0),
            queue: (0, 0),
            commits: (0, 0)
        )
    }
    func retireKey(_ id: UInt32) throws(Failure) {}
    func compact() throws(Failure) -> (before: Int, after: Int) { (0, 0) }
    func probe() throws(Failure) {}
    func rotateKeys() throws(Failure) -> Int { 1 }
}

/// A dialect whose errors are told by number and text.
struct PlainDialect: Dialect {
    var name = "plain"
    var glossary: Glossary { Glossary(["id": "A thing's number.", "Naming.name": "A thing's new name."]) }
    var topics: [Topic] {
        [Topic("plain-things", ["things"], "Things."), Topic("plain", "Everything else.")]
    }
    var failureShape: Shape {
        .object(name: "Problem", [.init("code", .integer()), .init("text", .string())])
    }

    func response(to failure: Failure, _ context: FailureContext) -> Response {
        let (status, code, text): (Status, Int64, String) =
            switch failure {
            case .unauthenticated(let problem): (.unauthorized, 1, "\(problem) for \(context.route ?? "")")
            case .forbidden(let prohibition): (.forbidden, 2, "\(prohibition)")
            case .notFound(let kind, let id): (.notFound, 3, "\(kind) \(id)")
            case .bodyTooLarge(let maximum): (.contentTooLarge, 4, "\(maximum)")
            case .overloaded, .underMaintenance, .storage: (.serviceUnavailable, 5, "later")
            case .throttled: (.tooManyRequests, 6, "slower")
            case .unsupportedMediaType(let expected): (.unsupportedMediaType, 7, expected)
            case .unsupportedEncoding(let known): (.unsupportedMediaType, 7, known.joined(separator: ", "))
            case .noSuchRoute: (.notFound, 8, "no route")
            case .methodNotAllowed: (.methodNotAllowed, 9, "no method")
            default: (.badRequest, 10, "\(failure)")
            }
        var response = refusal(status, text, code)
        if status == .unauthorized { response.fields.append(.line("WWW-Authenticate: Bearer\r\n")) }
        if status == .serviceUnavailable { response.fields.append(.number("Retry-After", 1)) }
        return response
    }

    func refusal(_ status: Status, _ explanation: String, at now: Timestamp) -> Response {
        refusal(status, explanation, 0)
    }

    private func refusal(_ status: Status, _ text: String, _ code: Int64) -> Response {
        let body: JSONValue = ["code": .integer(code), "text": .string(text)]
        return Response(status, contentType: JSONText.mediaType, body: .bytes(body.bytes))
    }
}
