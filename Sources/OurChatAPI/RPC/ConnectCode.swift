// The codes of RPC errors, and the HTTP statuses that carry them.

import HTTP

/// A code, by its number in gRPC and its name in the Connect protocol.
enum ConnectCode: Int, Sendable, CaseIterable {
    case canceled = 1
    case unknown
    case invalidArgument
    case deadlineExceeded
    case notFound
    case alreadyExists
    case permissionDenied
    case resourceExhausted
    case failedPrecondition
    case aborted
    case outOfRange
    case unimplemented
    case `internal`
    case unavailable
    case dataLoss
    case unauthenticated

    /// The name in an error's body.
    var name: StaticString {
        switch self {
        case .canceled: "canceled"
        case .unknown: "unknown"
        case .invalidArgument: "invalid_argument"
        case .deadlineExceeded: "deadline_exceeded"
        case .notFound: "not_found"
        case .alreadyExists: "already_exists"
        case .permissionDenied: "permission_denied"
        case .resourceExhausted: "resource_exhausted"
        case .failedPrecondition: "failed_precondition"
        case .aborted: "aborted"
        case .outOfRange: "out_of_range"
        case .unimplemented: "unimplemented"
        case .internal: "internal"
        case .unavailable: "unavailable"
        case .dataLoss: "data_loss"
        case .unauthenticated: "unauthenticated"
        }
    }

    /// The status of a unary reply with this code (Connect protocol, "Error Codes").
    var status: Status {
        switch self {
        case .canceled: .clientClosedRequest
        case .unknown, .internal, .dataLoss: .internalServerError
        case .invalidArgument, .failedPrecondition, .outOfRange: .badRequest
        case .deadlineExceeded: .gatewayTimeout
        case .notFound: .notFound
        case .alreadyExists, .aborted: .conflict
        case .permissionDenied: .forbidden
        case .resourceExhausted: .tooManyRequests
        case .unimplemented: .notImplemented
        case .unavailable: .serviceUnavailable
        case .unauthenticated: .unauthorized
        }
    }
}

extension ConnectCode {
    /// The code of a status that stands for no outcome of a call (gRPC, "HTTP to gRPC Status Code Mapping").
    init(_ status: Status) {
        switch status.code {
        case 400: self = .internal
        case 401: self = .unauthenticated
        case 403: self = .permissionDenied
        case 404: self = .unimplemented
        case 408: self = .deadlineExceeded
        case 413, 431: self = .resourceExhausted
        case 429, 502, 503, 504: self = .unavailable
        default: self = .unknown
        }
    }
}

extension Status {
    /// 499, which no RFC has.
    fileprivate static let clientClosedRequest = Status(rawValue: 499) ?? .badRequest
}
