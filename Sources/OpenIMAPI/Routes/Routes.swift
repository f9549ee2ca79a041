// The table of this dialect's routes: one description serves the path of every generation.

import Domain
import HTTP
public import Routing

/// The OpenIM dialect: `/{org}/{app}/openim/…`, and at the root for one application.
public enum OpenIMAPI {
    /// Every route of the dialect, by resource.
    public static let routes: [Route] =
        auth + users + userLists + friends + friendRequests + blacklist + groups + messages

    /// The alias of `/{org}/{app}/openim` at the root, for the application served there.
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
                failures: failures,
                servedInMaintenance: servedInMaintenance,
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
