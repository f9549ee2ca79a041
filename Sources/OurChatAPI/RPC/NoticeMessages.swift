// Messages of FetchMsgs about what waits for somebody's consent, and what became of it.

import Protobuf

struct NewFriendNotification: ProtobufMessage {
    var inviterID: UInt64 = 0
    var leaveMessage: String?
    var inviteeID: UInt64 = 0

    static let schema = MessageSchema<NewFriendNotification>(
        "service.ourchat.friends.add_friend.v1.NewFriendInvitationNotification",
        [
            .field(1, "inviter_id", \.inviterID), .optional(2, "leave_message", \.leaveMessage),
            .field(3, "invitee_id", \.inviteeID),
        ]
    )
}

struct FriendResultNotification: ProtobufMessage {
    var inviteeID: UInt64 = 0
    var leaveMessage: String?
    var status = EnumerationValue<FriendAnswer>()
    var sessionID: UInt64?
    var inviterID: UInt64 = 0

    static let schema = MessageSchema<FriendResultNotification>(
        "service.ourchat.friends.accept_friend_invitation.v1.FriendInvitationResultNotification",
        [
            .field(1, "invitee_id", \.inviteeID), .optional(2, "leave_message", \.leaveMessage),
            .field(3, "status", \.status), .optional(4, "session_id", \.sessionID),
            .field(5, "inviter_id", \.inviterID),
        ]
    )
}

struct InviteUserToSession: ProtobufMessage {
    var sessionID: UInt64 = 0
    var inviterID: UInt64 = 0
    var leaveMessage: String?
    var expires: ProtobufTimestamp?

    static let schema = MessageSchema<InviteUserToSession>(
        "service.ourchat.session.invite_user_to_session.v1.InviteUserToSession",
        [
            .field(1, "session_id", \.sessionID), .field(2, "inviter_id", \.inviterID),
            .optional(3, "leave_message", \.leaveMessage), .optional(4, "expire_timestamp", \.expires),
        ]
    )
}

struct AcceptSessionNotification: ProtobufMessage {
    var sessionID: UInt64 = 0
    var inviteeID: UInt64 = 0
    var accepted = false

    static let schema = MessageSchema<AcceptSessionNotification>(
        "service.ourchat.session.invite_user_to_session.v1.AcceptSessionNotification",
        [
            .field(1, "session_id", \.sessionID), .field(2, "invitee_id", \.inviteeID),
            .field(3, "accepted", \.accepted),
        ]
    )
}

struct JoinSessionApproval: ProtobufMessage {
    var sessionID: UInt64 = 0
    var userID: UInt64 = 0
    var leaveMessage: String?

    static let schema = MessageSchema<JoinSessionApproval>(
        "service.ourchat.session.join_session.v1.JoinSessionApproval",
        [
            .field(1, "session_id", \.sessionID), .field(2, "user_id", \.userID),
            .optional(3, "leave_message", \.leaveMessage),
        ]
    )
}

struct AllowUserJoinNotification: ProtobufMessage {
    var sessionID: UInt64 = 0
    var accepted = false

    static let schema = MessageSchema<AllowUserJoinNotification>(
        "service.ourchat.session.allow_user_join_session.v1.AllowUserJoinSessionNotification",
        [.field(1, "session_id", \.sessionID), .field(2, "accepted", \.accepted)]
    )
}
