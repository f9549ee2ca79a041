// Members' names in a group, their roles, and their mutes.

import Domain
import Routing

enum GroupMemberChanges {
    /// A change of one member.
    struct Change: Fields {
        let id: String
        let user: Username
        let nickname: String?
        let icon: String?
        let extra: String?
        let role: GroupRole?

        static let schemaName = "GroupMemberChange"
        static let inside = value

        /// Whether it is about how the member is shown; a change of nothing is.
        fileprivate var isOfAppearance: Bool { nickname != nil || icon != nil || extra != nil || role == nil }

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            user = try fields.required(.user, .username)
            nickname = try fields.optional(.memberNickname, .text(0...64))
            icon = try fields.optional(.memberIcon, .text(0...1024))
            extra = try fields.optional(.extra, .text(0...1024))
            role = try fields.role()
        }
    }

    /// One change in the older generations, a list of them in the third.
    struct Update: Fields {
        let changes: [Change]

        static let schemaName = "GroupMemberUpdate"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            let list = Value.list(of: Change.inside, maximum: 100)
            if let changes = try fields.optional(Spelling(nil, nil, "members"), list), !fields.isTrial {
                self.changes = changes
                return
            }
            let id = try fields.optional(Spelling("groupID", "groupID", nil), .groupID)
            let user = try fields.optional(Spelling("uid", "userID", nil), .username)
            let nickname = try fields.optional(Spelling("nickName", "nickname", nil), .text(0...64))
            let icon = try fields.optional(Spelling("faceUrl", "userGroupFaceUrl", nil), .text(0...1024))
            let extra = try fields.optional(Spelling("ex", "ex", nil), .text(0...1024))
            let first = try fields.optional(.role, .firstNumber)
            let later = try fields.optional(Spelling(nil, "roleLevel", nil), .laterNumber)
            changes = [
                Change(
                    id: try fields.need(id, .group, or: "1"),
                    user: try fields.need(user, .user, or: Value<Username>.username.placeholder),
                    nickname: nickname,
                    icon: icon,
                    extra: extra,
                    role: first ?? later
                )
            ]
        }
    }

    /// The names that members are shown with, and the level of their roles.
    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        for change in input.changes {
            let group = try GroupRules.find(change.id, .group, in: store)
            let name = UserReference.name(change.user.text)
            if change.isOfAppearance {
                try GroupMemberRules.update(name, of: group, by: call.caller, in: store) { profile in
                    profile.nickname = change.nickname ?? profile.nickname
                    profile.icon = change.icon ?? profile.icon
                    profile.extra = change.extra ?? profile.extra
                }
            }
            guard let role = change.role else { continue }
            try GroupRoleRules.setLevel(
                role,
                of: name,
                in: group,
                by: call.caller,
                at: call.now,
                store: store
            )
        }
        return Answer(call)
    }

    struct Nickname: Fields {
        let id: String
        let user: Username
        let nickname: String

        static let schemaName = "GroupMemberNickname"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            user = try fields.required(.user, .username)
            nickname = try fields.required(.memberNickname, .text(0...64))
        }
    }

    static func setNickname(
        _ call: Call,
        _ input: Nickname,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let change = Change(id: input.id, user: input.user, nickname: input.nickname)
        return try update(call, Update(changes: [change]), store)
    }

    // MARK: Mutes

    struct Mute: Fields {
        let id: String
        let user: Username
        let seconds: Int

        static let schemaName = "GroupMemberMute"
        /// The longest mute.
        static let maximumSeconds = GroupModerationRules.maximumMilliseconds / 1000

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            user = try fields.required(.user, .username)
            seconds = try fields.required(.mutedSeconds, .integer(1...Self.maximumSeconds))
        }
    }

    static func mute(_ call: Call, _ input: Mute, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        _ = try GroupModerationRules.mute(
            [.name(input.user.text)],
            milliseconds: input.seconds * 1000,
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return Answer(call)
    }

    struct MemberName: Fields {
        let id: String
        let user: Username

        static let schemaName = "GroupMemberName"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            user = try fields.required(.user, .username)
        }
    }

    /// In a group that isn't there, nobody is muted.
    static func unmute(
        _ call: Call,
        _ input: MemberName,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        guard let group = try GroupRules.known(input.id, .group, in: store) else { return Answer(call) }
        let users = [UserReference.name(input.user.text)]
        _ = try GroupModerationRules.unmute(users, in: group, by: call.caller, store: store)
        return Answer(call)
    }
}

extension GroupMemberChanges.Change {
    init(
        id: String,
        user: Username,
        nickname: String? = nil,
        icon: String? = nil,
        extra: String? = nil,
        role: GroupRole? = nil
    ) {
        self.id = id
        self.user = user
        self.nickname = nickname
        self.icon = icon
        self.extra = extra
        self.role = role
    }
}

extension GroupMemberChanges.Update {
    init(changes: [GroupMemberChanges.Change]) { self.changes = changes }
}
