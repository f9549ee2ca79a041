// The content of an error body, and the errors that all generations share: the failures of the transport.

import Domain
import HTTP
import Routing

/// An error: a business error has status 200, and its code tells.
struct OpenIMError {
    let status: Status
    let code: Int
    let text: String
    /// More about it, for the third generation.
    let detail: String

    init(_ status: Status, _ code: Int, _ text: String, detail: String = "") {
        self.status = status
        self.code = code
        self.text = text
        self.detail = detail
    }

    /// A business error.
    init(_ code: Int, _ text: String) { self.init(.ok, code, text) }

    static let noSuchRoute = OpenIMError(.notFound, 404, "404 page not found")
    static let methodNotAllowed = OpenIMError(.methodNotAllowed, 405, "method not allowed")
    static let unsupportedMediaType = OpenIMError(.unsupportedMediaType, 415, "unsupported media type")
    static let bodyTooLarge = OpenIMError(.contentTooLarge, 413, "request body too large")
    static let throttled = OpenIMError(.tooManyRequests, 429, "too many failed calls, try again later")
    static let overloaded = OpenIMError(.serviceUnavailable, 503, "the server is busy, try again")
    static let mail = OpenIMError(.serviceUnavailable, 503, "the mail could not be sent")
    static let underMaintenance = OpenIMError(.serviceUnavailable, 503, "the server is under maintenance")
    static func unknownApplication(_ id: String) -> OpenIMError {
        OpenIMError(.notFound, 404, "there is no application \(id)")
    }

    /// A request with a key that was used before.
    init(_ problem: RepetitionProblem, code: Int) {
        switch problem {
        case .running: self.init(.conflict, code, "a request with this Idempotency-Key is still running")
        case .otherRequest:
            self.init(.unprocessableContent, code, "this Idempotency-Key was used for another request")
        }
    }

    // MARK: As the first two generations tell it

    /// A body that can't be read.
    static func malformedBody(_ text: String) -> OpenIMError { OpenIMError(.badRequest, 400, text) }
    /// A field that can't be so.
    static func invalid(_ field: String, _ reason: InvalidReason) -> OpenIMError {
        sending(field, reason) ?? OpenIMError(.badRequest, 400, text(field, reason))
    }
    /// A list that is too long.
    static func tooMany(_ field: String, _ maximum: Int) -> OpenIMError {
        OpenIMError(.badRequest, 400, "\(field) must have at most \(maximum) elements")
    }
    /// A wrong secret.
    static let wrongSecret = OpenIMError(.badRequest, 401, "not authorized")

    /// The fault of a field, in words.
    static func text(_ field: String, _ reason: InvalidReason) -> String {
        // The domain's own name of the field says nothing to a client of this dialect.
        if reason == .selfReference { return "the two users are the same" }
        return "\(field.isEmpty ? "the request body" : field) \(reason.explanation)"
    }
}
