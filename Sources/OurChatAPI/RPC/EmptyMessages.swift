// Messages without fields, which many methods take or answer with.

import Protobuf

/// The name of an empty message.
protocol EmptyMessageName: Sendable, Equatable {
    /// With its package.
    static var name: String { get }
}

/// A message without fields.
struct EmptyMessage<Name: EmptyMessageName>: ProtobufMessage {
    static var schema: MessageSchema<EmptyMessage<Name>> { MessageSchema(Name.name) }
}

/// The names of empty messages.
enum Empty {
    enum TimestampRequest: EmptyMessageName { static let name = "service.basic.v1.TimestampRequest" }
    enum VerifyResponse: EmptyMessageName { static let name = "service.auth.email_verify.v1.VerifyResponse" }
    enum PingRequest: EmptyMessageName { static let name = "service.basic.v1.PingRequest" }
    enum PingResponse: EmptyMessageName { static let name = "service.basic.v1.PingResponse" }
    enum GetServerInfoRequest: EmptyMessageName { static let name = "service.basic.v1.GetServerInfoRequest" }
    enum GetPresetUserStatusRequest: EmptyMessageName {
        static let name = "service.basic.preset_user_status.v1.GetPresetUserStatusRequest"
    }
    enum UnregisterRequest: EmptyMessageName {
        static let name = "service.ourchat.unregister.v1.UnregisterRequest"
    }
    enum UnregisterResponse: EmptyMessageName {
        static let name = "service.ourchat.unregister.v1.UnregisterResponse"
    }
    enum SetSelfInfoResponse: EmptyMessageName {
        static let name = "service.ourchat.set_account_info.v1.SetSelfInfoResponse"
    }
    enum SetSessionInfoResponse: EmptyMessageName {
        static let name = "service.ourchat.session.set_session_info.v1.SetSessionInfoResponse"
    }
    enum DeleteSessionResponse: EmptyMessageName {
        static let name = "service.ourchat.session.delete_session.v1.DeleteSessionResponse"
    }
    enum LeaveSessionResponse: EmptyMessageName {
        static let name = "service.ourchat.session.leave_session.v1.LeaveSessionResponse"
    }
    enum KickUserResponse: EmptyMessageName {
        static let name = "service.ourchat.session.kick.v1.KickUserResponse"
    }
    enum JoinSessionResponse: EmptyMessageName {
        static let name = "service.ourchat.session.join_session.v1.JoinSessionResponse"
    }
    enum AllowUserJoinSessionResponse: EmptyMessageName {
        static let name = "service.ourchat.session.allow_user_join_session.v1.AllowUserJoinSessionResponse"
    }
    enum AcceptJoinSessionInvitationResponse: EmptyMessageName {
        static let name =
            "service.ourchat.session.accept_join_session_invitation.v1.AcceptJoinSessionInvitationResponse"
    }
    enum SetRoleResponse: EmptyMessageName {
        static let name = "service.ourchat.session.set_role.v1.SetRoleResponse"
    }
    enum MuteUserResponse: EmptyMessageName {
        static let name = "service.ourchat.session.mute.v1.MuteUserResponse"
    }
    enum UnmuteUserResponse: EmptyMessageName {
        static let name = "service.ourchat.session.mute.v1.UnmuteUserResponse"
    }
    enum BanUserResponse: EmptyMessageName {
        static let name = "service.ourchat.session.ban.v1.BanUserResponse"
    }
    enum UnbanUserResponse: EmptyMessageName {
        static let name = "service.ourchat.session.ban.v1.UnbanUserResponse"
    }
    enum AddFriendResponse: EmptyMessageName {
        static let name = "service.ourchat.friends.add_friend.v1.AddFriendResponse"
    }
    enum DeleteFriendResponse: EmptyMessageName {
        static let name = "service.ourchat.friends.delete_friend.v1.DeleteFriendResponse"
    }
    enum SetFriendInfoResponse: EmptyMessageName {
        static let name = "service.ourchat.friends.set_friend_info.v1.SetFriendInfoResponse"
    }
}
