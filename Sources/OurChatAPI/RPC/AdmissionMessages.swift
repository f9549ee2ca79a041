// Messages of OurChatService about who comes into a session, and about roles.

import Protobuf

struct JoinSessionRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var leaveMessage: String?

    static let schema = MessageSchema<JoinSessionRequest>(
        "service.ourchat.session.join_session.v1.JoinSessionRequest",
        [.field(1, "session_id", \.sessionID), .optional(2, "leave_message", \.leaveMessage)]
    )
}

struct AllowUserJoinSessionRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userID: UInt64 = 0
    var accepted = false
    var roomKey: [UInt8]?

    static let schema = MessageSchema<AllowUserJoinSessionRequest>(
        "service.ourchat.session.allow_user_join_session.v1.AllowUserJoinSessionRequest",
        [
            .field(1, "session_id", \.sessionID), .field(2, "user_id", \.userID),
            .field(3, "accepted", \.accepted),
            .optional(4, "room_key", \.roomKey),
        ]
    )
}

struct InviteUserToSessionRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var invitee: UInt64 = 0
    var leaveMessage: String?

    static let schema = MessageSchema<InviteUserToSessionRequest>(
        "service.ourchat.session.invite_user_to_session.v1.InviteUserToSessionRequest",
        [
            .field(1, "session_id", \.sessionID), .field(2, "invitee", \.invitee),
            .optional(3, "leave_message", \.leaveMessage),
        ]
    )
}

struct InviteUserToSessionResponse: ProtobufMessage {
    var failedMember: FailedMember?

    static let schema = MessageSchema<InviteUserToSessionResponse>(
        "service.ourchat.session.invite_user_to_session.v1.InviteUserToSessionResponse",
        [.optional(1, "failed_member", \.failedMember)]
    )
}

struct AcceptJoinSessionInvitationRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var accepted = false
    var inviterID: UInt64 = 0

    static let schema = MessageSchema<AcceptJoinSessionInvitationRequest>(
        "service.ourchat.session.accept_join_session_invitation.v1.AcceptJoinSessionInvitationRequest",
        [
            .field(1, "session_id", \.sessionID), .field(2, "accepted", \.accepted),
            .field(3, "inviter_id", \.inviterID),
        ]
    )
}

struct SetRoleRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var roleID: UInt64 = 0
    var memberID: UInt64 = 0

    static let schema = MessageSchema<SetRoleRequest>(
        "service.ourchat.session.set_role.v1.SetRoleRequest",
        [
            .field(1, "session_id", \.sessionID), .field(2, "role_id", \.roleID),
            .field(3, "member_id", \.memberID),
        ]
    )
}

struct AddRoleRequest: ProtobufMessage {
    var about: String?
    var permissions: [UInt64] = []
    var name = ""
    var sessionID: UInt64 = 0

    static let schema = MessageSchema<AddRoleRequest>(
        "service.ourchat.session.add_role.v1.AddRoleRequest",
        [
            .optional(1, "description", \.about), .repeated(2, "permissions", \.permissions),
            .field(3, "name", \.name), .field(4, "session_id", \.sessionID),
        ]
    )
}

struct AddRoleResponse: ProtobufMessage {
    var roleID: UInt64 = 0

    static let schema = MessageSchema<AddRoleResponse>(
        "service.ourchat.session.add_role.v1.AddRoleResponse",
        [.field(1, "role_id", \.roleID)]
    )
}

struct GetRoleRequest: ProtobufMessage {
    var roleID: UInt64 = 0

    static let schema = MessageSchema<GetRoleRequest>(
        "service.ourchat.session.get_role.v1.GetRoleRequest",
        [.field(1, "role_id", \.roleID)]
    )
}

struct GetRoleResponse: ProtobufMessage {
    var about: String?
    var permissions: [UInt64] = []
    var name = ""
    var sessionID: UInt64?

    static let schema = MessageSchema<GetRoleResponse>(
        "service.ourchat.session.get_role.v1.GetRoleResponse",
        [
            .optional(1, "description", \.about), .repeated(2, "permissions", \.permissions),
            .field(3, "name", \.name), .optional(4, "session_id", \.sessionID),
        ]
    )
}
