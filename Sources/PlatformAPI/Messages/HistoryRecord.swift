// A message as history, exports and waiting lists show it.

import Domain
import JSON
import Routing

/// One message: who, to whom, when, what.
struct HistoryRecord: ReplyValue {
    let message: Message
    /// The receivers: a user's name, or the id of a group or room as this dialect shows it.
    let receiver: String
    /// `outgoing` in the application's own history, `incoming` in what waits for a user.
    let direction: StaticString

    static let shape = Shape.object(
        name: "MessageRecord",
        [
            .init("msg_id", .string()), .init("timestamp", .integer()),
            .init("direction", .oneOfTexts(["outgoing", "incoming"])), .init("from", .string()),
            .init("to", .string()),
            .init("chat_type", .oneOfTexts(["chat", "groupchat", "chatroom"])),
            .init("recalled", .boolean, isRequired: false), .init("edits", .integer(), isRequired: false),
            .init("payload", Payload.shape),
        ]
    )

    /// Records of messages in their order, each group looked up once.
    static func list(
        _ messages: [Message],
        _ direction: StaticString,
        in store: any Reader
    ) throws(Failure) -> [HistoryRecord] {
        var known: [GroupID: String] = [:]
        var records: [HistoryRecord] = []
        records.reserveCapacity(messages.count)
        for message in messages {
            var receiver = message.receiver
            if message.address.kind == .group || message.address.kind == .room, let id = GroupID(receiver) {
                if known[id] == nil { known[id] = try store.group(id)?.shownID ?? receiver }
                receiver = known[id] ?? receiver
            }
            records.append(HistoryRecord(message: message, receiver: receiver, direction: direction))
        }
        return records
    }

    /// The kind of conversation, as clients name it.
    ///
    /// A message to all users is a chat with each.
    static func chatType(of message: Message) -> StaticString {
        switch message.address.kind {
        case .single, .broadcast: "chat"
        case .group: "groupchat"
        case .room: "chatroom"
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("msg_id"); json.string(message.id.text)
        json.key("timestamp"); json.integer(message.sent.milliseconds)
        json.key("direction"); json.literal(direction)
        json.key("from"); json.string(message.sender)
        json.key("to"); json.string(receiver)
        json.key("chat_type"); json.literal(Self.chatType(of: message))
        if message.isRecalled { json.key("recalled"); json.bool(true) }
        if message.edits > 0 { json.key("edits"); json.integer(message.edits) }
        json.key("payload"); Payload(record: self).write(to: &json)
        json.endObject()
    }

    /// The request.
    struct Payload: ReplyValue {
        let record: HistoryRecord

        static let shape = Shape.object([
            .init("bodies", .array(MessageBodies.storedShape)), .init("ext", .map(.any)),
            .init("from", .string()), .init("to", .string()),
        ])

        func write(to json: inout JSONWriter) {
            json.beginObject()
            json.key("bodies"); record.writeBodies(to: &json)
            json.key("ext")
            if let ext = record.message.content.ext {
                json.raw(ext)
            } else {
                json.beginObject()
                json.endObject()
            }
            json.key("from"); json.string(record.message.sender)
            json.key("to"); json.string(record.receiver)
            json.endObject()
        }
    }

    fileprivate func writeBodies(to json: inout JSONWriter) {
        json.beginArray()
        if !message.isRecalled {
            if message.content.body.isEmpty {
                json.beginObject()
                json.key("type"); json.literal("txt")
                json.key("msg"); json.string(message.content.text ?? "")
                json.endObject()
            } else {
                json.raw(message.content.body)
            }
        }
        json.endArray()
    }
}
