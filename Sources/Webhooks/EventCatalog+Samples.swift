// An example of each event, from which its schema and its example in the API document are made.

public import Domain

extension EventCatalog {
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
