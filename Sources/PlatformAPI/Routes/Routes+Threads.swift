// The routes of threads, and of reactions.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let noThread: [Failure] = [.notFound(.thread, id: exampleID.text)]
    private static let noMessage: [Failure] = [.notFound(.message, id: "1")]

    static let threads: [Route] = threadRoutes.map { $0.saying(PlatformError.ofThreads) }.speaking(.groups)

    private static let threadRoutes: [Route] = [
        Route(
            .get,
            "/{org}/{app}/thread",
            "listThreads",
            "List an application's threads by the moment they were made.",
            auth: .application,
            scope: .groupsRead,
            failures: foreignCursor,
            .read(ChatThreads.list)
        ),
        Route(
            .get,
            "/{org}/{app}/threads/user/{username}",
            "listJoinedThreads",
            "List the threads that a user is in.",
            auth: .application,
            scope: .groupsRead,
            failures: noUser + foreignCursor,
            .read(ChatThreads.listJoined)
        ),
        Route(
            .get,
            "/{org}/{app}/threads/chatgroups/{group_id}/user/{username}",
            "listJoinedThreadsOfGroup",
            "List the threads of a group that a user is in.",
            auth: .application,
            scope: .groupsRead,
            failures: noUser + noGroup + foreignCursor,
            .read(ChatThreads.listJoinedInGroup)
        ),
        Route(
            .post,
            "/{org}/{app}/thread",
            "createThread",
            "Make a thread below a message of a group.",
            auth: .application,
            scope: .groupsWrite,
            failures: noGroup + noMessage + strangers + [
                .group(.messageElsewhere(isInGroup: true)), .group(.nestedThread),
                .conflict(.thread, id: exampleID.text),
                .limitReached(.threads, maximum: ThreadRules.maximumThreads),
            ],
            .write(ChatThreads.create)
        ),
        Route(
            .put,
            "/{org}/{app}/thread/{thread_id}",
            "renameThread",
            "Give a thread another name.",
            auth: .application,
            scope: .groupsWrite,
            failures: noThread,
            .write(ChatThreads.rename)
        ),
        Route(
            .delete,
            "/{org}/{app}/thread/{thread_id}",
            "deleteThread",
            "Delete a thread; its messages stay as history.",
            auth: .application,
            scope: .groupsWrite,
            failures: noThread,
            .write(ChatThreads.delete)
        ),
        Route(
            .get,
            "/{org}/{app}/thread/{thread_id}/users",
            "listThreadMembers",
            "List a thread's members in the order of joining.",
            auth: .application,
            scope: .groupsRead,
            failures: noThread + foreignCursor,
            .read(ChatThreads.members)
        ),
        Route(
            .post,
            "/{org}/{app}/thread/{thread_id}/users",
            "addThreadMembers",
            "Bring up to ten members of the group into a thread, all or none.",
            auth: .application,
            scope: .groupsWrite,
            failures: noThread + strangers,
            .write(ChatThreads.add)
        ),
        Route(
            .delete,
            "/{org}/{app}/thread/{thread_id}/users",
            "removeThreadMembers",
            "Remove up to ten members from a thread.",
            auth: .application,
            scope: .groupsWrite,
            failures: noThread,
            .write(ChatThreads.remove)
        ),
        Route(
            .delete,
            "/{org}/{app}/threads/{thread_id}/users",
            "removeMembersOfThread",
            "Remove up to ten members from a thread, by the path of the earlier documents.",
            auth: .application,
            scope: .groupsWrite,
            failures: noThread,
            .write(ChatThreads.remove)
        ),
    ]

    static let reactions: [Route] = [
        Route(
            .post,
            "/{org}/{app}/reaction/user/{username}",
            "addReaction",
            "Put a reaction below a message, in a user's name.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .messagesWrite,
            failures: noUser + noMessage
                + [.limitReached(.reactions, maximum: ReactionRules.maximumSigns)],
            .write(Reactions.add)
        ),
        Route(
            .get,
            "/{org}/{app}/reaction/user/{username}",
            "listReactions",
            "List the reactions to up to twenty messages, as a user sees them.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .messagesRead,
            failures: noUser + noGroup,
            .read(Reactions.list)
        ),
        Route(
            .delete,
            "/{org}/{app}/reaction/user/{username}",
            "removeReaction",
            "Take a user's reaction back.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .messagesWrite,
            failures: noUser + noMessage,
            .write(Reactions.remove)
        ),
        Route(
            .get,
            "/{org}/{app}/reaction/user/{username}/detail",
            "getReaction",
            "Get one reaction to a message with the users who put it there, a page at a time.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .messagesRead,
            failures: noUser + noMessage + foreignCursor + [.notFound(.reaction, id: "emoji_40")],
            .read(Reactions.detail)
        ),
    ]
}
