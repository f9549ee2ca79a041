// How failures look in the platform dialect: the forms of bodies, and literal texts that clients compare.

public import Domain
public import HTTP
import JSON
public import Routing

/// The dialect's failures, as one route puts them.
public struct PlatformDialect: Dialect {
    let service: ErrorService
    let form: ErrorForm
    let own: OwnErrors?

    /// Makes the dialect as most routes speak it.
    public init() { self.init(.users) }

    init(_ service: ErrorService = .users, in form: ErrorForm = .standard, own: OwnErrors? = nil) {
        self.service = service
        self.form = form
        self.own = own
    }

    /// `platform`.
    public var name: String { "platform" }

    /// Any of the forms of error bodies.
    public var failureShape: Shape { .anyOf(ErrorForm.allCases.map(\.shape)) }

    /// The body for a failure, with the fields that its status calls for.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        let error = self.error(for: failure, context)
        var response = self.response(error, isPlain(failure, context) ? .standard : form, at: context.now)
        response.addFields(of: failure)
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

    /// Whether a failure is that of every path: one that no route has, and one of an application that isn't there.
    private func isPlain(_ failure: Failure, _ context: FailureContext) -> Bool {
        if context.route == nil { return true }
        guard form == .token, case .notFound(.application, _) = failure else { return false }
        return true
    }

    /// The words of the route, else those of its service, else those of all.
    private func error(for failure: Failure, _ context: FailureContext) -> PlatformError {
        guard context.route != nil else { return PlatformError(failure, context) }
        return own?(failure, context) ?? service.error(for: failure, context)
            ?? PlatformError(failure, context)
    }

    private func response(_ error: PlatformError, _ form: ErrorForm, at now: Timestamp) -> Response {
        var json = JSONWriter()
        form.write(error, at: now, to: &json)
        return Response(error.status, contentType: JSONText.mediaType, body: .bytes(json.bytes))
    }
}

/// The services behind the platform's routes, each with errors of its own.
enum ErrorService {
    case users, groups, messages

    /// The failure in the service's own words; nil where it has none.
    func error(for failure: Failure, _ context: FailureContext) -> PlatformError? {
        switch self {
        case .users: nil
        case .groups: PlatformError(ofGroupService: failure)
        case .messages: PlatformError(ofMessageService: failure, context)
        }
    }
}

/// The forms of error bodies.
enum ErrorForm: CaseIterable {
    /// Five keys, everywhere else.
    case standard
    /// Two keys, on the token routes.
    case token
    /// Three keys with `desc`, on the metadata routes.
    case metadata
    /// As the standard one, but without a description for a stranger.
    case export

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
