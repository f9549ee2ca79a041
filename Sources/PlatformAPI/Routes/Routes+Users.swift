// The routes of users as such: registration, lists, one user, password, account.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let users: [Route] = [
        Route(
            .post,
            "/{org}/{app}/users",
            "registerUsers",
            "Register one user, or several.",
            auth: .openRegistration,
            scope: .usersWrite,
            failures: [.conflict(.user, id: "user1"), .unauthenticated(.missing)],
            .write(after: Registrations.hashPasswords, Registrations.register)
        ),
        Route(
            .get,
            "/{org}/{app}/users",
            "listUsers",
            "List users by registration, a page at a time.",
            auth: .application,
            scope: .usersRead,
            failures: foreignCursor,
            .read(Users.list)
        ),
        Route(
            .delete,
            "/{org}/{app}/users",
            "deleteUsers",
            "Delete the users registered first.",
            auth: .application,
            scope: .usersWrite,
            failures: foreignCursor,
            Action.write(Users.deleteMany).takingReason
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}",
            "getUser",
            "Get one user.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .usersRead,
            failures: noUser,
            .read(Users.get)
        ),
        Route(
            .put,
            "/{org}/{app}/users/{username}",
            "updateUser",
            "Set push nickname, display style, do-not-disturb.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Users.update)
        ).saying(PlatformError.ofUpdate),
        Route(
            .delete,
            "/{org}/{app}/users/{username}",
            "deleteUser",
            "Delete one user with all that belongs to it.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            Action.write(Users.delete).takingReason
        ),
        Route(
            .put,
            "/{org}/{app}/users/{username}/password",
            "setPassword",
            "Set a user's password; its tokens end.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .usersWrite,
            failures: noUser + [.wrongCredentials(.wrongPassword)],
            .write(after: Passwords.hash, Passwords.set)
        ).saying(PlatformError.ofPassword),
        Route(
            .post,
            "/{org}/{app}/users/{username}/password",
            "postPassword",
            "Set a user's password; its tokens end. By the method of older clients.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .usersWrite,
            failures: noUser + [.wrongCredentials(.wrongPassword)],
            .write(after: Passwords.hash, Passwords.set)
        ).saying(PlatformError.ofPassword),
        Route(
            .post,
            "/{org}/{app}/users/{username}/deactivate",
            "deactivateUser",
            "Disable an account and throw it out.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            Action.write(Users.deactivate).takingReason
        ).saying(PlatformError.ofDeactivation),
        Route(
            .post,
            "/{org}/{app}/users/{username}/activate",
            "activateUser",
            "Enable an account again.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Users.activate)
        ).saying(PlatformError.ofActivation),
        Route(
            .get,
            "/{org}/{app}/users/{username}/disconnect",
            "disconnectUser",
            "Force a user offline; its tokens end.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(OnlineStatus.disconnect)
        ),
    ]
}
