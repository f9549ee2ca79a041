// The subjects of the platform dialect's routes, as the API document files them.

public import Routing

extension PlatformDialect {
    /// In the order in which a route is filed: a path of groups below a user is about groups.
    public var topics: [Topic] {
        [
            Topic(
                "platform-tokens",
                ["token"],
                "Get tokens: for an application's backend, a user, an administrator."
            ),
            Topic(
                "platform-groups",
                ["chatgroups", "publicchatgroups", "joined_chatgroups", "chatgroup"],
                "Groups: made, listed, changed, handed over and dismissed; members, administrators, mutes, block and allow"
                    + " lists, announcements, shared files and metadata."
            ),
            Topic(
                "platform-rooms",
                ["chatrooms", "joined_chatrooms", "chatroom"],
                "Chat rooms, with all that groups have but shared files, and super administrators, who may make them."
            ),
            Topic(
                "platform-history",
                ["chatmessages", "rest"],
                "History: exported by the hour, imported, and searched at `GET /{org}/{app}/messages`."
            ),
            Topic(
                "platform-messages",
                ["messages", "user_channels", "user_channel", "offline_msg_count", "offline_msg_status"],
                "Messages: sent to users, groups, rooms and everybody, searched, recalled and rewritten; what waits for a"
                    + " user, and a user's list of conversations."
            ),
            Topic(
                "platform-files",
                ["chatfiles"],
                "Files that messages carry: uploaded once, fetched by UUID and secret."
            ),
            Topic(
                "platform-contacts",
                ["contacts", "blocks"],
                "Contacts, which are mutual and may be asked for first; blocks, which are one-sided."
            ),
            Topic(
                "platform-presence",
                ["status", "batch", "presence", "resources", "disconnect"],
                "Online users and their devices, the presence that users publish, and signing devices out."
            ),
            Topic(
                "platform-push",
                ["notification"],
                "Users' preferences for push notifications, and an application's templates. Nothing here sends any."
            ),
            Topic("platform-metadata", ["metadata"], "Entries of text that are kept with a user."),
            Topic(
                "platform-mutes",
                ["mutes"],
                "Mutes of users in a whole application, by kind of conversation."
            ),
            Topic(
                "platform-webhooks",
                ["webhooks", "callbacks", "msghooks"],
                "Webhooks: endpoints that are informed of events or asked before a message is sent, and their deliveries."
            ),
            Topic(
                "platform-clients",
                ["clients"],
                "Clients of an application: named credentials with scopes, an end, and secrets that are replaced without an"
                    + " interruption."
            ),
            Topic(
                "platform-audit",
                ["audit"],
                "The audit: who changed what with an authority that isn't a user's own, who read users' messages, and who was"
                    + " refused."
            ),
            Topic(
                "platform-settings",
                ["settings"],
                "The settings of an application, with their bounds and defaults."
            ),
            Topic(
                "platform-users",
                ["users", "user"],
                "Users: registered, read, changed, deactivated and deleted, one by one or many at once."
            ),
            Topic(
                "platform-applications",
                "Applications and their credentials, for administrators of their organisation."
            ),
        ]
    }
}
