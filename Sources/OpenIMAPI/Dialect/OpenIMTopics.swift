// The subjects of the OpenIM dialect's routes, as the API document files them.

public import Routing

extension OpenIMDialect {
    /// By the first segment of their paths, as the original has them.
    public var topics: [Topic] {
        [
            Topic(
                "openim-auth",
                ["auth"],
                "Register users and get their tokens, with a client secret of the application."
            ),
            Topic("openim-friends", ["friend"], "Friends, friend requests and the blacklist."),
            Topic("openim-groups", ["group"], "Groups, their members, applications to join, and mutes."),
            Topic(
                "openim-messages",
                ["msg", "chat", "conversation"],
                "Messages: sent, pulled by number, recalled, deleted and searched; conversations and read positions."
            ),
            Topic(
                "openim-users",
                ["user", "manager"],
                "Users' profiles, lists of users, and who is online."
            ),
        ]
    }
}
