// parley routes: the table of routes, as it is declared.

import Domain
import HTTP
import JSON
import Routing

enum RoutesCommand {
    static let command = Command(
        name: "routes",
        summary: "List every route: method, path, name, access, who may call it, with which scope.",
        flags: [.data, .json],
        run: list
    )

    private static func list(_ invocation: Invocation) throws -> Int32 {
        if try invocation.isOn("json") {
            let routes = ServeCommand.routes.map { route in
                JSONValue.object(
                    zip(columns, cells(route)).map { JSONValue.Member($0.lowercased(), .string($1)) }
                )
            }
            return Output.json(.array(routes))
        }
        Terminal.say(Terminal.table([columns] + ServeCommand.routes.map(cells)))
        return 0
    }

    private static let columns = ["METHOD", "PATH", "NAME", "ACCESS", "AUTH", "SCOPE"]

    private static func cells(_ route: Route) -> [String] {
        [
            route.method.text, route.pattern.description, route.name, route.action.work.access,
            text(of: route.requirement), route.scope?.rawValue ?? "-",
        ]
    }

    private static func text(of requirement: Requirement) -> String {
        switch requirement {
        case .open: "-"
        case .user: "user"
        case .userOrNobody: "anybody, or a user"
        case .anybody: "anybody, known by a token of the application"
        case .application: "application"
        case .openRegistration: "application, or anybody while registration is open"
        case .applicationOrSecret: "application, or a client secret in the body"
        case .applicationOrUser(let parameter): "application, or the user {\(parameter)}"
        case .applicationOrAnyUser: "application, or any user"
        case .organization(let parameter): "administrator of {\(parameter)}"
        case .operator: "operator (socket)"
        }
    }
}
