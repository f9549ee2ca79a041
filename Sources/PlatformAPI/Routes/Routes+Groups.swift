// The routes of chat groups where they differ from rooms.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let groups: [Route] =
        (groupsAsWholes + shared(GroupsFace.self) + groupEntry).speaking(.groups)
        + memberMetadata.speaking(.groups, in: .metadata)

    private static let groupsAsWholes: [Route] = [
        Route(
            .get,
            "/{org}/{app}/chatgroups",
            "listGroups",
            "List groups, newest first.",
            auth: .application,
            scope: .groupsRead,
            failures: foreignCursor,
            .scan(Groups.list)
        ),
        Route(
            .get,
            "/{org}/{app}/publicchatgroups",
            "listPublicGroups",
            "List public groups, newest first.",
            auth: .application,
            scope: .groupsRead,
            failures: foreignCursor,
            .scan(Groups.listPublic)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/count",
            "countGroups",
            "How many groups the application has.",
            auth: .application,
            scope: .groupsRead,
            .read(Groups.count)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/joined_chatgroups",
            "listJoinedGroups",
            "List the groups that a user is in, newest first.",
            auth: .application,
            scope: .groupsRead,
            failures: noUser + foreignCursor,
            .scan(Groups.listJoined)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/user/{username}",
            "listJoinedGroupDetails",
            "List the groups that a user is in with their settings, a page by number from 0.",
            auth: .application,
            scope: .groupsRead,
            failures: noUser,
            .scan(Groups.listJoinedDetails)
        ),
        Route(
            .post,
            "/{org}/{app}/chatgroups",
            "createGroup",
            "Make a group with its owner and first members.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser + [
                .invalid(field: "public", .missing), .group(.full(exampleID)),
                .group(.joinedTooMany("user1")),
                .group(.tooManyGroups), .conflict(.group, id: "12345678"),
            ],
            .write(Groups.create)
        ).saying(PlatformError.ofGroupCreation),
        Route(
            .put,
            "/{org}/{app}/chatgroups/{group_id}",
            "updateGroup",
            "Change some of a group's settings, or hand it to another member.",
            auth: .application,
            scope: .groupsWrite,
            failures: noGroup + [
                .invalid(field: "groupid", .unknownField), .group(.maximumBelowCount), .group(.sameOwner),
                .group(.notMembers(["user1"], exampleID)),
            ],
            .write(Groups.update)
        ).saying(PlatformError.ofGroupUpdate),
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/disable",
            "disableGroup",
            "Keep anybody from sending to a group.",
            auth: .application,
            scope: .groupsWrite,
            failures: noGroup,
            Action.write(AnyGroup<GroupsFace>.disable).takingReason
        ),
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/enable",
            "enableGroup",
            "Let members send to a group again.",
            auth: .application,
            scope: .groupsWrite,
            failures: noGroup,
            .write(AnyGroup<GroupsFace>.enable)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/{group_id}/count",
            "countGroupMembers",
            "How many members a group has.",
            auth: .application,
            scope: .groupsRead,
            failures: noGroup,
            .read(GroupMembers<GroupsFace>.count)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/{group_id}/roles",
            "listGroupRoles",
            "List a group's members with their roles, and whether they are online.",
            auth: .application,
            scope: .groupsRead,
            failures: noGroup,
            .scan(GroupMembers<GroupsFace>.roles)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/{group_id}/user/{username}/is_joined",
            "isGroupMember",
            "Whether a user is in a group.",
            auth: .application,
            scope: .groupsRead,
            failures: noGroup + noUser,
            .read(GroupMembers<GroupsFace>.isJoined)
        ),
    ]

    private static let memberMetadata: [Route] = [
        Route(
            .put,
            "/{org}/{app}/metadata/chatgroup/{group_id}/user/{username}",
            "setMemberMetadata",
            "Set entries of a group member's metadata; an empty value removes its key.",
            auth: .application,
            scope: .groupsWrite,
            failures: noGroup + [
                .group(.notMembers(["user1"], exampleID)),
                .limitReached(.memberMetadataBytes, maximum: MemberMetadataRules.maximumBytes),
            ],
            .write(MemberMetadata.set)
        ),
        Route(
            .get,
            "/{org}/{app}/metadata/chatgroup/{group_id}/user/{username}",
            "getMemberMetadata",
            "Get a group member's metadata.",
            auth: .application,
            scope: .groupsRead,
            failures: noGroup + [.group(.notMembers(["user1"], exampleID))],
            .read(MemberMetadata.get)
        ),
        Route(
            .post,
            "/{org}/{app}/metadata/chatgroup/{group_id}/get",
            "getMetadataOfMembers",
            "Get some properties of up to ten members of a group.",
            auth: .application,
            scope: .groupsRead,
            failures: noGroup,
            .read(MemberMetadata.getMany)
        ),
        Route(
            .put,
            "/{org}/{app}/metadata/chatgroup/{group_id}/users/batch",
            "setMetadataOfMembers",
            "Set entries of up to twenty members of a group, each one's or none of it.",
            auth: .application,
            scope: .groupsWrite,
            failures: noGroup + [
                .limitReached(.memberMetadataBytes, maximum: MemberMetadataRules.maximumBytes),
                .invalid(field: "limit", .unknownParameter),
            ],
            .write(MemberMetadata.setMany)
        ),
    ]
}
