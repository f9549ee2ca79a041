// The routes of chat rooms where they differ from groups.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let rooms: [Route] =
        (superAdministrators + roomsAsWholes + shared(RoomsFace.self)).speaking(.groups)
        + roomMetadata.speaking(.groups, in: .metadata)

    private static let noRoom: [Failure] = [.notFound(.room, id: exampleID.text)]

    private static let superAdministrators: [Route] = [
        Route(
            .post,
            "/{org}/{app}/chatrooms/super_admin",
            "addSuperAdministrator",
            "Let a user administer every room.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser,
            .write(Rooms.addSuperAdministrator)
        ),
        Route(
            .get,
            "/{org}/{app}/chatrooms/super_admin",
            "listSuperAdministrators",
            "List the users who administer every room.",
            auth: .application,
            scope: .groupsRead,
            .scan(Rooms.superAdministrators)
        ),
        Route(
            .delete,
            "/{org}/{app}/chatrooms/super_admin/{username}",
            "removeSuperAdministrator",
            "End a user's administration of every room.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser + [.group(.notSuperAdministrator("user1"))],
            .write(Rooms.removeSuperAdministrator)
        ),
    ]

    private static let roomsAsWholes: [Route] = [
        Route(
            .get,
            "/{org}/{app}/chatrooms",
            "listRooms",
            "List rooms, newest first.",
            auth: .application,
            scope: .groupsRead,
            failures: foreignCursor,
            .scan(Rooms.list)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/joined_chatrooms",
            "listJoinedRooms",
            "List the rooms that a user is in, newest first.",
            auth: .application,
            scope: .groupsRead,
            failures: noUser + foreignCursor,
            .scan(Rooms.listJoined)
        ),
        Route(
            .post,
            "/{org}/{app}/chatrooms",
            "createRoom",
            "Make a room with its owner and first members.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser + [
                .invalid(field: "name", .missing), .invalid(field: "owner", .missing),
                .group(.full(exampleID)),
                .group(.joinedTooMany("user1")), .group(.tooManyGroups),
            ],
            .write(Rooms.create)
        ).saying(PlatformError.ofRoomCreation),
        Route(
            .put,
            "/{org}/{app}/chatrooms/{chatroom_id}",
            "updateRoom",
            "Change a room's name, description or maximum.",
            auth: .application,
            scope: .groupsWrite,
            failures: noRoom + [.invalid(field: "owner", .unknownField), .group(.maximumBelowCount)],
            .write(Rooms.update)
        ),
    ]

    private static let roomMetadata: [Route] = [
        Route(
            .put,
            "/{org}/{app}/metadata/chatroom/{chatroom_id}/user/{username}",
            "setRoomMetadata",
            "Set entries of a room's metadata that are a member's own or new.",
            auth: .application,
            scope: .groupsWrite,
            failures: noRoom + strangers,
            .write(RoomMetadata.set)
        ),
        Route(
            .put,
            "/{org}/{app}/metadata/chatroom/{chatroom_id}/user/{username}/forced",
            "forceRoomMetadata",
            "Set entries of a room's metadata, whosever they were.",
            auth: .application,
            scope: .groupsWrite,
            failures: noRoom + strangers,
            .write(RoomMetadata.force)
        ),
        Route(
            .post,
            "/{org}/{app}/metadata/chatroom/{chatroom_id}",
            "getRoomMetadata",
            "Get some entries of a room's metadata, or all.",
            auth: .application,
            scope: .groupsRead,
            failures: noRoom,
            .read(RoomMetadata.get)
        ),
        Route(
            .delete,
            "/{org}/{app}/metadata/chatroom/{chatroom_id}/user/{username}",
            "deleteRoomMetadata",
            "Remove entries of a room's metadata that are a member's own.",
            auth: .application,
            scope: .groupsWrite,
            failures: noRoom + strangers,
            .write(RoomMetadata.remove)
        ),
        Route(
            .delete,
            "/{org}/{app}/metadata/chatroom/{chatroom_id}/user/{username}/forced",
            "forceDeleteRoomMetadata",
            "Remove entries of a room's metadata, whosever they are.",
            auth: .application,
            scope: .groupsWrite,
            failures: noRoom + strangers,
            .write(RoomMetadata.forceRemoval)
        ),
    ]
}
