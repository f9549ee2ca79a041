// The facts of each kind of event, said once: `data` of two events of a family has the same keys.

extension EventDetails {
    /// A user: name, uuid and, where it has one, nickname.
    public static func user(_ user: User) -> EventDetails {
        EventDetails(
            lane: .user(user.username),
            [Member("user", .text(user.username.text)), Member("uuid", .text(user.uuid.text))]
        ).with("nickname", text: user.nickname)
    }

    /// A user that isn't registered yet.
    static func user(_ user: NewUser) -> EventDetails {
        EventDetails(lane: .user(user.username), [Member("user", .text(user.username.text))])
            .with("nickname", text: user.nickname)
    }

    /// Two users, as contacts or block lists relate them; ordered with the first one's events.
    public static func users(_ user: Username, _ key: String, _ other: Username) -> EventDetails {
        EventDetails(
            lane: .user(user),
            [Member("user", .text(user.text)), Member(key, .text(other.text))]
        )
    }

    /// A group or room: its id, kind and name.
    public static func group(_ group: Group) -> EventDetails {
        EventDetails(
            lane: .group(group.id),
            [Member("group", .text(group.id.text)), Member("name", .text(group.settings.name))]
        )
    }

    /// A group or room, and the member or other user that something was done to.
    public static func group(_ group: Group, user: Username) -> EventDetails {
        .group(group).with("user", .text(user.text))
    }

    /// A message: sender, receivers, content.
    public static func message(_ message: Message) -> EventDetails {
        EventDetails(lane: .conversation(message.address), [Member("message", .message(message))])
    }

    /// How far a user has followed a conversation: the last message.
    public static func receipt(_ user: Username, _ message: MessageID, in address: ConversationAddress)
        -> EventDetails
    {
        EventDetails(
            lane: .conversation(address),
            [
                Member("user", .text(user.text)), Member("message", .text(message.text)),
                Member("chat_type", .text(address.kind.word)),
                Member("from", .text(address.receiver(from: user.text))),
            ]
        )
    }

    /// A file: its id, name, size and owner.
    public static func file(_ file: StoredFile) -> EventDetails {
        EventDetails(lane: .application, []).with(file)
    }

    /// The same with a file.
    public func with(_ file: StoredFile) -> EventDetails {
        with("file", .text(file.uuid.text)).with("filename", .text(file.content.name))
            .with("bytes", .integer(Int64(file.content.size))).with("owner", .text(file.ownerName))
    }

    /// An endpoint and why it was disabled.
    public static func endpoint(_ webhook: Webhook) -> EventDetails {
        EventDetails(
            lane: .application,
            [
                Member("endpoint", .text(webhook.id.text)), Member("name", .text(webhook.name)),
                Member("url", .text(webhook.url)),
            ]
        ).with("reason", text: webhook.disabledReason)
    }
}

extension ConversationKind {
    /// The word for it in events: `chat`, `groupchat`, `chatroom`, `broadcast`.
    public var word: String {
        switch self {
        case .single: "chat"
        case .group: "groupchat"
        case .room: "chatroom"
        case .broadcast: "broadcast"
        }
    }
}
