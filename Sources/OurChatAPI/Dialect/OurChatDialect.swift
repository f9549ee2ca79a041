// How this dialect says no: the reply frame of what was asked, or frame 18.

public import Domain
public import HTTP
import JSON
public import Routing

/// The OurChat dialect: JSON frames over a WebSocket.
public struct OurChatDialect: Dialect {
    /// The reply frame in which failures are reported; frame 18 where the route has none of its own.
    private let reply: FrameReply

    /// Makes the dialect of the routes without a reply of their own.
    public init() { self.init(.error) }

    init(_ reply: FrameReply) { self.reply = reply }

    /// As the interface has it: five failures close an account for a quarter of an hour, however it was named.
    static let accountLock = AccountLock(failures: 5, seconds: 900)

    /// `ourchat`.
    public var name: String { "ourchat" }

    /// The form of a failure, as a frame and, before there is a socket, as a body.
    public var failureShape: Shape {
        .object(
            name: "OurChatError",
            [
                .init("code", .integer()), .init("details", .string(), isRequired: false),
                .init("status", .integer(), isRequired: false), .init("status_code", .integer()),
            ]
        )
    }

    /// The reply frame of the route with a status, where it has a reply with one; else frame 18.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        let status = FrameStatus(failure)
        // A frame before the log-in isn't looked at, so nothing is said of it but that.
        let reply = failure == .unauthenticated(.missing) ? .error : reply
        let details = reply == .error ? Self.details(failure) : nil
        var response = Self.response(Self.httpStatus(failure), reply, status, details)
        response.addFields(of: failure)
        switch failure {
        case .unauthenticated: response.fields.append(.line("WWW-Authenticate: Bearer realm=\"parley\"\r\n"))
        default: break
        }
        return response
    }

    /// Frame 18 for what isn't a request.
    public func refusal(_ status: Status, _ explanation: String, at _: Timestamp) -> Response {
        Self.response(status, .error, .malformed, explanation)
    }

    private static func response(
        _ httpStatus: Status,
        _ reply: FrameReply,
        _ status: FrameStatus,
        _ details: String?
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("code")
        json.integer(reply.rawValue)
        if let details {
            json.key("details")
            json.string(details)
        }
        if let first = reply.first(status) {
            json.key("status")
            json.integer(first)
        }
        json.key("status_code")
        json.integer(status.rawValue)
        json.endObject()
        return Response(httpStatus, contentType: JSONText.mediaType, body: .bytes(json.bytes))
    }

    /// The status of the request that would open the socket; frames have none.
    private static func httpStatus(_ failure: Failure) -> Status {
        switch failure {
        case .malformedBody, .invalid, .tooMany: .badRequest
        case .unauthenticated, .wrongCredentials: .unauthorized
        case .forbidden, .denied: .forbidden
        case .notFound, .noSuchRoute: .notFound
        case .conflict, .limitReached, .group, .repetition: .conflict
        case .methodNotAllowed: .methodNotAllowed
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType, .unsupportedEncoding: .unsupportedMediaType
        case .throttled: .tooManyRequests
        case .mail, .overloaded, .deadlineExceeded, .underMaintenance, .storage: .serviceUnavailable
        }
    }

    private static func details(_ failure: Failure) -> String {
        switch failure {
        case .malformedBody(let text): text
        case .invalid(field: "code", .missing): "Without code"
        case .invalid(field: "code", .illegal(let code)): "Not a valid code \(code)"
        case .invalid(let field, let reason): "\(field.isEmpty ? "The frame" : field) \(reason.explanation)"
        case .tooMany(let field, let maximum): "\(field) must have at most \(maximum) elements"
        case .unauthenticated(.missing): "Not login or register code"
        case .unauthenticated(.expired): "Token Expired"
        case .unauthenticated: "Token Invalid"
        case .wrongCredentials(.unverified): "Email Not Verified"
        case .wrongCredentials(.locked): "Account Locked"
        case .wrongCredentials: "Wrong Password"
        case .forbidden(.muted), .forbidden(.groupMuted): "User Muted"
        case .forbidden(.registrationClosed): "Registration Is Closed"
        case .forbidden: "Permission Denied"
        case .notFound(.user, _): "User Not Found"
        case .notFound(.group, _), .notFound(.room, _): "Session Not Found"
        case .notFound(let kind, _): "There is no such \(kind.rawValue)"
        case .conflict(.email, _), .conflict(.user, _): "User Already Exists"
        case .conflict(let kind, _): "There is such a \(kind.rawValue) already"
        case .limitReached, .group: "The state of the session doesn't allow it"
        case .repetition: "This key was used before"
        case .noSuchRoute: "There is nothing at this path"
        case .methodNotAllowed: "This path takes another method"
        case .bodyTooLarge(let maximum): "More than \(maximum) bytes"
        case .unsupportedMediaType(let expected): "The body must be \(expected)"
        case .unsupportedEncoding(let known): "The body may be compressed as \(known.joined(separator: ", "))"
        case .throttled: "Too many calls; try again later"
        case .denied(let denial): denial.reason
        case .mail: "Verification Failed"
        case .underMaintenance: "Server Maintaining"
        case .overloaded, .deadlineExceeded, .storage: "Server Error"
        }
    }
}
