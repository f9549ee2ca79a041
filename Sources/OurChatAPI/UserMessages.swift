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
        let content: MessageContent

        private static let sender = Value<SessionID>.object(named: "MessageSender") {
            object throws(FieldProblem) in
            try object.required("session_id", .session)
        }

        static let value = Value<Sent>.object(named: "UserMessage") { object throws(FieldProblem) in
            Sent(
                session: try object.required("sender", sender),
                content: try object.required("msg", .messageList)
            )
        }
    }

    /// Says something in a session that the sender is in.
    static func send(_ call: Call, _ input: Sent, _ store: any Writer) throws(Failure) -> Silence {
        let user = try call.user()
        try MessageRules.check(input.content, of: call.application)
        let draft = MessageDraft(input.content, returnsToSender: true)
        let outcome: MessageOutcome
        switch try FoundSession(input.session, for: user, in: store) {
        case .group(let group):
            guard try store.membership(of: user.id, in: group.id) != nil else {
                throw .forbidden(.insufficientScope)
            }
            let kind: ConversationKind = group.kind == .group ? .group : .room
            let sender = try MessageRules.sender(user.username.text, for: kind, at: call.now, in: store)
            outcome = try MessageRules.send(
                draft,
                from: sender,
                to: group.kind,
                group.id.text,
                at: call.now,
                in: store
            )
        case .between(_, let other):
            let sender = try MessageRules.sender(user.username.text, for: .single, at: call.now, in: store)
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
        json.integer(message.id.time.seconds)
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
        writeBody(of: message.content, to: &json)
        json.endObject()
        return json.bytes
    }

    /// What came through this dialect as it came; a text of another one as this one's text; the rest of others as it is.
    private static func writeBody(of content: MessageContent, to json: inout JSONWriter) {
        let parts = (try? JSONDocument(content.body))?.root.elements
        let isOwn = parts?.first { _ in true }?["type"]?.int64 != nil
        if content.body.isEmpty || (content.kind == .text && !isOwn) {
            json.beginArray()
            json.beginObject()
            json.key("type")
            json.integer(0)
            json.key("text")
            json.string(content.text ?? "")
            json.endObject()
            json.endArray()
        } else {
            json.raw(content.body)
        }
    }
}

extension Value<MessageContent> {
    /// The list of a message's parts: texts have type 0, others pass through unchanged.
    static var messageList: Value {
        let part = Shape.object([.init("type", .integer()), .init("text", .string(), isRequired: false)])
        return Value(
            .array(part, maximum: 100),
            placeholder: MessageContent(kind: .text, text: ""),
            read: { view throws(FieldProblem) in
                guard view.kind == .array else { throw FieldProblem(.wrongType(expected: "an array")) }
                guard view.count > 0 else { throw FieldProblem(.empty) }
                guard view.count <= 100 else { throw FieldProblem(.tooLong(maximum: 100, unit: "elements")) }
                var texts: [String] = []
                var isText = true
                for part in view.elements {
                    guard let type = part["type"]?.int64 else { throw FieldProblem(.missing, at: "type") }
                    guard type == 0 else {
                        isText = false
                        continue
                    }
                    guard let text = part["text"]?.string else { throw FieldProblem(.missing, at: "text") }
                    guard !text.utf8.contains(0) else {
                        throw FieldProblem(.illegal(value: "a text with NUL"))
                    }
                    texts.append(text)
                }
                // A single text is kept as what it is, so that every dialect shows it in its own words.
                if isText, texts.count == 1, view.elements.first(where: { _ in true })?.count == 2 {
                    return MessageContent(kind: .text, text: texts[0])
                }
                return MessageContent(
                    kind: isText ? .text : .custom,
                    text: texts.isEmpty ? nil : texts.joined(separator: "\n"),
                    body: view.value().bytes
                )
            },
            readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an array")) }
        )
    }
}
