// Messages of OurChatService about what is said in sessions.

import Protobuf

struct SendMsgRequest: ProtobufMessage {
    var sessionID: UInt64 = 0
    var markdownText = ""
    var involvedFiles: [String] = []
    var isEncrypted = false

    static let schema = MessageSchema<SendMsgRequest>(
        "service.ourchat.msg_delivery.v1.SendMsgRequest",
        [
            .field(1, "session_id", \.sessionID), .field(2, "markdown_text", \.markdownText),
            .repeated(3, "involved_files", \.involvedFiles), .field(4, "is_encrypted", \.isEncrypted),
        ]
    )
}

struct SendMsgResponse: ProtobufMessage {
    var messageID: UInt64 = 0
    var time: ProtobufTimestamp?

    static let schema = MessageSchema<SendMsgResponse>(
        "service.ourchat.msg_delivery.v1.SendMsgResponse",
        [.field(1, "msg_id", \.messageID), .optional(2, "time", \.time)]
    )
}

struct RecallMsgRequest: ProtobufMessage {
    var messageID: UInt64 = 0
    var sessionID: UInt64 = 0

    static let schema = MessageSchema<RecallMsgRequest>(
        "service.ourchat.msg_delivery.recall.v1.RecallMsgRequest",
        [.field(1, "msg_id", \.messageID), .field(2, "session_id", \.sessionID)]
    )
}

struct RecallMsgResponse: ProtobufMessage {
    var messageID: UInt64 = 0

    static let schema = MessageSchema<RecallMsgResponse>(
        "service.ourchat.msg_delivery.recall.v1.RecallMsgResponse",
        [.field(1, "msg_id", \.messageID)]
    )
}
