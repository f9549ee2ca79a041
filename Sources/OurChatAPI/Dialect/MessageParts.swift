// The member `msg` of frames, both ways: the one mapping between lists of parts and what every dialect can show.

import Domain
import JSON
import Routing

/// The list of parts that a frame says.
///
/// Texts have type 0, the only one that the protocol knows; others pass through unchanged.
struct MessageParts: Sendable {
    /// The member that carries the list beside what every dialect can show.
    private static let original: StaticString = "ourchat"
    /// The most parts of one message.
    private static let maximumCount = 100

    private var texts: [String] = []
    /// The first type that isn't a text's.
    private var otherType: Int64?
    /// All of it; nil for a single part that is a text and nothing else.
    private var list: JSONValue?

    /// One empty text.
    private init() { texts = [""] }

    // MARK: To be stored

    private var kind: MessageKind { otherType == nil ? .text : .custom }
    private var text: String? { texts.isEmpty ? nil : texts.joined(separator: "\n") }

    /// The size of the content, as the application's bounds count it: without what is kept beside it.
    var said: MessageContent { MessageContent(kind: kind, text: text, body: list?.bytes ?? []) }

    /// The content in the form that is kept: what every dialect knows of it, and the list with it.
    ///
    /// A single text is only its text, several are one with a line each, and what has other parts is a custom event.
    var stored: MessageContent {
        guard let list else { return said }
        var members: [JSONValue.Member]
        if let otherType {
            let entries = text.map { [JSONValue.Member("text", .string($0))] } ?? []
            members = [
                .init("type", .string("custom")),
                .init("customEvent", .string("\(Self.original).\(otherType)")),
                .init("customExts", .object(entries)),
            ]
        } else {
            members = [.init("type", .string("txt")), .init("msg", .string(text ?? ""))]
        }
        members.append(.init(Self.original.description, list))
        return MessageContent(kind: kind, text: text, body: JSONValue.object(members).bytes)
    }

    // MARK: As it was stored

    /// Writes a stored message's content as a list of parts: as it was sent, where a frame brought it.
    ///
    /// A message of another dialect is one text, the only type that clients read; its body goes along where
    /// that is more than the text.
    static func write(_ content: MessageContent, to json: inout JSONWriter) {
        let body = content.sharedBody
        if let list = body?[original], list.kind == .array {
            json.raw(list.text)
            return
        }
        json.beginArray()
        json.beginObject()
        json.key("type")
        json.integer(0)
        json.key("text")
        json.string(Wording(content).plain)
        if content.kind != .text, let body {
            json.key("body")
            json.raw(body.text)
        }
        json.endObject()
        json.endArray()
    }

    // MARK: As it is sent

    /// The accepted forms of `msg`.
    static let value = Value<MessageParts>(
        .array(
            .object(
                name: "MessagePart",
                [.init("type", .integer()), .init("text", .string(), isRequired: false)]
            ),
            maximum: maximumCount
        ),
        placeholder: MessageParts(),
        read: { view throws(FieldProblem) in try MessageParts(view) },
        readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an array")) }
    )

    private init(_ view: JSONView) throws(FieldProblem) {
        guard view.kind == .array else { throw FieldProblem(.wrongType(expected: "an array")) }
        guard view.count > 0 else { throw FieldProblem(.empty) }
        guard view.count <= Self.maximumCount else {
            throw FieldProblem(.tooLong(maximum: Self.maximumCount, unit: "elements"))
        }
        var isPlain = view.count == 1
        for part in view.elements {
            guard let type = part["type"]?.int64 else { throw FieldProblem(.missing, at: "type") }
            guard type == 0 else {
                otherType = otherType ?? type
                continue
            }
            guard let text = part["text"]?.string else { throw FieldProblem(.missing, at: "text") }
            guard !text.utf8.contains(0) else { throw FieldProblem(.illegal(value: "a text with NUL")) }
            texts.append(text)
            isPlain = isPlain && part.count == 2
        }
        if !isPlain || otherType != nil { list = view.value() }
    }
}
