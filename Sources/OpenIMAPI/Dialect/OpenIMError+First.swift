// The errors of the first generation: bad fields are 400, what the server decided is 200 with a code.

import Domain
import HTTP
import Routing

extension OpenIMError {
    init(first failure: Failure) {
        switch failure {
        case .malformedBody(let text): self = .malformedBody(text)
        case .invalid(let field, let reason): self = .invalid(field, reason)
        case .tooMany(let field, let maximum): self = .tooMany(field, maximum)
        case .unauthenticated:
            self.init(200, "Parse token failed")
        case .wrongCredentials: self = .wrongSecret
        case .notFound(let kind, let id):
            self.init(firstAbsent: kind, id)
        case .conflict(.user, _):
            self.init(601, "The account is already registered and cannot be registered again")
        case .conflict(.contact, _):
            self.init(606, "Failed to add friends")
        case .forbidden(let prohibition):
            self.init(first: prohibition)
        case .conflict:
            self.init(700, "param failed")
        case .limitReached(.contacts, _):
            self.init(606, "Failed to add friends")
        case .limitReached(.blocks, _):
            self.init(608, "Failed to add friends to the blacklist")
        case .limitReached(let limit, let maximum):
            self.init(700, "param failed: there are no more than \(maximum) \(limit.rawValue)")
        case .group(let problem):
            self.init(first: problem)
        case .noSuchRoute: self = .noSuchRoute
        case .methodNotAllowed: self = .methodNotAllowed
        case .unsupportedMediaType, .unsupportedEncoding: self = .unsupportedMediaType
        case .bodyTooLarge: self = .bodyTooLarge
        case .throttled: self = .throttled
        case .mail: self = .mail
        case .repetition(let problem): self.init(problem, code: 700)
        case .denied(let denial): self.init(denial.code ?? 700, denial.reason)
        case .overloaded, .deadlineExceeded: self = .overloaded
        case .underMaintenance: self = .underMaintenance
        case .storage(let reference):
            self.init(.serviceUnavailable, 900, "db failed: \(reference)")
        }
    }

    private init(first prohibition: Prohibition) {
        switch prohibition {
        // A role that isn't enough is told like any other lack of rights.
        case .insufficientScope, .notManager, .registrationClosed, .permission:
            self.init(401, "not authorized")
        case .lacksScope:
            self.init(.forbidden, 401, "not authorized")
        case .suspended:
            self.init(.forbidden, 403, "the application is suspended")
        case .deactivated:
            self.init(200, "token has been invalidated")
        case .encryptionOff, .muted, .groupMuted, .recallDisabled, .wrongShareSecret, .blocked:
            self = .noPermission
        }
    }

    private init(firstAbsent kind: Kind, _ id: String) {
        switch kind {
        case .application:
            self = .unknownApplication(id)
        case .user:
            self.init(614, "Can't find the user information")
        case .group, .room:
            self.init(618, "There is no such group or the user not in the group")
        case .contact:
            self.init(610, "Failed to find the friend")
        case .organization, .credential, .administrator, .block, .message, .history, .file, .proposal, .email,
            .template, .role, .mute, .webhook, .delivery, .client:
            self.init(700, "param failed")
        }
    }

    private init(first problem: GroupProblem) {
        switch problem {
        case .notMembers:
            self.init(618, "There is no such group or the user not in the group")
        case .full, .joinedTooMany, .blocked, .alreadyMembers:
            self.init(620, "join group chat failed")
        case .tooManyGroups:
            self.init(619, "create group chat failed")
        case .ownerProtected, .sameOwner, .notAdministrator, .alreadyAdministrator, .tooManyAdministrators,
            .maximumBelowCount, .notSuperAdministrator, .keyOfAnother:
            self.init(800, "no permission")
        }
    }
}
