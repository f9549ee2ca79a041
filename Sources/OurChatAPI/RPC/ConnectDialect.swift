// How RPC methods say no: the error body of the Connect protocol, which is JSON whatever the codec of the call.

public import Domain
public import HTTP
import JSON
public import Routing

/// The OurChat dialect as it is spoken by RPC clients: unary calls of the Connect protocol.
public struct ConnectDialect: Dialect {
    /// Makes the dialect; it has no state.
    public init() {}

    /// `ourchat-rpc`.
    public var name: String { "ourchat-rpc" }

    /// `{"code","message"}`.
    public var failureShape: Shape {
        .object(
            name: "ConnectError",
            [
                .init("code", .oneOfTexts(ConnectCode.allCases.map(\.name.description))),
                .init("message", .string()),
            ]
        )
    }

    /// The error body, with the fields that the status calls for.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        let error = ConnectError(failure, context.route.flatMap(Method.init(route:)))
        var response = Self.response(error.code, error.message, error.status)
        switch failure {
        case .unauthenticated, .wrongCredentials:
            response.fields.append(.line("WWW-Authenticate: Bearer realm=\"parley\"\r\n"))
        case .unsupportedMediaType:
            response.fields.append(.line("Accept-Post: application/json, application/proto\r\n"))
        case .unsupportedEncoding(let known):
            response.fields.append(.text("Accept-Encoding", known.joined(separator: ", ")))
        case .methodNotAllowed(let allowed):
            response.fields.append(.text("Allow", allowed.joined(separator: ", ")))
        case .throttled(let seconds), .overloaded(let seconds), .underMaintenance(let seconds):
            response.fields.append(.number("Retry-After", seconds))
        default:
            break
        }
        return response
    }

    /// The error body for what isn't a request.
    public func refusal(_ status: Status, _ explanation: String, at _: Timestamp) -> Response {
        Self.response(.internal, explanation, status)
    }

    private static func response(_ code: ConnectCode, _ message: String, _ status: Status) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("code")
        json.literal(code.name)
        json.key("message")
        json.string(message)
        json.endObject()
        return Response(status, contentType: "application/json", body: .bytes(json.bytes))
    }
}
