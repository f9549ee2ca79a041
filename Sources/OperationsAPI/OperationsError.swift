// The translation of every failure of the domain into this dialect's status, code and sentence.

import Domain
import HTTP
import Routing

/// The content of an error body.
struct OperationsError {
    let status: Status
    let code: String
    let message: String

    init(_ status: Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    init(_ failure: Failure, _ requirement: Requirement?) {
        switch failure {
        case .malformedBody(let text):
            self.init(.badRequest, "malformed_body", text)
        case .invalid(field: "path", .illegal(let sentence)):
            // Why a backup can't be written there takes a sentence of its own.
            self.init(.badRequest, "invalid", sentence)
        case .invalid(let field, let reason):
            let subject = field.isEmpty ? "the request body" : field
            self.init(.badRequest, "invalid", "\(subject) \(reason.explanation)")
        case .forbidden(.lacksScope(let scopes)):
            self.init(.forbidden, "insufficient_scope", "the token lacks the scope \(scopes.text)")
        case .unauthenticated, .forbidden:
            self = Self.noAccess(requirement)
        case .wrongCredentials:
            self.init(.unauthorized, "wrong_credentials", "the credentials are wrong")
        case .notFound(let kind, let id):
            self.init(.notFound, "not_found", "there is no \(kind.rawValue) \(id)")
        case .conflict(let kind, let id):
            self.init(.conflict, "conflict", "there is \(kind.article) \(kind.rawValue) \(id) already")
        case .limitReached(let limit, let maximum):
            self.init(.conflict, "limit_reached", "there are no more than \(maximum) \(limit.rawValue)")
        case .group:
            self.init(.conflict, "group", "the state of the group doesn't allow it")
        case .tooMany(let field, let maximum):
            self.init(.badRequest, "too_many", "\(field) must have at most \(maximum) elements")
        case .noSuchRoute:
            self.init(.notFound, "no_such_route", "there is nothing at this path")
        case .methodNotAllowed(let allowed):
            self.init(
                .methodNotAllowed,
                "method_not_allowed",
                "this path takes \(allowed.joined(separator: ", "))"
            )
        case .bodyTooLarge(let maximum):
            self.init(.contentTooLarge, "body_too_large", "the body must have at most \(maximum) bytes")
        case .unsupportedMediaType(let expected):
            self.init(.unsupportedMediaType, "unsupported_media_type", "the body must be \(expected)")
        case .unsupportedEncoding(let known):
            self.init(
                .unsupportedMediaType,
                "unsupported_encoding",
                "the body may be compressed as \(known.joined(separator: ", "))"
            )
        case .throttled:
            self.init(.tooManyRequests, "throttled", "there were too many calls; try again later")
        case .repetition(.running):
            self.init(.conflict, "request_running", "a request with this Idempotency-Key is still running")
        case .repetition(.otherRequest):
            self.init(
                .unprocessableContent,
                "key_used",
                "this Idempotency-Key was used for another request"
            )
        case .denied(let denial):
            self.init(.forbidden, "denied", denial.reason)
        case .mail:
            self.init(.serviceUnavailable, "mail", "the mail could not be sent")
        // No request of this dialect brings a time limit.
        case .overloaded, .deadlineExceeded:
            self.init(.serviceUnavailable, "overloaded", "the server is at its bounds; try again soon")
        case .underMaintenance:
            self.init(
                .serviceUnavailable,
                "under_maintenance",
                "the server is under maintenance; try again later"
            )
        case .storage(let reference):
            self.init(
                .serviceUnavailable,
                "storage",
                "storage failed; the log has the cause under \(reference)"
            )
        }
    }

    /// No token opens the operator's routes, so the sentence says what does.
    private static func noAccess(_ requirement: Requirement?) -> OperationsError {
        requirement == .operator
            ? OperationsError(
                .forbidden,
                "operator_only",
                "this path answers through the administration socket only"
            )
            : OperationsError(.unauthorized, "unauthorized", "this path needs a token")
    }
}

extension Kind {
    fileprivate var article: String {
        switch self {
        case .organization, .application, .administrator, .email: "an"
        case .credential, .user, .contact, .block, .group, .room, .message, .history, .file, .proposal,
            .template, .webhook, .delivery, .client,
            .role, .mute:
            "a"
        }
    }
}
