// The table of the platform dialect: every route, who may call it, what it may be lent.

public import Routing

import Domain
import HTTP

/// The platform dialect: `/{org}/{app}/…`.
public enum PlatformAPI {
    /// Every route, in the order of the API document.
    public static let routes: [Route] = (tokens + users + contacts + contactRequests + blocks + status + presences + devices + extras + push + groups + sharedFiles + rooms + files + messages + history + console).map {
        $0.speaking(PlatformDialect())
    }

    private static let noUser: [Failure] = [.notFound(.user, id: "user1")]

    private static let tokens: [Route] = [
        Route(
            .post, "/{org}/{app}/token", "issueToken",
            "Get a token for client credentials, for a user's password, or for a user that the application vouches for.",
            auth: .anybody,
            failures: [
                .wrongCredentials(.unknownClient), .throttled(retryAfterSeconds: 60), .notFound(.user, id: "user1"),
                .unauthenticated(.missing),
            ],
            .write(after: Tokens.check, Tokens.letIn))
    ]

    private static let users: [Route] = [
        Route(
            .post, "/{org}/{app}/users", "registerUsers", "Register one user, or several.",
            auth: .openRegistration, failures: [.conflict(.user, id: "user1"), .unauthenticated(.missing)],
            .write(after: Registrations.hashPasswords, Registrations.register)),
        Route(
            .get, "/{org}/{app}/users", "listUsers", "List users by registration, a page at a time.",
            auth: .application, failures: [.invalid(field: "cursor", .foreignCursor)], .read(Users.list)),
        Route(
            .delete, "/{org}/{app}/users", "deleteUsers", "Delete the users registered first.",
            auth: .application, failures: [.invalid(field: "cursor", .foreignCursor)], .write(Users.deleteMany)),
        Route(
            .get, "/{org}/{app}/users/{username}", "getUser", "Get one user.",
            auth: .applicationOrUser(parameter: "username"), failures: noUser, .read(Users.get)),
        Route(
            .put, "/{org}/{app}/users/{username}", "updateUser", "Set push nickname, display style, do-not-disturb.",
            auth: .application, failures: noUser, .write(Users.update)),
        Route(
            .delete, "/{org}/{app}/users/{username}", "deleteUser", "Delete one user with all that belongs to it.",
            auth: .application, failures: noUser, .write(Users.delete)),
        Route(
            .put, "/{org}/{app}/users/{username}/password", "setPassword", "Set a user's password; its tokens end.",
            auth: .applicationOrUser(parameter: "username"), failures: noUser + [.wrongCredentials(.wrongPassword)],
            .write(after: Passwords.hash, Passwords.set)),
        Route(
            .post, "/{org}/{app}/users/{username}/deactivate", "deactivateUser", "Disable an account and throw it out.",
            auth: .application, failures: noUser, .write(Users.deactivate)),
        Route(
            .post, "/{org}/{app}/users/{username}/activate", "activateUser", "Enable an account again.",
            auth: .application, failures: noUser, .write(Users.activate)),
        Route(
            .get, "/{org}/{app}/users/{username}/disconnect", "disconnectUser", "Force a user offline; its tokens end.",
            auth: .application, failures: noUser, .write(OnlineStatus.disconnect)),
    ]

    private static let contacts: [Route] = [
        Route(
            .post, "/{org}/{app}/users/{owner_username}/contacts/users/{contact_username}", "addContact",
            "Make two users contacts of each other.", auth: .application,
            failures: noUser + [
                .invalid(field: "contact_username", .selfReference), .limitReached(.contacts, maximum: 1000),
            ], .write(Contacts.add)),
        Route(
            .delete, "/{org}/{app}/users/{owner_username}/contacts/users/{contact_username}", "removeContact",
            "End a contact on both sides.", auth: .application, failures: noUser, .write(Contacts.remove)),
        Route(
            .get, "/{org}/{app}/users/{owner_username}/contacts/users", "listContacts",
            "List the names of a user's contacts.", auth: .application, failures: noUser, .scan(Contacts.list)),
        Route(
            .post, "/{org}/{app}/users/{username}/contacts/import", "importContacts",
            "Add up to ten contacts; what can't be added is told by name.", auth: .application, failures: noUser,
            .write(Contacts.importAll)),
        Route(
            .put, "/{org}/{app}/user/{username}/contacts/users/{contact_username}", "setContactRemark",
            "Set a user's private remark on a contact.", auth: .application,
            failures: noUser + [.notFound(.contact, id: "user2")], .write(Contacts.setRemark)),
        Route(
            .get, "/{org}/{app}/user/{username}/contacts", "pageContacts",
            "List a user's contacts with their remarks, a page at a time.", auth: .application,
            failures: noUser + [.invalid(field: "cursor", .foreignCursor)], .read(Contacts.page)),
    ]

    private static let blocks: [Route] = [
        Route(
            .get, "/{org}/{app}/users/{owner_username}/blocks/users", "listBlocks",
            "List the names of the users that a user blocks.", auth: .application, failures: noUser, .scan(Blocks.list)),
        Route(
            .post, "/{org}/{app}/users/{owner_username}/blocks/users", "addBlocks", "Block users, all or none.",
            auth: .application,
            failures: noUser + [
                .invalid(field: "usernames", .unknownReference(.user, id: "user20")), .limitReached(.blocks, maximum: 500),
            ], .write(Blocks.add)),
        Route(
            .delete, "/{org}/{app}/users/{owner_username}/blocks/users/{blocked_username}", "removeBlock",
            "End a block.", auth: .application, failures: noUser, .write(Blocks.remove)),
    ]

    private static let status: [Route] = [
        Route(
            .get, "/{org}/{app}/users/{username}/status", "getStatus", "Whether a user is online.",
            auth: .application, failures: noUser, servedInMaintenance: true, .read(OnlineStatus.get)),
        Route(
            .post, "/{org}/{app}/users/batch/status", "getStatuses", "Whether users are online; unknown ones are offline.",
            auth: .application, failures: [.tooMany(field: "usernames", maximum: 100)], servedInMaintenance: true,
            .read(OnlineStatus.getMany)),
        Route(
            .get, "/{org}/{app}/users/{owner_username}/offline_msg_count", "getOfflineCount",
            "How many messages wait for a user.", auth: .application, failures: noUser, .scan(OnlineStatus.offlineCount)),
        Route(
            .get, "/{org}/{app}/users/{username}/offline_msg_status/{msg_id}", "getOfflineStatus",
            "Whether a message still waits for a user.", auth: .application, failures: noUser,
            .read(OnlineStatus.offlineStatus)),
    ]

    private static let extras: [Route] = [
        Route(
            .put, "/{org}/{app}/metadata/user/{username}", "setMetadata", "Set entries of a user's metadata.",
            auth: .applicationOrUser(parameter: "username"),
            failures: noUser + [.limitReached(.metadataBytes, maximum: 2048), .unsupportedMediaType(expected: formType)],
            .write(Metadata.set)),
        Route(
            .get, "/{org}/{app}/metadata/user/{username}", "getMetadata", "Get a user's metadata.",
            auth: .applicationOrUser(parameter: "username"), .read(Metadata.get)),
        Route(
            .delete, "/{org}/{app}/metadata/user/{username}", "deleteMetadata", "Remove all of a user's metadata.",
            auth: .application, .write(Metadata.delete)),
        Route(
            .post, "/{org}/{app}/metadata/user/get", "getMetadataOfUsers", "Get some properties of many users.",
            auth: .applicationOrAnyUser, failures: [.tooMany(field: "targets", maximum: 100)], .read(Metadata.getMany)),
        Route(
            .get, "/{org}/{app}/metadata/user/capacity", "getMetadataCapacity",
            "Bytes of metadata in the application.", auth: .application, .scan(Metadata.capacity)),
        Route(
            .post, "/{org}/{app}/mutes", "setMutes", "Mute a user, by kind of conversation.",
            auth: .application, failures: noUser, .write(UserMutes.set)),
        Route(
            .get, "/{org}/{app}/mutes/{username}", "getMutes", "The seconds left of a user's mutes.",
            auth: .application, failures: noUser, .read(UserMutes.get)),
        Route(
            .get, "/{org}/{app}/mutes", "listMutes", "List the muted users.",
            auth: .application, .scan(UserMutes.list)),
    ]

    private static let console: [Route] = [
        Route(
            .post, "/management/token", "issueManagementToken", "Get a token for an organisation's administrator.",
            auth: .nobody, failures: [.wrongCredentials(.wrongPassword), .throttled(retryAfterSeconds: 60)],
            .administrationWrite(after: Console.check, Console.letIn)),
        Route(
            .get, "/management/organizations/{org}/applications", "listApplications",
            "List an organisation's applications.", auth: .organization(parameter: "org"),
            .administrationRead(Console.organization)),
        Route(
            .get, "/management/organizations/{org}/applications/{application}", "getApplication",
            "Get one application.", auth: .organization(parameter: "org"),
            failures: [.notFound(.application, id: "org/app")], .administrationRead(Console.application)),
        Route(
            .put, "/{org}/{app}", "setApplication", "Open or close an application's registration.",
            auth: .organization(parameter: "org"), .administrationWrite(Console.set)),
        Route(
            .get, "/{org}/{app}/credentials", "getCredentials", "Get an application's client ids.",
            auth: .organization(parameter: "org"), .administrationRead(Console.credentials)),
        Route(
            .post, "/{org}/{app}/credentials", "addCredential", "Make one more credential; its secret is shown once.",
            auth: .organization(parameter: "org"), .administrationWrite(Console.addCredential)),
    ]

    private static let formType = "application/x-www-form-urlencoded"
}
