// One message body on its way from a request to what is kept: field by field, checked and written anew.

import Domain
import JSON
import Routing

/// Copies known fields of a body, each checked, into the form that is kept.
struct MessageFieldWriter: ~Copyable {
    private let body: JSONView
    private var json = JSONWriter(reserving: 256)

    init(_ body: JSONView, _ kind: MessageKind) {
        self.body = body
        json.beginObject()
        json.key("type")
        json.literal(MessageBodies.name(of: kind))
    }

    consuming func finish() -> [UInt8] {
        json.endObject()
        return json.bytes
    }

    static func text(_ view: JSONView, _ name: StaticString, maximum: Int) throws(FieldProblem) -> String {
        guard let text = view.string else {
            throw FieldProblem(.wrongType(expected: "a string"), at: name.description)
        }
        guard text.utf8.count <= maximum else {
            throw FieldProblem(.tooLong(maximum: maximum, unit: "bytes"), at: name.description)
        }
        guard !text.utf8.contains(0) else {
            throw FieldProblem(.illegal(value: "a text with NUL"), at: name.description)
        }
        return text
    }

    /// A member; nil where it is absent, or says so by a value that the shape doesn't have.
    private func view(_ name: StaticString, _ shape: Shape = .string()) -> JSONView? {
        body.optional(name, shape)
    }

    /// A text field, where it is there.
    mutating func text(
        _ name: StaticString,
        isRequired: Bool = false,
        maximum: Int = MessageBodies.maximumFieldBytes
    ) throws(FieldProblem) -> String? {
        guard let view = view(name) else {
            if isRequired { throw FieldProblem(.missing, at: name.description) }
            return nil
        }
        let text = try Self.text(view, name, maximum: maximum)
        if isRequired, text.isEmpty { throw FieldProblem(.empty, at: name.description) }
        json.key(name)
        json.string(text)
        return text
    }

    /// URL, name, secret and length of an attached file.
    ///
    /// - Returns: the file's name.
    mutating func file() throws(FieldProblem) -> String? {
        // An older client says `remotePath`.
        let name: StaticString = "remotePath"
        if view("url") == nil, let view = view(name) {
            json.key("url")
            json.string(try Self.text(view, name, maximum: MessageBodies.maximumFieldBytes))
        } else if view("url") == nil, view("uuid") != nil {
            // The id of an upload says as much.
            _ = try text("uuid", isRequired: true)
        } else {
            _ = try text("url", isRequired: true)
        }
        let filename = try text("filename")
        _ = try text("secret")
        try number("file_length")
        return filename
    }

    /// A number, or its decimal text.
    mutating func number(_ name: StaticString) throws(FieldProblem) {
        guard let view = view(name, .number) else { return }
        guard let number = view.int64 ?? view.string.flatMap({ Int64($0) }) else {
            guard let number = view.double else {
                throw FieldProblem(.wrongType(expected: "a number"), at: name.description)
            }
            json.key(name)
            json.double(number)
            return
        }
        json.key(name)
        json.integer(number)
    }

    /// Width and height of a picture.
    mutating func size() throws(FieldProblem) {
        guard let size = view("size", .object([])) else { return }
        guard let width = size["width"]?.double, let height = size["height"]?.double else {
            throw FieldProblem(.wrongType(expected: "an object of width and height"), at: "size")
        }
        json.key("size")
        json.beginObject()
        json.key("width")
        Self.write(width, to: &json)
        json.key("height")
        Self.write(height, to: &json)
        json.endObject()
    }

    private static func write(_ number: Double, to json: inout JSONWriter) {
        if let whole = Int64(exactly: number) { json.integer(whole) } else { json.double(number) }
    }

    /// A number in requests or a text of one; a number in history.
    mutating func coordinate(
        _ name: StaticString,
        _ maximum: Double,
        isRequired: Bool = true
    ) throws(FieldProblem) {
        guard let view = isRequired ? view(name) : view(name, .number) else {
            if isRequired { throw FieldProblem(.missing, at: name.description) }
            return
        }
        guard let number = view.double ?? view.string.flatMap(Double.init), number.isFinite else {
            throw FieldProblem(.wrongType(expected: "a number"), at: name.description)
        }
        guard abs(number) <= maximum else {
            throw FieldProblem(
                .outOfRange(minimum: -Int64(maximum), maximum: Int64(maximum)),
                at: name.description
            )
        }
        json.key(name)
        Self.write(number, to: &json)
    }

    /// Any object, as it is.
    mutating func object(_ name: StaticString) throws(FieldProblem) {
        guard let view = view(name, .map(.any)) else { return }
        guard view.kind == .object else {
            throw FieldProblem(.wrongType(expected: "an object"), at: name.description)
        }
        json.key(name)
        json.value(view.value())
    }

    mutating func customEvent() throws(FieldProblem) {
        guard let view = view("customEvent", .string(length: 1...32)) else { return }
        let event = try Self.text(view, "customEvent", maximum: .max)
        let isLegal = event.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "/"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isLegal, (1...32).contains(event.utf8.count) else {
            throw FieldProblem(.illegal(value: String(event.prefix(64))), at: "customEvent")
        }
        json.key("customEvent")
        json.string(event)
    }

    mutating func customEntries() throws(FieldProblem) {
        guard let view = view("customExts", .map(.any)) else { return }
        guard view.kind == .object else {
            throw FieldProblem(.wrongType(expected: "an object"), at: "customExts")
        }
        guard view.count <= MessageBodies.maximumCustomEntries else {
            throw FieldProblem(
                .tooLong(maximum: MessageBodies.maximumCustomEntries, unit: "elements"),
                at: "customExts"
            )
        }
        json.key("customExts")
        json.beginObject()
        for (key, value) in view.members {
            json.key(key)
            switch value.kind {
            case .number, .bool: json.value(value.value())
            default: json.string(try Self.text(value, "customExts", maximum: .max))
            }
        }
        json.endObject()
    }

    /// A command: its action and parameters, and members of the sender's own, which may stand for the action.
    mutating func command() throws(FieldProblem) {
        let known: Set<String> = ["type", "action", "param"]
        let own = body.members.filter { !known.contains($0.key) && !MessageBodies.names.contains($0.key) }
        _ = try text("action", isRequired: own.isEmpty)
        try object("param")
        for (key, value) in own where !value.isNull {
            json.key(key)
            json.value(value.value())
        }
    }
}
