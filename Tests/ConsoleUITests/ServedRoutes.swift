// The route table, for views whose routes a build may not have yet.

import OperationsAPI
import PlatformAPI
import Routing

/// The routes that the server under test has.
enum ServedRoutes {
    private static let all = Set(
        (PlatformAPI.routes + OperationsAPI.routes).map { "\($0.method) \($0.pattern)" }
    )

    /// Whether there is a route of this method and pattern, as `GET /{org}/{app}/stats`.
    static func has(_ route: String) -> Bool { all.contains(route) }

    /// The last parts of addresses that views ask for and this server hasn't got: each costs a line in the page's console.
    static let missing: [String] = [
        ("GET /{org}/{app}/stats", "/stats"), ("GET /{org}/{app}/clients", "/clients"),
        ("GET /{org}/{app}/audit", "/audit"), ("GET /{org}/{app}/settings", "/settings"),
        ("GET /{org}/{app}/users/{username}/connections", "/connections"),
        ("GET /management/organizations/{org}/administrators", "/administrators"),
        ("GET /admin/server", "/admin/server"),
    ].filter { !has($0.0) }.map(\.1)
}
