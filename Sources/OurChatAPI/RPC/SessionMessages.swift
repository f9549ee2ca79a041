// Messages of OurChatService about sessions.

import Protobuf

struct NewSessionRequest: ProtobufMessage {
    var members: [UInt64] = []
    var name: String?
    var leaveMessage: String?
    var avatarKey: String?
    var isEncrypted = false

    static let schema = MessageSchema<NewSessionRequest>(
        "service.ourchat.session.new_session.v1.NewSessionRequest",
        [
            .repeated(1, "members", \.members), .optional(2, "name", \.name),
            .optional(3, "leave_message", \.leaveMessage), .optional(4, "avatar_key", \.avatarKey),
            .field(5, "e2ee_on", \.isEncrypted),
        ]
    )
}

enum FailedReason: Int32, ProtobufEnumeration {
    case unspecified = 0
    case memberNotFound, memberPrivacy

    static let protobufName = "service.ourchat.session.new_session.v1.FailedReason"
    static let prefix = "FAILED_REASON_"
}

struct FailedMember: ProtobufMessage {
    var id: UInt64 = 0
    var reason = EnumerationValue<FailedReason>()

    static let schema = MessageSchema<FailedMember>(
        "service.ourchat.session.new_session.v1.FailedMember",
        [.field(1, "id", \.id), .field(2, "reason", \.reason)]
    )
}

struct NewSessionResponse: ProtobufMessage {
    var sessionID: UInt64 = 0
    var failedMembers: [FailedMember] = []

    static let schema = MessageSchema<NewSessionResponse>(
        "service.ourchat.session.new_session.v1.NewSessionResponse",
        [.field(1, "session_id", \.sessionID), .repeated(2, "failed_members", \.failedMembers)]
    )
}

enum SessionValue: Int32, ProtobufEnumeration {
    case unspecified = 0
    case sessionId, name, avatarKey, createdTime, updatedTime, members, roles, size, description

    static let protobufName = "service.ourchat.session.get_session_info.v1.QueryValues"
    static let prefix = "QUERY_VALUES_"
}

struct RoleInfo: ProtobufMessage {
    var role: Int64 = 0
    var userID: UInt64 = 0

    static let schema = MessageSchema<RoleInfo>(
        "service.ourchat.session.get_session_info.v1.RoleInfo",
        [.field(1, "role", \.role), .field(2, "user_id", \.userID)]
    )
}

struct GetSessionInfoRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var queryValues: [EnumerationValue<SessionValue>] = []

    static let schema = MessageSchema<GetSessionInfoRequest>(
        "service.ourchat.session.get_session_info.v1.GetSessionInfoRequest",
        [.field(1, "session_id", \.sessionID), .repeated(2, "query_values", \.queryValues)]
    )
}

struct GetSessionInfoResponse: ProtobufMessage {
    var sessionID: UInt64?
    var name: String?
    var avatarKey: String?
    var createdTime: ProtobufTimestamp?
    var updatedTime: ProtobufTimestamp?
    var members: [UInt64] = []
    var roles: [RoleInfo] = []
    var size: UInt64?
    var about: String?

    static let schema = MessageSchema<GetSessionInfoResponse>(
        "service.ourchat.session.get_session_info.v1.GetSessionInfoResponse",
        [
            .optional(1, "session_id", \.sessionID), .optional(2, "name", \.name),
            .optional(3, "avatar_key", \.avatarKey), .optional(4, "created_time", \.createdTime),
            .optional(5, "updated_time", \.updatedTime), .repeated(6, "members", \.members),
            .repeated(7, "roles", \.roles), .optional(8, "size", \.size),
            .optional(9, "description", \.about),
        ]
    )
}

struct SetSessionInfoRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var name: String?
    var about: String?
    var avatarKey: String?

    static let schema = MessageSchema<SetSessionInfoRequest>(
        "service.ourchat.session.set_session_info.v1.SetSessionInfoRequest",
        [
            .field(1, "session_id", \.sessionID), .optional(2, "name", \.name),
            .optional(3, "description", \.about), .optional(4, "avatar_key", \.avatarKey),
        ]
    )
}

struct DeleteSessionRequest: ProtobufMessage {
    var sessionID: UInt64 = 0

    static let schema = MessageSchema<DeleteSessionRequest>(
        "service.ourchat.session.delete_session.v1.DeleteSessionRequest",
        [.field(1, "session_id", \.sessionID)]
    )
}

struct LeaveSessionRequest: ProtobufMessage {
    var sessionID: UInt64 = 0

    static let schema = MessageSchema<LeaveSessionRequest>(
        "service.ourchat.session.leave_session.v1.LeaveSessionRequest",
        [.field(1, "session_id", \.sessionID)]
    )
}

struct KickUserRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userID: UInt64 = 0

    static let schema = MessageSchema<KickUserRequest>(
        "service.ourchat.session.kick.v1.KickUserRequest",
        [.field(1, "session_id", \.sessionID), .field(2, "user_id", \.userID)]
    )
}

struct MuteUserRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userIDs: [UInt64] = []
    var duration: ProtobufDuration?

    static let schema = MessageSchema<MuteUserRequest>(
        "service.ourchat.session.mute.v1.MuteUserRequest",
        [
            .field(1, "session_id", \.sessionID), .repeated(2, "user_ids", \.userIDs),
            .optional(3, "duration", \.duration),
        ]
    )
}

struct UnmuteUserRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userIDs: [UInt64] = []

    static let schema = MessageSchema<UnmuteUserRequest>(
        "service.ourchat.session.mute.v1.UnmuteUserRequest",
        [.field(1, "session_id", \.sessionID), .repeated(2, "user_ids", \.userIDs)]
    )
}

struct BanUserRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userIDs: [UInt64] = []
    var duration: ProtobufDuration?

    static let schema = MessageSchema<BanUserRequest>(
        "service.ourchat.session.ban.v1.BanUserRequest",
        [
            .field(1, "session_id", \.sessionID), .repeated(2, "user_ids", \.userIDs),
            .optional(3, "duration", \.duration),
        ]
    )
}

struct UnbanUserRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userIDs: [UInt64] = []

    static let schema = MessageSchema<UnbanUserRequest>(
        "service.ourchat.session.ban.v1.UnbanUserRequest",
        [.field(1, "session_id", \.sessionID), .repeated(2, "user_ids", \.userIDs)]
    )
}
