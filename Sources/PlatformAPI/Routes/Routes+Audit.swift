// The route of the audit.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let audit: [Route] = [
        Route(
            .get,
            "/{org}/{app}/audit",
            "listAudit",
            "List what was done with the authority of a client, an administrator or the operator, newest first.",
            auth: .application,
            scope: .audit,
            failures: foreignCursor,
            .scan(Audit.list)
        )
    ]
}
