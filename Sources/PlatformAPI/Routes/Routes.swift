// The table of the platform dialect: every route, who may call it, what it may be lent.

import Domain
import HTTP
public import Routing

/// The platform dialect: `/{org}/{app}/…`.
public enum PlatformAPI {
    /// Every route, in the order of the API document.
    public static let routes: [Route] =
        tokens.speaking(.users, in: .token)
        + (users + contacts + contactRequests + blocks + status + presences + devices).speaking(.users)
        + metadata.speaking(.users, in: .metadata) + (userMutes + push).speaking(.users) + groups
        + sharedFiles.speaking(.groups) + rooms + files.speaking(.users)
        + (messages + history).speaking(.messages) + (webhooks + callbacks).speaking(.users)
        + (clients + audit + settings).speaking(.users)
        + consoleTokens.speaking(.users, in: .token)
        + (console + administrators).speaking(.users)

    // Replies that many routes share, as the API document shows them.
    /// A group id as examples have it.
    static let exampleID = GroupID(rawValue: 887_236_184_170_497)
    static let noUser: [Failure] = [.notFound(.user, id: "user1")]
    static let noGroup: [Failure] = [.notFound(.group, id: exampleID.text)]
    static let strangers: [Failure] = [.group(.notMembers(["user1"], exampleID))]
    static let foreignCursor: [Failure] = [.invalid(field: "cursor", .foreignCursor)]

    private static let tokens: [Route] = [
        Route(
            .post,
            "/{org}/{app}/token",
            "issueToken",
            "Get a token for client credentials, for a user's password, or for a user that the application vouches for.",
            auth: .anybody,
            scope: .usersWrite,
            failures: [
                .wrongCredentials(.unknownClient), .throttled(retryAfterSeconds: 60),
                .notFound(.user, id: "user1"),
                .unauthenticated(.missing),
            ],
            Action.write(after: Tokens.check, Tokens.letIn).showingSecret
        )
    ]

    private static let status: [Route] = [
        Route(
            .get,
            "/{org}/{app}/users/{username}/status",
            "getStatus",
            "Whether a user is online.",
            auth: .application,
            scope: .usersRead,
            failures: noUser,
            servedInMaintenance: true,
            .read(OnlineStatus.get)
        ),
        Route(
            .post,
            "/{org}/{app}/users/batch/status",
            "getStatuses",
            "Whether users are online; unknown ones are offline.",
            auth: .application,
            scope: .usersRead,
            failures: [.tooMany(field: "usernames", maximum: 100)],
            servedInMaintenance: true,
            .read(OnlineStatus.getMany)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{owner_username}/offline_msg_count",
            "getOfflineCount",
            "How many messages wait for a user.",
            auth: .application,
            scope: .messagesRead,
            failures: noUser,
            .scan(OnlineStatus.offlineCount)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/offline_msg_status/{msg_id}",
            "getOfflineStatus",
            "Whether a message still waits for a user.",
            auth: .application,
            scope: .messagesRead,
            failures: noUser,
            .read(OnlineStatus.offlineStatus)
        ),
    ]

    private static let metadata: [Route] = [
        Route(
            .put,
            "/{org}/{app}/metadata/user/{username}",
            "setMetadata",
            "Set entries of a user's metadata.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .usersWrite,
            failures: noUser + [
                .limitReached(.metadataBytes, maximum: 2048), .unsupportedMediaType(expected: formType),
            ],
            .write(Metadata.set)
        ),
        Route(
            .get,
            "/{org}/{app}/metadata/user/{username}",
            "getMetadata",
            "Get a user's metadata.",
            auth: .applicationOrUser(parameter: "username"),
            scope: .usersRead,
            .read(Metadata.get)
        ),
        Route(
            .delete,
            "/{org}/{app}/metadata/user/{username}",
            "deleteMetadata",
            "Remove all of a user's metadata.",
            auth: .application,
            scope: .usersWrite,
            .write(Metadata.delete)
        ),
        Route(
            .post,
            "/{org}/{app}/metadata/user/get",
            "getMetadataOfUsers",
            "Get some properties of many users.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: [
                .tooMany(field: "targets", maximum: 100), .unsupportedMediaType(expected: "application/json"),
            ],
            .read(Metadata.getMany)
        ).saying(PlatformError.ofMetadataBatch),
        Route(
            .get,
            "/{org}/{app}/metadata/user/capacity",
            "getMetadataCapacity",
            "Bytes of metadata in the application.",
            auth: .application,
            scope: .usersRead,
            .scan(Metadata.capacity)
        ),
    ]

    private static let userMutes: [Route] = [
        Route(
            .post,
            "/{org}/{app}/mutes",
            "setMutes",
            "Mute a user, by kind of conversation.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            Action.write(UserMutes.set).takingReason
        ),
        Route(
            .get,
            "/{org}/{app}/mutes/{username}",
            "getMutes",
            "The seconds left of a user's mutes.",
            auth: .application,
            scope: .usersRead,
            failures: noUser,
            .read(UserMutes.get)
        ),
        Route(
            .get,
            "/{org}/{app}/mutes",
            "listMutes",
            "List the muted users.",
            auth: .application,
            scope: .usersRead,
            .scan(UserMutes.list)
        ),
    ]

    private static let consoleTokens: [Route] = [
        Route(
            .post,
            "/management/token",
            "issueManagementToken",
            "Get a token for an organisation's administrator.",
            auth: .open,
            failures: [.wrongCredentials(.wrongPassword), .throttled(retryAfterSeconds: 60)],
            .administrationWrite(after: Console.check, Console.letIn)
        )
    ]

    private static let console: [Route] = [
        Route(
            .get,
            "/management/organizations/{org}/applications",
            "listApplications",
            "List an organisation's applications.",
            auth: .organization(parameter: "org"),
            .administrationRead(Console.organization)
        ),
        Route(
            .get,
            "/management/organizations/{org}/applications/list/console",
            "listApplicationsOfConsole",
            "List an organisation's applications, under the path of the original's console.",
            auth: .organization(parameter: "org"),
            .administrationRead(Console.organization)
        ),
        Route(
            .post,
            "/management/organizations/{org}/applications",
            "createApplicationOfOrganization",
            "Make an application.",
            auth: .organization(parameter: "org"),
            scope: .settings,
            failures: [.conflict(.application, id: "app")],
            .administrationWrite(Console.create)
        ),
        Route(
            .delete,
            "/management/organizations/{org}/applications/{application}",
            "deleteApplicationOfOrganization",
            "Delete an application with all its users.",
            auth: .organization(parameter: "org"),
            scope: .settings,
            failures: [.notFound(.application, id: "org/app")],
            .administrationWrite(Console.delete)
        ).saying(PlatformError.ofConsoleApplication),
        Route(
            .get,
            "/management/organizations/{org}/applications/{application}",
            "getApplication",
            "Get one application.",
            auth: .organization(parameter: "org"),
            failures: [.notFound(.application, id: "org/app")],
            .administrationRead(Console.application)
        ).saying(PlatformError.ofConsoleApplication),
        Route(
            .put,
            "/{org}/{app}",
            "setApplication",
            "Open or close an application's registration, and let it check recipients.",
            auth: .organization(parameter: "org"),
            scope: .settings,
            .administrationWrite(Console.set)
        ),
        Route(
            .get,
            "/{org}/{app}/credentials",
            "getCredentials",
            "Get an application's client ids, and the secret of the oldest where it can be shown.",
            auth: .organization(parameter: "org"),
            scope: .clients,
            .administrationRead(Console.credentials)
        ),
        Route(
            .post,
            "/{org}/{app}/credentials",
            "addCredential",
            "Make one more credential; its secret is shown once.",
            auth: .organization(parameter: "org"),
            scope: .clients,
            Action.administrationWrite(Console.addCredential).showingSecret
        ),
    ]

    private static let formType = "application/x-www-form-urlencoded"
}
