// OurChatService: saying something in a session, and taking it back.

import Domain
import JSON
import Protobuf
import Routing

enum RPCMessages {
    /// Files that a message may refer to.
    private static let maximumFiles = 100
    /// The longest key of a file, in bytes.
    private static let maximumKeyBytes = 512

    static func send(
        _ call: Call,
        _ input: SendMsgRequest,
        _ store: any Writer
    ) throws(Failure) -> SendMsgResponse {
        let user = try call.user()
        let group = try Wire.group(input.sessionID, in: store)
        try GroupRoleRules.require(.send, of: user, in: group, store: store)
        let content = try content(of: input, call.application)
        let outcome = try MessageRules.send(
            MessageDraft(content, returnsToSender: true),
            from: try MessageRules.sender(user.username.text, for: .group, at: call.now, in: store),
            to: .group,
            group.id.text,
            at: call.now,
            in: store
        )
        switch outcome {
        case .sent(let id): return SendMsgResponse(messageID: UInt64(id), time: ProtobufTimestamp(id.time))
        case .refused(.absent), .refused(.noRecipient): throw .notFound(.group, id: group.id.text)
        case .refused(.muted): throw .forbidden(.muted)
        case .refused(.blocked), .refused(.disabled): throw .forbidden(.permission(.send))
        }
    }

    /// A plain text is what every dialect knows; what more there is goes along as the sender's own fields.
    private static func content(
        of input: SendMsgRequest,
        _ application: Application
    ) throws(Failure) -> MessageContent {
        let maximum = application.settings.maximumMessageBytes
        let text = try Wire.text(input.markdownText, "markdown_text", 0...maximum)
        var content = MessageContent(kind: .text, text: text)
        if !input.involvedFiles.isEmpty || input.isEncrypted {
            var json = JSONWriter()
            json.beginObject()
            json.key("involved_files")
            json.beginArray()
            for key in try Wire.list(input.involvedFiles, "involved_files", maximum: maximumFiles) {
                json.string(try Wire.text(key, "involved_files", bytes: maximumKeyBytes))
            }
            json.endArray()
            json.key("is_encrypted")
            json.bool(input.isEncrypted)
            json.endObject()
            content.ext = json.bytes
        }
        try MessageRules.check(content, of: application)
        return content
    }

    /// One's own at any time; those of others need a permission.
    static func recall(
        _ call: Call,
        _ input: RecallMsgRequest,
        _ store: any Writer
    ) throws(Failure) -> RecallMsgResponse {
        let user = try call.user()
        let group = try Wire.group(input.sessionID, in: store)
        let id = MessageID(rawValue: Int64(bitPattern: input.messageID))
        // Who isn't in the session doesn't learn what is said there.
        guard let role = try GroupRoleRules.role(of: user, in: group, store: store) else {
            throw .forbidden(.permission(.recall))
        }
        guard let message = try store.message(id), message.address == .of(group.id, .group) else {
            throw .notFound(.message, id: String(input.messageID))
        }
        guard message.sender == user.username.text || role.permissions.allows(.recall) else {
            throw .forbidden(.permission(.recall))
        }
        let request = RecallRequest(id: id, kind: .group, receiver: group.id.text, isForced: true)
        let outcome = try MessageChangeRules.recall(request, of: call.application, at: call.now, in: store)
        guard case .recalled = outcome else { throw .notFound(.message, id: String(input.messageID)) }
        return RecallMsgResponse(messageID: input.messageID)
    }
}
