// How RPC methods say no: the error body of the Connect protocol, which is JSON whatever the codec of the call.

public import Domain
public import HTTP
public import Routing

/// The OurChat dialect as it is spoken by RPC clients: calls of the Connect protocol.
///
/// A streamed call that was understood as one is answered with status 200 whatever happens, and its last
/// message tells what did. One whose Content-Type isn't a stream's is answered as a unary one.
public struct ConnectDialect: Dialect {
    /// How a call is answered.
    private enum Form: Equatable {
        case unary
        /// The call is streamed; of what type it isn't known.
        case undecided
        case stream(Codec)
    }

    private let form: Form

    private init(_ form: Form) { self.form = form }

    /// Makes the dialect of a method.
    public init(isStreamed: Bool = false) { form = isStreamed ? .undecided : .unary }

    /// `ourchat-rpc`.
    public var name: String { "ourchat-rpc" }

    /// `Bearer`, spelled so.
    public var isSchemeExact: Bool { true }

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

    /// Itself and, for a streamed call, those of its types.
    public var manners: [any Dialect] {
        form == .undecided ? [self, Self(.stream(.json)), Self(.stream(.binary))] : [self]
    }

    /// That of the call's Content-Type, where that is a stream's.
    public func manner(of fields: [String: String], body: [UInt8]?) -> (any Dialect)? {
        guard form == .undecided, let type = fields["content-type"].flatMap({ MediaType(parsing: $0) }) else {
            return nil
        }
        let codec = [Codec.json, .binary].first { type.matches($0.streamType.description) }
        return codec.map { Self(.stream($0)) }
    }

    /// The value of `Connect-Timeout-Ms`; one that can't be is refused when the call is read.
    public func timeLimit(of fields: [String: String]) -> Duration? {
        guard let text = fields["connect-timeout-ms"], let limit = try? Value<Int>.timeout.value(of: text)
        else {
            return nil
        }
        return .milliseconds(limit)
    }

    /// The error body, with the fields that the status calls for; of a stream, the last message.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        let error = ConnectError(failure, context.route.flatMap(Method.init(route:)))
        if case .stream(let codec) = form {
            return Response(.ok, contentType: codec.streamType, body: .bytes(error.envelope))
        }
        var response = Self.response(error)
        response.addFields(of: failure)
        switch failure {
        case .unauthenticated, .wrongCredentials:
            response.fields.append(.line("WWW-Authenticate: Bearer realm=\"parley\"\r\n"))
        case .unsupportedMediaType where form == .undecided:
            response.fields.append(
                .line("Accept-Post: application/connect+json, application/connect+proto\r\n")
            )
        case .unsupportedMediaType:
            response.fields.append(.line("Accept-Post: application/json, application/proto\r\n"))
        default:
            break
        }
        return response
    }

    /// The error body for what isn't a request.
    public func refusal(_ status: Status, _ explanation: String, at _: Timestamp) -> Response {
        Self.response(ConnectError(.internal, explanation, status: status))
    }

    private static func response(_ error: ConnectError) -> Response {
        Response(error.status, contentType: "application/json", body: .bytes(error.json))
    }
}

extension ConnectDialect {
    /// The meanings of names.
    public var glossary: Glossary { OurChatGlossary.whole }
}
