// The routes of groups: as a whole, their members, applications for a place.

import Domain
import Routing

extension OpenIMAPI {
    static let groups: [Route] =
        (groupsAsAWhole + groupMembers + groupMemberChanges + groupApplications).saying(OpenIMError.ofGroups)

    private static let noGroup: [Failure] = [.notFound(.group, id: "1"), .forbidden(.insufficientScope)]

    private static let groupsAsAWhole: [Route] = [
        post(
            ["/group/create_group": .first],
            "Make a group with its first members, one of them its owner; an unknown user is refused, not left out.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noUser + [
                .conflict(.group, id: "1"), .group(.tooManyGroups), .group(.joinedTooMany("u1")),
                .invalid(field: "memberList", .missing),
            ],
            .write(Groups.create)
        ),
        post(
            ["/group/get_groups_info": .first],
            "Get groups; unknown ones are left out.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            .scan(Groups.infos)
        ),
        post(
            ["/group/get_groups": .third],
            "List all groups by page, or find them by a name.",
            auth: .application,
            scope: .groupsRead,
            .scan(Groups.search)
        ),
        post(
            ["/group/get_joined_group_list": .first],
            "List the groups that a user is in; users ask for themselves.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noUser,
            .scan(Groups.joined)
        ),
        post(
            ["/group/set_group_info": .first, "/group/set_group_info_ex": .third],
            "Change a group; what is left empty stays as it is.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup,
            .write(Groups.update)
        ).saying(OpenIMError.ofGroupInfo),
        post(
            ["/group/transfer_group": .first],
            "Hand a group to one of its members.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [.group(.notMembers(["u1"], GroupID(rawValue: 1)))],
            .write(Groups.transfer)
        ),
        post(
            ["/group/dismiss_group": .second],
            "Delete a group; its messages stay as history.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup,
            Action.write(Groups.dismiss).takingReason
        ),
        post(
            ["/group/mute_group": .second],
            "Let only those speak who keep a group in order.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup,
            Action.write(Groups.mute).takingReason
        ),
        post(
            ["/group/cancel_mute_group": .second],
            "Let everybody in a group speak again.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup,
            .write(Groups.unmute)
        ),
    ].flatMap(\.self)

    private static let groupMembers: [Route] = [
        post(
            ["/group/invite_user_to_group": .first],
            "Bring users into a group. -1 is for who doesn't exist, is in already, is blocked, or finds no place.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + noUser + [
                .group(.alreadyMembers(["u1"], GroupID(rawValue: 1))), .group(.full(GroupID(rawValue: 1))),
            ],
            .write(GroupMembers.invite)
        ).saying(OpenIMError.ofMembers),
        post(
            ["/group/kick_group": .first],
            "Remove members of a group. -1 is for who is none, and for the owner, who can't be removed.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [.group(.notMembers(["u1"], GroupID(rawValue: 1))), .group(.ownerProtected)],
            .write(GroupMembers.remove)
        ).saying(OpenIMError.ofMembers),
        post(
            ["/group/quit_group": .first],
            "Leave a group; its owner has to hand it over before.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [.group(.ownerProtected)],
            .write(GroupMembers.leave)
        ),
        post(
            ["/group/get_group_member_list": .first],
            "List the members of a group for one of them, a page at a time, the owner last.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noGroup,
            .scan(GroupMembers.list)
        ),
        post(
            ["/group/get_group_all_member_list": .first],
            "List all members of a group.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noGroup,
            .scan(GroupMembers.listAll)
        ),
        post(
            ["/group/get_group_members_info": .first],
            "Get some members of a group; who is none is left out.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noGroup,
            .scan(GroupMembers.infos)
        ),
    ].flatMap(\.self)

    private static let groupMemberChanges: [Route] = [
        post(
            ["/group/set_group_member_info": .second],
            "Change how members are shown in a group, or their roles.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [.group(.notMembers(["u1"], GroupID(rawValue: 1))), .group(.ownerProtected)],
            .write(GroupMemberChanges.update)
        ),
        post(
            ["/group/set_group_member_nickname": .second],
            "Change a member's name in a group.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [.group(.notMembers(["u1"], GroupID(rawValue: 1)))],
            .write(GroupMemberChanges.setNickname)
        ),
        post(
            ["/group/mute_group_member": .second],
            "Keep a member from speaking for a time.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [.group(.notMembers(["u1"], GroupID(rawValue: 1))), .group(.ownerProtected)],
            Action.write(GroupMemberChanges.mute).takingReason
        ),
        post(
            ["/group/cancel_mute_group_member": .second],
            "Let a member speak again.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + noUser,
            .write(GroupMemberChanges.unmute)
        ),
    ].flatMap(\.self)

    private static let groupApplications: [Route] = [
        post(
            ["/group/join_group": .first],
            "Ask for a place in a group, or come in where nobody has to consent.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + [
                .group(.alreadyMembers(["u1"], GroupID(rawValue: 1))),
                .group(.blocked("u1", GroupID(rawValue: 1))),
            ],
            .write(GroupApplications.apply)
        ),
        post(
            ["/group/group_application_response": .second],
            "Let who asked for a place come in (1), or not: 0 in the first generation, -1 later.",
            auth: .applicationOrAnyUser,
            scope: .groupsWrite,
            failures: noGroup + noUser + [.notFound(.proposal, id: "u1")],
            .write(GroupApplications.respond)
        ),
        post(
            ["/group/get_group_applicationList": .first, "/group/get_recv_group_applicationList": .second],
            "List the applications to the groups that a user keeps in order.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noUser,
            .scan(GroupApplications.received)
        ),
        post(
            ["/group/get_user_req_group_applicationList": .second],
            "List the applications that a user made.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noUser,
            .scan(GroupApplications.sent)
        ),
        post(
            ["/group/get_group_users_req_application_list": .third],
            "Get the last application of each of some users to a group.",
            auth: .applicationOrAnyUser,
            scope: .groupsRead,
            failures: noGroup,
            .scan(GroupApplications.ofUsers)
        ),
    ].flatMap(\.self)
}
