// The routes of whom a user knows, and whom it wants to hear nothing from.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let contacts: [Route] = [
        Route(
            .post,
            "/{org}/{app}/users/{owner_username}/contacts/users/{contact_username}",
            "addContact",
            "Make two users contacts of each other.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser + [
                .invalid(field: "contact_username", .selfReference), .limitReached(.contacts, maximum: 1000),
            ],
            .write(Contacts.add)
        ),
        Route(
            .delete,
            "/{org}/{app}/users/{owner_username}/contacts/users/{contact_username}",
            "removeContact",
            "End a contact on both sides.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Contacts.remove)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{owner_username}/contacts/users",
            "listContacts",
            "List the names of a user's contacts.",
            auth: .application,
            scope: .usersRead,
            failures: noUser,
            .scan(Contacts.list)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{username}/contacts/import",
            "importContacts",
            "Add up to ten contacts; what can't be added is told by name.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Contacts.importAll)
        ),
        Route(
            .put,
            "/{org}/{app}/user/{username}/contacts/users/{contact_username}",
            "setContactRemark",
            "Set a user's private remark on a contact.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser + [.notFound(.contact, id: "user2")],
            .write(Contacts.setRemark)
        ),
        Route(
            .get,
            "/{org}/{app}/user/{username}/contacts",
            "pageContacts",
            "List a user's contacts with their remarks, a page at a time.",
            auth: .application,
            scope: .usersRead,
            failures: noUser + foreignCursor,
            .read(Contacts.page)
        ),
        Route(
            .get,
            "/{org}/{app}/users/{username}/contacts",
            "pageContactsOfUser",
            "List a user's contacts with their remarks, a page at a time.",
            auth: .application,
            scope: .usersRead,
            failures: noUser + foreignCursor,
            .read(Contacts.page)
        ),
        Route(
            .post,
            "/{org}/{app}/contacts/check",
            "checkContacts",
            "Whether users are a user's contacts, up to a hundred names a call.",
            auth: .application,
            scope: .usersRead,
            failures: noUser + [.invalid(field: "check_list", .empty)],
            .read(RelationChecks.contacts)
        ),
        Route(
            .delete,
            "/{org}/{app}/contacts/users/{username}",
            "removeAllContacts",
            "End all contacts of a user, on both sides; blocks stay.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser + [.invalid(field: "limit", .unknownParameter)],
            .write(Contacts.removeAll)
        ),
    ]

    static let blocks: [Route] = [
        Route(
            .get,
            "/{org}/{app}/users/{owner_username}/blocks/users",
            "listBlocks",
            "List the names of the users that a user blocks.",
            auth: .application,
            scope: .usersRead,
            failures: noUser,
            .scan(Blocks.list)
        ),
        Route(
            .post,
            "/{org}/{app}/users/{owner_username}/blocks/users",
            "addBlocks",
            "Block users, all or none.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser + [
                .invalid(field: "usernames", .unknownReference(.user, id: "user20")),
                .limitReached(.blocks, maximum: 500),
            ],
            .write(Blocks.add)
        ).saying(PlatformError.ofBlocks),
        Route(
            .delete,
            "/{org}/{app}/users/{owner_username}/blocks/users/{blocked_username}",
            "removeBlock",
            "End a block.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser,
            .write(Blocks.remove)
        ),
        Route(
            .post,
            "/{org}/{app}/blocks/check",
            "checkBlocks",
            "Whether users are on a user's block list, up to a hundred names a call.",
            auth: .application,
            scope: .usersRead,
            failures: noUser + [.invalid(field: "check_list", .empty)],
            .read(RelationChecks.blocks)
        ),
    ]
}
