// The table of this dialect's routes: one description serves the path of every generation.

import Domain
import HTTP
public import Routing

/// The OpenIM dialect: `/{org}/{app}/openim/…`, and at the root for one application.
public enum OpenIMAPI {
    /// Every route of the dialect, by resource.
    public static let routes: [Route] =
        auth + users + userLists + notificationAccounts + friends + friendRequests + blacklist + groups
        + messages
        + statistics

    /// The alias of `/{org}/{app}/openim` at the root, for the application served there.
    public static func alias(organization: String, application: String) -> PathAlias {
        let resources = routes.compactMap { route -> String? in
            guard case .literal(let name) = route.pattern.segments[3] else { return nil }
            return name
        }
        return PathAlias(
            firstSegments: Set(resources),
            nowhere: unserved,
            prefix: [organization, application, "openim"]
        )
    }

    /// The beginnings of the original's other paths: their callers get a 404 in this dialect's words.
    private static let unserved: Set<String> = [
        "third", "object", "jssdk", "config", "super_group", "prometheus",
    ]

    /// One function at the paths of its generations.
    ///
    /// - Parameter paths: each with the generation that a request is of which doesn't say.
    static func post(
        _ paths: KeyValuePairs<String, Generation>,
        _ summary: String,
        auth: Requirement,
        scope: Scope? = nil,
        failures: [Failure] = [],
        servedInMaintenance: Bool = false,
        _ action: Action
    ) -> [Route] {
        paths.map { path, native in
            Route(
                .post,
                "/{org}/{app}/openim" + path,
                name(of: path),
                summary,
                auth: auth,
                scope: scope,
                failures: failures,
                servedInMaintenance: servedInMaintenance,
                action
            ).speaking(
                OpenIMDialect(
                    native: native,
                    untold: firstDocument.contains(path) ? .first : .second,
                    body: action.body
                )
            )
        }
    }

    /// The paths of the first generation's document that later generations have, too: their names tell, and nothing else.
    private static let firstDocument: Set<String> = [
        "/manager/delete_user", "/manager/get_all_users_uid",
        "/auth/user_register", "/auth/user_token", "/group/create_group", "/group/invite_user_to_group",
        "/group/kick_group", "/friend/import_friend", "/user/update_user_info", "/user/get_user_info",
    ]

    /// `/friend/import_friend` is `openIMFriendImportFriend`.
    private static func name(of path: String) -> String {
        let words = path.split(whereSeparator: { $0 == "/" || $0 == "_" })
        return "openIM" + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
