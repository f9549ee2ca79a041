// The routes of messages: sent, asked for, taken back.

import Domain
import Routing

extension OpenIMAPI {
    static let messages: [Route] = sending + pulling + reading + archive + conversations

    private static let refusals: [Failure] = [
        .notFound(.user, id: "u1"), .notFound(.group, id: "1"), .forbidden(.blocked), .forbidden(.muted),
        .forbidden(.groupMuted),
        .forbidden(.insufficientScope), .invalid(field: "contentType", .illegal(value: "999")),
        .invalid(field: "sessionType", .illegal(value: "9")), .invalid(field: "content.text", .missing),
        .invalid(field: "recvID", .empty), .notFound(.message, id: "1"), .conflict(.message, id: "1"),
    ]

    private static let sending: [Route] = [
        post(
            ["/manager/send_msg": .first, "/msg/manage_send_msg": .second],
            "Send a message to a user or a group that exists, or take one back (content types 111 and 118), as a manager. A sendID that is nobody's is accepted: the application may send under any name.",
            auth: .application,
            scope: .messagesSend,
            failures: refusals,
            .write(Sending.send)
        ).saying(OpenIMError.ofManagerSending),
        post(
            ["/chat/send_msg": .first, "/msg/send_msg": .third],
            "Send a message, or take one back, as clients do: wrapped in data in the first two generations, flat in the third.",
            auth: .applicationOrAnyUser,
            scope: .messagesSend,
            failures: refusals,
            .write(Sending.sendByClient)
        ).saying(OpenIMError.ofSending),
        post(
            ["/msg/batch_send_msg": .second],
            "Send a message to many users, or as one message to all; under any name, too.",
            auth: .application,
            scope: .messagesSend,
            failures: refusals,
            .write(Sending.sendMany)
        ),
        post(
            ["/msg/send_business_notification": .third],
            "Send a notification of the backend's own, counted where it is a message, too; of reliability 1 to who is connected only.",
            auth: .application,
            scope: .messagesSend,
            failures: noUser + [
                .notFound(.group, id: "1"), .forbidden(.blocked), .forbidden(.muted), .forbidden(.groupMuted),
            ],
            .write(BusinessNotification.send)
        ),
        post(
            ["/msg/send_simple_msg": .third],
            "Answer a message that a program was told of: the key has base64 of its sendID, recvID and groupID. The answer comes from its receiver, or goes to its group.",
            auth: .application,
            scope: .messagesSend,
            failures: refusals,
            .write(SimpleMessage.send)
        ),
        post(
            ["/msg/check_msg_is_send_success": .second],
            "Tell whether the call of this operationID sent a message, for a day.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            .read(Sending.status)
        ),
    ].flatMap(\.self)

    private static let pulling: [Route] = [
        post(
            ["/chat/newest_seq": .first, "/msg/newest_seq": .second],
            "Tell the largest and smallest number of a user's messages: in the first two generations ids, which rise with gaps.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser,
            .scan(Pulling.newest)
        ),
        post(
            ["/chat/pull_msg": .first, "/msg/pull_msg": .second],
            "Get a stretch of a user's messages, oldest first, at most two hundred.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser,
            Action.scan(Pulling.pull).readingMessages
        ),
        post(
            ["/chat/pull_msg_by_seq": .first, "/msg/pull_msg_by_seq": .third],
            "Get messages by their numbers; what the user can't see is left out.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser + [
                .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
            ],
            Action.scan(Pulling.pullBySequence).readingMessages
        ),
    ].flatMap(\.self)

    private static let reading: [Route] = [
        post(
            ["/msg/get_conversations_has_read_and_max_seq": .third],
            "Tell how far a user's conversations go, and how far it has acknowledged them.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser + [
                .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
            ],
            .scan(ReadPositions.get)
        ),
        post(
            [
                "/msg/set_conversation_has_read_seq": .third, "/msg/mark_conversation_as_read": .third,
                "/msg/mark_msgs_as_read": .third,
            ],
            "Acknowledge a conversation up to a number.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [
                .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
                .notFound(.message, id: "1"),
                .invalid(field: "hasReadSeq", .outOfRange(minimum: 0, maximum: 1)),
            ],
            .write(ReadPositions.set)
        ),
        post(
            ["/msg/get_server_time": .third],
            "Tell the server's time.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            .read(ServerTime.get)
        ),
    ].flatMap(\.self)

    private static let archive: [Route] = [
        post(
            ["/msg/search_msg": .third],
            "Search all messages, newest first.",
            auth: .application,
            scope: .messagesRead,
            failures: [.invalid(field: "sendTime", .illegal(value: "x"))],
            Action.scan(MessageSearch.search).readingMessages
        ),
        post(
            ["/msg/revoke_msg": .third],
            "Take a message back for everybody.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [
                .notFound(.message, id: "1"), .conflict(.message, id: "1"), .forbidden(.insufficientScope),
                .forbidden(.recallDisabled), .invalid(field: "conversationID", .illegal(value: "x")),
            ],
            Action.write(MessageRevocations.revoke).takingReason
        ),
        post(
            ["/msg/clear_msg": .second, "/msg/user_clear_all_msg": .third],
            "Remove all messages from one user's view.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser,
            Action.write(MessageClearing.clearAll).takingReason
        ),
        post(
            ["/msg/clear_conversation_msg": .third],
            "Remove the messages of conversations from one user's view.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [.invalid(field: "conversationID", .illegal(value: "x"))],
            Action.write(MessageClearing.clear).takingReason
        ),
        post(
            ["/msg/del_super_group_msg": .second],
            "Remove messages of one group from one user's view: some, or all; those of other conversations stay.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [.notFound(.group, id: "1")],
            Action.write(MessageRemoval.removeOfGroup).takingReason
        ),
        post(
            ["/msg/del_msg": .second, "/msg/delete_msgs": .third],
            "Remove single messages from one user's view.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [.invalid(field: "conversationID", .illegal(value: "x"))],
            Action.write(MessageRemoval.remove).takingReason
        ),
    ].flatMap(\.self)

    private static let named: [Failure] = [
        .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
    ]

    private static let conversations: [Route] = [
        post(
            ["/conversation/set_receive_message_opt": .first, "/conversation/set_recv_msg_opt": .second],
            "Set what becomes of messages of conversations: received, refused, or received in silence.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [
                .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
            ],
            .write(Conversations.set)
        ),
        post(
            ["/conversation/set_conversations": .third],
            "Set what becomes of messages of a conversation for several users; other settings aren't kept.",
            auth: .applicationOrAnyUser,
            scope: .messagesWrite,
            failures: noUser + [
                .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
            ],
            .write(Conversations.setForAll)
        ),
        post(
            ["/conversation/get_receive_message_opt": .first],
            "Tell what was set for conversations.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser + [
                .invalid(field: "conversationID", .illegal(value: "x")), .notFound(.group, id: "1"),
            ],
            .scan(Conversations.get)
        ),
        post(
            ["/conversation/get_all_conversation_message_opt": .first],
            "List the conversations for which a user has set something.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser,
            .scan(Conversations.getAll)
        ),
        post(
            ["/conversation/get_conversation": .third],
            "Get one conversation of a user.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser + named + [.notFound(.history, id: "si_u1_u2")],
            .scan(ConversationLists.one)
        ),
        post(
            ["/conversation/get_conversations": .third],
            "Get some conversations of a user; those that it takes no part in are left out.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser + named,
            .scan(ConversationLists.several)
        ),
        post(
            ["/conversation/get_all_conversations": .third],
            "List all conversations of a user.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser,
            .scan(ConversationLists.all)
        ),
        post(
            ["/conversation/get_owner_conversation": .third],
            "List a user's conversations by page, the newest first.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser,
            .scan(ConversationLists.page)
        ),
        post(
            ["/conversation/get_sorted_conversation_list": .third],
            "List a user's conversations by page with their last messages and how many wait, the newest first.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: noUser + named,
            Action.scan(ConversationLists.elements).readingMessages
        ),
    ].flatMap(\.self)
}
