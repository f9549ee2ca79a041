// The routes of reports: an application in numbers, a user at a glance, what has become of a message.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let reports: [Route] = userReports.speaking(.users) + messageReports.speaking(.messages)

    private static let userReports: [Route] = [
        Route(
            .get,
            "/{org}/{app}/stats",
            "getStats",
            "The application in numbers: its size, messages by day and minute, what waits and what was refused.",
            auth: .application,
            scope: .usersRead,
            .scan(ApplicationReport.get)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/overview",
            "getUserOverview",
            "A user at a glance: profile, counts, devices, groups, newest message, mutes.",
            auth: .application,
            scope: .usersRead,
            failures: noUser,
            .scan(UserReport.overview)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/connections",
            "listConnections",
            "List a user's connections of the last 30 days, newest first, and why they ended.",
            auth: .application,
            scope: .usersRead,
            failures: noUser + foreignCursor,
            .read(UserReport.connections)
        ),
    ]

    private static let messageReports: [Route] = [
        Route(
            .get,
            "/{org}/{app}/messages/{msg_id}/delivery",
            "getDelivery",
            "What has become of a message: how many it was delivered to, and each receiver.",
            auth: .application,
            scope: .messagesRead,
            failures: foreignCursor + [.notFound(.message, id: exampleID.text)],
            .scan(MessageReports.delivery)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/{group_id}/messages",
            "listGroupMessages",
            "Page through the messages of a group.",
            auth: .application,
            scope: .messagesRead,
            failures: noGroup + foreignCursor,
            .scan(MessageReports.messages(of: GroupsFace.self))
        ),
        Route(
            .get,
            "/{org}/{app}/chatrooms/{chatroom_id}/messages",
            "listRoomMessages",
            "Page through the messages of a room.",
            auth: .application,
            scope: .messagesRead,
            failures: [.notFound(.room, id: exampleID.text)] + foreignCursor,
            .scan(MessageReports.messages(of: RoomsFace.self))
        ),
    ]
}
