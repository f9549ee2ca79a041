// The meaning of the replies' numbers: the one table of later clients, and what the first clients knew for each
// reply.

import Domain

/// The outcome of a frame, as the table of statuses of all frames numbers it.
enum FrameStatus: Int, Sendable {
    case done = 0
    case serverError = 1
    case maintenance = 2
    /// The requested object doesn't exist.
    case absent = 3
    /// The object exists already.
    case exists = 4
    /// The frame can't be understood, or not now.
    case malformed = 5
    /// A bound, or the state of the account, doesn't allow it.
    case limited = 6
    case timedOut = 7
    case unknown = 8
    case refused = 9
    /// The caller isn't authenticated.
    case unproven = 10
    case unavailable = 11

    /// The number of a failure.
    init(_ failure: Failure) {
        switch failure {
        case .malformedBody, .invalid, .tooMany, .noSuchRoute, .methodNotAllowed, .bodyTooLarge,
            .unsupportedMediaType, .unsupportedEncoding:
            self = .malformed
        // Before a log-in only few frames are understood.
        case .unauthenticated(.missing): self = .malformed
        case .unauthenticated, .wrongCredentials: self = .unproven
        case .forbidden(.deactivated), .limitReached, .group, .throttled: self = .limited
        case .forbidden, .denied: self = .refused
        case .notFound: self = .absent
        case .conflict, .repetition: self = .exists
        case .mail(.off): self = .unavailable
        // As with a thing that isn't there: nobody gets it.
        case .mail(.undeliverable): self = .absent
        case .mail(.failed): self = .serverError
        case .underMaintenance: self = .maintenance
        case .overloaded, .deadlineExceeded, .storage: self = .serverError
        }
    }
}

/// The replies that have a status, and its numbers in the first version of the protocol, which differ from
/// reply to reply.
enum FrameReply: Int, Sendable, CaseIterable {
    case session = 2
    case registration = 5
    case login = 7
    case newSession = 9
    case account = 11
    case server = 12
    case verification = 15
    case unregistration = 17
    case error = 18
    case accountChange = 20

    /// The number in the first version; nil where that reply had none.
    func first(_ status: FrameStatus) -> Int? {
        switch (self, status) {
        case (.session, _), (.account, _), (.error, _): nil
        case (_, .done): 0
        // Where no mail is sent nothing has to be proven.
        case (.verification, .unavailable): 0
        case (.registration, .exists): 2
        case (.login, .serverError), (.login, .maintenance): 2
        case (.newSession, .limited): 2
        case (.verification, .timedOut): 2
        case (.accountChange, .serverError), (.accountChange, .maintenance), (.accountChange, .malformed): 2
        default: 1
        }
    }
}
