// The routes of messages: sending, changing, and what waits for a user.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let senderFailures: [Failure] = [
        .invalid(field: "from", .empty), .forbidden(.deactivated), .forbidden(.muted),
        .invalid(field: "msg", .tooLong(maximum: 4096, unit: "bytes")),
        .invalid(field: "ext", .wrongType(expected: "")),
    ]
    private static let targetFailures: [Failure] =
        senderFailures + [.invalid(field: "to", .tooLong(maximum: 600, unit: "elements"))]

    static let messages: [Route] = sending + changes + delivery + historyRemoval

    private static let sending: [Route] = [
        Route(
            .post,
            "/{org}/{app}/messages",
            "sendMessages",
            "Send a message to users, groups or rooms.",
            auth: .application,
            scope: .messagesSend,
            failures: senderFailures + [
                .invalid(field: "target_type", .missing), .invalid(field: "target_type", .illegal(value: "")),
                .invalid(field: "target", .tooLong(maximum: 600, unit: "elements")),
            ],
            .write(Messages.sendLegacy)
        ).saying(PlatformError.ofLegacySending),
        Route(
            .post,
            "/{org}/{app}/messages/users",
            "sendMessagesToUsers",
            "Send a message to up to 600 users.",
            auth: .application,
            scope: .messagesSend,
            failures: targetFailures,
            .write(Messages.sendToUsers)
        ).saying(PlatformError.ofSendingToUsers),
        Route(
            .post,
            "/{org}/{app}/messages/chatgroups",
            "sendMessagesToGroups",
            "Send a message to up to 3 groups.",
            auth: .application,
            scope: .messagesSend,
            failures: targetFailures,
            .write(Messages.sendToGroups)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/chatrooms",
            "sendMessagesToRooms",
            "Send a message to up to 10 rooms.",
            auth: .application,
            scope: .messagesSend,
            failures: targetFailures,
            .write(Messages.sendToRooms)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/chatgroups/users",
            "sendMessagesToGroupMembers",
            "Send a message to some members of a group, in it.",
            auth: .application,
            scope: .messagesSend,
            failures: targetFailures + [
                .invalid(field: "users", .missing),
                .invalid(field: "users", .tooLong(maximum: 20, unit: "elements")),
            ],
            .write(Messages.sendToGroupMembers)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/chatrooms/users",
            "sendMessagesToRoomMembers",
            "Send a message to some members of a room, in it.",
            auth: .application,
            scope: .messagesSend,
            failures: targetFailures + [
                .invalid(field: "users", .missing),
                .invalid(field: "users", .tooLong(maximum: 20, unit: "elements")),
            ],
            .write(Messages.sendToRoomMembers)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/broadcast",
            "broadcastMessage",
            "Send a message to all users.",
            auth: .application,
            scope: .messagesSend,
            failures: senderFailures,
            .write(Messages.broadcast)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/chatrooms/broadcast",
            "broadcastMessageToRooms",
            "Send a message to all rooms.",
            auth: .application,
            scope: .messagesSend,
            failures: senderFailures,
            .write(Messages.broadcastToRooms)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/users/broadcast",
            "broadcastMessageToOnline",
            "Send a message to all users who are connected; nothing of it is stored.",
            auth: .application,
            scope: .messagesSend,
            failures: senderFailures,
            .write(Messages.broadcastToOnline)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/users/import",
            "importMessageToUser",
            "Bring in an old message between two users.",
            auth: .application,
            scope: .messagesWrite,
            failures: senderFailures + [
                .invalid(field: "target", .unknownReference(.user, id: "user1")),
                .invalid(field: "msg_timestamp", .outOfRange(minimum: 0, maximum: 1)),
            ],
            .write(Messages.importToUser)
        ),
        Route(
            .post,
            "/{org}/{app}/messages/chatgroups/import",
            "importMessageToGroup",
            "Bring in an old message of a group.",
            auth: .application,
            scope: .messagesWrite,
            failures: senderFailures + [
                .invalid(field: "target", .unknownReference(.group, id: "1")),
                .invalid(field: "msg_timestamp", .outOfRange(minimum: 0, maximum: 1)),
            ],
            .write(Messages.importToGroup)
        ),
    ]

    private static let changes: [Route] = [
        Route(
            .post,
            "/{org}/{app}/messages/msg_recall",
            "recallMessage",
            "Recall a message.",
            auth: .application,
            scope: .messagesWrite,
            failures: [.forbidden(.recallDisabled)],
            Action.write(MessageChanges.recall).takingReason
        ),
        Route(
            .post,
            "/{org}/{app}/messages/recall",
            "recallMessages",
            "Recall up to thirty messages.",
            auth: .application,
            scope: .messagesWrite,
            failures: [.forbidden(.recallDisabled)],
            Action.write(MessageChanges.recallMany).takingReason
        ),
        Route(
            .post,
            "/{org}/{app}/messages/batch_recall",
            "recallMessageBatch",
            "Recall up to thirty messages, answered by a list.",
            auth: .application,
            scope: .messagesWrite,
            failures: [.forbidden(.recallDisabled)],
            Action.write(MessageChanges.recallBatch).takingReason
        ),
        Route(
            .put,
            "/{org}/{app}/messages/rewrite/{msg_id}",
            "rewriteMessage",
            "Replace what a text or custom message says.",
            auth: .application,
            scope: .messagesWrite,
            failures: [
                .notFound(.message, id: "1"), .limitReached(.edits, maximum: MessageChangeRules.maximumEdits),
                .invalid(field: "new_msg.type", .illegal(value: "img")),
                .invalid(field: "msg_id", .illegal(value: "x")),
            ],
            .write(MessageChanges.rewrite)
        ).saying(PlatformError.ofRewriting),
    ]

    private static let delivery: [Route] = [
        Route(
            .get,
            "/{org}/{app}/users/{username}/messages",
            "listWaitingMessages",
            "The messages that wait for a user, oldest first, a page at a time.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .messagesRead,
            failures: noUser + foreignCursor,
            Action.scan(Delivery.waiting).readingMessages
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/messages/ack",
            "acknowledgeMessages",
            "Take every message up to one as delivered to a user.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .messagesWrite,
            failures: noUser + [.invalid(field: "msg_id", .illegal(value: "x"))],
            .write(Delivery.acknowledge)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/user_channels",
            "listChannels",
            "A user's conversations, by their newest message.",
            auth: .application,
            scope: .messagesRead,
            failures: noUser + foreignCursor,
            Action.scan(Delivery.channels).readingMessages
        ),
        Route(
            .delete,
            "/{org}/{app}/users/{username}/user_channel",
            "removeChannel",
            "Take a conversation off a user's list, with its messages or without.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser,
            .write(Delivery.removeChannel)
        ),
    ]
}
