// The body of an event in the standard form: what is stored with it, and what the other forms are made from.

public import Domain
import JSON

/// Writing events: `{"type","timestamp","data"}`.
public enum EventBody {
    /// The bytes of an event's body, one JSON object.
    public static func bytes(of event: RecordedEvent) -> [UInt8] {
        bytes(type: event.name.rawValue, event.time, event.application, event.author, event.details)
    }

    /// The bytes of a question about something that hasn't happened yet.
    static func question(_ type: String, _ event: RecordedEvent) -> [UInt8] {
        bytes(type: type, event.time, event.application, event.author, event.details)
    }

    private static func bytes(
        type: String,
        _ time: Timestamp,
        _ application: String,
        _ author: EventAuthor?,
        _ details: EventDetails
    ) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("type"); json.string(type)
        json.key("timestamp"); json.string(time.internetText)
        json.key("data")
        json.beginObject()
        json.key("application"); json.string(application)
        for member in details.members {
            json.key(member.name)
            write(member.value, to: &json)
        }
        if let author {
            json.key("by")
            write(author, to: &json)
        }
        json.endObject()
        json.endObject()
        return json.bytes
    }

    private static func write(_ value: EventValue, to json: inout JSONWriter) {
        switch value {
        case .text(let text): json.string(text)
        case .integer(let number): json.integer(number)
        case .flag(let flag): json.bool(flag)
        case .time(let time): json.integer(time.milliseconds)
        case .message(let message): write(message, to: &json)
        case .texts(let texts):
            json.beginArray()
            for text in texts { json.string(text) }
            json.endArray()
        }
    }

    private static func write(_ author: EventAuthor, to json: inout JSONWriter) {
        json.beginObject()
        switch author {
        case .client(let id): json.key("client"); json.string(id)
        case .user(let name): json.key("user"); json.string(name)
        case .administrator(let name): json.key("administrator"); json.string(name)
        case .operator(let id): json.key("operator"); json.integer(id)
        }
        json.endObject()
    }

    /// A message as history shows it.
    private static func write(_ message: Message, to json: inout JSONWriter) {
        json.beginObject()
        // One that is only asked about has no id, and no time of sending.
        if message.id != .none {
            json.key("msg_id"); json.string(message.id.text)
            json.key("timestamp"); json.integer(message.sent.milliseconds)
        }
        json.key("from"); json.string(message.sender)
        json.key("to"); json.string(message.receiver)
        json.key("chat_type"); json.string(message.address.kind.word)
        if message.isRecalled { json.key("recalled"); json.bool(true) }
        if message.edits > 0 { json.key("edits"); json.integer(message.edits) }
        if let sequence = message.sequence { json.key("sequence"); json.integer(sequence) }
        json.key("payload")
        json.beginObject()
        json.key("bodies")
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
        json.key("ext")
        if let ext = message.content.ext {
            json.raw(ext)
        } else {
            json.beginObject()
            json.endObject()
        }
        json.endObject()
        json.endObject()
    }
}
