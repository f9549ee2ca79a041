// Messages of OurChatService about accounts and friends.

import Protobuf

enum AccountValue: Int32, ProtobufEnumeration {
    case unspecified = 0
    case ocid, email, userName, displayName, status, avatarKey, registerTime, publicUpdatedTime, updatedTime
    case sessions, friends

    static let protobufName = "service.ourchat.get_account_info.v1.QueryValues"
    static let prefix = "QUERY_VALUES_"
}

struct GetAccountInfoRequest: ProtobufMessage {
    var id: UInt64?
    var requestValues: [EnumerationValue<AccountValue>] = []

    static let schema = MessageSchema<GetAccountInfoRequest>(
        "service.ourchat.get_account_info.v1.GetAccountInfoRequest",
        [.optional(1, "id", \.id), .repeated(2, "request_values", \.requestValues)]
    )
}

struct GetAccountInfoResponse: ProtobufMessage {
    var ocid: String?
    var email: String?
    var userName: String?
    var displayName: String?
    var status: String?
    var avatarKey: String?
    var registerTime: ProtobufTimestamp?
    var publicUpdatedTime: ProtobufTimestamp?
    var updatedTime: ProtobufTimestamp?
    var sessions: [UInt64] = []
    var friends: [UInt64] = []

    static let schema = MessageSchema<GetAccountInfoResponse>(
        "service.ourchat.get_account_info.v1.GetAccountInfoResponse",
        [
            .optional(1, "ocid", \.ocid), .optional(2, "email", \.email),
            .optional(3, "user_name", \.userName),
            .optional(4, "display_name", \.displayName), .optional(5, "status", \.status),
            .optional(6, "avatar_key", \.avatarKey), .optional(7, "register_time", \.registerTime),
            .optional(8, "public_updated_time", \.publicUpdatedTime),
            .optional(9, "updated_time", \.updatedTime),
            .repeated(10, "sessions", \.sessions), .repeated(11, "friends", \.friends),
        ]
    )
}

struct SetSelfInfoRequest: ProtobufMessage {
    var userName: String?
    var avatarKey: String?
    var userDefinedStatus: String?
    var ocid: String?

    static let schema = MessageSchema<SetSelfInfoRequest>(
        "service.ourchat.set_account_info.v1.SetSelfInfoRequest",
        [
            .optional(2, "user_name", \.userName), .optional(3, "avatar_key", \.avatarKey),
            .optional(4, "user_defined_status", \.userDefinedStatus), .optional(5, "ocid", \.ocid),
        ]
    )
}

struct SetFriendInfoRequest: ProtobufMessage {
    var id: UInt64 = 0
    var displayName: String?

    static let schema = MessageSchema<SetFriendInfoRequest>(
        "service.ourchat.friends.set_friend_info.v1.SetFriendInfoRequest",
        [.field(1, "id", \.id), .optional(2, "display_name", \.displayName)]
    )
}

struct AddFriendRequest: ProtobufMessage {
    var friendID: UInt64 = 0
    var leaveMessage: String?
    var displayName: String?

    static let schema = MessageSchema<AddFriendRequest>(
        "service.ourchat.friends.add_friend.v1.AddFriendRequest",
        [
            .field(1, "friend_id", \.friendID), .optional(3, "leave_message", \.leaveMessage),
            .optional(2, "display_name", \.displayName),
        ]
    )
}

enum FriendAnswer: Int32, ProtobufEnumeration {
    case unspecified = 0
    case success, fail

    static let protobufName =
        "service.ourchat.friends.accept_friend_invitation.v1.AcceptFriendInvitationResult"
    static let prefix = "ACCEPT_FRIEND_INVITATION_RESULT_"
}

struct AcceptFriendInvitationRequest: ProtobufMessage {
    var friendID: UInt64 = 0
    var status = EnumerationValue<FriendAnswer>()
    var leaveMessage: String?

    static let schema = MessageSchema<AcceptFriendInvitationRequest>(
        "service.ourchat.friends.accept_friend_invitation.v1.AcceptFriendInvitationRequest",
        [
            .field(1, "friend_id", \.friendID), .field(2, "status", \.status),
            .optional(3, "leave_message", \.leaveMessage),
        ]
    )
}

struct AcceptFriendInvitationResponse: ProtobufMessage {
    var sessionID: UInt64?

    static let schema = MessageSchema<AcceptFriendInvitationResponse>(
        "service.ourchat.friends.accept_friend_invitation.v1.AcceptFriendInvitationResponse",
        [.optional(1, "session_id", \.sessionID)]
    )
}

struct DeleteFriendRequest: ProtobufMessage {
    var friendID: UInt64 = 0

    static let schema = MessageSchema<DeleteFriendRequest>(
        "service.ourchat.friends.delete_friend.v1.DeleteFriendRequest",
        [.field(1, "friend_id", \.friendID)]
    )
}
