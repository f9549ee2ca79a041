// OurChatService: removal from a session, mutes and roles.

import Domain
import Protobuf
import Routing

enum RPCModeration {
    static func kick(
        _ call: Call,
        _ input: KickUserRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.KickUserResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        let user = UserReference.id(UserID(input.userID))
        _ = try GroupMemberRules.remove([user], from: group, by: call.caller, in: store)
        return EmptyMessage()
    }

    // MARK: Mutes

    /// For a time, or for ever; without users everybody but the owner and the administrators.
    static func mute(
        _ call: Call,
        _ input: MuteUserRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.MuteUserResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        let milliseconds = try input.duration.map { span throws(Failure) in
            try Self.milliseconds(of: span, "duration")
        }
        guard !input.userIDs.isEmpty else {
            try GroupModerationRules.muteAll(
                milliseconds: milliseconds,
                in: group,
                by: call.caller,
                at: call.now,
                store: store
            )
            return EmptyMessage()
        }
        let users = try Wire.list(input.userIDs, "user_ids", maximum: RPCSessions.maximumUsers)
        _ = try GroupModerationRules.mute(
            users.map { .id(UserID($0)) },
            milliseconds: milliseconds,
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return EmptyMessage()
    }

    /// - Throws: `.invalid` for a span that isn't one of mutes and bans.
    static func milliseconds(of span: ProtobufDuration, _ field: String) throws(Failure) -> Int {
        let maximum = Int64(GroupModerationRules.maximumMilliseconds)
        let problem = Failure.invalid(field: field, .outOfRange(minimum: 1, maximum: maximum / 1000))
        guard (0...maximum / 1000).contains(span.seconds), (0..<1_000_000_000).contains(span.nanoseconds)
        else {
            throw problem
        }
        let milliseconds = span.seconds * 1000 + Int64(span.nanoseconds) / 1_000_000
        guard (1...maximum).contains(milliseconds) else { throw problem }
        return Int(milliseconds)
    }

    static func unmute(
        _ call: Call,
        _ input: UnmuteUserRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.UnmuteUserResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        guard !input.userIDs.isEmpty else {
            try GroupModerationRules.liftGroupMute(in: group, by: call.caller, at: call.now, store: store)
            return EmptyMessage()
        }
        let users = try Wire.list(input.userIDs, "user_ids", maximum: RPCSessions.maximumUsers)
        try GroupModerationRules.liftMutes(
            of: users.map { UserID($0) },
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return EmptyMessage()
    }

    // MARK: Roles

    static func setRole(
        _ call: Call,
        _ input: SetRoleRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.SetRoleResponse> {
        let group = try Wire.group(input.sessionID, in: store)
        try GroupRoleRules.give(
            GroupRoleID(rawValue: Int64(bitPattern: input.roleID)),
            to: .id(UserID(input.memberID)),
            in: group,
            by: call.caller,
            at: call.now,
            store: store
        )
        return EmptyMessage()
    }

    static func addRole(
        _ call: Call,
        _ input: AddRoleRequest,
        _ store: any Writer
    ) throws(Failure) -> AddRoleResponse {
        let group = try Wire.group(input.sessionID, in: store)
        guard input.name.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .invalid(field: "name", .empty)
        }
        var permissions: Set<RolePermission> = []
        for number in input.permissions {
            guard let permission = Int(exactly: number).flatMap(RolePermission.init) else {
                throw .invalid(field: "permissions", .illegal(value: String(number)))
            }
            permissions.insert(permission)
        }
        let role = try GroupRoleRules.add(
            try Wire.text(input.name, "name", 1...GroupRoleRules.maximumNameCharacters),
            description: try input.about.map { text throws(Failure) in
                try Wire.text(text, "description", 0...GroupRoleRules.maximumDescriptionCharacters)
            },
            RolePermissions(permissions),
            to: group,
            by: call.caller,
            in: store
        )
        return AddRoleResponse(roleID: UInt64(role.id))
    }

    static func getRole(
        _ call: Call,
        _ input: GetRoleRequest,
        _ store: any Reader
    ) throws(Failure) -> GetRoleResponse {
        let id = GroupRoleID(rawValue: Int64(bitPattern: input.roleID))
        let role = try GroupRoleRules.find(id, for: call.caller, in: store)
        return GetRoleResponse(
            about: role.description,
            permissions: role.permissions.list.map { UInt64($0.rawValue) },
            name: role.name,
            sessionID: role.group.map { UInt64($0) }
        )
    }
}
