// The one mapping between this dialect's content types and what every dialect can show.

import Domain
import JSON

extension TypedContent {
    // MARK: To be stored

    /// A member that carries the original beside what every dialect can show.
    private static let original = "openim"

    /// The member that names the message to be taken back, of the types that do so; others may carry anything
    /// by these names.
    private static let revokedMembers = [111: "revokeMsgClientID", 118: "clientMsgID"]

    /// Whether a message of a type, with this content, takes another one back.
    static func isRevocation(_ type: Int, _ content: JSONValue) -> Bool {
        type == markdown ? content["content"] == nil : revokedMembers[type] != nil
    }

    /// The message that this one takes back; nil where it takes back none.
    var revoked: String? { Self.revokedMembers[type].flatMap { object[$0]?.string } }

    /// The size of the content, as the application's bounds count it: without what is kept beside it.
    func said(in stored: MessageContent) -> MessageContent {
        var said = stored
        if !said.body.isEmpty { said.body = object.bytes }
        return said
    }

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
        case Self.markdown where revoked == nil:
            let text = object["content"]
            return content(.text, "txt", [("msg", text)], text: text?.string)
        case 112, 113: return content(.command, "cmd", [("action", .string("openim.\(type)"))])
        case 110, 119, 120: return custom("data", "description", "extension")
        default: return custom("title", "userID", "nickname", "notificationName", "text")
        }
    }

    private var event: JSONValue { .string("openim.\(type)") }

    /// A custom event that shows some members, those that are texts.
    private func custom(_ names: String...) -> MessageContent {
        let entries = names.compactMap { name in
            object[name]?.string.flatMap { $0.isEmpty ? nil : JSONValue.Member(name, .string($0)) }
        }
        return content(.custom, "custom", [("customEvent", event), ("customExts", .object(entries))])
    }

    private func content(
        _ kind: MessageKind,
        _ name: String,
        _ members: [(String, JSONValue?)],
        text: String? = nil
    ) -> MessageContent {
        var body = [JSONValue.Member("type", .string(name))]
        for (key, value) in members {
            if let value, value != .null { body.append(.init(key, value)) }
        }
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
        self.init(content, body)
    }

    /// Another dialect's message, in this one's form.
    private init(_ content: MessageContent, _ body: JSONValue) {
        let url = body["url"] ?? .string("")
        let bytes = body["file_length"] ?? .integer(0)
        let length = body["length"] ?? .integer(0)
        switch content.kind {
        case .text: self.init(type: 101, [("text", .string(content.text ?? ""))])
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
                    ("description", body[content.kind == .command ? "action" : "customEvent"] ?? .string("")),
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
