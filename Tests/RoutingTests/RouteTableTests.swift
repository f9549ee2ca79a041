// The table of routes: what a path leads to, and which tables don't start at all.

import Domain
import HTTP
import Routing
import Testing

private struct Nothing: Reply, ReplyObject {
    static let fields: [ReplyField<Nothing>] = []
}

private func route(_ method: HTTP.Method, _ pattern: String, _ name: String) -> Route {
    Route(
        method,
        pattern,
        name,
        "Test.",
        auth: .open,
        .pure { (_: Call, _: NoInput) throws(Failure) in Nothing() }
    )
}

@Suite struct RouteTableTests {
    private static let table = RouteTable([
        route(.get, "/{org}/{app}/users", "list"), route(.post, "/{org}/{app}/users", "register"),
        route(.get, "/{org}/{app}/users/{username}", "get"),
        route(.delete, "/{org}/{app}/users/{username}", "delete"),
        route(.get, "/{org}/{app}/users/{username}/status", "status"),
        route(.post, "/{org}/{app}/users/batch/status", "statuses"),
        route(.post, "/management/token", "management"), route(.put, "/{org}/{app}", "set"),
        route(.get, "/", "root"),
        route(.get, "/{org}/{app}/users/{username}/blocks/users", "blocks"),
        route(.get, "/{org}/{app}/users/batch/blocks/{x}", "batchBlocks"),
        route(.get, "/management/{x}/keys", "keys"),
    ])

    private static func match(_ method: HTTP.Method, _ path: String) -> String {
        guard let target = try? RequestTarget(parsing: Array(path.utf8).span) else { return "no target" }
        return switch table.match(method, target) {
        case .route(let index, let parameters):
            "\(table.routes[index].name)(\(parameters.joined(separator: ",")))"
        case .otherMethods(let methods): "405 " + methods.map(\.text).joined(separator: " ")
        case .nothing: "404"
        }
    }

    @Test(
        arguments: [
            (.get, "/o/a/users", "list(o,a)"), (.post, "/o/a/users", "register(o,a)"),
            (.get, "/o/a/users/u", "get(o,a,u)"),
            (.get, "/o/a/users/users", "get(o,a,users)"), (.put, "/o/a", "set(o,a)"), (.get, "/", "root()"),
            (.get, "/o/a/users/u/status", "status(o,a,u)"),
            // Spelling counts in literals.
            (.get, "/o/a/Users", "404"), (.get, "/o/a/user", "404"), (.get, "/o", "404"),
            (.get, "/o/a/users/u/status/x", "404"), (.get, "/o/a/users/u/statu", "404"),
        ] as [(HTTP.Method, String, String)]
    )
    func `a path leads to its route with its parameters in order`(
        _ method: HTTP.Method,
        _ path: String,
        _ found: String
    ) {
        #expect(Self.match(method, path) == found)
    }

    @Test(
        arguments: [
            (.post, "/o/a/users/batch/status", "statuses(o,a)"),
            // Only the parameter leads to the method.
            (.get, "/o/a/users/batch/status", "status(o,a,batch)"),
            (.get, "/o/a/users/batch/blocks/users", "batchBlocks(o,a,users)"),
            (.get, "/o/a/users/batch", "get(o,a,batch)"),
            // The literal's branch ends, the parameter's goes on.
            (.get, "/management/token/users", "list(management,token)"),
            (.put, "/management/token", "set(management,token)"),
            (.post, "/management/token", "management()"),
            // The literal's branch has a parameter of its own, which must not be left behind.
            (.get, "/management/one/keys", "keys(one)"),
            (.get, "/management/one/users", "list(management,one)"),
        ] as [(HTTP.Method, String, String)]
    )
    func `a literal beats a parameter unless only the parameter has the method`(
        _ method: HTTP.Method,
        _ path: String,
        _ found: String
    ) {
        #expect(Self.match(method, path) == found)
    }

    @Test func `HEAD is answered by the route of GET`() {
        #expect(Self.match(.head, "/o/a/users/u") == "get(o,a,u)")
        #expect(Self.match(.head, "/management/token") == "405 POST PUT OPTIONS")
    }

    @Test(
        arguments: [
            (.put, "/o/a/users", "405 GET POST HEAD OPTIONS"),
            (.post, "/o/a/users/u", "405 GET DELETE HEAD OPTIONS"),
            (.options, "/o/a/users", "405 GET POST HEAD OPTIONS"), (.get, "/o/a", "405 PUT OPTIONS"),
            // Both readings of the path count.
            (.delete, "/o/a/users/batch/status", "405 POST GET HEAD OPTIONS"),
            (.get, "/management/token", "405 POST PUT OPTIONS"),
        ] as [(HTTP.Method, String, String)]
    )
    func `a known path with another method tells all of its methods`(
        _ method: HTTP.Method,
        _ path: String,
        _ found: String
    ) {
        #expect(Self.match(method, path) == found)
    }

    @Test func `two routes of one method and one set of paths don't start`() async {
        await #expect(processExitsWith: .failure) {
            _ = RouteTable([route(.get, "/a/{x}", "one"), route(.get, "/a/{y}", "two")])
        }
    }

    @Test func `two routes of one name don't start`() async {
        await #expect(processExitsWith: .failure) {
            _ = RouteTable([route(.get, "/a", "one"), route(.get, "/b", "one")])
        }
    }
}

@Suite struct PathPatternTests {
    @Test func `a pattern is read into literals and parameters`() {
        let pattern = PathPattern("/{org}/{app}/users/{username}")
        #expect(
            pattern.segments == [
                .parameter("org"), .parameter("app"), .literal("users"), .parameter("username"),
            ]
        )
        #expect(pattern.parameterNames == ["org", "app", "username"])
        #expect(pattern.description == "/{org}/{app}/users/{username}")
        #expect(PathPattern("/").segments == [])
        #expect(PathPattern("/a{b}").segments == [.literal("a{b}")])
    }

    @Test(arguments: [
        ("/{org}/{app}", true), ("/{org}/{app}/users", true), ("/{org}", false), ("/{app}/{org}", false),
        ("/admin/{org}/{app}", false), ("/", false),
    ])
    func `a pattern is a tenant's where it begins with org and app`(_ text: String, _ isTenant: Bool) {
        #expect(PathPattern(text).isTenant == isTenant)
    }

    @Test func `a pattern without its slash or with a parameter twice doesn't start`() async {
        await #expect(processExitsWith: .failure) { _ = PathPattern("users") }
        await #expect(processExitsWith: .failure) { _ = PathPattern("/{a}/{a}") }
    }

    @Test(
        arguments: [
            (.post, "/user/add", "add(acme,chat)"), (.post, "/acme/chat/im/user/add", "add(acme,chat)"),
            (.post, "/o/a/im/user/add", "add(o,a)"), (.post, "/user/x/add", "addTo(acme,chat,x)"),
            (.get, "/user/add", "405 POST OPTIONS"), (.post, "/user", "404"), (.post, "/user/nothing", "404"),
            // A path that begins like the alias is below it or nowhere; anything else may be an organisation's.
            (.post, "/user/two", "404"), (.put, "/acme/chat", "application(acme,chat)"),
            (.post, "/other/add", "405 PUT OPTIONS"),
        ] as [(HTTP.Method, String, String)]
    )
    func `an alias stands for a longer path, with the parameters that it leaves out`(
        _ method: HTTP.Method,
        _ path: String,
        _ expected: String
    ) throws {
        let alias = PathAlias(firstSegments: ["user"], prefix: ["acme", "chat", "im"])
        let routes = [
            route(.post, "/{org}/{app}/im/user/add", "add"),
            route(.post, "/{org}/{app}/im/user/{name}/add", "addTo"),
            route(.post, "/{org}/{app}/im/other/add", "other"), route(.put, "/{org}/{app}", "application"),
        ]
        let table = RouteTable(routes, aliases: [alias])
        let target = try RequestTarget(parsing: Array(path.utf8).span)
        let found =
            switch table.match(method, target) {
            case .route(let index, let parameters):
                "\(table.routes[index].name)(\(parameters.joined(separator: ",")))"
            case .otherMethods(let methods): "405 " + methods.map(\.text).joined(separator: " ")
            case .nothing: "404"
            }
        #expect(found == expected)
    }

    @Test(
        arguments: [
            // Below the first segment that one dialect alone knows, it is that one's.
            ("/o/a/im/nothing", "im"), ("/o/a/im/user/add/more", "im"), ("/o/a/im", "im"),
            ("/user/nothing", "im"),
            ("/o/a/users/u/nothing", "plain"), ("/tables/x", "plain"),
            // Above, nobody's.
            ("/o/a/nothing", nil), ("/o/a", nil), ("/o", nil), ("/", nil), ("/o/a/shared/x", nil),
        ]
    )
    func `a path that leads nowhere is in the dialect of where it leaves the known ones`(
        _ path: String,
        _ expected: String?
    ) throws {
        let im = PlainDialect(name: "im"), plain = PlainDialect()
        let table = RouteTable(
            [
                route(.post, "/{org}/{app}/im/user/add", "add").speaking(im),
                route(.get, "/{org}/{app}/im/user/{name}", "get").speaking(im),
                route(.get, "/{org}/{app}/users/{name}", "user").speaking(plain),
                route(.get, "/{org}/{app}/shared", "shared").speaking(plain),
                route(.get, "/{org}/{app}/shared/im", "sharedIM").speaking(im),
                route(.get, "/tables", "tables").speaking(plain),
            ],
            aliases: [PathAlias(firstSegments: ["user"], prefix: ["acme", "chat", "im"])]
        )
        let target = try RequestTarget(parsing: Array(path.utf8).span)
        #expect(table.dialect(near: target)?.name == expected)
    }
}
