// The errors of the group service: groups, rooms and their metadata have codes, names and texts of their own.

import Domain
import HTTP
import Routing

extension PlatformError {
    /// The failure as the group service puts it; nil where it has no words of its own.
    init?(ofGroupService failure: Failure) {
        switch failure {
        case .unauthenticated(.missing), .unauthenticated(.blank):
            self.init(.unauthorized, "group_authorization", .groupAuthorization, "token is blank!")
        case .unauthenticated, .forbidden(.insufficientScope):
            self.init(
                .unauthorized,
                "group_authorization",
                .groupAuthorization,
                "this token is bad, or has expired!"
            )
        case .invalid(let field, let reason):
            self = .invalidParameter(Self.groupServiceText(field, reason))
        case .tooMany(let field, let maximum):
            self = .invalidParameter("\(field) must have at most \(maximum) elements")
        case .conflict(.group, let id):
            self.init(
                .conflict,
                "duplicate_unique_property_exists",
                .duplicateProperty,
                "group id \(Self.quote(id)) already exists!"
            )
        case .notFound(.user, let id):
            self.init(
                .notFound,
                "resource_not_found",
                .groupResourceNotFound,
                "username \(Self.quote(id)) doesn't exist!"
            )
        case .notFound(.group, let id), .notFound(.room, let id):
            self.init(
                .notFound,
                "resource_not_found",
                .groupResourceNotFound,
                "grpID \(Self.quote(id)) does not exist!"
            )
        case .limitReached(let limit, let maximum):
            self.init(
                .forbidden,
                "forbidden_op",
                .groupForbidden,
                "the number of \(limit.rawValue) exceeds the limit of \(maximum)"
            )
        case .malformedBody, .forbidden, .wrongCredentials, .notFound, .conflict, .group, .noSuchRoute,
            .methodNotAllowed, .bodyTooLarge, .unsupportedMediaType, .unsupportedEncoding, .throttled, .mail,
            .denied, .repetition,
            .overloaded,
            .underMaintenance, .deadlineExceeded, .storage:
            return nil
        }
    }

    /// Refusals by the state of a group.
    init(_ problem: GroupProblem) {
        switch problem {
        case .alreadyMembers(let names, let group):
            // One line for each, and the last one ended too: clients compare it with its line end.
            let lines = names.map { "user: \(Self.quote($0)) already in group: \(group.text)\n" }
            self = .refused("can not join this group, reason:\(lines.joined())")
        case .notMembers(let names, _):
            self = .refused(Self.notMembers(names))
        case .ownerProtected:
            self = .refused("forbidden operation on group owner!")
        case .sameOwner:
            self = .refused("new owner and old owner are the same")
        case .notAdministrator(let name, let group):
            self = .refused("user:\(Self.quote(name)) is not admin of group:\(group.text)")
        case .alreadyAdministrator(let name, let group):
            self = .refused("user:\(Self.quote(name)) is already admin of group:\(group.text)")
        case .tooManyAdministrators(let maximum):
            self = .refused("the number of admins and owner exceeds the limit of \(maximum)")
        case .full(let group):
            self = .refused("can not join this group, reason:group: \(group.text) is full")
        case .blocked(let name, let group):
            self = .refused(
                "can not join this group, reason:user: \(Self.quote(name)) is in the blacklist of group: \(group.text)"
            )
        case .joinedTooMany(let name):
            // The colon is the original's full-width one.
            self = .refused(
                "can not join this group, reason：user \(Self.quote(name)) has joined too many groups/chatroom!"
            )
        case .tooManyGroups:
            self = .refused("this appKey has create too many groups/chatrooms!")
        case .maximumBelowCount:
            self = .refused("current user count is larger than the maxUsers that you want to update !")
        case .notSuperAdministrator(let name):
            self = .refused("user:\(Self.quote(name)) is not super admin")
        case .keyOfAnother(let key):
            self = .refused("key \(Self.quote(key)) belongs to another user")
        }
    }

    static func notMembers(_ names: [String]) -> String {
        "users [\(names.map(quote).joined(separator: ", "))] are not members of this group!"
    }

    static func invalidParameter(_ text: String) -> PlatformError {
        PlatformError(.badRequest, "invalid_parameter", .groupInvalidParameter, text)
    }

    static func refused(_ text: String) -> PlatformError {
        PlatformError(.forbidden, "forbidden_op", .groupForbidden, text)
    }

    /// A name as sent, cut where it can't be one anyway.
    static func quote(_ name: String) -> String { String(name.prefix(128)) }

    /// The fault of a field: in the documents' words where they have some.
    private static func groupServiceText(_ field: String, _ reason: InvalidReason) -> String {
        switch (field, reason) {
        case (_, .unknownField): "some of [\(field)] are not valid fields"
        case ("owner", .missing), ("owner", .empty): "owner must be provided"
        case ("", _): "the request body \(reason.explanation)"
        default: "\(field) \(reason.explanation)"
        }
    }
}
