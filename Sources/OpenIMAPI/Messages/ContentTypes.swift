// The content of messages: this dialect's content types, and what each has to have.

import Domain
import JSON
import Routing

/// The content of a message as this dialect has it: a type's number and that type's object.
struct TypedContent {
    let type: Int
    let object: JSONValue

    // MARK: The types

    /// The required type of a content object's member.
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
        // A backend's own, by a route of its own.
        2001: [may("key"), must("data")],
        1400: [
            must("notificationName"), must("notificationType", .count), must("text"), may("url"),
            may("notificationFaceURL"), may("ex"),
        ],
    ]

    /// The type of a text with marks, where it names no message.
    static let markdown = 118

    /// Other names that older or newer clients have for a member.
    private static let synonyms: [String: [String]] = ["text": ["content"], "userID": ["uid"]]

    /// The only member of types that older clients send as a bare text.
    private static let bareMembers = [101: "text", 108: "userID", 111: "revokeMsgClientID", 113: "tips"]

    /// Takes a message's content as a generation's clients sent it.
    ///
    /// - Throws: `.invalid("contentType", .illegal(…))` for an unknown type, `.invalid("content", .illegal(…))` for
    ///   what is no object of that type, `.invalid("content.…", …)` for what is wrong inside.
    init(_ type: Int, _ sent: JSONValue, in generation: Generation) throws(Failure) {
        guard var members = Self.types[type] else {
            throw .invalid(field: "contentType", .illegal(value: String(type)))
        }
        var object = try Self.members(of: sent, type, in: generation)
        // Later versions have a text with marks under the number that took a message back before.
        if type == Self.markdown, !object.contains(where: { $0.key == "clientMsgID" }) {
            members = [Self.must("content")]
        }
        for member in members { try Self.check(member, in: &object) }
        self.type = type
        self.object = .object(object)
    }

    private static func members(
        of sent: JSONValue,
        _ type: Int,
        in generation: Generation
    ) throws(Failure) -> [JSONValue.Member] {
        if case .object(let members) = sent { return members }
        guard case .string(let text) = sent else { throw .invalid(field: "content", .illegal(value: "")) }
        // The first generation's texts are texts, also those that look like JSON.
        if generation == .first, type == 101 { return [.init("text", .string(text))] }
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
}
