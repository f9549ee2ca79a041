// The routes that groups and rooms have in common, declared once for both.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    /// The routes below one group or room, the same for both but for names.
    static func shared<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        conversations(face) + members(face) + administrators(face) + lists(face) + mutes(face) + shields(face)
    }

    /// The path of one group or room.
    private static func path<Face: GroupFace>(_ face: Face.Type) -> String {
        "/{org}/{app}/\(face.collection)/{\(face.parameter)}"
    }

    /// A route below one group or room: for the application, and that there may be no such group or room.
    private static func own<Face: GroupFace>(
        _ face: Face.Type,
        _ method: HTTP.Method,
        _ path: String,
        _ name: String,
        _ summary: String,
        failures: [Failure] = [],
        _ action: Action
    ) -> Route {
        let absent = Failure.notFound(face.kind == .group ? .group : .room, id: exampleID.text)
        return Route(
            method,
            path,
            name,
            summary,
            auth: .application,
            scope: method == .get ? .groupsRead : .groupsWrite,
            failures: [absent] + failures,
            action
        )
    }

    private static let owner: [Failure] = [.group(.ownerProtected)]
    private static let several: [Failure] = [
        .tooMany(field: "usernames", maximum: GroupMemberRules.maximumNames),
        .invalid(field: "usernames", .empty),
    ]

    private static func conversations<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, noun) = (path(face), face.noun)
        return [
            own(
                face,
                .get,
                path,
                "get\(noun)s",
                "Get one \(noun.lowercased()), or several by their ids.",
                failures: [.tooMany(field: "ids", maximum: Groups.maximumIDs)],
                .scan(AnyGroup<Face>.get)
            ).saying(PlatformError.ofGroupReads),
            own(
                face,
                .delete,
                path,
                "delete\(noun)",
                "Delete a \(noun.lowercased()) with all that belongs to it.",
                Action.write(AnyGroup<Face>.delete).takingReason
            ),
            own(
                face,
                .get,
                path + "/announcement",
                "get\(noun)Announcement",
                "Get the announcement.",
                .read(AnyGroup<Face>.announcement)
            ),
            own(
                face,
                .post,
                path + "/announcement",
                "set\(noun)Announcement",
                "Set the announcement.",
                .write(AnyGroup<Face>.announce)
            ),
            own(
                face,
                .post,
                path + "/ban",
                "muteAllOf\(noun)",
                "Mute all but the owner, administrators and the allow list.",
                .write(AnyGroup<Face>.muteAll)
            ),
            own(
                face,
                .delete,
                path + "/ban",
                "unmuteAllOf\(noun)",
                "Let all members speak again.",
                .write(AnyGroup<Face>.unmuteAll)
            ),
        ]
    }

    private static func members<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, noun) = (path(face) + "/users", face.noun)
        let joining: [Failure] = [
            .group(.alreadyMembers(["user1"], exampleID)), .group(.blocked("user1", exampleID)),
            .group(.joinedTooMany("user1")), .group(.full(exampleID)),
        ]
        return [
            own(
                face,
                .get,
                path,
                "list\(noun)Members",
                "List the members in the order of joining, the owner last.",
                failures: foreignCursor,
                .scan(GroupMembers<Face>.list)
            ).saying(PlatformError.ofGroupReads),
            own(
                face,
                .post,
                path + "/{username}",
                "add\(noun)Member",
                "Add a member.",
                failures: noUser + joining,
                .write(GroupMembers<Face>.addOne)
            ),
            own(
                face,
                .post,
                path,
                "add\(noun)Members",
                "Add members, all or none.",
                failures: noUser + joining,
                .write(GroupMembers<Face>.addMany)
            ),
            own(
                face,
                .delete,
                path + "/{username}",
                "remove\(noun)Members",
                "Remove a member, or several with commas between their names.",
                failures: strangers + owner
                    + [
                        .tooMany(field: "usernames", maximum: face.maximumRemoval),
                        .invalid(field: "usernames", .empty),
                    ],
                .write(GroupMembers<Face>.remove)
            ),
        ]
    }

    private static func administrators<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, noun) = (path(face) + "/admin", face.noun)
        return [
            own(
                face,
                .get,
                path,
                "list\(noun)Administrators",
                "List the administrators, without the owner.",
                .read(GroupMembers<Face>.administrators)
            ),
            own(
                face,
                .post,
                path,
                "add\(noun)Administrator",
                "Make a member an administrator.",
                failures: strangers + owner + [
                    .group(.alreadyAdministrator("user1", exampleID)),
                    .group(.tooManyAdministrators(maximum: GroupMemberRules.maximumAdministrators)),
                ],
                .write(GroupMembers<Face>.addAdministrator)
            ).saying(PlatformError.ofAdministrators),
            own(
                face,
                .delete,
                path + "/{username}",
                "remove\(noun)Administrator",
                "Make an administrator an ordinary member.",
                failures: [.group(.notAdministrator("user1", exampleID))],
                .write(GroupMembers<Face>.removeAdministrator)
            ),
        ]
    }

    private static func lists<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let noun = face.noun
        let (blocks, white) = (path(face) + "/blocks/users", path(face) + "/white/users")
        return [
            own(
                face,
                .get,
                blocks,
                "list\(noun)Blocks",
                "List the names of the users who can't come in.",
                .scan(GroupModeration<Face>.blocked)
            ),
            own(
                face,
                .post,
                blocks + "/{username}",
                "block\(noun)Member",
                "Remove a member who can't come back.",
                failures: strangers + owner,
                .write(GroupModeration<Face>.blockOne)
            ),
            own(
                face,
                .post,
                blocks,
                "block\(noun)Members",
                "Remove members who can't come back.",
                failures: owner,
                .write(GroupModeration<Face>.blockMany)
            ),
            own(
                face,
                .delete,
                blocks + "/{username}",
                "unblock\(noun)Users",
                "Let users come in again.",
                failures: noUser + several,
                .write(GroupModeration<Face>.unblock)
            ),
            own(
                face,
                .get,
                white,
                "list\(noun)Allowed",
                "List the names of the members who may speak while all are muted.",
                .scan(GroupModeration<Face>.allowed)
            ),
            own(
                face,
                .post,
                white + "/{username}",
                "allow\(noun)Member",
                "Let a member speak while all are muted.",
                failures: strangers,
                .write(GroupModeration<Face>.allowOne)
            ),
            own(
                face,
                .post,
                white,
                "allow\(noun)Members",
                "Let members speak while all are muted.",
                .write(GroupModeration<Face>.allowMany)
            ),
            own(
                face,
                .delete,
                white + "/{username}",
                "disallow\(noun)Members",
                "Take members off the allow list.",
                failures: noUser + several,
                .write(GroupModeration<Face>.disallow)
            ),
        ]
    }

    private static func mutes<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, noun) = (path(face) + "/mute", face.noun)
        return [
            own(
                face,
                .post,
                path,
                "mute\(noun)Members",
                "Mute members, all or none.",
                failures: strangers + owner,
                Action.write(GroupModeration<Face>.mute).takingReason
            ).saying(PlatformError.ofGroupMutes),
            own(
                face,
                .get,
                path,
                "list\(noun)Mutes",
                "List the muted members.",
                .scan(GroupModeration<Face>.mutes)
            ),
            own(
                face,
                .delete,
                path + "/{username}",
                "unmute\(noun)Members",
                "Let members speak again.",
                failures: noUser + several,
                .write(GroupModeration<Face>.unmute)
            ),
        ]
    }

    private static func shields<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, noun) = (path(face) + "/shield", face.noun)
        let absent = Failure.notFound(face.kind == .group ? .group : .room, id: exampleID.text)
        return [
            Route(
                .post,
                path,
                "shield\(noun)",
                "Get no more of what is said there, as a member.",
                auth: .user,
                failures: [absent] + strangers,
                .write(GroupShield<Face>.raise)
            ),
            Route(
                .delete,
                path,
                "unshield\(noun)",
                "Get what is said there again, as a member.",
                auth: .user,
                failures: [absent] + strangers,
                .write(GroupShield<Face>.lower)
            ),
            Route(
                .get,
                path,
                "list\(noun)Shields",
                "List the names of the members who get nothing of what is said there.",
                auth: .applicationOrAnyUser,
                scope: .groupsRead,
                failures: [absent] + strangers,
                .scan(GroupShield<Face>.list)
            ),
        ]
    }
}
