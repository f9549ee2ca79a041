// What messages say: this dialect's content types, and the one mapping between them and what every dialect can show.

import Domain
import JSON
import Routing

/// The content of a message as this dialect has it: a type's number and that type's object.
struct TypedContent {
    let type: Int
    let object: JSONValue

    // MARK: The types

    /// What a member of a content object has to be.
    private enum Kind {
        /// Any text; not an empty one where it has to be there.
        case text
        /// A whole number, at least 0.
        case count
        /// Any number between two bounds.
        case coordinate(Double)
        /// A list.
        case list
        /// An object, or a text of one.
        case object
        /// A picture with all that is known of it.
        case picture
    }

    private struct Member {
        let name: String
        let kind: Kind
        let isRequired: Bool
    }

    private static func must(_ name: String, _ kind: Kind = .text) -> Member {
        Member(name: name, kind: kind, isRequired: true)
    }

    private static func may(_ name: String, _ kind: Kind = .text) -> Member {
        Member(name: name, kind: kind, isRequired: false)
    }

    private static let custom = [must("data"), may("description"), may("extension")]

    /// The types that may be sent, with their members.
    private static let types: [Int: [Member]] = [
        101: [must("text")],
        102: [
            may("sourcePath"), must("sourcePicture", .picture), may("bigPicture", .object),
            may("snapshotPicture", .object),
        ],
        103: [
            may("uuid"), may("soundPath"), must("sourceUrl"), may("dataSize", .count),
            may("duration", .count),
        ],
        104: [
            may("videoPath"), may("videoUUID"), must("videoUrl"), may("videoType"), may("videoSize", .count),
            may("duration", .count), may("snapshotPath"), may("snapshotUUID"), may("snapshotSize", .count),
            may("snapshotUrl"), may("snapshotWidth", .count), may("snapshotHeight", .count),
        ],
        105: [may("filePath"), may("uuid"), must("sourceUrl"), may("fileName"), may("fileSize", .count)],
        106: [must("text"), must("atUserList", .list)],
        107: [must("title"), may("abstractList", .list), must("multiMessage", .list)],
        108: [must("userID"), may("nickname"), may("faceURL"), may("ex")],
        109: [may("description"), must("longitude", .coordinate(180)), must("latitude", .coordinate(90))],
        110: custom,
        111: [must("revokeMsgClientID")],
        112: [must("msgIDList", .list)],
        113: [may("tips")],
        114: [must("text"), must("quoteMessage", .object)],
        115: [must("index", .count), may("data")],
        117: [must("text"), may("messageEntityList", .list)],
        118: [must("clientMsgID"), may("revokerID"), may("revokerNickname")],
        119: custom,
        120: custom,
        1400: [
            must("notificationName"), must("notificationType", .count), must("text"), may("url"),
            may("notificationFaceURL"), may("ex"),
        ],
    ]

    /// Other names that older or newer clients have for a member.
    private static let synonyms: [String: [String]] = ["text": ["content"], "userID": ["uid"]]

    /// The only member of types that older clients send as a bare text.
    private static let bareMembers = [101: "text", 108: "userID", 111: "revokeMsgClientID", 113: "tips"]

    /// Takes a message's content as it was sent.
    ///
    /// - Throws: `.invalid("contentType", .illegal(…))` for an unknown type, `.invalid("content", .illegal(…))` for
    ///   what is no object of that type, `.invalid("content.…", …)` for what is wrong inside.
    init(_ type: Int, _ sent: JSONValue) throws(Failure) {
        guard let members = Self.types[type] else {
            throw .invalid(field: "contentType", .illegal(value: String(type)))
        }
        var object = try Self.members(of: sent, type)
        for member in members { try Self.check(member, in: &object) }
        self.type = type
        self.object = .object(object)
    }

    private static func members(of sent: JSONValue, _ type: Int) throws(Failure) -> [JSONValue.Member] {
        if case .object(let members) = sent { return members }
        guard case .string(let text) = sent else { throw .invalid(field: "content", .illegal(value: "")) }
        switch try? JSONValue(parsing: Array(text.utf8)) {
        case .object(let members)?: return members
        case .array(let list)? where type == 112: return [.init("msgIDList", .array(list))]
        default: break
        }
        guard let name = bareMembers[type] else {
            throw .invalid(field: "content", .illegal(value: String(text.prefix(64))))
        }
        return [.init(name, .string(text))]
    }

    private static func check(_ member: Member, in object: inout [JSONValue.Member]) throws(Failure) {
        let field = "content.\(member.name)"
        for other in synonyms[member.name] ?? [] where !object.contains(where: { $0.key == member.name }) {
            if let index = object.firstIndex(where: { $0.key == other }) { object[index].key = member.name }
        }
        guard let value = object.first(where: { $0.key == member.name })?.value, value != .null else {
            if member.isRequired { throw .invalid(field: field, .missing) }
            return
        }
        switch (member.kind, value) {
        case (.text, .string(let text)):
            if member.isRequired, text.isEmpty { throw .invalid(field: field, .missing) }
            guard !text.utf8.contains(0) else {
                throw .invalid(field: field, .illegal(value: "a text with NUL"))
            }
        case (.text, _): throw .invalid(field: field, .wrongType(expected: "a string"))
        case (.count, .integer(0...)): break
        case (.count, _): throw .invalid(field: field, .wrongType(expected: "a whole number, at least 0"))
        case (.coordinate(let bound), _):
            guard let number = value.double else {
                throw .invalid(field: field, .wrongType(expected: "a number"))
            }
            guard abs(number) <= bound else {
                throw .invalid(field: field, .outOfRange(minimum: -Int64(bound), maximum: Int64(bound)))
            }
        case (.list, .array): break
        case (.list, _): throw .invalid(field: field, .wrongType(expected: "an array"))
        case (.object, .object), (.object, .string): break
        case (.object, _): throw .invalid(field: field, .wrongType(expected: "an object"))
        case (.picture, .object(var picture)):
            for inside in ["type", "url"] { try check(must(inside), at: field, in: &picture) }
            for inside in ["size", "width", "height"] {
                try check(must(inside, .count), at: field, in: &picture)
            }
        case (.picture, _): throw .invalid(field: field, .wrongType(expected: "an object"))
        }
    }

    private static func check(
        _ member: Member,
        at field: String,
        in object: inout [JSONValue.Member]
    ) throws(Failure) {
        do throws(Failure) {
            try check(member, in: &object)
        } catch .invalid(_, let reason) {
            throw .invalid(field: "\(field).\(member.name)", reason)
        }
    }

    // MARK: To be stored

    /// A member that carries the original beside what every dialect can show.
    private static let original = "openim"

    /// The message that this one takes back; nil where it takes back none.
    var revoked: String? { object[type == 118 ? "clientMsgID" : "revokeMsgClientID"]?.string }

    /// The content in the form that is kept: what the other dialects know of it, and the original with it.
    ///
    /// A plain text is only its text.
    func stored() -> MessageContent {
        switch type {
        case 101: return MessageContent(kind: .text, text: object["text"]?.string)
        case 102:
            let picture = object["sourcePicture"]
            let size = JSONValue.object([
                .init("width", picture?["width"] ?? .integer(0)),
                .init("height", picture?["height"] ?? .integer(0)),
            ])
            return content(
                .image,
                "img",
                [("url", picture?["url"]), ("file_length", picture?["size"]), ("size", size)]
            )
        case 103:
            return content(
                .audio,
                "audio",
                [
                    ("url", object["sourceUrl"]), ("file_length", object["dataSize"]),
                    ("length", object["duration"]),
                ]
            )
        case 104:
            return content(
                .video,
                "video",
                [
                    ("url", object["videoUrl"]), ("file_length", object["videoSize"]),
                    ("length", object["duration"]), ("thumb", object["snapshotUrl"]),
                ]
            )
        case 105:
            return content(
                .file,
                "file",
                [
                    ("url", object["sourceUrl"]), ("filename", object["fileName"]),
                    ("file_length", object["fileSize"]),
                ],
                text: object["fileName"]?.string
            )
        case 106, 114, 117:
            let text = object["text"]?.string
            return content(.text, "txt", [("msg", object["text"])], text: text)
        case 109:
            return content(
                .location,
                "loc",
                [
                    ("lat", object["latitude"]), ("lng", object["longitude"]),
                    ("addr", object["description"]),
                ],
                text: object["description"]?.string
            )
        case 112, 113: return content(.command, "cmd", [("action", .string("openim.\(type)"))])
        case 110, 119, 120:
            let names = ["data", "description", "extension"]
            let entries = names.compactMap { name in object[name].map { JSONValue.Member(name, $0) } }
            return content(.custom, "custom", [("customEvent", event), ("customExts", .object(entries))])
        default: return content(.custom, "custom", [("customEvent", event), ("customExts", .object([]))])
        }
    }

    private var event: JSONValue { .string("openim.\(type)") }

    private func content(
        _ kind: MessageKind,
        _ name: String,
        _ members: [(String, JSONValue?)],
        text: String? = nil
    ) -> MessageContent {
        var body = [JSONValue.Member("type", .string(name))]
        for (key, value) in members { if let value { body.append(.init(key, value)) } }
        let original = JSONValue.object([
            .init("contentType", .integer(Int64(type))), .init("content", object),
        ])
        body.append(.init(Self.original, original))
        return MessageContent(kind: kind, text: text == "" ? nil : text, body: JSONValue.object(body).bytes)
    }

    // MARK: As it was stored

    /// The content of a stored message, whichever dialect it came by; of a recalled one that it was.
    init(of message: Message) {
        if message.isRecalled {
            self.init(type: 111, [("revokeMsgClientID", .string(message.id.text))])
            return
        }
        let content = message.content
        guard !content.body.isEmpty, let body = try? JSONValue(parsing: content.body) else {
            self.init(type: 101, [("text", .string(content.text ?? ""))])
            return
        }
        if let original = body[Self.original], let type = original["contentType"]?.int64,
            case .object(let members)? = original["content"]
        {
            self.init(type: Int(type), members.map { ($0.key, $0.value) })
            return
        }
        self.init(content.kind, body)
    }

    /// What another dialect sent, in this one's words.
    private init(_ kind: MessageKind, _ body: JSONValue) {
        let url = body["url"] ?? .string("")
        let bytes = body["file_length"] ?? .integer(0)
        let length = body["length"] ?? .integer(0)
        switch kind {
        case .text: self.init(type: 101, [("text", body["msg"] ?? .string(""))])
        case .image:
            let picture = JSONValue.object([
                .init("uuid", .string("")), .init("type", .string("")), .init("size", bytes),
                .init("width", body["size"]?["width"] ?? .integer(0)),
                .init("height", body["size"]?["height"] ?? .integer(0)), .init("url", url),
            ])
            self.init(
                type: 102,
                [
                    ("sourcePath", .string("")), ("sourcePicture", picture), ("bigPicture", picture),
                    ("snapshotPicture", picture),
                ]
            )
        case .audio:
            self.init(
                type: 103,
                [
                    ("uuid", .string("")), ("soundPath", .string("")), ("sourceUrl", url),
                    ("dataSize", bytes),
                    ("duration", length),
                ]
            )
        case .video:
            self.init(
                type: 104,
                [
                    ("videoUrl", url), ("videoSize", bytes), ("duration", length),
                    ("snapshotUrl", body["thumb"] ?? .string("")),
                ]
            )
        case .file:
            self.init(
                type: 105,
                [
                    ("filePath", .string("")), ("uuid", .string("")), ("sourceUrl", url),
                    ("fileName", body["filename"] ?? .string("")), ("fileSize", bytes),
                ]
            )
        case .location:
            self.init(
                type: 109,
                [
                    ("description", body["addr"] ?? .string("")), ("longitude", body["lng"] ?? .integer(0)),
                    ("latitude", body["lat"] ?? .integer(0)),
                ]
            )
        case .command, .custom:
            self.init(
                type: 110,
                [
                    ("data", .string(String(decoding: body.bytes, as: UTF8.self))),
                    ("description", body[kind == .command ? "action" : "customEvent"] ?? .string("")),
                    ("extension", .string("")),
                ]
            )
        }
    }

    private init(type: Int, _ members: [(String, JSONValue)]) {
        self.type = type
        object = .object(members.map { JSONValue.Member($0.0, $0.1) })
    }

    /// The content as messages carry it: a text by itself in the older generations, else the object's text.
    func text(in generation: Generation) -> String {
        guard type == 101, let text = object["text"]?.string else {
            return String(decoding: object.bytes, as: UTF8.self)
        }
        guard generation == .third else { return text }
        return String(decoding: JSONValue.object([.init("content", .string(text))]).bytes, as: UTF8.self)
    }
}

extension Value<JSONValue> {
    /// An object, or a text; what is in it is the content type's business.
    static let content = Value(
        .anyOf([.map(.any), .string()]),
        placeholder: .object([]),
        read: { view throws(FieldProblem) in
            guard view.kind == .object || view.kind == .string else {
                throw FieldProblem(.wrongType(expected: "an object"))
            }
            return view.value()
        },
        readText: { text throws(FieldProblem) in .string(text) }
    )

    /// An object of any members.
    static let object = Value(
        .map(.any),
        placeholder: .object([]),
        read: { view throws(FieldProblem) in
            guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "an object")) }
            return view.value()
        },
        readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
    )
}
