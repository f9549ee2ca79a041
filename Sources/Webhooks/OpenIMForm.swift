// Events in the form of OpenIM's webhooks: a command in the address and in the body, and that server's field names.

import Domain
import JSON

enum OpenIMForm {
    /// The address of a command: `URL/command`, in front of a query.
    static func address(_ url: String, of command: String) -> String {
        let path = url.prefix { $0 != "?" }
        let query = url.dropFirst(path.count)
        return (path.hasSuffix("/") ? "\(path)\(command)" : "\(path)/\(command)") + query
    }

    /// The command of an event, and its body.
    static func body(of event: StandardEvent) -> (command: String, bytes: [UInt8]) {
        let command = command(of: event)
        return (command, bytes(command, event))
    }

    /// The command of a question about something that hasn't happened yet, and its body.
    static func question(about event: StandardEvent) -> (command: String, bytes: [UInt8]) {
        let command = questionCommand(about: event)
        return (command, bytes(command, event))
    }

    private static func bytes(_ command: String, _ event: StandardEvent) -> [UInt8] {
        JSONValue.object(
            [.init("callbackCommand", .string(command)), .init("operationID", .string(event.id))]
                + content(of: event)
        ).bytes
    }

    private static func isGroup(_ event: StandardEvent) -> Bool {
        let type = event.message?["chat_type"]?.string ?? event.text("chat_type")
        return type == "groupchat" || type == "chatroom"
    }

    /// Upstream spells the command of a recall so.
    private static let commands: [EventName: String] = [
        .messageRecalled: "callbackBeforeAfterMsgCommand", .userOnline: "callbackAfterUserOnlineCommand",
        .userOffline: "callbackAfterUserOfflineCommand", .userRegistered: "callbackAfterUserRegisterCommand",
        .userUpdated: "callbackAfterUpdateUserInfoCommand",
        .contactRequested: "callbackAfterAddFriendCommand",
        .contactAccepted: "callbackAfterAddFriendAgreeCommand",
        .contactRemoved: "callbackAfterDeleteFriendCommand", .blockRemoved: "callbackAfterRemoveBlackCommand",
        .groupCreated: "callbackAfterCreateGroupCommand", .groupUpdated: "callbackAfterSetGroupInfoCommand",
        .groupDeleted: "callbackAfterDisMissGroupCommand", .groupMemberAdded: "callbackAfterJoinGroupCommand",
        .groupMemberRemoved: "callbackAfterKickGroupCommand",
        .groupMemberLeft: "callbackAfterQuitGroupCommand",
        .groupOwnerChanged: "callbackAfterTransferGroupOwnerCommand",
        .ping: "callbackPingCommand",
    ]

    private static func command(of event: StandardEvent) -> String {
        switch event.name {
        case .messageSent:
            isGroup(event) ? "callbackAfterSendGroupMsgCommand" : "callbackAfterSendSingleMsgCommand"
        case .messageRead:
            isGroup(event) ? "callbackAfterGroupMsgReadCommand" : "callbackAfterSingleMsgReadCommand"
        default: commands[event.name] ?? event.name.rawValue
        }
    }

    private static let questionCommands: [EventName: String] = [
        .contactRequested: "callbackBeforeAddFriendCommand",
        .contactAccepted: "callbackBeforeAddFriendAgreeCommand", .blockAdded: "callbackBeforeAddBlackCommand",
        .groupCreated: "callbackBeforeCreateGroupCommand", .groupUpdated: "callbackBeforeSetGroupInfoCommand",
        .userUpdated: "callbackBeforeUpdateUserInfoCommand",
        .userRegistered: "callbackBeforeUserRegisterCommand",
    ]

    private static func questionCommand(about event: StandardEvent) -> String {
        switch event.name {
        case .messageSent:
            return isGroup(event) ? "callbackBeforeSendGroupMsgCommand" : "callbackBeforeSendSingleMsgCommand"
        case .groupMemberAdded:
            switch event.text("way") {
            case "joined": return "callbackBeforeJoinGroupCommand"
            case "invited": return "callbackBeforeInviteJoinGroupCommand"
            default: return "callbackBeforeMembersJoinGroupCommand"
            }
        default: return questionCommands[event.name] ?? event.name.rawValue
        }
    }

    // MARK: Bodies

    private static func content(of event: StandardEvent) -> [JSONValue.Member] {
        switch event.name {
        case .messageSent: message(event)
        case .messageRecalled: recall(event)
        case .messageRead: read(event)
        case .userOnline, .userOffline:
            [
                text("userID", event, "user"), .init("platformID", .integer(0)),
                .init("platform", .string("")), .init("seq", .integer(event.time)),
            ]
        case .userRegistered:
            [
                .init(
                    "users",
                    .array([.object([text("userID", event, "user"), text("nickname", event, "nickname")])])
                )
            ]
        case .userUpdated:
            [text("userID", event, "user"), text("nickname", event, "nickname"), .init("ex", .string(""))]
        case .contactRequested:
            [
                text("fromUserID", event, "user"), text("toUserID", event, "contact"),
                text("reqMsg", event, "reason"), .init("ex", .string("")),
            ]
        // Upstream sends the other user's id under the name that block lists have for it.
        case .contactAccepted:
            [
                text("fromUserID", event, "user"), text("toUserID", event, "contact"),
                text("blackUserID", event, "contact"), .init("HandleResult", .integer(1)),
                text("HandleMsg", event, "reason"),
            ]
        case .contactRemoved: [text("ownerUserID", event, "user"), text("friendUserID", event, "contact")]
        case .blockAdded, .blockRemoved:
            [text("ownerUserID", event, "user"), text("blackUserID", event, "blocked")]
        default: group(event)
        }
    }

    private static func group(_ event: StandardEvent) -> [JSONValue.Member] {
        let user = JSONValue.string(event.text("user"))
        let common = [
            text("groupID", event, "group"), text("groupName", event, "name"), .init("ex", .string("")),
        ]
        let member = JSONValue.object([.init("userID", user), .init("ex", .string(""))])
        switch event.name {
        case .groupCreated:
            let names = event.data["members"]?.elements.compactMap(\.string) ?? []
            let members = names.map { name in
                JSONValue.object([
                    .init("userID", .string(name)),
                    .init("roleLevel", .integer(name == event.text("owner") ? 100 : 20)),
                ])
            }
            return common + [
                text("ownerUserID", event, "owner"), .init("groupType", .integer(2)),
                .init("initMemberList", .array(members)),
            ]
        case .groupDeleted: return common + [.init("groupType", .string("2"))]
        case .groupOwnerChanged:
            return common + [
                text("oldOwnerUserID", event, "previous_owner"), text("newOwnerUserID", event, "owner"),
            ]
        case .groupMemberRemoved:
            return common + [.init("kickedUserIDs", .array([user])), .init("reason", .string(""))]
        case .groupMemberAdded:
            return common + [
                .init("userID", user), .init("applyID", user), .init("invitedUserIDs", .array([user])),
                .init("memberList", .array([member])), .init("groupEx", .string("")),
                .init("reqMessage", .string("")), .init("reason", .string("")),
                .init("groupType", .string("2")),
                .init("inviterUserID", .string(event.data["by"]?["user"]?.string ?? "")),
            ]
        default: return common + [.init("userID", user)]
        }
    }

    private static func read(_ event: StandardEvent) -> [JSONValue.Member] {
        [
            text("userID", event, "user"), text("recvID", event, "from"),
            text("serverMsgID", event, "message"),
            .init("contentType", .integer(isGroup(event) ? 2201 : 2200)),
        ]
    }

    private static func recall(_ event: StandardEvent) -> [JSONValue.Member] {
        guard let message = event.message else { return [] }
        return [
            .init("conversationID", .string(conversation(of: message))),
            .init("seq", .integer(message["sequence"]?.int64 ?? 0)),
            .init("userID", .string(message["from"]?.string ?? "")),
            .init("serverMsgID", .string(message["msg_id"]?.string ?? "")),
        ]
    }

    /// The name that 3.x has for a conversation.
    private static func conversation(of message: JSONView) -> String {
        let (from, to) = (message["from"]?.string ?? "", message["to"]?.string ?? "")
        guard message["chat_type"]?.string == "chat" else { return "sg_\(to)" }
        return from <= to ? "si_\(from)_\(to)" : "si_\(to)_\(from)"
    }

    private static func message(_ event: StandardEvent) -> [JSONValue.Member] {
        guard let message = event.message else { return [] }
        let (type, content) = content(of: message["payload"]?["bodies"]?.elements.first { _ in true })
        let isGroup = isGroup(event)
        let (sender, receiver) = (message["from"]?.string ?? "", message["to"]?.string ?? "")
        let time = JSONValue.integer(event.time)
        return [
            .init("sendID", .string(sender)), .init(isGroup ? "groupID" : "recvID", .string(receiver)),
            .init("serverMsgID", .string(message["msg_id"]?.string ?? "")),
            .init("clientMsgID", .string(event.text("client_message"))),
            .init("senderPlatformID", .integer(0)),
            .init("senderNickname", .string("")), .init("senderFaceURL", .string("")),
            .init("sessionType", .integer(isGroup ? 3 : 1)),
            .init("msgFrom", .integer(event.data["by"]?["user"] == nil ? 200 : 100)),
            .init("contentType", .integer(type)), .init("status", .integer(2)), .init("sendTime", time),
            .init("createTime", time), .init("content", .string(content)),
            .init("seq", .integer(message["sequence"]?.int64 ?? 0)), .init("atUserList", .array([])),
            .init("ex", .string("")),
        ]
    }

    /// A message's type and content: the original where it came in this form, else a text or what every dialect shows.
    private static func content(of body: JSONView?) -> (type: Int64, text: String) {
        guard let body else { return (101, "") }
        if let original = body["openim"], let type = original["contentType"]?.int64 {
            let content = original["content"]?.value() ?? .object([])
            return (type, content.string ?? String(decoding: content.bytes, as: UTF8.self))
        }
        if let text = body["msg"]?.string {
            return (
                101,
                String(decoding: JSONValue.object([.init("content", .string(text))]).bytes, as: UTF8.self)
            )
        }
        let types: [String: Int64] = ["img": 102, "audio": 103, "video": 104, "file": 105, "loc": 109]
        let type = types[body["type"]?.string ?? ""] ?? 110
        return (type, String(decoding: body.value().bytes, as: UTF8.self))
    }

    private static func text(_ key: String, _ event: StandardEvent, _ fact: StaticString) -> JSONValue.Member
    {
        .init(key, .string(event.text(fact)))
    }
}
