// The names of failures in RPC methods: a code, and a message that clients compare.

import Domain
import HTTP
import JSON

/// A failure as an RPC client sees it.
struct ConnectError: Equatable {
    let code: ConnectCode
    let message: String
    /// The code's own, but for failures of HTTP.
    let status: Status
    /// When the call may be tried again.
    var retryAfterSeconds: Int?

    init(_ code: ConnectCode, _ message: String, status: Status? = nil) {
        self.code = code
        self.message = message
        self.status = status ?? code.status
    }

    /// - Parameter method: some failures have other words in some methods.
    init(_ failure: Failure, _ method: Method?) {
        switch failure {
        case .malformedBody(let text):
            self.init(.invalidArgument, text)
        case .invalid(let field, let reason):
            self.init(invalid: field, reason, method)
        case .tooMany(let field, let maximum):
            self.init(.invalidArgument, "\(field) must have at most \(maximum) elements")
        case .unauthenticated(let problem):
            self.init(problem)
        case .forbidden(let prohibition):
            self.init(prohibition)
        case .wrongCredentials(.locked):
            self.init(.unauthenticated, "Account Locked")
        case .wrongCredentials(.unverified):
            self.init(.unauthenticated, "Email Not Verified")
        case .wrongCredentials:
            self.init(.unauthenticated, "Wrong Password")
        case .notFound(let kind, let id):
            self.init(absent: kind, id, method)
        case .conflict(.contact, _):
            self.init(.alreadyExists, "Friend Already Exists")
        case .conflict where method == .register:
            self.init(.alreadyExists, "User Already Exists")
        case .conflict:
            self.init(.alreadyExists, "Conflict")
        case .limitReached(.fileBytes, _):
            self.init(.resourceExhausted, "Storage Full")
        case .limitReached(let limit, let maximum):
            self.init(.resourceExhausted, "There are no more than \(maximum) \(limit.rawValue)")
        case .group(let problem):
            self.init(problem, method)
        case .noSuchRoute:
            self.init(.unimplemented, "There is no such method", status: .notFound)
        case .methodNotAllowed:
            self.init(.unimplemented, "Methods are called with POST", status: .methodNotAllowed)
        case .bodyTooLarge(let maximum):
            self.init(
                .resourceExhausted,
                "A message must have at most \(maximum) bytes",
                status: .contentTooLarge
            )
        case .unsupportedMediaType(let expected):
            self.init(.unknown, "The body must be \(expected)", status: .unsupportedMediaType)
        case .unsupportedEncoding(let known):
            self.init(.unimplemented, "The body may be compressed as \(known.joined(separator: ", "))")
        case .throttled:
            self.init(.resourceExhausted, "Too many calls failed; try again later")
        case .repetition(.running):
            self.init(.aborted, "A request with this key is still running")
        case .repetition(.otherRequest):
            self.init(
                .failedPrecondition,
                "This key was used for another request",
                status: .unprocessableContent
            )
        case .denied(let denial):
            self.init(.permissionDenied, denial.reason)
        case .mail:
            self.init(.deadlineExceeded, "Verification Failed")
        case .deadlineExceeded:
            self.init(.deadlineExceeded, "The time for the call has passed")
        case .overloaded:
            self.init(.unavailable, "The server is busy or stopping; try again")
        case .underMaintenance:
            self.init(.unavailable, "Server Maintaining")
        case .storage:
            self.init(.internal, "Server Error")
        }
    }

    private init(_ problem: AuthenticationProblem) {
        switch problem {
        case .missing: self.init(.unauthenticated, "Token Missing")
        case .blank, .malformed:
            self.init(.unauthenticated, "Correct format is Authorization: Bearer <jwt>")
        case .otherScheme: self.init(.unauthenticated, "Only Support Bearer")
        case .orphaned: self.init(.unauthenticated, "User Not Found")
        case .expired: self.init(.unauthenticated, "Token Expired")
        case .corrupt, .revoked, .foreign: self.init(.unauthenticated, "Token Invalid")
        }
    }

    private init(_ prohibition: Prohibition) {
        switch prohibition {
        case .muted, .groupMuted:
            self.init(.permissionDenied, "User Muted")
        case .suspended:
            self.init(.permissionDenied, "Application Suspended")
        case .registrationClosed:
            self.init(.permissionDenied, "Registration Is Closed")
        case .encryptionOff:
            self.init(.permissionDenied, "E2EE Not On")
        case .permission(.setName):
            self.init(.permissionDenied, "Cannot Set Name")
        case .permission(.setAvatar):
            self.init(.permissionDenied, "Cannot Set Avatar")
        case .permission(.setDescription):
            self.init(.permissionDenied, "Cannot Set Description")
        case .insufficientScope, .lacksScope, .notManager, .deactivated, .blocked, .recallDisabled,
            .wrongShareSecret,
            .permission:
            self.init(.permissionDenied, "Permission Denied")
        }
    }

    private init(absent kind: Kind, _ id: String, _ method: Method?) {
        switch (kind, method) {
        case (.user, _): self.init(.notFound, "User Not Found")
        case (.group, _), (.room, _): self.init(.notFound, "Session Not Found")
        case (.message, _): self.init(.notFound, "Message Not Found")
        case (.contact, _): self.init(.notFound, "Friend Not Found")
        case (.role, _): self.init(.notFound, "Role Not Found")
        case (.mute, _): self.init(.notFound, "User Not Be Muted")
        case (.block, _): self.init(.notFound, "User Not Be Banned")
        case (.proposal, .acceptFriend): self.init(.notFound, "Friend Invitation Not Found")
        case (.proposal, .acceptInvitation): self.init(.notFound, "Session Invitation Not Found")
        case (.proposal, _): self.init(.notFound, "Join Request Not Found")
        default: self.init(.notFound, "There is no \(kind.rawValue) \(id)")
        }
    }

    private init(_ problem: GroupProblem, _ method: Method?) {
        switch problem {
        case .notMembers where method == .getRole:
            self.init(.permissionDenied, "Not In Session")
        case .notMembers:
            self.init(.notFound, "User Not In Session")
        case .alreadyMembers:
            self.init(.alreadyExists, "Conflict")
        case .ownerProtected, .blocked, .notAdministrator, .notSuperAdministrator, .keyOfAnother:
            self.init(.permissionDenied, "Permission Denied")
        case .full, .joinedTooMany, .tooManyGroups, .tooManyAdministrators:
            self.init(.resourceExhausted, "The session, or the user, has no place left")
        case .sameOwner, .alreadyAdministrator, .maximumBelowCount:
            self.init(.failedPrecondition, "The state of the session does not allow it")
        }
    }

    private init(invalid path: String, _ reason: InvalidReason, _ method: Method?) {
        // A fault inside a field is a fault of the field.
        let field = path.prefix { $0 != "[" && $0 != "." }
        let message =
            switch (field, method) {
            case ("password", .register): "Password Is Not Strong Enough"
            case ("name", .register), ("user_name", .setSelfInfo): "Username Is Invalid"
            case ("email", .register), ("email", .verify): "Email Address Is Invalid"
            case ("public_key", .register): "Public Key Is Invalid"
            case ("account", .auth): "Missing AuthType"
            case ("ocid", .setSelfInfo): reason.isTooLong ? "Ocid Too Long" : "Ocid Is Invalid"
            case ("user_defined_status", .setSelfInfo) where reason.isTooLong: "Status Too Long"
            case ("name", .addRole) where reason == .empty: "Role Name Empty"
            case ("time", .fetchMessages): reason == .missing ? "Time Missing" : "Time Format Error"
            case ("grpc-encoding", _): "A message is compressed, and no field says how"
            case ("metadata", .upload): "Metadata Error"
            case ("content", .upload) where reason == .missing: "Incorrect Order Of Uploading"
            case ("size", .upload): "File Size Error"
            case ("hash", .upload): "File Hash Error"
            case ("request_values", _), ("query_values", _), ("permissions", _), ("contact_username", _),
                ("status", .acceptFriend):
                "Request Invalid Value"
            default: "\(path.isEmpty ? "The message" : path) \(reason.explanation)"
            }
        self.init(field == "grpc-encoding" ? .internal : .invalidArgument, message)
    }
}

extension ConnectError {
    /// `{"code","message"}`.
    var json: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.bytes
    }

    /// The last envelope of a stream that failed.
    var envelope: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("error")
        write(to: &json)
        json.endObject()
        return Envelope(flags: Envelope.Flag.end, payload: json.bytes).bytes
    }

    private func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("code")
        json.literal(code.name)
        json.key("message")
        json.string(message)
        json.endObject()
    }
}

extension InvalidReason {
    fileprivate var isTooLong: Bool {
        if case .tooLong = self { true } else { false }
    }
}
