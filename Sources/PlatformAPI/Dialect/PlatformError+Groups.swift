// The errors of the group service: groups, rooms and their metadata have codes, names and texts of their own.

import Domain
import HTTP
import Routing

extension PlatformError {
    /// The failure as the group service puts it; nil where it has no words of its own.
    init?(ofGroupService failure: Failure, _ context: FailureContext) {
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
            self.init(
                .badRequest,
                "invalid_parameter",
                .groupInvalidParameter,
                Self.groupServiceText(field, reason, context)
            )
        case .tooMany(let field, let maximum):
            self.init(
                .badRequest,
                "invalid_parameter",
                .groupInvalidParameter,
                "\(field) must have at most \(maximum) elements"
            )
        case .notFound(.user, let id):
            self.init(
                .notFound,
                "resource_not_found",
                .groupResourceNotFound,
                "username \(Self.quote(id)) doesn't exist!"
            )
        case .notFound(.group, let id), .notFound(.room, let id):
            self.init(absentGroup: id, context)
        case .limitReached(let limit, let maximum):
            self.init(
                .forbidden,
                "forbidden_op",
                .groupForbidden,
                "the number of \(limit.rawValue) exceeds the limit of \(maximum)"
            )
        case .malformedBody, .forbidden, .wrongCredentials, .notFound, .conflict, .group, .noSuchRoute,
            .methodNotAllowed, .bodyTooLarge, .unsupportedMediaType, .unsupportedEncoding, .throttled, .mail,
            .overloaded,
            .underMaintenance, .deadlineExceeded, .storage:
            return nil
        }
    }

    /// Reads and changes of an absent group are told apart.
    private init(absentGroup id: String, _ context: FailureContext) {
        switch context.route {
        case "getGroups", "getRooms", "listGroupMembers", "listRoomMembers":
            self.init(
                .notFound,
                "service_resource_not_found",
                .groupServiceNotFound,
                "do not find this group:\(Self.quote(id))"
            )
        default:
            self.init(
                .notFound,
                "resource_not_found",
                .groupResourceNotFound,
                "grpID \(Self.quote(id)) does not exist!"
            )
        }
    }

    /// What the state of a group doesn't allow.
    init(_ problem: GroupProblem, _ context: FailureContext) {
        switch problem {
        case .alreadyMembers(let names, let group):
            // One line for each, and the last one ended too: clients compare it with its line end.
            let lines = names.map { "user: \(Self.quote($0)) already in group: \(group.text)\n" }
            self = .refused("can not join this group, reason:\(lines.joined())")
        case .notMembers(let names, let group):
            self.init(strangers: names.map(Self.quote), to: group, context)
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

    /// Users who would have to be members: three routes have a status or a text of their own.
    private init(strangers names: [String], to group: GroupID, _ context: FailureContext) {
        switch context.route {
        case "updateGroup":
            self = .refused("user: \(names.joined(separator: ", ")) doesn't exist in group: \(group.text)")
        case "addGroupAdministrator", "addRoomAdministrator":
            self.init(
                .notFound,
                "resource_not_found",
                .groupResourceNotFound,
                "user: \(names.joined(separator: ", ")) doesn't exist in group: \(group.text)"
            )
        case "muteGroupMembers", "muteRoomMembers":
            self.init(
                .badRequest,
                "invalid_parameter",
                .groupInvalidParameter,
                "users [\(names.joined(separator: ", "))] are not members of this group!"
            )
        default:
            self = .refused("users [\(names.joined(separator: ", "))] are not members of this group!")
        }
    }

    private static func refused(_ text: String) -> PlatformError {
        PlatformError(.forbidden, "forbidden_op", .groupForbidden, text)
    }

    /// A name as sent, cut where it can't be one anyway.
    private static func quote(_ name: String) -> String { String(name.prefix(128)) }

    /// What is wrong with a field: in the documents' words where they have some.
    private static func groupServiceText(
        _ field: String,
        _ reason: InvalidReason,
        _ context: FailureContext
    ) -> String {
        switch (context.route, field, reason) {
        case (_, _, .unknownField):
            return "some of [\(field)] are not valid fields"
        case (_, "owner", .missing), (_, "owner", .empty):
            return "owner must be provided"
        case ("createRoom", "name", .missing), ("createRoom", "name", .empty):
            return "chatroom must contain title/name field!"
        case ("createRoom", _, .missing):
            return "chatroom must contain \(field) field!"
        case ("createGroup", _, .missing):
            return "group must contain \(field) field!"
        case (_, "", _):
            return "the request body \(reason.explanation)"
        default:
            return "\(field) \(reason.explanation)"
        }
    }
}
