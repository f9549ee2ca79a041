// The events as the API document shows them: for each a sentence, a schema and an example, from one table of samples.

public import Domain
public import JSON

/// The sentence, schema and example of each event.
public enum EventCatalog {
    /// The member `webhooks` of an OpenAPI 3.1 document.
    public static var webhooks: JSONValue {
        .object(EventName.allCases.map { JSONValue.Member($0.rawValue, description(of: $0)) })
    }

    /// An event of this name, as it could be recorded.
    public static func sample(_ name: EventName) -> RecordedEvent {
        RecordedEvent(
            name: name,
            time: moment,
            application: "org#app",
            author: name == .endpointDisabled || name == .ping ? nil : .client("YXA6ZKPh5gEsEeeFRlbX"),
            details: details(of: name)
        )
    }

    private static let moment = Timestamp(milliseconds: 1_795_965_600_123)

    private static func description(of name: EventName) -> JSONValue {
        let event = sample(name)
        let example = (try? JSONValue(parsing: EventBody.bytes(of: event))) ?? .null
        return [
            "post": [
                "operationId": .string("event." + name.rawValue), "summary": .string(name.summary),
                "tags": ["platform-webhooks"],
                "requestBody": [
                    "required": true,
                    "content": [
                        "application/json": ["schema": schema(of: event), "example": example]
                    ],
                ],
                "responses": ["2XX": ["description": "The event is taken; any other status is a failure."]],
            ]
        ]
    }

    // MARK: Schemas

    private static func schema(of event: RecordedEvent) -> JSONValue {
        var data: [JSONValue.Member] = [
            .init("application", text("The application, organisation and name with a # between."))
        ]
        for member in event.details.members { data.append(.init(member.name, schema(of: member))) }
        let required = data.filter { !optional.contains($0.key) }.map { JSONValue.string($0.key) }
        data.append(.init("by", author))
        return [
            "type": "object", "required": ["type", "timestamp", "data"],
            "properties": [
                "type": [
                    "type": "string", "const": .string(event.name.rawValue),
                    "description": "The event's name.",
                ],
                "timestamp": [
                    "type": "string", "format": "date-time",
                    "description": "When it happened, as RFC 3339 has it.",
                ],
                "data": [
                    "type": "object", "description": "What happened, and to whom.",
                    "required": .array(required),
                    "properties": .object(data),
                ],
            ],
        ]
    }

    private static let author: JSONValue = [
        "type": "object",
        "description":
            "Who did it: a client of the application, a user, an administrator, or the operator; absent for the server itself.",
        "properties": [
            "client": text("The client's id."), "user": text("The user's name."),
            "administrator": text("The administrator's name."),
            "operator": ["type": "integer", "description": "The number of the system's user."],
        ],
    ]

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    /// Facts that an event may lack.
    private static let optional: Set<String> = [
        "nickname", "reason", "client_message", "announcement", "expires",
    ]

    private static func schema(of member: EventDetails.Member) -> JSONValue {
        let description = JSONValue.string(words[member.name] ?? "The \(member.name) meant.")
        return switch member.value {
        case .text: ["type": "string", "description": description]
        case .integer: ["type": "integer", "description": description]
        case .flag: ["type": "boolean", "description": description]
        case .texts: ["type": "array", "items": ["type": "string"], "description": description]
        case .time: ["type": "integer", "description": description]
        case .message: message
        }
    }

    private static let message: JSONValue = [
        "type": "object", "description": "The message as history shows it.",
        "required": ["msg_id", "timestamp", "from", "to", "chat_type", "payload"],
        "properties": [
            "msg_id": text("The message's id."),
            "timestamp": ["type": "integer", "description": "When it was sent, in milliseconds since 1970."],
            "from": text("The sender's name."),
            "to": text("The receiver's name, or the group's or room's id."),
            "chat_type": text("The kind of conversation: chat, groupchat, chatroom or broadcast."),
            "recalled": ["type": "boolean", "description": "Whether it was recalled."],
            "edits": ["type": "integer", "description": "How often it was rewritten."],
            "sequence": ["type": "integer", "description": "Its place in the conversation's queue."],
            "payload": [
                "type": "object", "description": "What it says: bodies by type, and the sender's own fields.",
                "properties": [
                    "bodies": [
                        "type": "array", "items": ["type": "object"], "description": "One body, or none.",
                    ],
                    "ext": ["type": "object", "description": "The sender's own fields."],
                ],
            ],
        ],
    ]

    private static let words: [String: String] = [
        "user": "The user's name.", "uuid": "The user's uuid.", "nickname": "The user's nickname.",
        "contact": "The other user's name.", "blocked": "The blocked user's name.",
        "reason": "What was said to it.", "group": "The group's or room's id.",
        "name": "The name of it.", "owner": "The owner's name.", "members": "The members' names.",
        "inviter": "The inviting user's name.", "accepted": "Whether it was accepted.",
        "message": "The last message's id.", "chat_type": "The kind of conversation.",
        "from": "The other side's name, or the group's or room's id.", "file": "The file's uuid.",
        "filename": "The file's name.", "bytes": "The file's size in bytes.",
        "endpoint": "The endpoint's id.", "url": "The endpoint's address.",
        "keys": "The keys that were set or removed.", "role": "The role's name.",
        "previous_owner": "The owner of before.", "announcement": "The announcement; empty for none.",
        "expires": "When it ends, in milliseconds since 1970; absent for never.",
        "chat": "Seconds left in chats: -1 for ever, 0 for none.",
        "groupchat": "Seconds left in groups: -1 for ever, 0 for none.",
        "chatroom": "Seconds left in rooms: -1 for ever, 0 for none.",
        "client_message": "The sending client's own name for the message.",
    ]

    // MARK: Samples

    private static let alice = Username(stored: "alice", key: "alice")
    private static let bob = Username(stored: "bob", key: "bob")

    private static func details(of name: EventName) -> EventDetails {
        switch name.family {
        case "user": user(name)
        case "contact": .users(alice, "contact", bob)
        case "block": .users(alice, "blocked", bob)
        case "group", "room": group(name)
        case "message": message(name)
        case "file": file(EventDetails(lane: .application, []))
        default:
            EventDetails(
                lane: .application,
                [
                    .init("endpoint", .text("887236184170497")), .init("name", .text("orders")),
                    .init("url", .text("https://example.com/hook")),
                ]
            )
        }
    }

    private static func user(_ name: EventName) -> EventDetails {
        let user = EventDetails(
            lane: .user(alice),
            [
                .init("user", .text("alice")), .init("uuid", .text("0190c0a4-7b3e-7d1a-9c55-0a1b2c3d4e5f")),
                .init("nickname", .text("Alice")),
            ]
        )
        switch name {
        case .userMuted:
            return user.with("chat", .integer(-1)).with("groupchat", .integer(0)).with(
                "chatroom",
                .integer(0)
            )
        case .userUnmuted:
            return user.with("chat", .integer(0)).with("groupchat", .integer(0)).with("chatroom", .integer(0))
        case .userMetadataUpdated: return user.with("keys", .texts(["level"]))
        default: return user
        }
    }

    private static func file(_ details: EventDetails) -> EventDetails {
        details.with("file", .text("0190c0a4-7b3e-7d1a-9c55-0a1b2c3d4e5f")).with(
            "filename",
            .text("plan.pdf")
        )
        .with("bytes", .integer(18_300)).with("owner", .text("alice"))
    }

    private static func group(_ name: EventName) -> EventDetails {
        let group = EventDetails(
            lane: .application,
            [.init("group", .text("887236184170497")), .init("name", .text("Friends"))]
        )
        let member = group.with("user", .text("bob"))
        switch name {
        case .groupCreated, .roomCreated:
            return group.with("owner", .text("alice")).with("members", .texts(["alice", "bob"]))
        case .groupOwnerChanged, .roomOwnerChanged:
            return group.with("owner", .text("bob")).with("previous_owner", .text("alice"))
        case .groupAnnouncementUpdated, .roomAnnouncementUpdated:
            return group.with("announcement", .text("We meet on Friday."))
        case .groupRoleChanged: return member.with("role", .text("helper"))
        case .groupJoinRequested: return member.with("reason", .text("Please."))
        case .groupJoinDecided, .groupInviteDecided: return member.with("accepted", .flag(true))
        case .groupInvited: return member.with("inviter", .text("alice"))
        case .groupFileAdded, .groupFileRemoved: return file(group)
        case .groupMuted, .roomMuted, .groupBlocked, .roomBlocked:
            return member.with("expires", .time(Timestamp(milliseconds: moment.milliseconds + 3_600_000)))
        case .groupUpdated, .roomUpdated, .groupDeleted, .roomDeleted, .groupDisabled, .groupEnabled,
            .groupAllMuted, .groupAllUnmuted, .roomAllMuted, .roomAllUnmuted:
            return group
        default: return member
        }
    }

    private static func message(_ name: EventName) -> EventDetails {
        let id = MessageID.first(at: moment)
        switch name {
        case .messageDelivered, .messageRead: return .receipt(bob, id, in: .between(alice, bob))
        default:
            return .message(
                Message(
                    id: id,
                    sent: moment,
                    conversation: ConversationID(rawValue: 1),
                    address: .between(alice, bob),
                    sequence: 7,
                    sender: "alice",
                    content: MessageContent(kind: .text, text: name == .messageRecalled ? nil : "hello"),
                    isRecalled: name == .messageRecalled,
                    edits: name == .messageRewritten ? 1 : 0
                )
            )
        }
    }
}

extension EventName {
    /// The event as a sentence.
    public var summary: String {
        let change = rawValue.dropFirst(family.count + 1).split(separator: "_").joined(separator: " ")
        return Self.sentences[self] ?? "The \(family) event: \(change)."
    }

    private static let sentences: [EventName: String] = [
        .userRegistered: "A user was registered.", .userUpdated: "A user's profile or settings were changed.",
        .userDeleted: "A user was deleted.", .userActivated: "A user's account was opened again.",
        .userDeactivated: "A user's account was closed.",
        .userPasswordChanged: "A user's password was changed.",
        .userOnline: "A user's first connection has begun.",
        .userOffline: "A user's last connection has ended.",
        .userMuted: "A user was muted in the whole application.",
        .userUnmuted: "A user is no longer muted in the application.",
        .userMetadataUpdated: "A user's metadata was changed.",
        .contactAdded: "Two users have become contacts.",
        .contactRemoved: "Two users are contacts no longer.",
        .contactRequested: "A user asks another to become a contact.",
        .contactAccepted: "A friend request was accepted.",
        .contactDeclined: "A friend request was declined.",
        .blockAdded: "A user has blocked another.", .blockRemoved: "A user blocks another no longer.",
        .messageSent: "A message was sent.", .messageRecalled: "A message was recalled.",
        .messageRewritten: "A message was rewritten.",
        .messageDelivered: "Messages were delivered to a user.",
        .messageRead: "A user has read messages.", .fileUploaded: "A file was uploaded.",
        .endpointDisabled: "An endpoint was disabled by the server.", .ping: "A ping, sent by hand.",
    ].merging(places) { first, _ in first }

    private static let places: [EventName: String] = {
        let changes = [
            "created": "was made", "updated": "was changed", "deleted": "was deleted",
            "owner_changed": "has a new owner",
            "member_added": "has a new member", "member_removed": "has lost a member by removal",
            "member_left": "was left by a member", "admin_added": "has a new administrator",
            "admin_removed": "has one administrator less", "muted": "has muted a member",
            "unmuted": "mutes a member no longer", "all_muted": "was muted as a whole",
            "all_unmuted": "is muted as a whole no longer", "blocked": "has blocked a user",
            "unblocked": "blocks a user no longer", "allowed": "has put a user on its allow list",
            "disallowed": "has taken a user from its allow list",
            "announcement_updated": "has another announcement",
            "file_added": "has a new shared file", "file_removed": "has lost a shared file",
            "role_changed": "has given a member another role", "disabled": "was disabled",
            "enabled": "was enabled",
            "join_requested": "is asked by a user to be let in",
            "join_decided": "has decided about an application",
            "invited": "has invited a user", "invite_decided": "has an answer to an invitation",
        ]
        var sentences: [EventName: String] = [:]
        for name in allCases where name.family == "group" || name.family == "room" {
            let change = String(name.rawValue.dropFirst(name.family.count + 1))
            if let words = changes[change] { sentences[name] = "A \(name.family) \(words)." }
        }
        return sentences
    }()
}
