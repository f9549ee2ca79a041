// Messages of the methods with streams: what is fetched, and files.

import Protobuf

struct FetchMsgsRequest: ProtobufMessage {
    var time: ProtobufTimestamp?

    static let schema = MessageSchema<FetchMsgsRequest>(
        "service.ourchat.msg_delivery.v1.FetchMsgsRequest",
        [.optional(1, "time", \.time)]
    )
}

struct FetchedMessage: ProtobufMessage {
    var markdownText = ""
    var involvedFiles: [String] = []
    var sessionID: UInt64 = 0
    var senderID: UInt64 = 0
    var isEncrypted = false

    static let schema = MessageSchema<FetchedMessage>(
        "service.ourchat.msg_delivery.v1.Msg",
        [
            .field(2, "markdown_text", \.markdownText), .repeated(3, "involved_files", \.involvedFiles),
            .field(4, "session_id", \.sessionID), .field(5, "sender_id", \.senderID),
            .field(6, "is_encrypted", \.isEncrypted),
        ]
    )
}

struct RecallNotification: ProtobufMessage {
    var messageID: UInt64 = 0

    static let schema = MessageSchema<RecallNotification>(
        "service.ourchat.msg_delivery.recall.v1.RecallNotification",
        [.field(1, "msg_id", \.messageID)]
    )
}

struct Announcement: ProtobufMessage {
    var content = ""
    var title = ""
    var publisherID: UInt64 = 0

    static let schema = MessageSchema<Announcement>(
        "service.ourchat.msg_delivery.announcement.v1.Announcement",
        [
            .field(1, "content", \.content), .field(2, "title", \.title),
            .field(3, "publisher_id", \.publisherID),
        ]
    )
}

struct AnnouncementResponse: ProtobufMessage {
    var announcement: Announcement?
    var createdAt: ProtobufTimestamp?
    var id: UInt64 = 0

    static let schema = MessageSchema<AnnouncementResponse>(
        "service.ourchat.msg_delivery.announcement.v1.AnnouncementResponse",
        [
            .optional(1, "announcement", \.announcement), .optional(2, "created_at", \.createdAt),
            .field(3, "id", \.id),
        ]
    )
}

struct FetchMsgsResponse: ProtobufMessage {
    enum Record: Equatable {
        case message(FetchedMessage)
        case recall(RecallNotification)
        case announcement(AnnouncementResponse)
        case invitation(InviteUserToSession)
        case friendResult(FriendResultNotification)
        case joinRequest(JoinSessionApproval)
        case newFriend(NewFriendNotification)
        case joinResult(AllowUserJoinNotification)
        case invitationResult(AcceptSessionNotification)
    }

    var record: Record?
    var messageID: UInt64 = 0
    var time: ProtobufTimestamp?

    static let schema = MessageSchema<FetchMsgsResponse>(
        "service.ourchat.msg_delivery.v1.FetchMsgsResponse",
        [
            .member(1, "msg", of: "respond_event_type", \.record, Record.message) {
                if case .message(let message) = $0 { message } else { nil }
            },
            .member(4, "recall", of: "respond_event_type", \.record, Record.recall) {
                if case .recall(let recall) = $0 { recall } else { nil }
            },
            .member(10, "announcement_response", of: "respond_event_type", \.record, Record.announcement) {
                if case .announcement(let announcement) = $0 { announcement } else { nil }
            },
            .member(2, "invite_user_to_session", of: "respond_event_type", \.record, Record.invitation) {
                if case .invitation(let value) = $0 { value } else { nil }
            },
            .member(
                3,
                "friend_invitation_result_notification",
                of: "respond_event_type",
                \.record,
                Record.friendResult
            ) {
                if case .friendResult(let value) = $0 { value } else { nil }
            },
            .member(7, "join_session_approval", of: "respond_event_type", \.record, Record.joinRequest) {
                if case .joinRequest(let value) = $0 { value } else { nil }
            },
            .member(
                8,
                "new_friend_invitation_notification",
                of: "respond_event_type",
                \.record,
                Record.newFriend
            ) {
                if case .newFriend(let value) = $0 { value } else { nil }
            },
            .member(
                9,
                "allow_user_join_session_notification",
                of: "respond_event_type",
                \.record,
                Record.joinResult
            ) {
                if case .joinResult(let value) = $0 { value } else { nil }
            },
            .member(
                11,
                "accept_session_approval",
                of: "respond_event_type",
                \.record,
                Record.invitationResult
            ) {
                if case .invitationResult(let value) = $0 { value } else { nil }
            },
            .field(5, "msg_id", \.messageID), .optional(6, "time", \.time),
        ]
    )
}

struct DownloadRequest: ProtobufMessage {
    var key = ""

    static let schema = MessageSchema<DownloadRequest>(
        "service.ourchat.download.v1.DownloadRequest",
        [.field(1, "key", \.key)]
    )
}

struct DownloadResponse: ProtobufMessage {
    var data: [UInt8] = []

    static let schema = MessageSchema<DownloadResponse>(
        "service.ourchat.download.v1.DownloadResponse",
        [.field(1, "data", \.data)]
    )
}

struct UploadHeader: ProtobufMessage {
    var hash: [UInt8] = []
    var size: UInt64 = 0
    var isCleanedUp = false
    var sessionID: UInt64?

    static let schema = MessageSchema<UploadHeader>(
        "service.ourchat.upload.v1.Header",
        [
            .field(1, "hash", \.hash), .field(2, "size", \.size), .field(3, "auto_clean", \.isCleanedUp),
            .optional(4, "session_id", \.sessionID),
        ]
    )
}

struct UploadRequest: ProtobufMessage {
    enum Data: Equatable {
        case metadata(UploadHeader)
        case content([UInt8])
    }

    var data: Data?

    static let schema = MessageSchema<UploadRequest>(
        "service.ourchat.upload.v1.UploadRequest",
        [
            .member(1, "metadata", of: "data", \.data, Data.metadata) {
                if case .metadata(let metadata) = $0 { metadata } else { nil }
            },
            .member(2, "content", of: "data", \.data, Data.content) {
                if case .content(let content) = $0 { content } else { nil }
            },
        ]
    )
}

struct UploadResponse: ProtobufMessage {
    var key = ""

    static let schema = MessageSchema<UploadResponse>(
        "service.ourchat.upload.v1.UploadResponse",
        [.field(1, "key", \.key)]
    )
}
