// The eight types of messages as this dialect's requests carry them: read, checked, and kept in one form.

import Domain
import JSON
import Routing

/// Reading message bodies.
///
/// What is kept is what history shows: the fields known for the type, in one order.
enum MessageBodies {
    /// The longest URL, file name and the like, in bytes.
    static let maximumFieldBytes = 4096
    /// Entries of a custom message's map.
    static let maximumCustomEntries = 16

    /// The shape of a body, all types together.
    static let shape: Shape = {
        let text = Shape.string(length: 0...maximumFieldBytes)
        let number = Shape.anyOf([.number, .string(pattern: "^-?[0-9]+$")])
        let coordinate = Shape.anyOf([.number, .string(pattern: "^-?[0-9]+(\\.[0-9]+)?$")])
        return .object(
            name: "MessageBody",
            [
                .init("msg", .string(), isRequired: false), .init("url", text, isRequired: false),
                .init("filename", text, isRequired: false), .init("secret", text, isRequired: false),
                .init(
                    "size",
                    .object([.init("width", .number), .init("height", .number)]),
                    isRequired: false
                ),
                .init("length", number, isRequired: false), .init("file_length", number, isRequired: false),
                .init("thumb", text, isRequired: false), .init("thumb_secret", text, isRequired: false),
                .init("lat", coordinate, isRequired: false), .init("lng", coordinate, isRequired: false),
                .init("addr", text, isRequired: false), .init("action", text, isRequired: false),
                .init("param", .map(.any), isRequired: false),
                .init(
                    "customEvent",
                    .string(length: 1...32, pattern: "^[a-zA-Z0-9-_/\\.]{1,32}$"),
                    isRequired: false
                ),
                .init("customExts", .map(.string()), isRequired: false),
            ]
        )
    }()

    /// The same with the type inside, as older routes have it.
    static let shapeWithType: Shape = {
        guard case .object(_, let members) = shape else { return .any }
        return .object(name: "Message", [.init("type", .oneOfTexts(Array(kinds.keys).sorted()))] + members)
    }()

    /// The types' names; a newer client says `text` when it imports.
    static let kinds: [String: MessageKind] = [
        "txt": .text, "img": .image, "audio": .audio, "video": .video, "file": .file, "loc": .location,
        "cmd": .command, "custom": .custom,
    ]

    /// A type's name.
    static func name(of kind: MessageKind) -> StaticString {
        switch kind {
        case .text: "txt"
        case .image: "img"
        case .audio: "audio"
        case .video: "video"
        case .file: "file"
        case .location: "loc"
        case .command: "cmd"
        case .custom: "custom"
        }
    }

    /// Reads a type's name.
    static func kind(_ view: JSONView?) throws(FieldProblem) -> MessageKind {
        guard let view, !view.isNull else { throw FieldProblem(.missing, at: "type") }
        guard let name = view.string else { throw FieldProblem(.wrongType(expected: "a string"), at: "type") }
        guard let kind = kinds[name == "text" ? "txt" : name] else {
            throw FieldProblem(name.isEmpty ? .empty : .illegal(value: String(name.prefix(64))), at: "type")
        }
        return kind
    }

    /// Reads a body of a type.
    static func content(_ kind: MessageKind, _ body: JSONView) throws(FieldProblem) -> MessageContent {
        guard body.kind == .object else { throw FieldProblem(.wrongType(expected: "an object")) }
        var fields = MessageFieldWriter(body, kind)
        var text: String?
        switch kind {
        case .text:
            guard let view = body["msg"], !view.isNull else { throw FieldProblem(.missing, at: "msg") }
            // Most have `type` and `msg`, or only the latter.
            if body.count > 2 { try checkFields(body) }
            return MessageContent(kind: .text, text: try MessageFieldWriter.text(view, "msg", maximum: .max))
        case .image:
            text = try fields.file()
            try fields.size()
        case .audio:
            text = try fields.file()
            try fields.number("length")
        case .video:
            text = try fields.file()
            try fields.number("length")
            _ = try fields.text("thumb")
            _ = try fields.text("thumb_secret")
        case .file:
            text = try fields.file()
        case .location:
            try fields.coordinate("lat", 90)
            try fields.coordinate("lng", 180)
            text = try fields.text("addr")
        case .command:
            _ = try fields.text("action", isRequired: true)
            try fields.object("param")
        case .custom:
            try fields.customEvent()
            try fields.customEntries()
        }
        try checkFields(body)
        return MessageContent(kind: kind, text: text == "" ? nil : text, body: fields.finish())
    }

    /// Holds fields that this type doesn't use to what they are in the types that do: what is dropped
    /// silently is unknown fields only.
    private static func checkFields(_ body: JSONView) throws(FieldProblem) {
        var fields = MessageFieldWriter(body, .custom)
        _ = try fields.text("msg", maximum: .max)
        for name in ["url", "filename", "secret", "thumb", "thumb_secret", "addr", "action"] as [StaticString]
        {
            _ = try fields.text(name)
        }
        for name in ["length", "file_length"] as [StaticString] { try fields.number(name) }
        try fields.size()
        try fields.coordinate("lat", 90, isRequired: false)
        try fields.coordinate("lng", 180, isRequired: false)
        try fields.object("param")
        try fields.customEvent()
        try fields.customEntries()
    }

    /// Reads the sender's own fields: an object of plain values.
    ///
    /// Push settings, whose keys begin with `em_`, may be lists and objects.
    static func ext(_ view: JSONView?) throws(FieldProblem) -> [UInt8]? {
        guard let view else { return nil }
        guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "JSONObject"), at: "ext") }
        for (key, value) in view.members {
            let isPlain =
                switch value.kind {
                case .bool, .number, .string: true
                case .array, .object: key.hasPrefix("em_")
                case .null: false
                }
            guard isPlain else {
                throw FieldProblem(
                    .wrongType(expected: "a string, a number or a bool"),
                    at: "ext.\(key.prefix(64))"
                )
            }
        }
        guard view.count > 0 else { return nil }
        // Written anew: without line ends, since an exported hour has one message a line.
        return view.value().bytes
    }

    /// The sender's own fields with others over them.
    static func merged(_ old: [UInt8]?, with new: [UInt8]?) -> [UInt8]? {
        guard let old, let new, case .object(var members)? = try? JSONValue(parsing: old),
            case .object(let changes)? = try? JSONValue(parsing: new)
        else { return new ?? old }
        for change in changes {
            if let index = members.firstIndex(where: { $0.key.utf8.elementsEqual(change.key.utf8) }) {
                members[index] = change
            } else {
                members.append(change)
            }
        }
        return JSONValue.object(members).bytes
    }
}

/// Copies known fields of a body, each checked, into the form that is kept.
private struct MessageFieldWriter: ~Copyable {
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

    private func view(_ name: StaticString) -> JSONView? {
        guard let view = body[name], !view.isNull else { return nil }
        return view
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
        guard let view = view(name) else { return }
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
        guard let size = view("size") else { return }
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
        guard let view = view(name) else {
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
        guard let view = view(name) else { return }
        guard view.kind == .object else {
            throw FieldProblem(.wrongType(expected: "an object"), at: name.description)
        }
        json.key(name)
        json.value(view.value())
    }

    mutating func customEvent() throws(FieldProblem) {
        guard let view = view("customEvent") else { return }
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
        guard let view = view("customExts") else { return }
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
            json.string(try Self.text(value, "customExts", maximum: .max))
        }
        json.endObject()
    }
}
