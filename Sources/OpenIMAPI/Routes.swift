// The table of this dialect's routes: one description serves the path of every generation.

import Domain
import HTTP
public import Routing

/// The OpenIM dialect: `/{org}/{app}/openim/…`, and at the root for one application.
public enum OpenIMAPI {
    /// Every route of the dialect, by resource.
    public static let routes: [Route] = auth + users + friends + blacklist + manager + groups + messages

    /// What stands for `/{org}/{app}/openim` at the root, for the application served there.
    public static func alias(organization: String, application: String) -> PathAlias {
        let resources = routes.compactMap { route -> String? in
            guard case .literal(let name) = route.pattern.segments[3] else { return nil }
            return name
        }
        return PathAlias(firstSegments: Set(resources), prefix: [organization, application, "openim"])
    }

    /// One function at the paths of its generations.
    ///
    /// - Parameter paths: each with the generation that a request is of which doesn't say.
    static func post(
        _ paths: KeyValuePairs<String, Generation>,
        _ summary: String,
        auth: Requirement,
        failures: [Failure] = [],
        _ action: Action
    ) -> [Route] {
        paths.map { path, native in
            Route(
                .post,
                "/{org}/{app}/openim" + path,
                name(of: path),
                summary,
                auth: auth,
                failures: failures,
                action
            ).speaking(OpenIMDialect(native: native, body: action.body))
        }
    }

    /// `/friend/import_friend` is `openIMFriendImportFriend`.
    private static func name(of path: String) -> String {
        let words = path.split(whereSeparator: { $0 == "/" || $0 == "_" })
        return "openIM" + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension OpenIMAPI {
    static let noUser: [Failure] = [.notFound(.user, id: "u1")]

    private static let auth: [Route] = [
        post(
            ["/auth/user_register": .first],
            "Register a user and get its token.",
            auth: .nobody,
            failures: [.conflict(.user, id: "u1")],
            .login(Auth.register)
        ),
        post(
            ["/auth/user_token": .first],
            "Get a token for a user or a manager.",
            auth: .nobody,
            failures: noUser,
            .login(Auth.token)
        ),
    ].flatMap(\.self)

    private static let users: [Route] = [
        post(
            ["/user/get_user_info": .first, "/user/get_users_info": .third],
            "Get the profiles of users; unknown ones are left out.",
            auth: .applicationOrAnyUser,
            .scan(Users.get)
        ),
        post(
            ["/user/update_user_info": .first],
            "Change a user's profile; others than managers change their own.",
            auth: .applicationOrAnyUser,
            failures: noUser,
            .write(Users.update)
        ),
    ].flatMap(\.self)

    private static let friends: [Route] = [
        post(
            ["/friend/import_friend": .first],
            "Make users friends of a user.",
            auth: .application,
            failures: noUser + [.limitReached(.contacts, maximum: 1000)],
            .write(Friends.importAll)
        )
    ].flatMap(\.self)

    private static let blacklist: [Route] = [
        post(
            ["/friend/add_blacklist": .first, "/friend/add_black": .third],
            "Block a user; others than managers block for themselves.",
            auth: .applicationOrAnyUser,
            failures: noUser + [.limitReached(.blocks, maximum: 500)],
            .write(Blacklist.add)
        )
    ].flatMap(\.self)

    private static let manager: [Route] = [
        post(
            ["/manager/delete_user": .first, "/user/delete_user": .second],
            "Delete users with all that is theirs.",
            auth: .application,
            .write(Users.delete)
        ),
        post(
            ["/manager/get_all_users_uid": .first, "/user/get_all_users_uid": .second],
            "List the names of all users.",
            auth: .application,
            .scan(Users.listNames)
        ),
    ].flatMap(\.self)
}
