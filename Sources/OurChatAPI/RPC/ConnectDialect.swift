// How RPC methods say no: the error body of the Connect protocol, which is JSON whatever the codec of the call.

public import Domain
public import HTTP
public import Routing

/// The OurChat dialect as it is spoken by RPC clients: calls of the Connect protocol, of gRPC and of gRPC-Web.
///
/// A streamed call of the Connect protocol that was understood as one, and any call of the others, is answered with status
/// 200 whatever happens, and its end tells what did. One whose Content-Type isn't a call's is answered as a unary one.
public struct ConnectDialect: Dialect {
    /// How a call is answered.
    private enum Form: Equatable {
        case unary
        /// The call is streamed; of what type it isn't known.
        case undecided
        /// The outcome stands behind the messages.
        case enveloped(MessageForm)
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

    /// Itself and, for a streamed call, those of its types in the Connect protocol.
    public var manners: [any Dialect] {
        form == .undecided ? [self, Self(.enveloped(.jsonStream)), Self(.enveloped(.binaryStream))] : [self]
    }

    /// That of the call's Content-Type, where the outcome is told behind the messages.
    public func manner(of fields: [String: String], body: [UInt8]?) -> (any Dialect)? {
        if case .enveloped = form { return nil }
        guard let type = fields["content-type"].flatMap(MessageForm.init(contentType:)),
            type.isGRPC || form == .undecided && type.framing == .connect
        else { return nil }
        return Self(.enveloped(type))
    }

    /// The value of `Connect-Timeout-Ms`, or of `grpc-timeout`; one that can't be is refused when the call is read.
    public func timeLimit(of fields: [String: String]) -> Duration? {
        if case .enveloped(let type) = form, type.isGRPC {
            return fields["grpc-timeout"].flatMap { try? Value<Duration>.grpcTimeout.value(of: $0) }
        }
        guard let text = fields["connect-timeout-ms"], let limit = try? Value<Int>.timeout.value(of: text)
        else {
            return nil
        }
        return .milliseconds(limit)
    }

    /// The error body, with the fields that the status calls for; of a stream, the last message.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        var error = ConnectError(failure, context.route.flatMap(Method.init(route:)))
        if case .enveloped(let type) = form {
            // Other paths than those of methods may be called, too: there POST is no method.
            if case .methodNotAllowed = failure, context.method == .post { error = ConnectError(.noSuchRoute, nil) }
            switch failure {
            case .throttled(let seconds), .overloaded(let seconds), .underMaintenance(let seconds):
                error.retryAfterSeconds = seconds
            default: break
            }
            var response = Self.response(error, type)
            if type.isGRPC, case .unsupportedEncoding(let known) = failure {
                response.fields.append(.text("grpc-accept-encoding", known.joined(separator: ",")))
            }
            return response
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
        let error = ConnectError(.internal, explanation, status: status)
        guard case .enveloped(let type) = form, type.isGRPC else { return Self.response(error) }
        return Self.response(ConnectError(ConnectCode(status), explanation), type)
    }

    /// The end of a call without messages.
    private static func response(_ error: ConnectError, _ type: MessageForm) -> Response {
        let end = type.end(error)
        return Response(
            .ok,
            contentType: type.mediaType,
            body: .bytes(end.bytes),
            trailers: end.trailers,
            callStatus: type.isGRPC ? error.code.rawValue : nil
        )
    }

    private static func response(_ error: ConnectError) -> Response {
        Response(error.status, contentType: "application/json", body: .bytes(error.json))
    }
}

extension ConnectDialect {
    /// The meanings of names.
    public var glossary: Glossary { OurChatGlossary.whole }
}
