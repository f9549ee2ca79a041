// The routes of an organisation's administrators.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let people = "/management/organizations/{org}/administrators"
    private static let nobody: [Failure] = [
        .notFound(.administrator, id: "admin1"), .forbidden(.lacksScope(.all)),
    ]
    private static let lastOwner: [Failure] = [
        .invalid(field: "role", .refused("is that of the organisation's last owner"))
    ]

    static let administrators: [Route] = [
        Route(
            .post,
            people,
            "createAdministrator",
            "Make an administrator with a role; a password that is made for it is shown once. For owners.",
            auth: .organization(parameter: "org"),
            failures: [
                .conflict(.administrator, id: "admin1"), .forbidden(.lacksScope(.all)),
                .invalid(field: "role", .illegal(value: "king")),
            ],
            Action.administrationWrite(after: Console.hashPassword, Console.create).showingSecret
        ),
        Route(
            .get,
            people,
            "listAdministrators",
            "List the organisation's administrators with their roles. For owners.",
            auth: .organization(parameter: "org"),
            failures: [.forbidden(.lacksScope(.all))],
            .administrationRead(Console.people)
        ),
        Route(
            .put,
            people + "/{administrator}",
            "setAdministrator",
            "Change an administrator's role, applications or password, which ends its tokens. For owners.",
            auth: .organization(parameter: "org"),
            failures: nobody + lastOwner,
            .administrationWrite(after: Console.hashNewPassword, Console.change)
        ),
        Route(
            .delete,
            people + "/{administrator}",
            "deleteAdministrator",
            "Remove an administrator; its tokens end. For owners.",
            auth: .organization(parameter: "org"),
            failures: nobody + lastOwner,
            .administrationWrite(Console.remove)
        ),
    ]
}
