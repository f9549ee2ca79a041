// Frame 0: what users say, both ways.

import Domain
import HTTP
import JSON
import Routing

enum UserMessages {
    /// Nothing is sent back: the message itself comes, to its sender too.
    struct Silence: Reply {
        static var content: ReplyContent { .other(mediaType: "application/json") }
        func response() -> Response { Response(.ok) }
    }

    struct Sent: BodyInput {
        let session: SessionID
        let parts: MessageParts

        private static let sender = Value<SessionID>.object(named: "MessageSender") {
            object throws(FieldProblem) in
            try object.required("session_id", .session)
        }

        static let value = Value<Sent>.object(named: "UserMessage") { object throws(FieldProblem) in
            Sent(
                session: try object.required("sender", sender),
                parts: try object.required("msg", MessageParts.value)
            )
        }
    }

    /// Says something in a session that the sender is in.
    static func send(_ call: Call, _ input: Sent, _ store: any Writer) throws(Failure) -> Silence {
        let user = try call.user()
        try MessageRules.check(input.parts.said, of: call.application)
        let draft = MessageDraft(input.parts.stored, returnsToSender: true)
        let outcome: MessageOutcome
        switch try FoundSession(input.session, for: user, in: store) {
        case .group(let group):
            let kind: ConversationKind = group.kind == .group ? .group : .room
            let sender = try MessageRules.sender(user, for: kind, at: call.now, in: store)
            outcome = try MessageRules.send(
                draft,
                from: sender,
                to: group,
                by: call.caller,
                at: call.now,
                in: store
            )
        case .between(_, let other):
            let sender = try MessageRules.sender(user, for: .single, at: call.now, in: store)
            outcome = try MessageRules.send(draft, from: sender, toUser: other, at: call.now, in: store)
        }
        switch outcome {
        case .sent: return Silence()
        case .refused(.absent), .refused(.noRecipient): throw .notFound(.user, id: "")
        case .refused(.muted), .refused(.groupMuted): throw .forbidden(.muted)
        case .refused(.blocked), .refused(.disabled): throw .forbidden(.insufficientScope)
        }
    }

    /// Writes a message as its receivers get it; nil for one that was recalled, and for what is said to nobody's session.
    static func write(_ message: Message) -> [UInt8]? {
        guard !message.isRecalled, let session = SessionID(message.address, message.conversation) else {
            return nil
        }
        var json = JSONWriter()
        json.beginObject()
        json.key("code")
        json.integer(0)
        json.key("time")
        json.integer(message.sent.seconds)
        json.key("msg_id")
        json.string(message.id.text)
        json.key("sender")
        json.beginObject()
        json.key("ocid")
        json.string(message.sender)
        json.key("session_id")
        json.string(session.text)
        json.endObject()
        json.key("msg")
        MessageParts.write(message.content, to: &json)
        json.endObject()
        return json.bytes
    }
}
