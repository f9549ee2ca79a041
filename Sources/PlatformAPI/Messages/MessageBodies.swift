// The eight types of messages as this dialect's requests carry them: read, checked, and kept in one form.

import Domain
import JSON
import Routing

/// Reading message bodies.
///
/// The stored form is the form that history shows: the fields known for the type, in one order.
enum MessageBodies {
    /// The longest URL, file name and the like, in bytes.
    static let maximumFieldBytes = 4096
    /// Entries of a custom message's map.
    static let maximumCustomEntries = 16

    /// The shape of a body, all types together.
    static let shape: Shape = {
        let text = Shape.string(length: 0...maximumFieldBytes)
        let digits = "Its digits as a text are taken, too."
        let number = Shape.number.tolerating([.string(pattern: "^-?[0-9]+$")], digits)
        let coordinate = Shape.number.tolerating([.string(pattern: "^-?[0-9]+(\\.[0-9]+)?$")], digits)
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
                .init("customExts", .map(plain), isRequired: false), .init("uuid", text, isRequired: false),
            ]
        )
    }()

    /// A text; a number, true or false is given back as it came.
    private static let plain = Shape.string().tolerating(
        [.number, .boolean],
        "A number, true or false is kept as it is."
    )

    /// The members of all types.
    static let names: Set<String> = {
        guard case .object(_, let members) = shape else { return [] }
        return Set(members.map(\.name))
    }()

    /// The same with the type inside, as older routes have it.
    static let shapeWithType: Shape = {
        guard case .object(_, let members) = shape else { return .any }
        return .object(name: "Message", [.init("type", typeShape)] + members)
    }()

    /// The shape of a stored body: numbers are numbers, and what came by another dialect has its original in a member with
    /// that dialect's name.
    static let storedShape = Shape.anyOf([
        knownShape,
        // A command has members of its sender's own.
        .map(.any),
    ])

    private static let knownShape = Shape.object(
        name: "StoredMessageBody",
        [.init("type", .oneOfTexts(Array(kinds.keys).sorted()))]
            + ["msg", "url", "filename", "secret", "thumb", "thumb_secret", "addr", "action", "customEvent"]
            .map {
                .init($0, .string(), isRequired: false)
            }
            + ["length", "file_length", "lat", "lng"].map { .init($0, .number, isRequired: false) }
            + [
                .init(
                    "size",
                    .object([.init("width", .number), .init("height", .number)]),
                    isRequired: false
                ),
                .init("param", .map(.any), isRequired: false),
                .init("customExts", .map(plain), isRequired: false),
                .init("uuid", .string(), isRequired: false),
                .init("openim", .map(.any), isRequired: false),
                .init("ourchat", .array(.map(.any)), isRequired: false),
            ]
    )

    /// The types that a request may have.
    static let typeShape = Shape.oneOfTexts(Array(kinds.keys).sorted()).tolerating(
        [.oneOfTexts(["text"])],
        "`text` is taken for `txt`."
    )

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
            try fields.command()
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
}
