// The dialects of the program: the one list from which everything about all of them follows.

import OpenIMAPI
import OperationsAPI
import OurChatAPI
import PlatformAPI
public import Routing

/// A dialect as the program serves it.
public struct ServedDialect: Sendable {
    /// Its part of the API document.
    public let part: OpenAPIPart
    /// Its routes, in the order of the document.
    public let routes: [Route]
    /// The paths at the root that stand for its own, for the application served there.
    public let aliases: [@Sendable (_ organization: String, _ application: String) -> PathAlias]
    /// The folders of `Fixtures` with its recorded exchanges.
    public let exchanges: [String]

    /// All of them, in the order of the API document: the one that most people read first.
    public static let all = [
        ServedDialect(part: .platform, routes: PlatformAPI.routes, aliases: [], exchanges: ["platform"]),
        ServedDialect(
            part: .openim,
            routes: OpenIMAPI.routes,
            aliases: [OpenIMAPI.alias],
            exchanges: ["openim"]
        ),
        ServedDialect(
            part: .ourchat,
            routes: OurChatAPI.routes + OurChatAPI.methods,
            aliases: [OurChatAPI.alias, OurChatAPI.methodAlias, OurChatAPI.linkAlias],
            exchanges: ["ourchat/rpc"]
        ),
        ServedDialect(part: .operations, routes: OperationsAPI.routes, aliases: [], exchanges: []),
    ]

    /// Every route of every dialect.
    public static let routes = all.flatMap(\.routes)

    /// The same with the console, or without it.
    public static func routes(withConsole: Bool) -> [Route] {
        guard !withConsole else { return routes }
        return all.flatMap { $0.part == .operations ? OperationsAPI.routes(withConsole: false) : $0.routes }
    }
}
