// How failures look to the operator: a code for programs and a sentence for people.

public import Domain
public import HTTP
import JSON
public import Routing

/// The dialect of the operator's face: `{"error":{"code","message"}}`.
public struct OperationsDialect: Dialect {
    /// Makes the dialect; it has no state.
    public init() {}

    /// `operations`.
    public var name: String { "operations" }

    /// One object with one object in it.
    public var failureShape: Shape {
        let members: [Shape.Member] = [.init("code", .string()), .init("message", .string())]
        return .object(name: "OperationsError", [.init("error", .object(members))])
    }

    /// The body for a failure, with the fields that its status calls for.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        var response = response(OperationsError(failure, context.requirement))
        response.addFields(of: failure)
        switch failure {
        case .unauthenticated:
            response.fields.append(.line("WWW-Authenticate: Bearer realm=\"parley\"\r\n"))
        default:
            break
        }
        return response
    }

    /// The body for what isn't a request.
    public func refusal(_ status: Status, _ explanation: String, at _: Timestamp) -> Response {
        response(OperationsError(status, "bad_request", explanation))
    }

    private func response(_ error: OperationsError) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("error")
        json.beginObject()
        json.key("code")
        json.string(error.code)
        json.key("message")
        json.string(error.message)
        json.endObject()
        json.endObject()
        return Response(error.status, contentType: JSONText.mediaType, body: .bytes(json.bytes))
    }
}
