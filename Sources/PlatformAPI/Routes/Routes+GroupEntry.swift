// The routes by which users come into groups by themselves, and leave.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let noProposal: [Failure] = [.notFound(.proposal, id: "user1")]
    private static let joining: [Failure] = [
        .group(.alreadyMembers(["user1"], exampleID)), .group(.blocked("user1", exampleID)),
        .group(.joinedTooMany("user1")), .group(.full(exampleID)),
    ]

    static let groupEntry: [Route] = [
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/apply",
            "applyToGroup",
            "Ask for a place in a group, or come in where no approval is needed.",
            auth: .user,
            failures: noGroup + joining,
            .write(GroupEntry.apply)
        ),
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/apply_verify",
            "decideGroupApplication",
            "Accept or refuse a user's application.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser + noGroup + noProposal + joining,
            .write(GroupEntry.decideApplication)
        ),
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/invite",
            "inviteToGroup",
            "Invite users in the owner's name; they come at once where no consent is needed.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser + noGroup,
            .write(GroupEntry.invite)
        ),
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/invite_verify",
            "answerGroupInvitation",
            "Accept or refuse an invitation.",
            auth: .user,
            failures: noGroup + noProposal + joining,
            .write(GroupEntry.answerInvitation)
        ),
        Route(
            .delete,
            "/{org}/{app}/chatgroups/{group_id}/quit",
            "quitGroup",
            "Leave a group; its owner can't.",
            auth: .user,
            failures: noGroup + strangers + [.group(.ownerProtected)],
            .write(GroupEntry.quit)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/joined_chatgroups",
            "joinGroups",
            "Bring a user into groups; one that it can't join harms no other.",
            auth: .application,
            scope: .groupsWrite,
            failures: noUser,
            .write(GroupEntry.join)
        ),
    ]
}
