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
        let outcome: MessageOutcome
        let session = try Wire.session(input.sessionID, for: user, in: store)
        // No session has keys here: what is encrypted could be read by nobody.
        guard !input.isEncrypted else { throw .forbidden(.encryptionOff) }
        switch session {
        case .group(let group):
            outcome = try MessageRules.send(
                try draft(of: input, call.application),
                from: try MessageRules.sender(user, for: .group, at: call.now, in: store),
                to: group,
                by: call.caller,
                at: call.now,
                in: store
            )
        case .between(_, let other):
            outcome = try MessageRules.send(
                try draft(of: input, call.application),
                from: try MessageRules.sender(user, for: .single, at: call.now, in: store),
                toUser: other,
                at: call.now,
                in: store
            )
        }
        switch outcome {
        case .sent(let id):
            // One that was sent again has the time of the first.
            let sent = try store.message(id)?.sent ?? call.now
            return SendMsgResponse(messageID: UInt64(id), time: ProtobufTimestamp(ExactTime(sent, id)))
        case .refused(.absent), .refused(.noRecipient): throw .notFound(.group, id: String(input.sessionID))
        case .refused(.muted), .refused(.groupMuted): throw .forbidden(.muted)
        case .refused(.blocked), .refused(.disabled): throw .forbidden(.permission(.send))
        }
    }

    /// A plain text is what every dialect knows; what more there is goes along as the sender's own fields.
    private static func draft(
        of input: SendMsgRequest,
        _ application: Application
    ) throws(Failure) -> MessageDraft {
        let maximum = application.settings.maximumTextBytes
        let text = try Wire.text(input.markdownText, "markdown_text", bytes: maximum)
        var content = MessageContent(kind: .text, text: text)
        if !input.involvedFiles.isEmpty {
            var json = JSONWriter()
            json.beginObject()
            json.key("involved_files")
            json.beginArray()
            for key in try Wire.list(input.involvedFiles, "involved_files", maximum: maximumFiles) {
                json.string(try Wire.text(key, "involved_files", bytes: maximumKeyBytes))
            }
            json.endArray()
            json.key("is_encrypted")
            json.bool(false)
            json.endObject()
            content.ext = json.bytes
        }
        try MessageRules.check(content, of: application)
        return MessageDraft(content, returnsToSender: true)
    }

    /// One's own at any time, those of others with the permission; in a session of two each recalls what either said.
    static func recall(
        _ call: Call,
        _ input: RecallMsgRequest,
        _ store: any Writer
    ) throws(Failure) -> RecallMsgResponse {
        let user = try call.user()
        let place: ConversationAddress =
            switch try Wire.session(input.sessionID, for: user, in: store) {
            case .group(let group): .of(group.id, .group)
            case .between(let conversation, _): conversation.address
            }
        let request = RecallRequest(
            id: MessageID(rawValue: Int64(bitPattern: input.messageID)),
            isForced: true,
            place: place,
            isMutual: true
        )
        let outcome = try MessageChangeRules.recall(
            request,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        guard case .recalled(_, by: let recall) = outcome else {
            throw .notFound(.message, id: String(input.messageID))
        }
        return RecallMsgResponse(messageID: UInt64(recall))
    }
}
