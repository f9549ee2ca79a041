// The routes that remove history for one user only.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let unknownParameter: [Failure] = [.invalid(field: "limit", .unknownParameter)]
    private static let illegalIDs: [Failure] = [.invalid(field: "msgIdList", .illegal(value: "x"))]

    static let historyRemoval: [Route] = [
        Route(
            .post,
            "/{org}/{app}/rest/message/roaming/user/{username}/delete/all",
            "clearAllMessages",
            "Remove all of a user's history, for that user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter,
            Action.write(HistoryRemoval.clearAll).takingReason
        ),
        Route(
            .delete,
            "/{org}/{app}/rest/message/roaming/chat/user/{username}/time",
            "clearChatMessages",
            "Remove a user's history with another up to a moment, for that user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter,
            Action.write(HistoryRemoval.clearChat).takingReason
        ),
        Route(
            .delete,
            "/{org}/{app}/rest/message/roaming/group/user/{username}/time",
            "clearGroupMessages",
            "Remove a user's history of a group or room up to a moment, for that user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter,
            Action.write(HistoryRemoval.clearGroup).takingReason
        ),
        Route(
            .post,
            "/{org}/{app}/rest/message/roaming/chat/user/{username}/time",
            "clearChatMessagesByPost",
            "Remove a user's history with another up to a moment, for that user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter,
            Action.write(HistoryRemoval.clearChat).takingReason
        ),
        Route(
            .post,
            "/{org}/{app}/rest/message/roaming/group/user/{username}/time",
            "clearGroupMessagesByPost",
            "Remove a user's history of a group or room up to a moment, for that user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter,
            Action.write(HistoryRemoval.clearGroup).takingReason
        ),
        Route(
            .delete,
            "/{org}/{app}/rest/message/roaming/chat/user/{username}",
            "removeChatMessages",
            "Remove up to fifty messages of a chat, for one user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter + illegalIDs,
            Action.write(HistoryRemoval.removeFromChat).takingReason
        ),
        Route(
            .delete,
            "/{org}/{app}/rest/message/roaming/group/user/{username}",
            "removeGroupMessages",
            "Remove up to fifty messages of a group or room, for one user only.",
            auth: .application,
            scope: .messagesWrite,
            failures: noUser + unknownParameter + illegalIDs,
            Action.write(HistoryRemoval.removeFromGroup).takingReason
        ),
    ]
}
