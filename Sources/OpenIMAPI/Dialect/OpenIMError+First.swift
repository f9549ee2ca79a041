// The errors of the first generation: bad fields are 400, what the server decided is 200 with a code.

import Domain
import HTTP
import Routing

extension OpenIMError {
    init(first failure: Failure, _ context: FailureContext) {
        switch failure {
        case .malformedBody(let text): self = .malformedBody(text)
        case .invalid(let field, let reason): self = .invalid(field, reason, context)
        case .tooMany(let field, let maximum): self = .tooMany(field, maximum)
        case .unauthenticated(let problem):
            self.init(first: problem, context)
        case .wrongCredentials: self = .wrongSecret
        case .notFound(let kind, let id):
            self.init(firstAbsent: kind, id, context)
        case .conflict(.user, _):
            self.init(601, "The account is already registered and cannot be registered again")
        case .conflict(.contact, _),
            .forbidden(.blocked) where context.route == "openIMFriendAddFriend":
            self.init(606, "Failed to add friends")
        case .forbidden(let prohibition):
            self.init(first: prohibition, context)
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
        case .overloaded, .deadlineExceeded: self = .overloaded
        case .underMaintenance: self = .underMaintenance
        case .storage(let reference):
            self.init(.serviceUnavailable, 900, "db failed: \(reference)")
        }
    }

    private init(first problem: AuthenticationProblem, _ context: FailureContext) {
        let reason =
            switch problem {
            case .missing, .blank: "that's not even a token"
            case .corrupt, .malformed, .otherScheme, .foreign: "couldn't handle this token"
            case .expired: "token is timed out, please log in again"
            case .revoked, .orphaned: "token has been invalidated"
            }
        switch context.route {
        case "openIMFriendImportFriend":
            self.init(606, "Parse token failed")
        case "openIMManagerSendMsg":
            self.init(.badRequest, 400, "parse token failed")
        case "openIMManagerGetUsersOnlineStatus":
            self.init(.badRequest, 401, "Parse token failed")
        case "openIMUserUpdateUserInfo", "openIMManagerDeleteUser", "openIMManagerGetAllUsersUid":
            self.init(200, reason)
        default:
            self.init(200, "Parse token failed")
        }
    }

    private init(first prohibition: Prohibition, _ context: FailureContext) {
        switch (prohibition, context.route) {
        case (.insufficientScope, "openIMFriendImportFriend"):
            self.init(606, "not authorized")
        case (.insufficientScope, "openIMManagerSendMsg"):
            self.init(.badRequest, 400, "not authorized")
        case (.insufficientScope, "openIMManagerGetUsersOnlineStatus"):
            self.init(.badRequest, 402, "not authorized")
        case (.insufficientScope, "openIMGroupSetGroupInfo"):
            self.init(622, "no permission")
        case (.insufficientScope, let route?) where route.hasPrefix("openIMGroup"):
            self.init(800, "no permission")
        case (.insufficientScope, _), (.registrationClosed, _):
            self.init(401, "not authorized")
        case (.deactivated, _):
            self.init(200, "token has been invalidated")
        case (.muted, _), (.groupMuted, _), (.recallDisabled, _), (.wrongShareSecret, _), (.blocked, _),
            (.permission, _):
            self.init(800, "no permission")
        }
    }

    /// An absent thing.
    ///
    /// The original tells an unknown group like a forbidden one where the caller would have to be in it.
    private init(firstAbsent kind: Kind, _ id: String, _ context: FailureContext) {
        switch (kind, context.route) {
        case (.application, _):
            self = .unknownApplication(id)
        case (.user, "openIMFriendImportFriend"):
            self.init(606, "this user not exists,cant not add friend")
        case (.user, _):
            self.init(614, "Can't find the user information")
        case (.group, "openIMGroupInviteUserToGroup"), (.group, "openIMGroupKickGroup"):
            self.init(800, "no permission")
        case (.group, _), (.room, _):
            self.init(618, "There is no such group or the user not in the group")
        case (.contact, _):
            self.init(610, "Failed to find the friend")
        case (.proposal, "openIMFriendAddFriendResponse"):
            self.init(607, "Failed to agree to add friends")
        case (.organization, _), (.credential, _), (.administrator, _), (.block, _), (.message, _),
            (.history, _), (.file, _), (.proposal, _), (.email, _), (.template, _), (.role, _), (.mute, _):
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
