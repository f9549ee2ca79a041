// OurChatService: sessions are groups; this is their life.

import Domain
import Protobuf
import Routing

enum RPCSessions {
    /// Users that one call may invite, or be about.
    static let maximumUsers = GroupRules.maximumFirstMembers

    // MARK: Making

    /// Friends are in at once, others are asked; whoever can't be is told in the reply.
    ///
    /// - Throws: `.notFound(.user, …)` when users were named and none of them exists.
    static func make(
        _ call: Call,
        _ input: NewSessionRequest,
        _ store: any Writer
    ) throws(Failure) -> NewSessionResponse {
        let user = try call.user()
        var name = user.nickname ?? user.username.text
        if let given = input.name {
            name = try Wire.text(given, "name", 1...GroupRules.maximumSessionNameCharacters)
        }
        let avatar = try Wire.text(input.avatarKey ?? "", "avatar_key", bytes: RPCAccounts.maximumAvatarBytes)
        let words = try RPCFriends.words(input.leaveMessage)
        let settings = GroupSettings(
            name: name,
            description: "",
            isPublic: false,
            maximumMembers: min(
                GroupRules.defaultMaximumMembers,
                call.application.settings.maximumGroupMembers
            ),
            needsApproval: true,
            allowsInvites: true,
            custom: avatar
        )
        let group = try GroupRules.create(
            .group,
            settings,
            owner: user.username.text,
            members: [],
            of: call.application,
            at: call.now,
            in: store
        )
        var response = NewSessionResponse(sessionID: UInt64(group.id))
        var others: [UInt64] = []
        for id in try Wire.list(input.members, "members", maximum: maximumUsers)
        where id != UInt64(user.id) && !others.contains(id) {
            others.append(id)
            if let reason = try admit(id, to: group, by: user, words, call, store) {
                response.failedMembers.append(FailedMember(id: id, reason: EnumerationValue(reason)))
            }
        }
        let unknown = response.failedMembers.filter { $0.reason.named == .memberNotFound }
        guard others.isEmpty || unknown.count < others.count else {
            throw .notFound(.user, id: String(others[0]))
        }
        return response
    }

    /// - Returns: why the user can't be there; nil when it is, or was asked.
    static func admit(
        _ id: UInt64,
        to group: Group,
        by user: User,
        _ words: ProposalRules.Words,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> FailedReason? {
        guard let other = try store.user(UserID(rawValue: Int64(bitPattern: id))) else {
            return .memberNotFound
        }
        // As it is now: others may have come in since.
        guard let current = try store.group(group.id) else { throw .notFound(.group, id: group.id.text) }
        do throws(Failure) {
            try ProposalRules.welcome(
                other,
                isWilling: try store.isContact(other.id, of: user.id),
                into: current,
                from: user,
                words,
                of: call.application,
                at: call.now,
                in: store
            )
            return nil
        } catch .forbidden(.blocked) {
            return .memberPrivacy
        } catch .group(.joinedTooMany), .group(.blocked) {
            return .memberPrivacy
        }
    }

    // MARK: Reading

    static func get(
        _ call: Call,
        _ input: GetSessionInfoRequest,
        _ store: any Reader
    ) throws(Failure) -> GetSessionInfoResponse {
        let user = try call.user()
        let session = try Wire.session(input.sessionID, for: user, in: store)
        var values: Set<SessionValue> = []
        for value in input.queryValues {
            guard let named = value.named else {
                throw .invalid(field: "query_values", .illegal(value: String(value.number)))
            }
            values.insert(named)
        }
        switch session {
        case .group(let group):
            return try info(of: group, values, for: call.caller, store)
        case .between(let conversation, let other):
            return try info(of: conversation, with: other, values, for: user, store)
        }
    }

    private static func info(
        of group: Group,
        _ values: Set<SessionValue>,
        for caller: Caller,
        _ store: any Reader
    ) throws(Failure) -> GetSessionInfoResponse {
        var response = GetSessionInfoResponse()
        for value in values {
            switch value {
            case .unspecified: break
            case .sessionId: response.sessionID = UInt64(group.id)
            case .name: response.name = group.settings.name
            case .avatarKey: response.avatarKey = group.settings.custom
            case .createdTime: response.createdTime = ProtobufTimestamp(group.created)
            case .updatedTime: response.updatedTime = ProtobufTimestamp(group.modified)
            case .members: response.members = try members(of: group, caller, store).map { UInt64($0.user) }
            case .roles: response.roles = try roles(in: group, caller, store)
            case .size: response.size = UInt64(group.memberCount)
            case .description: response.about = group.settings.description
            }
        }
        return response
    }

    /// Between two both are owners, and each sees the other's name.
    ///
    /// When it began isn't kept.
    private static func info(
        of conversation: Conversation,
        with name: String,
        _ values: Set<SessionValue>,
        for user: User,
        _ store: any Reader
    ) throws(Failure) -> GetSessionInfoResponse {
        let other = try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
        let both = [user, other].compactMap { $0?.id }
        var response = GetSessionInfoResponse()
        for value in values {
            switch value {
            case .sessionId: response.sessionID = UInt64(conversation.id)
            case .name: response.name = other?.nickname ?? name
            case .updatedTime where conversation.lastSent != nil:
                response.updatedTime = conversation.lastSent.map { ProtobufTimestamp($0) }
            case .members: response.members = both.map { UInt64($0) }
            case .roles:
                let role = PermissionRole.owner.id.rawValue
                response.roles = both.map { RoleInfo(role: role, userID: UInt64($0)) }
            case .size: response.size = UInt64(both.count)
            case .unspecified, .avatarKey, .createdTime, .updatedTime, .description: break
            }
        }
        return response
    }

    private static func members(
        of group: Group,
        _ caller: Caller,
        _ store: any Reader
    ) throws(Failure) -> [GroupMember] {
        try GroupMemberRules.roster(of: group, for: caller, in: store).all()
    }

    private static func roles(
        in group: Group,
        _ caller: Caller,
        _ store: any Reader
    ) throws(Failure) -> [RoleInfo] {
        let roster = try GroupMemberRules.roster(of: group, for: caller, in: store)
        let members = try roster.all()
        return zip(members, try roster.roles(of: members)).map { member, role in
            RoleInfo(role: role.id.rawValue, userID: UInt64(member.user))
        }
    }

    // MARK: Changing

    static func set(
        _ call: Call,
        _ input: SetSessionInfoRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.SetSessionInfoResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        var change = GroupRules.Change()
        change.name = try input.name.map { text throws(Failure) in
            try Wire.text(text, "name", 1...GroupRules.maximumSessionNameCharacters)
        }
        change.description = try input.about.map { text throws(Failure) in
            try Wire.text(text, "description", 0...GroupRules.maximumDescriptionCharacters)
        }
        change.avatarKey = try input.avatarKey.map { text throws(Failure) in
            try Wire.text(text, "avatar_key", bytes: RPCAccounts.maximumAvatarBytes)
        }
        try GroupRules.update(
            group,
            change,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return EmptyMessage()
    }

    static func delete(
        _ call: Call,
        _ input: DeleteSessionRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.DeleteSessionResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        try GroupRules.delete(group, by: call.caller, in: store)
        return EmptyMessage()
    }

    static func leave(
        _ call: Call,
        _ input: LeaveSessionRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.LeaveSessionResponse> {
        let user = try call.user()
        // A session that isn't there is one that nobody is in.
        guard let group = try store.group(GroupID(rawValue: Int64(bitPattern: input.sessionID))),
            group.kind == .group
        else {
            throw .group(
                .notMembers([user.username.text], GroupID(rawValue: Int64(bitPattern: input.sessionID)))
            )
        }
        try GroupMemberRules.leave(group, as: user, at: call.now, in: store)
        return EmptyMessage()
    }
}
