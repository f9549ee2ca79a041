// The lines of exports: the same form that imports read, with its keys in one order.

import Crypto
public import Domain
import JSON
import Routing

extension PlatformTransfer {
    /// Writes lines, each with its end.
    public func lines(of records: [TransferRecord]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(records.count * 300)
        var json = JSONWriter(reserving: 400)
        for record in records {
            json.beginObject()
            json.key("type"); json.string(record.type)
            Self.write(record, &json)
            json.endObject()
            lines += json.bytes
            lines.append(UInt8(ascii: "\n"))
            json.reset()
        }
        return lines
    }

    private static func write(_ record: TransferRecord, _ json: inout JSONWriter) {
        switch record {
        case .user(let user): write(user, &json)
        case .contact(let owner, let other):
            json.key("username"); json.string(owner)
            json.key("contact"); json.string(other)
        case .remark(let owner, let contact, let text):
            json.key("username"); json.string(owner)
            json.key("contact"); json.string(contact)
            json.key("remark"); json.string(text)
        case .block(let owner, let other):
            json.key("username"); json.string(owner)
            json.key("blocked"); json.string(other)
        case .mute(let mute): write(mute, &json)
        case .metadata(let metadata): write(metadata, &json)
        case .group(let group): write(group, &json)
        case .member(let member): write(member, &json)
        case .announcement(let group, let kind, let text):
            json.key("group"); json.string(group)
            if kind == .room { json.key("chat_type"); json.literal("chatroom") }
            json.key("announcement"); json.string(text)
        case .role(let role): write(role, &json)
        case .message(let message): write(message, &json)
        case .position(let position): write(position, &json)
        case .file(let file): write(file, &json)
        }
    }

    private static func write(_ name: StaticString, _ text: String?, _ json: inout JSONWriter) {
        guard let text, !text.isEmpty else { return }
        json.key(name)
        json.string(text)
    }

    private static func write(_ name: StaticString, _ number: Int?, _ json: inout JSONWriter) {
        guard let number else { return }
        json.key(name)
        json.integer(Int64(number))
    }

    private static func write(_ name: StaticString, _ moment: Timestamp?, _ json: inout JSONWriter) {
        guard let moment else { return }
        json.key(name)
        json.integer(moment.milliseconds)
    }

    private static func write(_ name: StaticString, _ isSet: Bool?, _ json: inout JSONWriter) {
        guard let isSet else { return }
        json.key(name)
        json.bool(isSet)
    }

    // MARK: Users

    private static func write(_ user: TransferUser, _ json: inout JSONWriter) {
        json.key("username"); json.string(user.name.text)
        write("password_hash", user.passwordHash, &json)
        write("nickname", user.nickname, &json)
        write("created", user.created, &json)
        if !user.isActivated { json.key("activated"); json.bool(false) }
        write("email_address", user.email?.text, &json)
        let profile = user.profile
        write("icon", profile.icon, &json)
        write("gender", profile.gender == .unknown ? nil : profile.gender.rawValue, &json)
        write("mobile", profile.mobile, &json)
        write("birth", profile.birth, &json)
        write("email", profile.email, &json)
        write("extra", profile.extra, &json)
        write("message_option", profile.messageOption == .told ? nil : profile.messageOption.rawValue, &json)
        write("account_level", profile.level == .person ? nil : profile.level.rawValue, &json)
        write("notification_display_style", user.push.displayStyle, &json)
        write("notification_no_disturbing", user.push.noDisturbing, &json)
        write("notification_no_disturbing_start", user.push.noDisturbingStart, &json)
        write("notification_no_disturbing_end", user.push.noDisturbingEnd, &json)
        write("notifier_name", user.push.notifierName, &json)
        write("device_token", user.push.deviceToken, &json)
    }

    private static func write(_ mute: TransferMute, _ json: inout JSONWriter) {
        json.key("username"); json.string(mute.name)
        write("group", mute.group, &json)
        write("chat", mute.mutes.chat, &json)
        write("groupchat", mute.mutes.groupchat, &json)
        write("chatroom", mute.mutes.chatroom, &json)
    }

    private static func write(_ metadata: TransferMetadata, _ json: inout JSONWriter) {
        json.key("username"); json.string(metadata.name)
        write("group", metadata.group, &json)
        json.key("metadata")
        json.beginObject()
        for entry in metadata.entries {
            json.key(entry.key)
            json.string(entry.value)
        }
        json.endObject()
    }

    // MARK: Groups

    private static func write(_ group: TransferGroup, _ json: inout JSONWriter) {
        write("id", group.id, &json)
        json.key("name"); json.string(group.settings.name)
        json.key("owner"); json.string(group.owner)
        write("description", group.settings.description, &json)
        json.key("public"); json.bool(group.settings.isPublic)
        json.key("maxusers"); json.integer(Int64(group.settings.maximumMembers))
        json.key("membersonly"); json.bool(group.settings.needsApproval)
        json.key("allowinvites"); json.bool(group.settings.allowsInvites)
        json.key("invite_need_confirm"); json.bool(group.settings.needsInviteConsent)
        write("custom", group.settings.custom, &json)
        write("avatar", group.settings.icon, &json)
        write("created", group.created, &json)
        if group.isDisabled { json.key("disabled"); json.bool(true) }
        write("muted_until", group.muteExpiry, &json)
    }

    private static func write(_ member: TransferMember, _ json: inout JSONWriter) {
        json.key("group"); json.string(member.group)
        json.key("username"); json.string(member.name)
        json.key("role"); json.string(member.role.word)
        write("joined", member.joined, &json)
        write("nickname", member.profile.nickname, &json)
        write("icon", member.profile.icon, &json)
        write("extra", member.profile.extra, &json)
    }

    private static func write(_ role: TransferRole, _ json: inout JSONWriter) {
        json.key("group"); json.string(role.group)
        json.key("name"); json.string(role.name)
        write("description", role.description, &json)
        json.key("permissions")
        json.beginArray()
        for permission in role.permissions.list { json.integer(Int64(permission.rawValue)) }
        json.endArray()
        json.key("members"); role.members.write(to: &json)
    }

    // MARK: Messages, positions, files

    private static func chatType(_ kind: ConversationKind) -> StaticString {
        switch kind {
        case .single, .broadcast: "chat"
        case .group: "groupchat"
        case .room: "chatroom"
        }
    }

    private static func write(_ message: TransferMessage, _ json: inout JSONWriter) {
        write("msg_id", message.id, &json)
        write("timestamp", message.sent, &json)
        json.key("from"); json.string(message.sender)
        json.key("to"); json.string(message.receiver)
        json.key("chat_type"); json.literal(chatType(message.kind))
        if message.isRecalled { json.key("recalled"); json.bool(true) }
        if message.edits > 0 { json.key("edits"); json.integer(Int64(message.edits)) }
        if let recipients = message.recipients { json.key("users"); recipients.write(to: &json) }
        json.key("payload")
        json.beginObject()
        json.key("bodies")
        json.beginArray()
        if !message.isRecalled {
            if message.content.body.isEmpty {
                json.beginObject()
                json.key("type"); json.literal("txt")
                json.key("msg"); json.string(message.content.text ?? "")
                json.endObject()
            } else {
                json.raw(message.content.body)
            }
        }
        json.endArray()
        if let ext = message.content.ext { json.key("ext"); json.raw(ext) }
        json.endObject()
    }

    private static func write(_ position: TransferPosition, _ json: inout JSONWriter) {
        json.key("username"); json.string(position.name)
        json.key("conversation"); json.string(position.conversation)
        json.key("chat_type"); json.literal(chatType(position.kind))
        func write(_ name: StaticString, _ id: MessageID) {
            guard id > .none else { return }
            json.key(name)
            json.string(id.text)
        }
        write("delivered", position.delivered)
        write("read", position.read)
        write("visible_after", position.visibleAfter)
        write("hidden_through", position.hiddenThrough)
    }

    private static func write(_ file: TransferFile, _ json: inout JSONWriter) {
        json.key("uuid"); json.string(file.uuid.text)
        write("owner", file.owner, &json)
        write("group", file.group, &json)
        json.key("name"); json.string(file.content.name)
        json.key("content_type"); json.string(file.content.contentType)
        json.key("size"); json.integer(Int64(file.content.size))
        json.key("sha256"); json.string(Hex.encode(file.content.digest.bytes))
        write("share_secret", file.shareSecret, &json)
        json.key("created"); json.integer(file.created.milliseconds)
        write("expires", file.expires, &json)
    }
}
