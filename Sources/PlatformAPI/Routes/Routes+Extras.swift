// The routes of friend requests, presence, devices and push settings.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let ownUser = Requirement.applicationOrUser(parameter: "username")

    static let contactRequests: [Route] = [
        Route(
            .post,
            "/{org}/{app}/users/{username}/contacts/apply",
            "requestContacts",
            "Ask users to become contacts, all or none.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser + [
                .conflict(.contact, id: "user2"), .forbidden(.blocked),
                .limitReached(.contacts, maximum: 1000),
            ],
            .write(ContactRequests.apply)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/contacts/accept/users/{applicant_username}",
            "acceptContact",
            "Accept a friend request: the two become contacts.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser + [
                .notFound(.proposal, id: "user2"), .limitReached(.contacts, maximum: 1000),
            ],
            .write(ContactRequests.accept)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/contacts/decline/users/{applicant_username}",
            "declineContact",
            "Decline a friend request.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser + [.notFound(.proposal, id: "user2")],
            .write(ContactRequests.decline)
        ),
    ]

    static let presences: [Route] = [
        Route(
            .post,
            "/{org}/{app}/users/{username}/presence/{resource}/{status}",
            "publishPresence",
            "Publish a user's status on one device.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser + [.invalid(field: "ext", .tooLong(maximum: 64, unit: "bytes"))],
            .write(PublishedPresences.publish)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/presence/{expiry}",
            "followPresence",
            "Follow the presence of users for some seconds.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser + [
                .invalid(field: "expiry", .outOfRange(minimum: 1, maximum: 2_592_000)),
                .limitReached(.presenceSubscriptions, maximum: 3000),
            ],
            .write(PublishedPresences.subscribe)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/presence",
            "getPresences",
            "Get what users have published; unknown ones never did.",
            auth: ownUser,
            scope: .usersRead,
            failures: noUser,
            .read(PublishedPresences.query)
        ),
        Route(
            .delete,
            "/{org}/{app}/users/{username}/presence",
            "unfollowPresence",
            "Follow the presence of users no longer.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser,
            .write(PublishedPresences.unsubscribe)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/presence/sublist",
            "listFollowedPresences",
            "List whose presence a user follows.",
            auth: ownUser,
            scope: .usersRead,
            failures: noUser,
            .scan(PublishedPresences.list)
        ),
        Route(
            .get,
            "/{org}/{app}/presence/online/{group_id}/type/{type}",
            "countOnlineMembers",
            "How many members of a group or room are connected; the type is 0 or 1.",
            auth: .application,
            scope: .groupsRead,
            failures: noGroup + [.invalid(field: "type", .outOfRange(minimum: 0, maximum: 1))],
            .scan(PublishedPresences.onlineCount)
        ),
    ]

    static let devices: [Route] = [
        Route(
            .get,
            "/{org}/{app}/users/{username}/resources",
            "listDevices",
            "List the devices on which a user is online.",
            auth: ownUser,
            scope: .usersRead,
            failures: noUser,
            .read(Devices.list)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/disconnect/{resource}",
            "disconnectDevice",
            "Force one device of a user offline.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Devices.disconnect)
        ),
        Route(
            .delete,
            "/{org}/{app}/users/{username}/disconnect/{resource}",
            "deleteDevice",
            "Force one device of a user offline, by the method of later clients.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Devices.disconnect)
        ),
    ]

    static let push: [Route] = [
        Route(
            .put,
            "/{org}/{app}/users/{username}/notification/user/{peer_username}",
            "setPushForUser",
            "Set what a user is notified of in a chat; of everything, where the chat is with itself.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser,
            .write(PushPreferences.setForUser)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/notification/user/{peer_username}",
            "getPushForUser",
            "Get what a user is notified of in a chat.",
            auth: ownUser,
            scope: .usersRead,
            failures: noUser,
            .read(PushPreferences.getForUser)
        ),
        Route(
            .put,
            "/{org}/{app}/users/{username}/notification/chatgroup/{group_id}",
            "setPushForGroup",
            "Set what a user is notified of in a group.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser + [.notFound(.group, id: "1")],
            .write(PushPreferences.setForGroup)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/notification/chatgroup/{group_id}",
            "getPushForGroup",
            "Get what a user is notified of in a group.",
            auth: ownUser,
            scope: .usersRead,
            failures: noUser + [.notFound(.group, id: "1")],
            .read(PushPreferences.getForGroup)
        ),
        Route(
            .put,
            "/{org}/{app}/users/{username}/notification/language",
            "setPushLanguage",
            "Set the language of a user's notifications.",
            auth: ownUser,
            scope: .usersWrite,
            failures: noUser,
            .write(PushPreferences.setLanguage)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/notification/language",
            "getPushLanguage",
            "Get the language of a user's notifications.",
            auth: ownUser,
            scope: .usersRead,
            failures: noUser,
            .read(PushPreferences.getLanguage)
        ),
        Route(
            .post,
            "/{org}/{app}/notification/template",
            "setPushTemplate",
            "Make or change a template of notifications.",
            auth: .application,
            scope: .usersWrite,
            failures: [
                .limitReached(.pushTemplates, maximum: 1000), .invalid(field: "name", .illegal(value: ".")),
            ],
            .write(PushTemplates.set)
        ),
        Route(
            .get,
            "/{org}/{app}/notification/template/{template}",
            "getPushTemplate",
            "Get a template of notifications.",
            auth: .application,
            scope: .usersRead,
            failures: [.notFound(.template, id: "template1")],
            .read(PushTemplates.get)
        ),
        Route(
            .delete,
            "/{org}/{app}/notification/template/{template}",
            "deletePushTemplate",
            "Remove a template of notifications.",
            auth: .application,
            scope: .usersWrite,
            failures: [.notFound(.template, id: "template1")],
            .write(PushTemplates.delete)
        ),
    ]
}
