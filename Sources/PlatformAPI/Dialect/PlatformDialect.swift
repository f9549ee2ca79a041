// How failures look in the platform dialect: three families of bodies, and literal texts that clients compare.

public import Domain
public import HTTP
import JSON
public import Routing

/// The dialect's failures.
public struct PlatformDialect: Dialect {
    /// Makes the dialect; it has no state.
    public init() {}

    /// `platform`.
    public var name: String { "platform" }

    /// Any of the three families of error bodies.
    public var failureShape: Shape { .anyOf(ErrorFamily.allCases.map(\.shape)) }

    /// The body for a failure, with the fields that its status calls for.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        let family = ErrorFamily(of: failure, route: context.route)
        let error = PlatformError(failure, context)
        var response = self.response(error, family, at: context.now)
        switch failure {
        case .unauthenticated(let problem):
            let detail: StaticString =
                problem == .missing || problem == .blank
                ? "Bearer realm=\"parley\"" : "Bearer realm=\"parley\", error=\"invalid_token\""
            response.fields.append(.text("WWW-Authenticate", detail.description))
        case .forbidden where error.status == .unauthorized:
            response.fields.append(
                .text("WWW-Authenticate", "Bearer realm=\"parley\", error=\"insufficient_scope\"")
            )
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

    /// The body for what isn't a request.
    public func refusal(_ status: Status, _ explanation: String, at now: Timestamp) -> Response {
        let error =
            status == .contentTooLarge
            ? PlatformError.tooLarge : PlatformError(status, "bad_request", .none, explanation)
        return response(error, .standard, at: now)
    }

    private func response(_ error: PlatformError, _ family: ErrorFamily, at now: Timestamp) -> Response {
        var json = JSONWriter()
        family.write(error, at: now, to: &json)
        return Response(error.status, contentType: JSONText.mediaType, body: .bytes(json.bytes))
    }
}

/// The families of error bodies.
enum ErrorFamily: CaseIterable {
    /// Five keys, everywhere else.
    case standard
    /// Two keys, on the token routes.
    case token
    /// Three keys with `desc`, on the metadata routes.
    case metadata
    /// As the standard one, but without a description for a stranger.
    case export

    init(of failure: Failure, route: String?) {
        switch route {
        case "issueToken", "issueManagementToken":
            // An unknown application has no token route, so it is told as on every other path.
            if case .notFound(.application, _) = failure { self = .standard } else { self = .token }
        case "setMetadata", "getMetadata", "deleteMetadata", "getMetadataOfUsers", "getMetadataCapacity",
            "setMemberMetadata", "getMemberMetadata", "getMetadataOfMembers", "setRoomMetadata",
            "forceRoomMetadata",
            "getRoomMetadata", "deleteRoomMetadata", "forceDeleteRoomMetadata":
            self = .metadata
        case "exportHistory": self = .export
        default: self = .standard
        }
    }

    var shape: Shape {
        let text = Shape.string()
        return switch self {
        case .standard:
            .object(
                name: "Error",
                [
                    .init("error", text), .init("timestamp", Timestamp.shape), .init("duration", .integer()),
                    .init("exception", text), .init("error_description", text),
                ]
            )
        case .export:
            .object(
                name: "ExportError",
                [
                    .init("error", text), .init("timestamp", Timestamp.shape), .init("duration", .integer()),
                    .init("exception", text), .init("error_description", text, isRequired: false),
                ]
            )
        case .token:
            .object(name: "TokenError", [.init("error_description", text), .init("error", text)])
        case .metadata:
            .object(
                name: "MetadataError",
                [
                    .init("desc", text), .init("duration", .integer()), .init("timestamp", Timestamp.shape),
                ]
            )
        }
    }

    func write(_ error: PlatformError, at now: Timestamp, to json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .standard, .export:
            json.key("error"); json.string(error.error)
            json.key("timestamp"); json.integer(now.milliseconds)
            json.key("duration"); json.integer(Int64(0))
            json.key("exception"); json.string(error.exception.rawValue)
            if self == .standard || error.status != .unauthorized {
                json.key("error_description"); json.string(error.description)
            }
        case .token:
            json.key("error_description"); json.string(error.description)
            json.key("error"); json.string(error.error)
        case .metadata:
            json.key("desc"); json.string(error.metadataDescription)
            json.key("duration"); json.integer(Int64(0))
            json.key("timestamp"); json.integer(now.milliseconds)
        }
        json.endObject()
    }
}
