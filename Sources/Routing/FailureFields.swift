// The header fields that a failure calls for, the same in every dialect.

public import Domain
public import HTTP

extension Response {
    /// Adds what the client needs to do better: the methods of a path, the codings of a body, when to try again, which scope a
    /// token lacks.
    ///
    /// RFC 9110 sections 10.2.1 (`Allow`), 12.5.3 (`Accept-Encoding` in a reply) and 10.2.3 (`Retry-After`, in seconds).
    public mutating func addFields(of failure: Failure) {
        switch failure {
        case .methodNotAllowed(let allowed):
            fields.append(.text("Allow", allowed.joined(separator: ", ")))
        case .unsupportedEncoding(let known):
            fields.append(.text("Accept-Encoding", known.joined(separator: ", ")))
        case .throttled(let seconds), .overloaded(let seconds), .underMaintenance(let seconds):
            fields.append(.number("Retry-After", seconds))
        case .forbidden(.lacksScope(let scopes)):
            // RFC 6750, section 3.1.
            fields.append(
                .text("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"\(scopes.text)\"")
            )
        case .malformedBody, .invalid, .tooMany, .unauthenticated, .forbidden, .wrongCredentials, .notFound,
            .conflict, .limitReached, .group, .noSuchRoute, .bodyTooLarge, .unsupportedMediaType, .mail,
            .denied,
            .deadlineExceeded, .storage, .repetition:
            break
        }
    }
}
