// The routes about identity and users.

import Domain
import Routing

extension OpenIMAPI {
    static let noUser: [Failure] = [.notFound(.user, id: "u1")]

    /// A secret without an id is taken of clients that may do everything.
    private static let narrowSecret = Failure.forbidden(.lacksScope(.all))

    static let auth: [Route] = [
        post(
            ["/auth/user_register": .first],
            "Register a user and get its token; a manager is there already and gets its profile.",
            auth: .open,
            failures: [.conflict(.user, id: "u1"), narrowSecret],
            .login(Auth.register)
        ),
        post(
            ["/auth/user_token": .first],
            "Get a token for a user or a manager.",
            auth: .open,
            failures: noUser + [narrowSecret],
            .login(Auth.token)
        ),
        post(
            ["/auth/get_admin_token": .third],
            "Get a token for a manager.",
            auth: .open,
            failures: [.forbidden(.notManager("u1")), narrowSecret],
            .login(Auth.managerToken)
        ),
        post(
            ["/auth/get_user_token": .third],
            "Get a token for a user, as a manager.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser + [.forbidden(.deactivated)],
            Action.write(Auth.userToken).showingSecret
        ),
        post(
            ["/auth/force_logout": .second],
            "End a user's sessions on one platform; nothing happens to a user who isn't there.",
            auth: .application,
            scope: .usersWrite,
            .write(Auth.forceLogout)
        ),
        post(
            ["/auth/parse_token": .second],
            "Tell what a token says: the one in the body, else the one in the head.",
            auth: .open,
            failures: tokenFailures,
            .read(Auth.parse)
        ),
    ].flatMap(\.self)

    private static let tokenFailures: [Failure] = [
        .unauthenticated(.missing), .unauthenticated(.corrupt), .unauthenticated(.expired),
        .unauthenticated(.revoked),
        .unauthenticated(.foreign),
    ]

    static let users: [Route] = [
        post(
            ["/user/get_user_info": .first, "/user/get_users_info": .third],
            "Get the profiles of users; unknown ones are left out.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            .scan(Users.get)
        ),
        post(
            ["/user/get_self_user_info": .second],
            "Get the caller's own profile.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .read(Users.getOne)
        ),
        post(
            ["/user/update_user_info": .first, "/user/update_user_info_ex": .third],
            "Change a user's profile; others than managers change their own.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser,
            .write(Users.update)
        ).saying(OpenIMError.ofTokens),
        post(
            ["/user/set_global_msg_recv_opt": .third],
            "Say what becomes of messages to a user.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser,
            .write(Users.setMessageOption)
        ),
        post(
            ["/user/user_register": .third],
            "Register users, all or none.",
            auth: .applicationOrSecret,
            scope: .usersWrite,
            failures: [
                .conflict(.user, id: "u1"), .tooMany(field: "users", maximum: 60), .unauthenticated(.missing),
            ],
            .login(Users.registerAll)
        ),
        post(
            ["/manager/delete_user": .first, "/user/delete_user": .second],
            "Delete users with all that is theirs.",
            auth: .application,
            scope: .usersWrite,
            Action.write(Users.delete).takingReason
        ).saying(OpenIMError.ofTokens),
        post(
            ["/manager/get_users_online_status": .first],
            "Whether users are online, and from what; unknown ones aren't.",
            auth: .application,
            scope: .usersRead,
            servedInMaintenance: true,
            .scan(OnlineStatus.get)
        ).saying(OpenIMError.ofOnlineStatus),
        post(
            ["/user/get_users_online_status": .second],
            "Whether users are online, and from what, for whoever shows a secret or a token.",
            auth: .applicationOrSecret,
            scope: .usersRead,
            failures: [.unauthenticated(.missing)],
            servedInMaintenance: true,
            .loginScan(OnlineStatus.getBySecret)
        ),
        post(
            ["/user/get_users_online_token_detail": .third],
            "List those users who are online, with the platforms that they are connected from; tokens are shown to nobody.",
            auth: .application,
            scope: .usersRead,
            servedInMaintenance: true,
            .scan(OnlineStatus.details)
        ),
        post(
            ["/user/get_users_status": .third],
            "Whether users are online, and from what platforms.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            servedInMaintenance: true,
            .scan(OnlineStatus.statuses)
        ),
        post(
            ["/user/subscribe_users_status": .third],
            "Subscribe to the comings and goings of users, or end that.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser + [
                .limitReached(.presenceSubscriptions, maximum: PresenceRules.maximumSubscriptions)
            ],
            .write(OnlineStatus.subscribe)
        ),
        post(
            ["/user/get_subscribe_users_status": .third],
            "Whether those are online whom a user subscribed to.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(OnlineStatus.subscriptions)
        ),
    ].flatMap(\.self)

    static let userLists: [Route] = [
        post(
            ["/manager/get_all_users_uid": .first, "/user/get_all_users_uid": .second],
            "List the names of all users, oldest first.",
            auth: .application,
            scope: .usersRead,
            .scan(UserLists.names)
        ).saying(OpenIMError.ofTokens),
        post(
            ["/user/get_users": .second],
            "List users by page, or find them by a name.",
            auth: .application,
            scope: .usersRead,
            .scan(UserLists.search)
        ),
        post(
            ["/manager/account_check": .first, "/user/account_check": .second],
            "Whether names are users.",
            auth: .application,
            scope: .usersRead,
            .read(UserLists.check)
        ),
    ].flatMap(\.self)

    static let notificationAccounts: [Route] = [
        post(
            ["/user/add_notification_account": .third],
            "Make an account by which the application notifies, under a name of its own choice where none is given.",
            auth: .application,
            scope: .usersWrite,
            failures: [.conflict(.user, id: "u1")],
            .write(NotificationAccounts.add)
        ),
        post(
            ["/user/update_notification_account": .third],
            "Change the name or the picture of such an account; what is left empty stays as it is.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(NotificationAccounts.update)
        ),
        post(
            ["/user/search_notification_account": .third],
            "List such accounts by page, or find them by a name.",
            auth: .application,
            scope: .usersRead,
            .scan(NotificationAccounts.search)
        ),
    ].flatMap(\.self)

    static let statistics: [Route] = [
        post(
            ["/statistics/user/register": .third],
            "Count the users who registered, by day.",
            auth: .application,
            scope: .usersRead,
            .scan(Statistics.registrations)
        ),
        post(
            ["/statistics/user/active": .third],
            "Count the messages that users sent, by day and by sender.",
            auth: .application,
            scope: .usersRead,
            .scan(Statistics.activeUsers)
        ),
        post(
            ["/statistics/group/create": .third],
            "Count the groups that were made, by day.",
            auth: .application,
            scope: .groupsRead,
            .scan(Statistics.groupCreations)
        ),
        post(
            ["/statistics/group/active": .third],
            "Count the messages in groups, by day and by group.",
            auth: .application,
            scope: .groupsRead,
            .scan(Statistics.activeGroups)
        ),
    ].flatMap(\.self)
}
