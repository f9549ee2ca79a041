// The routes that groups and rooms have in common, declared once for both.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    /// The routes below one group or room, the same for both but for names.
    static func shared<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        conversations(face) + members(face) + administrators(face) + lists(face) + mutes(face)
    }

    /// The path of one group or room.
    private static func path<Face: GroupFace>(_ face: Face.Type) -> String {
        "/{org}/{app}/\(face.collection)/{\(face.parameter)}"
    }

    private static func absent<Face: GroupFace>(_ face: Face.Type) -> [Failure] {
        [.notFound(face.kind == .group ? .group : .room, id: exampleID.text)]
    }

    private static let noUser: [Failure] = [.notFound(.user, id: "user1")]
    private static let foreignCursor: [Failure] = [.invalid(field: "cursor", .foreignCursor)]
    private static let strangers: [Failure] = [.group(.notMembers(["user1"], exampleID))]
    private static let owner: [Failure] = [.group(.ownerProtected)]

    private static func conversations<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, absent, noun) = (path(face), absent(face), face.noun)
        return [
            Route(
                .get,
                path,
                "get\(noun)s",
                "Get one \(noun.lowercased()), or several by their ids.",
                auth: .application,
                failures: absent + [.tooMany(field: "ids", maximum: Groups.maximumIDs)],
                .scan(AnyGroup<Face>.get)
            ),
            Route(
                .delete,
                path,
                "delete\(noun)",
                "Delete a \(noun.lowercased()) with all that belongs to it.",
                auth: .application,
                failures: absent,
                .write(AnyGroup<Face>.delete)
            ),
            Route(
                .get,
                path + "/announcement",
                "get\(noun)Announcement",
                "Get the announcement.",
                auth: .application,
                failures: absent,
                .read(AnyGroup<Face>.announcement)
            ),
            Route(
                .post,
                path + "/announcement",
                "set\(noun)Announcement",
                "Set the announcement.",
                auth: .application,
                failures: absent,
                .write(AnyGroup<Face>.announce)
            ),
            Route(
                .post,
                path + "/ban",
                "muteAllOf\(noun)",
                "Mute all but the owner, administrators and the allow list.",
                auth: .application,
                failures: absent,
                .write(AnyGroup<Face>.muteAll)
            ),
            Route(
                .delete,
                path + "/ban",
                "unmuteAllOf\(noun)",
                "Let all members speak again.",
                auth: .application,
                failures: absent,
                .write(AnyGroup<Face>.unmuteAll)
            ),
        ]
    }

    private static func members<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, absent, noun) = (path(face) + "/users", absent(face), face.noun)
        let joining: [Failure] = [
            .group(.alreadyMembers(["user1"], exampleID)), .group(.blocked("user1", exampleID)),
            .group(.joinedTooMany("user1")), .group(.full(exampleID)),
        ]
        return [
            Route(
                .get,
                path,
                "list\(noun)Members",
                "List the members in the order of joining, the owner last.",
                auth: .application,
                failures: absent + foreignCursor,
                .scan(GroupMembers<Face>.list)
            ),
            Route(
                .post,
                path + "/{username}",
                "add\(noun)Member",
                "Add a member.",
                auth: .application,
                failures: absent + noUser + joining,
                .write(GroupMembers<Face>.addOne)
            ),
            Route(
                .post,
                path,
                "add\(noun)Members",
                "Add members, all or none.",
                auth: .application,
                failures: absent + noUser + joining,
                .write(GroupMembers<Face>.addMany)
            ),
            Route(
                .delete,
                path + "/{username}",
                "remove\(noun)Members",
                "Remove a member, or several with commas between their names.",
                auth: .application,
                failures: absent + strangers + owner
                    + [
                        .tooMany(field: "usernames", maximum: face.maximumRemoval),
                        .invalid(field: "usernames", .empty),
                    ],
                .write(GroupMembers<Face>.remove)
            ),
        ]
    }

    private static func administrators<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, absent, noun) = (path(face) + "/admin", absent(face), face.noun)
        return [
            Route(
                .get,
                path,
                "list\(noun)Administrators",
                "List the administrators, without the owner.",
                auth: .application,
                failures: absent,
                .read(GroupMembers<Face>.administrators)
            ),
            Route(
                .post,
                path,
                "add\(noun)Administrator",
                "Make a member an administrator.",
                auth: .application,
                failures: absent + strangers + owner + [
                    .group(.alreadyAdministrator("user1", exampleID)),
                    .group(.tooManyAdministrators(maximum: GroupMemberRules.maximumAdministrators)),
                ],
                .write(GroupMembers<Face>.addAdministrator)
            ),
            Route(
                .delete,
                path + "/{username}",
                "remove\(noun)Administrator",
                "Make an administrator an ordinary member.",
                auth: .application,
                failures: absent + [.group(.notAdministrator("user1", exampleID))],
                .write(GroupMembers<Face>.removeAdministrator)
            ),
        ]
    }

    private static func lists<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (absent, noun) = (absent(face), face.noun)
        let (blocks, white) = (path(face) + "/blocks/users", path(face) + "/white/users")
        let several: [Failure] = [
            .tooMany(field: "usernames", maximum: GroupMemberRules.maximumNames),
            .invalid(field: "usernames", .empty),
        ]
        return [
            Route(
                .get,
                blocks,
                "list\(noun)Blocks",
                "List the names of the users who can't come in.",
                auth: .application,
                failures: absent,
                .scan(GroupModeration<Face>.blocked)
            ),
            Route(
                .post,
                blocks + "/{username}",
                "block\(noun)Member",
                "Remove a member who can't come back.",
                auth: .application,
                failures: absent + strangers + owner,
                .write(GroupModeration<Face>.blockOne)
            ),
            Route(
                .post,
                blocks,
                "block\(noun)Members",
                "Remove members who can't come back.",
                auth: .application,
                failures: absent + owner,
                .write(GroupModeration<Face>.blockMany)
            ),
            Route(
                .delete,
                blocks + "/{username}",
                "unblock\(noun)Users",
                "Let users come in again.",
                auth: .application,
                failures: absent + noUser + several,
                .write(GroupModeration<Face>.unblock)
            ),
            Route(
                .get,
                white,
                "list\(noun)Allowed",
                "List the names of the members who may speak while all are muted.",
                auth: .application,
                failures: absent,
                .scan(GroupModeration<Face>.allowed)
            ),
            Route(
                .post,
                white + "/{username}",
                "allow\(noun)Member",
                "Let a member speak while all are muted.",
                auth: .application,
                failures: absent + strangers,
                .write(GroupModeration<Face>.allowOne)
            ),
            Route(
                .post,
                white,
                "allow\(noun)Members",
                "Let members speak while all are muted.",
                auth: .application,
                failures: absent,
                .write(GroupModeration<Face>.allowMany)
            ),
            Route(
                .delete,
                white + "/{username}",
                "disallow\(noun)Members",
                "Take members off the allow list.",
                auth: .application,
                failures: absent + noUser + several,
                .write(GroupModeration<Face>.disallow)
            ),
        ]
    }

    private static func mutes<Face: GroupFace>(_ face: Face.Type) -> [Route] {
        let (path, absent, noun) = (path(face) + "/mute", absent(face), face.noun)
        return [
            Route(
                .post,
                path,
                "mute\(noun)Members",
                "Mute members, all or none.",
                auth: .application,
                failures: absent + strangers + owner,
                .write(GroupModeration<Face>.mute)
            ),
            Route(
                .get,
                path,
                "list\(noun)Mutes",
                "List the muted members.",
                auth: .application,
                failures: absent,
                .scan(GroupModeration<Face>.mutes)
            ),
            Route(
                .delete,
                path + "/{username}",
                "unmute\(noun)Members",
                "Let members speak again.",
                auth: .application,
                failures: absent + noUser
                    + [
                        .tooMany(field: "usernames", maximum: GroupMemberRules.maximumNames),
                        .invalid(field: "usernames", .empty),
                    ],
                .write(GroupModeration<Face>.unmute)
            ),
        ]
    }
}
