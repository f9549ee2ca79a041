// The routes of an application's clients.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let noClient: [Failure] = [.notFound(.client, id: "YXA6client")]
    private static let wrongFacts: [Failure] = [
        .invalid(field: "scopes", .empty),
        .invalid(field: "expires_at", .refused("must be in the future")),
    ]

    static let clients: [Route] = [
        Route(
            .post,
            "/{org}/{app}/clients",
            "createClient",
            "Make a client; its secret is shown once, and it gets no scope that the caller lacks.",
            auth: .application,
            scope: .clients,
            failures: wrongFacts + [.limitReached(.clients, maximum: ClientRules.maximumClients)],
            Action.administrationWrite(Clients.create).showingSecret
        ),
        Route(
            .get,
            "/{org}/{app}/clients",
            "listClients",
            "List the application's clients, oldest first, without their secrets.",
            auth: .application,
            scope: .clients,
            .administrationRead(Clients.list)
        ),
        Route(
            .get,
            "/{org}/{app}/clients/{client_id}",
            "getClient",
            "Get a client, without its secret.",
            auth: .application,
            scope: .clients,
            failures: noClient,
            .administrationRead(Clients.get)
        ),
        Route(
            .put,
            "/{org}/{app}/clients/{client_id}",
            "setClient",
            "Change a client's name, scopes or end; its tokens have at most its scopes from then on.",
            auth: .application,
            scope: .clients,
            failures: noClient + wrongFacts,
            .administrationWrite(Clients.update)
        ),
        Route(
            .post,
            "/{org}/{app}/clients/{client_id}/secret",
            "rotateClientSecret",
            "Give a client a new secret, shown once; the one before is good for a while.",
            auth: .application,
            scope: .clients,
            failures: noClient,
            Action.administrationWrite(Clients.rotate).showingSecret
        ),
        Route(
            .delete,
            "/{org}/{app}/clients/{client_id}",
            "deleteClient",
            "End a client, and at once all its tokens and the sessions that it opened.",
            auth: .application,
            scope: .clients,
            failures: noClient,
            .administrationWrite(Clients.delete)
        ),
    ]
}
