// The routes of an application's settings.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let settings: [Route] = [
        Route(
            .get,
            "/{org}/{app}/settings",
            "getSettings",
            "List the application's settings with their bounds and defaults.",
            auth: .application,
            scope: .settings,
            .administrationRead(Settings.get)
        ),
        Route(
            .put,
            "/{org}/{app}/settings",
            "setSettings",
            "Change some of the application's settings; only the operator suspends it.",
            auth: .application,
            scope: .settings,
            failures: [
                .invalid(field: "max_contacts", .outOfRange(minimum: 1, maximum: 100_000)),
                .invalid(field: "max_contact", .unknownField),
            ],
            .administrationWrite(Settings.set)
        ),
    ]
}
