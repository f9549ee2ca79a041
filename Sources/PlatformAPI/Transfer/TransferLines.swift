// The lines of imports: one JSON object each, read by its type.

import Crypto
public import Domain
import JSON
import Routing

/// The lines of imports and exports in this dialect: a message has the form of history.
public struct PlatformTransfer: TransferForm {
    /// Makes it.
    public init() {}

    /// Reads a line of JSON.
    public func record(of line: [UInt8]) throws(TransferProblem) -> TransferRecord {
        let document: JSONDocument
        do throws(JSONError) { document = try JSONDocument(line) } catch {
            throw TransferProblem(error.description)
        }
        let view = document.root
        guard view.kind == .object else { throw TransferProblem("the line must be an object") }
        do throws(FieldProblem) {
            return try TransferLines.record(view)
        } catch {
            throw TransferProblem(error)
        }
    }

    /// Makes the reader of a CSV file from its first line.
    public func columns(of line: [UInt8]) throws(TransferProblem) -> any TransferColumns {
        try UserColumns(line)
    }
}

extension TransferProblem {
    /// The fault of a field.
    init(_ problem: FieldProblem) {
        self.init("\(problem.path.isEmpty ? "the line" : problem.path) \(problem.reason.explanation)")
    }
}

/// How each type of line is read.
enum TransferLines {
    /// A moment in milliseconds since 1970.
    static let moment = Value<Int>.integer(0...Int(Int64.max >> 16))
    static let name = Value<String>.text(1...64)
    static let group = Value<String>.text(1...64)

    /// The type of a line, and the reader of the rest.
    private static let readers: [(type: String, value: Value<TransferRecord>)] = [
        ("user", user), ("contact", contact), ("remark", remark), ("block", block), ("mute", mute),
        ("metadata", metadata), ("group", wholeGroup(.group)), ("room", wholeGroup(.room)),
        ("member", member),
        ("announcement", announcement), ("role", role), ("position", position), ("file", file),
    ]

    static func record(_ view: JSONView) throws(FieldProblem) -> TransferRecord {
        guard let type = view["type"], !type.isNull else {
            // The original's exports of history say no type: every line is a message.
            guard view["payload"] != nil else { throw FieldProblem(.missing, at: "type") }
            return .message(try TransferMessageLine.message(view))
        }
        if type.isString("message") { return .message(try TransferMessageLine.message(view)) }
        guard let name = type.string, let reader = readers.first(where: { $0.type == name }) else {
            let sent = String((type.string ?? "").prefix(64))
            throw FieldProblem(.illegal(value: sent), at: "type")
        }
        return try reader.value.value(of: view)
    }

    private static func time(_ milliseconds: Int?) -> Timestamp? {
        milliseconds.map { Timestamp(milliseconds: Int64($0)) }
    }

    // MARK: Users

    private static let user = Value<TransferRecord>.object(named: "UserLine") { object throws(FieldProblem) in
        var user = TransferUser(name: try object.required("username", .username))
        user.password = try object.optional("password", .text(1...PasswordHash.maximumBytes))
        user.passwordHash = try object.optional("password_hash", .hash)
        guard user.password == nil || user.passwordHash == nil || object.isTrial else {
            throw FieldProblem(.refused("must not stand beside password"), at: "password_hash")
        }
        user.nickname = try object.optional("nickname", .text(0...UserRules.maximumNicknameCharacters))
        user.created = time(try object.optional("created", moment))
        user.isActivated = try object.optional("activated", .flag) ?? true
        user.email = try object.optional("email_address", .transferEmail)
        try readProfile(&user.profile, &object)
        try readPush(&user.push, &object)
        return .user(user)
    }

    private static func readProfile(_ profile: inout UserProfile, _ object: inout ObjectReader)
        throws(FieldProblem)
    {
        profile.icon = try object.optional("icon", .text(0...1024)) ?? ""
        let gender = try object.optional("gender", .integer(0...2)) ?? 0
        profile.gender = UserProfile.Gender(rawValue: gender) ?? .unknown
        profile.mobile = try object.optional("mobile", .text(0...32)) ?? ""
        profile.birth = try object.optional("birth", .text(0...16)) ?? ""
        profile.email = try object.optional("email", .text(0...64)) ?? ""
        profile.extra = try object.optional("extra", .text(0...1024)) ?? ""
        let option = try object.optional("message_option", .integer(0...2)) ?? 0
        profile.messageOption = UserProfile.MessageOption(rawValue: option) ?? .told
        let level = try object.optional("account_level", .integer(1...4)) ?? 1
        profile.level = UserProfile.Level(rawValue: level) ?? .person
    }

    private static func readPush(_ push: inout PushSettings, _ object: inout ObjectReader)
        throws(FieldProblem)
    {
        push.displayStyle = try object.optional("notification_display_style", .integer(0...1))
        push.noDisturbing = try object.optional("notification_no_disturbing", .flag)
        push.noDisturbingStart = try object.optional("notification_no_disturbing_start", .integer(0...24))
        push.noDisturbingEnd = try object.optional("notification_no_disturbing_end", .integer(0...24))
        push.notifierName = try object.optional("notifier_name", .text(0...256))
        push.deviceToken = try object.optional("device_token", .text(0...1024))
    }

    private static let contact = Value<TransferRecord>.object(named: "ContactLine") {
        object throws(FieldProblem) in
        .contact(try object.required("username", name), try object.required("contact", name))
    }

    private static let remark = Value<TransferRecord>.object(named: "RemarkLine") {
        object throws(FieldProblem) in
        .remark(
            try object.required("username", name),
            contact: try object.required("contact", name),
            text: try object.required("remark", .text(0...100))
        )
    }

    private static let block = Value<TransferRecord>.object(named: "BlockLine") {
        object throws(FieldProblem) in
        .block(try object.required("username", name), try object.required("blocked", name))
    }

    private static let mute = Value<TransferRecord>.object(named: "MuteLine") { object throws(FieldProblem) in
        let user = try object.required("username", name)
        let group = try object.optional("group", group)
        let mutes = Mutes(
            chat: time(try object.optional("chat", moment)),
            groupchat: time(try object.optional("groupchat", moment)),
            chatroom: time(try object.optional("chatroom", moment))
        )
        guard mutes != Mutes() else { throw FieldProblem(.missing, at: "chat") }
        guard group == nil || mutes.groupchat != nil else { throw FieldProblem(.missing, at: "groupchat") }
        return .mute(TransferMute(name: user, group: group, mutes: mutes))
    }

    private static let metadata = Value<TransferRecord>.object(named: "MetadataLine") {
        object throws(FieldProblem) in
        .metadata(
            TransferMetadata(
                name: try object.required("username", name),
                group: try object.optional("group", group),
                entries: try object.required(
                    "metadata",
                    .entries(key: 1...512, value: 0...4096, maximum: 1000)
                )
            )
        )
    }

    // MARK: Groups

    private static func wholeGroup(_ kind: GroupKind) -> Value<TransferRecord> {
        .object(named: kind == .group ? "GroupLine" : "RoomLine") { object throws(FieldProblem) in
            var settings = GroupSettings(
                name: try object.required("name", .text(1...200)),
                description: try object.optional("description", .text(0...512)) ?? "",
                isPublic: try object.optional("public", .flag) ?? (kind == .room),
                maximumMembers: try object.optional("maxusers", .integer(1...1_000_000))
                    ?? GroupRules.defaultMaximumMembers
            )
            settings.needsApproval = try object.optional("membersonly", .flag) ?? false
            settings.allowsInvites = try object.optional("allowinvites", .flag) ?? false
            settings.needsInviteConsent = try object.optional("invite_need_confirm", .flag) ?? true
            settings.custom = try object.optional("custom", .text(0...1024)) ?? ""
            settings.icon = try object.optional("avatar", .text(0...1024)) ?? ""
            return .group(
                TransferGroup(
                    kind: kind,
                    id: try object.optional("id", group),
                    owner: try object.required("owner", name),
                    settings: settings,
                    created: time(try object.optional("created", moment)),
                    isDisabled: try object.optional("disabled", .flag) ?? false,
                    muteExpiry: time(try object.optional("muted_until", moment))
                )
            )
        }
    }

    private static let member = Value<TransferRecord>.object(named: "MemberLine") {
        object throws(FieldProblem) in
        let role = try object.optional("role", .oneOf(["member", "admin", "owner"])) ?? "member"
        return .member(
            TransferMember(
                group: try object.required("group", group),
                name: try object.required("username", name),
                role: role == "owner" ? .owner : role == "admin" ? .administrator : .member,
                joined: time(try object.optional("joined", moment)),
                profile: MemberProfile(
                    nickname: try object.optional("nickname", .text(0...64)) ?? "",
                    icon: try object.optional("icon", .text(0...1024)) ?? "",
                    extra: try object.optional("extra", .text(0...1024)) ?? ""
                )
            )
        )
    }

    private static let announcement = Value<TransferRecord>.object(named: "AnnouncementLine") {
        object throws(FieldProblem) in
        let kind = try object.optional("chat_type", .oneOf(["groupchat", "chatroom"])) ?? "groupchat"
        return .announcement(
            group: try object.required("group", group),
            kind == "chatroom" ? .room : .group,
            text: try object.required("announcement", .text(0...512))
        )
    }

    private static let role = Value<TransferRecord>.object(named: "RoleLine") { object throws(FieldProblem) in
        let numbers = try object.required("permissions", .list(of: .integer(1...14), maximum: 14))
        return .role(
            TransferRole(
                group: try object.required("group", group),
                name: try object.required("name", .text(1...GroupRoleRules.maximumNameCharacters)),
                description: try object.optional(
                    "description",
                    .text(0...GroupRoleRules.maximumDescriptionCharacters)
                ),
                permissions: RolePermissions(numbers.compactMap(RolePermission.init)),
                members: try object.optional("members", .list(of: name, maximum: 10_000)) ?? []
            )
        )
    }

    // MARK: Positions, files

    private static let position = Value<TransferRecord>.object(named: "PositionLine") {
        object throws(FieldProblem) in
        let types = ["chat", "groupchat", "chatroom"]
        let kind = try object.optional("chat_type", .oneOf(types)) ?? "chat"
        let conversation = try object.required("conversation", name)
        return .position(
            TransferPosition(
                name: try object.required("username", name),
                conversation: conversation,
                kind: TransferMessageLine.kind(kind, conversation),
                delivered: try object.optional("delivered", .messageID) ?? .none,
                read: try object.optional("read", .messageID) ?? .none,
                visibleAfter: try object.optional("visible_after", .messageID) ?? .none,
                hiddenThrough: try object.optional("hidden_through", .messageID) ?? .none
            )
        )
    }

    private static let file = Value<TransferRecord>.object(named: "FileLine") { object throws(FieldProblem) in
        .file(
            TransferFile(
                uuid: try object.required("uuid", .identifier),
                owner: try object.optional("owner", .text(0...64)) ?? "",
                group: try object.optional("group", group),
                content: UploadedFile(
                    name: try object.required("name", .text(1...255)),
                    contentType: try object.optional("content_type", .text(1...128))
                        ?? "application/octet-stream",
                    size: try object.required("size", .integer(0...Int(Int32.max))),
                    digest: try object.required("sha256", .digest)
                ),
                shareSecret: try object.optional("share_secret", .text(1...256)),
                created: Timestamp(milliseconds: Int64(try object.required("created", moment))),
                expires: time(try object.optional("expires", moment))
            )
        )
    }
}
