// Events in the form of Easemob's callbacks: one body a kind, signed with MD5 as that vendor's receivers expect.

import Crypto
import Domain
import JSON

enum EasemobForm {
    /// The body of an event, one JSON object.
    static func body(of event: StandardEvent, secret: String) -> [UInt8] {
        let call = "\(event.application)_\(event.id)"
        var members: [JSONValue.Member] = [
            .init("callId", .string(call)), .init("eventType", .string("chat")),
            .init("timestamp", .integer(event.time)), .init("appkey", .string(event.application)),
            .init("host", .string("parley")), .init("securityVersion", .string("1.0.0")),
            .init("security", .string(signature(call, secret, event.time))),
        ]
        members += content(of: event)
        return JSONValue.object(members).bytes
    }

    /// `md5(callId + secret + timestamp)`, lower hex.
    static func signature(_ call: String, _ secret: String, _ timestamp: Int64) -> String {
        Hex.encode(MD5.hash(Array("\(call)\(secret)\(timestamp)".utf8)))
    }

    private static func content(of event: StandardEvent) -> [JSONValue.Member] {
        switch event.name {
        case .messageSent: message(event, chatType(event.message))
        case .messageRewritten: message(event, "update_msg")
        case .messageRecalled: recall(event)
        case .messageDelivered: receipt(event, "delivery_ack")
        case .messageRead: receipt(event, "read_ack")
        case .userOnline: status(event, "login", "online")
        case .userOffline: status(event, "logout", "offline")
        case .userDeactivated: status(event, "replaced", "offline")
        case .ping: [.init("chat_type", .string("ping")), .init("payload", .object([]))]
        default:
            if let operation = rosterOperations[event.name] {
                roster(event, operation)
            } else {
                group(event, groupOperation(event))
            }
        }
    }

    private static func chatType(_ message: JSONView?) -> String {
        switch message?["chat_type"]?.string {
        case "groupchat", "chatroom": "groupchat"
        default: "chat"
        }
    }

    private static func message(_ event: StandardEvent, _ type: String) -> [JSONValue.Member] {
        guard let message = event.message else { return [] }
        var payload: [JSONValue.Member] = [
            .init("bodies", .array(message["payload"]?["bodies"]?.elements.map { body($0.value()) } ?? [])),
            .init("ext", message["payload"]?["ext"]?.value() ?? .object([])),
        ]
        payload += [.init("from", text(message, "from")), .init("to", text(message, "to"))]
        return [.init("chat_type", .string(type))] + place(message) + [
            .init("from", text(message, "from")), .init("to", text(message, "to")),
            .init("msg_id", text(message, "msg_id")), .init("payload", .object(payload)),
        ]
    }

    /// A custom message's entries are both a list and, by their newer name, a map.
    private static func body(_ body: JSONValue) -> JSONValue {
        guard case .object(let members) = body, case .object(let entries)? = body["customExts"] else {
            return body
        }
        let rest = members.filter { $0.key != "customExts" }
        return .object(
            rest + [
                .init("customExts", .array(entries.map { .object([$0]) })),
                .init("v2:customExts", .object(entries)),
            ]
        )
    }

    private static func recall(_ event: StandardEvent) -> [JSONValue.Member] {
        guard let message = event.message else { return [] }
        return [.init("chat_type", .string("recall"))] + place(message) + [
            .init("from", text(message, "from")), .init("to", text(message, "to")),
            .init("recall_id", text(message, "msg_id")), .init("msg_id", .string(event.id)),
            .init(
                "payload",
                .object([
                    .init("ack_message_id", text(message, "msg_id")), .init("bodies", .array([])),
                    .init("ext", .object([])),
                ])
            ),
        ]
    }

    private static func receipt(_ event: StandardEvent, _ type: String) -> [JSONValue.Member] {
        [
            .init("chat_type", .string(type)), .init("from", .string(event.text("user"))),
            .init("to", .string(event.text("from"))), .init("msg_id", .string(event.id)),
            .init(
                "payload",
                .object([
                    .init("ack_message_id", .string(event.text("message"))), .init("bodies", .array([])),
                    .init("ext", .object([])),
                ])
            ),
        ]
    }

    private static func status(_ event: StandardEvent, _ reason: String, _ status: String)
        -> [JSONValue.Member]
    {
        [
            .init("chat_type", .string("userStatus")), .init("reason", .string(reason)),
            .init("os", .string("")), .init("ip", .string("")), .init("version", .string("")),
            .init("user", .string("\(event.application)_\(event.text("user"))@easemob.com/")),
            .init("status", .string(status)),
        ]
    }

    private static let rosterOperations: [EventName: String] = [
        .contactRequested: "add", .contactAccepted: "accept", .contactDeclined: "decline",
        .contactAdded: "remote_accept", .contactRemoved: "remove", .blockAdded: "ban", .blockRemoved: "allow",
    ]

    private static func roster(_ event: StandardEvent, _ operation: String) -> [JSONValue.Member] {
        let other = event.text("contact").isEmpty ? event.text("blocked") : event.text("contact")
        return [
            .init("chat_type", .string("roster")), .init("from", .string(event.text("user"))),
            .init("to", .string(other)), .init("msg_id", .string(event.id)),
            .init(
                "payload",
                .object([
                    .init("operation", .string(operation)), .init("reason", .string(event.text("reason"))),
                ])
            ),
        ]
    }

    /// The vendor spells `assing_owner` so.
    private static let groupOperations: [String: String] = [
        "created": "create", "updated": "update", "deleted": "destroy", "owner_changed": "assing_owner",
        "member_added": "direct_joined", "member_removed": "kick", "member_left": "leave",
        "admin_added": "add_admin", "admin_removed": "remove_admin", "muted": "add_mute",
        "unmuted": "remove_mute", "all_muted": "ban_group", "all_unmuted": "remove_ban_group",
        "blocked": "ban", "unblocked": "allow", "allowed": "add_user_white_list",
        "disallowed": "remove_user_white_list", "announcement_updated": "update_announcement",
        "file_added": "upload_file", "file_removed": "delete_file", "join_requested": "apply",
        "invited": "invite",
    ]

    private static func groupOperation(_ event: StandardEvent) -> String {
        let isAccepted = event.data["accepted"]?.bool ?? false
        let change = String(event.name.rawValue.dropFirst(event.name.family.count + 1))
        switch change {
        case "join_decided": return isAccepted ? "apply_accept" : "apply_decline"
        case "invite_decided": return isAccepted ? "invite_accept" : "invite_decline"
        case "announcement_updated" where event.text("announcement").isEmpty: return "delete_announcement"
        case "member_added" where event.isRoom: return "presence"
        default: return groupOperations[change] ?? change
        }
    }

    private static func group(_ event: StandardEvent, _ operation: String) -> [JSONValue.Member] {
        let id = event.text("group")
        let user = event.text("user")
        return [
            .init("chat_type", .string("muc")), .init("group_id", .string(id)),
            .init("from", .string(event.author)), .init("to", .string(user.isEmpty ? id : user)),
            .init("msg_id", .string(event.id)),
            .init(
                "payload",
                .object([
                    .init("muc_id", .string("\(event.application)_\(id)@conference.easemob.com")),
                    .init("reason", .string(event.text("reason"))), .init("is_chatroom", .bool(event.isRoom)),
                    .init("operation", .string(operation)),
                    .init(
                        "status",
                        .object([.init("description", .string("")), .init("error_code", .string("ok"))])
                    ),
                ])
            ),
        ]
    }

    /// The group or room of a message.
    private static func place(_ message: JSONView) -> [JSONValue.Member] {
        chatType(message) == "groupchat" ? [.init("group_id", text(message, "to"))] : []
    }

    private static func text(_ view: JSONView, _ key: String) -> JSONValue {
        .string(view[key]?.string ?? "")
    }
}
