// The errors of the third generation: the status is 200 for whatever was asked, and the code tells.

import Domain
import HTTP
import Routing

extension OpenIMError {
    /// - Parameter isForManagers: whether the route is for the application and its managers only.
    init(third failure: Failure, isForManagers: Bool = false) {
        switch failure {
        case .malformedBody(let text):
            self.init(.args, text)
        case .invalid(let field, let reason):
            self.init(
                .args,
                field == "operationID" ? "header must have operationID" : Self.text(field, reason)
            )
        case .tooMany(let field, let maximum):
            self.init(.args, "\(field) must have at most \(maximum) elements")
        case .unauthenticated(let problem):
            self.init(third: problem)
        case .forbidden(.muted):
            self.init(.mutedInGroup, "")
        case .forbidden(.groupMuted):
            self.init(.mutedGroup, "")
        case .forbidden(.blocked):
            self.init(.blockedByPeer, "")
        case .forbidden(.permission(let permission)):
            self.init(.noPermission, "permission \(permission.rawValue)")
        case .forbidden(.suspended):
            let code = ThirdCode.noPermission
            self.init(.forbidden, code.rawValue, code.name, detail: "the application is suspended")
        case .forbidden(.lacksScope(let scopes)):
            let code = ThirdCode.noPermission
            self.init(
                .forbidden,
                code.rawValue,
                code.name,
                detail: "the token lacks the scope \(scopes.text)"
            )
        case .forbidden(let prohibition):
            self.init(.noPermission, Self.reason(of: prohibition, isForManagers))
        case .wrongCredentials:
            self.init(.noPermission, "secret invalid")
        case .notFound(.application, let id):
            self = .unknownApplication(id)
        case .notFound(.user, let id):
            self.init(.userIDNotFound, id)
        case .notFound(.group, let id), .notFound(.room, let id):
            self.init(.groupIDNotFound, id)
        case .notFound(.contact, let id):
            self.init(.notPeersFriend, id)
        case .notFound(let kind, let id):
            self.init(.recordNotFound, "\(kind.rawValue) \(id)")
        case .conflict(.user, let id):
            self.init(.registeredAlready, id)
        case .conflict(.group, let id):
            self.init(.groupIDExisted, id)
        case .conflict(.message, let id):
            self.init(.alreadyRevoked, id)
        case .conflict(.contact, let id):
            self.init(.relationshipAlready, id)
        case .conflict(let kind, let id):
            self.init(.duplicateKey, "\(kind.rawValue) \(id)")
        case .limitReached(let limit, let maximum):
            self.init(.args, "there are no more than \(maximum) \(limit.rawValue)")
        case .group(let problem):
            self.init(third: problem)
        case .noSuchRoute: self = .noSuchRoute
        case .methodNotAllowed: self = .methodNotAllowed
        case .unsupportedMediaType, .unsupportedEncoding: self = .unsupportedMediaType
        case .bodyTooLarge: self = .bodyTooLarge
        case .throttled: self = .throttled
        case .mail: self = .mail
        case .repetition(let problem): self.init(problem, code: ThirdCode.args.rawValue)
        case .denied(let denial): self.init(denial.code ?? 1002, denial.reason)
        case .overloaded, .deadlineExceeded: self = .overloaded
        case .underMaintenance: self = .underMaintenance
        case .storage(let reference):
            self.init(.serviceUnavailable, 500, "ServerInternalError", detail: reference)
        }
    }

    /// Why somebody may not, with the setting that decides where it is one.
    private static func reason(of prohibition: Prohibition, _ isForManagers: Bool) -> String {
        switch prohibition {
        case .notManager(let id):
            "\(id) is not one of the application's managers, which its setting managers lists"
        case .insufficientScope where isForManagers:
            "the caller is not one of the application's managers, which its setting managers lists"
        case .insufficientScope: "the caller's role doesn't allow it"
        default: "\(prohibition)"
        }
    }

    /// A code with its name, as this generation tells it.
    enum ThirdCode: Int {
        case args = 1001
        case noPermission = 1002
        case duplicateKey = 1003
        case recordNotFound = 1004
        case userIDNotFound = 1101
        case registeredAlready = 1102
        case groupIDNotFound = 1201
        case groupIDExisted = 1202
        case notInGroupYet = 1203
        case dismissedAlready = 1204
        case groupTypeNotSupport = 1205
        case groupRequestHandled = 1206
        case canNotAddYourself = 1301
        case blockedByPeer = 1302
        case notPeersFriend = 1303
        case relationshipAlready = 1304
        case mutedInGroup = 1402
        case mutedGroup = 1403
        case alreadyRevoked = 1404
        case tokenExpired = 1501
        case tokenMalformed = 1503
        case tokenUnknown = 1505
        case tokenKicked = 1506

        var name: String {
            switch self {
            case .args: "ArgsError"
            case .noPermission: "NoPermissionError"
            case .duplicateKey: "DuplicateKeyError"
            case .recordNotFound: "RecordNotFoundError"
            case .userIDNotFound: "UserIDNotFoundError"
            case .registeredAlready: "RegisteredAlreadyError"
            case .groupIDNotFound: "GroupIDNotFoundError"
            case .groupIDExisted: "GroupIDExisted"
            case .notInGroupYet: "NotInGroupYetError"
            case .dismissedAlready: "DismissedAlreadyError"
            case .groupTypeNotSupport: "GroupTypeNotSupport"
            case .groupRequestHandled: "GroupRequestHandled"
            case .canNotAddYourself: "CanNotAddYourselfError"
            case .blockedByPeer: "BlockedByPeer"
            case .notPeersFriend: "NotPeersFriend"
            case .relationshipAlready: "RelationshipAlreadyError"
            case .mutedInGroup: "MutedInGroup"
            case .mutedGroup: "MutedGroup"
            case .alreadyRevoked: "MsgAlreadyRevoke"
            case .tokenExpired: "TokenExpiredError"
            case .tokenMalformed: "TokenMalformedError"
            case .tokenUnknown: "TokenUnknownError"
            case .tokenKicked: "TokenKickedError"
            }
        }
    }

    init(_ code: ThirdCode, _ detail: String) {
        let place = "\(code.rawValue) \(code.name)"
        self.init(.ok, code.rawValue, code.name, detail: detail.isEmpty ? place : "\(detail): \(place)")
    }

    private init(third problem: AuthenticationProblem) {
        switch problem {
        case .missing, .blank: self.init(.args, "header must have token")
        case .corrupt, .malformed, .otherScheme: self.init(.tokenMalformed, "")
        case .foreign: self.init(.tokenUnknown, "")
        case .expired: self.init(.tokenExpired, "")
        case .revoked, .orphaned: self.init(.tokenKicked, "")
        }
    }

    private init(third problem: GroupProblem) {
        switch problem {
        case .notMembers: self.init(.notInGroupYet, "")
        case .alreadyMembers: self.init(.relationshipAlready, "")
        case .full, .joinedTooMany, .tooManyGroups, .tooManyAdministrators, .sameOwner, .alreadyAdministrator,
            .notAdministrator, .maximumBelowCount:
            self.init(.args, "\(problem)")
        case .ownerProtected, .blocked, .notSuperAdministrator, .keyOfAnother:
            self.init(.noPermission, "\(problem)")
        }
    }
}
