// The table of the operator's face: what machines ask of a server, and what the operator does to it.

import Domain
import HTTP
public import Routing

/// The operator's face: health, metrics and the API document for anybody; administration through the socket only.
public enum OperationsAPI {
    /// Every route, in the order of the API document.
    public static let routes: [Route] = (probes + pages + organizations + applications + care).map {
        $0.speaking(OperationsDialect())
    }

    private static let noApplication: [Failure] = [.notFound(.application, id: "org1/app1")]

    private static let pages = Pages.routes

    private static let probes: [Route] = [
        Route(
            .get,
            "/healthz",
            "getHealth",
            "Whether the process answers.",
            auth: .open,
            servedInMaintenance: true,
            .pure(Probes.health)
        ),
        Route(
            .get,
            "/readyz",
            "getReadiness",
            "Whether a write commits; says so when the server is under maintenance.",
            auth: .open,
            failures: [.storage(reference: "4f1c"), .overloaded(retryAfterSeconds: 1)],
            servedInMaintenance: true,
            .task(Probes.readiness)
        ),
        Route(
            .get,
            "/metrics",
            "getMetrics",
            "Counters, gauges and histograms in Prometheus' text format.",
            auth: .open,
            failures: [.storage(reference: "4f1c"), .overloaded(retryAfterSeconds: 1)],
            servedInMaintenance: true,
            .task(Probes.metrics)
        ),
        Route(
            .get,
            "/openapi.yaml",
            "getAPIDocument",
            "This document, whole or of one dialect, without the recorded examples, which aren't part of the program.",
            auth: .open,
            servedInMaintenance: true,
            .pure(Probes.document)
        ),
        Route(
            .get,
            "/openapi.json",
            "getAPIDocumentAsJSON",
            "This document as JSON.",
            auth: .open,
            servedInMaintenance: true,
            .pure(Probes.jsonDocument)
        ),
    ]

    private static let organizations: [Route] = [
        Route(
            .post,
            "/admin/organizations",
            "createOrganization",
            "Make an administrator of an organisation, and the organisation where it doesn't exist yet.",
            auth: .operator,
            failures: [.conflict(.administrator, id: "admin1")],
            Action.administrationWrite(after: Organizations.hashPassword, Organizations.create).showingSecret
        ),
        Route(
            .get,
            "/admin/organizations",
            "listOrganizations",
            "List all organisations with their administrators.",
            auth: .operator,
            .administrationRead(Organizations.list)
        ),
        Route(
            .delete,
            "/admin/organizations/{org}",
            "deleteOrganization",
            "Delete an organisation with its administrators and all its applications.",
            auth: .operator,
            failures: [.notFound(.organization, id: "org1")],
            .administrationWrite(Organizations.delete)
        ),
        Route(
            .put,
            "/admin/organizations/{org}/administrators/{administrator}",
            "setAdministratorPassword",
            "Set an administrator's password; its tokens end.",
            auth: .operator,
            failures: [.notFound(.administrator, id: "admin1")],
            .administrationWrite(after: Organizations.hashNewPassword, Organizations.setPassword)
        ),
    ]

    private static let applications: [Route] = [
        Route(
            .post,
            "/admin/applications",
            "createApplication",
            "Make an application with its first credential, whose secret is shown once.",
            auth: .operator,
            failures: [.conflict(.application, id: "app1")],
            Action.administrationWrite(Applications.create).showingSecret
        ),
        Route(
            .get,
            "/admin/applications",
            "listAllApplications",
            "List all applications with their client ids.",
            auth: .operator,
            .administrationRead(Applications.list)
        ),
        Route(
            .get,
            "/admin/applications/{org}/{app}",
            "showApplication",
            "Show one application.",
            auth: .operator,
            failures: noApplication,
            .administrationRead(Applications.show)
        ),
        Route(
            .put,
            "/admin/applications/{org}/{app}",
            "changeApplication",
            "Change an application's settings.",
            auth: .operator,
            failures: noApplication,
            .administrationWrite(Applications.change)
        ),
        Route(
            .delete,
            "/admin/applications/{org}/{app}",
            "deleteApplication",
            "Delete an application with everything in it.",
            auth: .operator,
            failures: noApplication,
            .administrationWrite(Applications.delete)
        ),
        Route(
            .post,
            "/admin/applications/{org}/{app}/credentials",
            "createCredential",
            "Make one more credential, whose secret is shown once.",
            auth: .operator,
            failures: noApplication,
            Action.administrationWrite(Credentials.create).showingSecret
        ),
        Route(
            .delete,
            "/admin/applications/{org}/{app}/credentials/{client_id}",
            "revokeCredential",
            "Revoke a credential; the tokens it got end.",
            auth: .operator,
            failures: noApplication + [.notFound(.credential, id: "YXA6client")],
            .administrationWrite(Credentials.revoke)
        ),
    ]

    private static let care: [Route] = [
        Route(
            .get,
            "/admin/server",
            "getServer",
            "The running server: its version, settings, disk, queue and commits.",
            auth: .operator,
            .task(ServerPage.get)
        ),
        Route(
            .post,
            "/admin/sign-in-codes",
            "createSignInCode",
            "Make a code that is exchanged once, within fifteen minutes, for an administrator's token.",
            auth: .operator,
            failures: [.notFound(.administrator, id: "admin1")],
            Action.administrationRead(ServerPage.makeCode).showingSecret
        ),
        Route(
            .post,
            "/admin/backup",
            "backUp",
            "Write a consistent copy of the database to a new file.",
            auth: .operator,
            .task(ServerCare.backUp)
        ),
        Route(
            .post,
            "/admin/check",
            "checkDatabase",
            "Check the whole database, and that the bytes of every file are there.",
            auth: .operator,
            .task(ServerCare.check)
        ),
        Route(
            .post,
            "/admin/check/files",
            "checkFiles",
            "Check the whole database, and hold the bytes of every file to their digest.",
            auth: .operator,
            .task(ServerCare.checkFiles)
        ),
        Route(
            .post,
            "/admin/compact",
            "compactDatabase",
            "Write the database anew without what was deleted; changes wait meanwhile.",
            auth: .operator,
            Action.task(ServerCare.compact).audited
        ),
        Route(
            .get,
            "/admin/keys",
            "listKeys",
            "List the signing keys, the oldest first; the last one signs.",
            auth: .operator,
            .task(ServerCare.listKeys)
        ),
        Route(
            .delete,
            "/admin/keys/{key}",
            "retireKey",
            "Take a signing key away; the tokens that it signed end.",
            auth: .operator,
            failures: [.invalid(field: "id", .illegal(value: "7"))],
            Action.task(ServerCare.retireKey).audited
        ),
        Route(
            .post,
            "/admin/keys/rotate",
            "rotateKeys",
            "Sign tokens with a new key; older tokens stay good.",
            auth: .operator,
            Action.task(ServerCare.rotateKeys).audited
        ),
        Route(
            .get,
            "/admin/server/maintenance",
            "getMaintenance",
            "Whether the server is under maintenance.",
            auth: .operator,
            .administrationRead(ServerCare.maintenance)
        ),
        Route(
            .put,
            "/admin/server/maintenance",
            "setMaintenance",
            "Put the server under maintenance, or end that; it lasts over a restart.",
            auth: .operator,
            .administrationWrite(ServerCare.setMaintenance)
        ),
    ]
}
