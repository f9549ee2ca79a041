// The errors of the second generation: bad fields are 400, what the server decided is 200 with a code from 700 on.

import Domain
import HTTP
import Routing

extension OpenIMError {
    init(second failure: Failure) {
        switch failure {
        case .malformedBody(let text): self = .malformedBody(text)
        case .invalid(let field, let reason): self = .invalid(field, reason)
        case .tooMany(let field, let maximum): self = .tooMany(field, maximum)
        case .unauthenticated(let problem):
            self.init(second: problem)
        case .forbidden(.suspended):
            self.init(.forbidden, 403, "the application is suspended")
        case .forbidden(.lacksScope):
            self.init(.forbidden, 801, "no permission")
        case .forbidden(.deactivated):
            self.init(706, "user has been kicked")
        case .forbidden(.muted), .forbidden(.groupMuted):
            self.init(804, "status is abnormal")
        case .forbidden(.insufficientScope), .forbidden(.notManager), .forbidden(.encryptionOff),
            .forbidden(.registrationClosed), .forbidden(.recallDisabled),
            .forbidden(.wrongShareSecret), .forbidden(.blocked), .forbidden(.permission):
            self.init(801, "no permission")
        case .wrongCredentials: self = .wrongSecret
        case .notFound(.application, let id):
            self = .unknownApplication(id)
        case .notFound(.user, let id):
            self.init(10003, "user \(id) is not registered")
        case .notFound(let kind, let id):
            self.init(803, "args failed: there is no \(kind.rawValue) \(id)")
        case .conflict(.user, let id):
            self.init(10002, "user \(id) is registered already")
        case .conflict(let kind, let id):
            self.init(803, "args failed: there is a \(kind.rawValue) \(id) already")
        case .limitReached(let limit, let maximum):
            self.init(803, "args failed: there are no more than \(maximum) \(limit.rawValue)")
        case .group(let problem):
            self.init(second: problem)
        case .noSuchRoute: self = .noSuchRoute
        case .methodNotAllowed: self = .methodNotAllowed
        case .unsupportedMediaType, .unsupportedEncoding: self = .unsupportedMediaType
        case .bodyTooLarge: self = .bodyTooLarge
        case .throttled: self = .throttled
        case .mail: self = .mail
        case .repetition(let problem): self.init(problem, code: 803)
        case .denied(let denial): self.init(denial.code ?? 803, denial.reason)
        case .overloaded, .deadlineExceeded: self = .overloaded
        case .underMaintenance: self = .underMaintenance
        case .storage(let reference):
            self.init(.serviceUnavailable, 802, "db failed: \(reference)")
        }
    }

    private init(second problem: AuthenticationProblem) {
        switch problem {
        case .missing, .blank: self.init(703, "that's not even a token")
        case .corrupt, .malformed, .otherScheme, .foreign: self.init(705, "couldn't handle this token")
        case .expired: self.init(701, "token is timed out, please log in again")
        case .revoked, .orphaned: self.init(702, "token has been invalidated")
        }
    }

    private init(second problem: GroupProblem) {
        switch problem {
        case .notMembers, .alreadyMembers, .full, .joinedTooMany, .blocked, .tooManyGroups, .sameOwner,
            .alreadyAdministrator, .tooManyAdministrators, .maximumBelowCount, .notAdministrator:
            self.init(803, "args failed")
        case .ownerProtected, .notSuperAdministrator, .keyOfAnother:
            self.init(801, "no permission")
        }
    }
}
