// The fields of a message in requests, whatever its receiver.

import Domain
import JSON
import Routing

/// How the sender shows itself in one message.
struct SenderFace: Sendable {
    var nickname: String?
    var icon: String?
    /// The device's platform; 0 where it isn't told.
    var platform = 0

    init() {}

    init(_ fields: inout FieldReader, platform: Spelling = .senderPlatform) throws(FieldProblem) {
        nickname = try fields.optional(.senderNickname, .text(0...64))
        icon = try fields.optional(.senderIcon, .text(0...1024))
        self.platform = try fields.optional(platform, .integer(0...10)) ?? 0
    }
}

/// A message as it is to be sent.
struct MessageFields: Sendable {
    let content: JSONValue
    let contentType: Int
    let sessionType: Int
    let isOnlineOnly: Bool
    let options: MessageOptions
    var face: SenderFace
    let forced: [String]
    var extra: String?
    var push: JSONValue?
    /// The client's name for the message; nil where it doesn't.
    let clientName: String?

    /// Members that one message may call for attention.
    static let maximumForced = 1000

    /// A message that the dialect itself makes of another call.
    init(_ type: Int, _ content: JSONValue, sessionType: Int, isOnlineOnly: Bool, _ options: MessageOptions) {
        self.content = content
        contentType = type
        self.sessionType = sessionType
        self.isOnlineOnly = isOnlineOnly
        self.options = options
        face = SenderFace()
        forced = []
        extra = nil
        push = nil
        clientName = nil
    }

    init(_ fields: inout FieldReader, from face: SenderFace = SenderFace()) throws(FieldProblem) {
        self.face = face
        content = try fields.required(.content, .content)
        contentType = try fields.required(.contentType, .integer(1...Int(Int32.max)))
        sessionType = try fields.required(.sessionType, .integer(1...Int(Int32.max)))
        isOnlineOnly = try fields.optional(.onlineOnly, .flag) ?? false
        var options = try fields.optional(.options, .options) ?? MessageOptions()
        if try fields.optional(.withoutPush, .flag) == true { options["offlinePush"] = false }
        self.options = options
        forced = try fields.optional(.forced, .list(of: .text(1...64), maximum: Self.maximumForced)) ?? []
        extra = try fields.optional(.extra, .text(0...1024))
        push = try fields.optional(.offlinePush, .object)
        clientName = try fields.optional(.clientMessage, .text(0...64)).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The message in the form that is kept.
    func draft(_ content: TypedContent) -> MessageDraft {
        var stored = content.stored()
        stored.ext = ext
        return MessageDraft(
            stored,
            retention: options.retention(of: content.type, isOnlineOnly: isOnlineOnly),
            isCounted: options.isCounted(content.type),
            // Notifications have a session of their own, and numbers above what people say to each other.
            isRefusable: sessionType != 4 && content.type < 200,
            returnsToSender: options["senderSync"] == true,
            clientName: clientName
        )
    }

    /// The part that is stored beside the content.
    private var ext: [UInt8]? {
        let texts = [
            ("senderNickname", face.nickname), ("senderFaceURL", face.icon), ("ex", extra),
            ("clientMsgID", clientName),
        ]
        var members = texts.compactMap { key, text in
            text.flatMap { $0.isEmpty ? nil : JSONValue.Member(key, .string($0)) }
        }
        if face.platform > 0 { members.append(.init("senderPlatformID", .integer(Int64(face.platform)))) }
        if let kept = options.kept { members.append(.init("options", kept)) }
        if !forced.isEmpty { members.append(.init("em_at_list", .array(forced.map(JSONValue.string)))) }
        if let push { members.append(.init("em_offline_push", push)) }
        return members.isEmpty ? nil : JSONValue.object(members).bytes
    }
}

extension Value<JSONValue> {
    /// An object, or a text; what is in it is the content type's business.
    static let content = Value(
        .map(.any).tolerating([.string()], "The same as a text of JSON is taken, too."),
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
