// The inputs of the sending routes: three forms of the same message.

import Domain
import JSON
import Routing

/// The kinds of targets.
enum MessageTargets: String, Sendable, CaseIterable {
    case users, chatgroups, chatrooms

    var conversationKind: ConversationKind {
        switch self {
        case .users: .single
        case .chatgroups: .group
        case .chatrooms: .room
        }
    }

    /// Targets that one call of the newer kind may have.
    var maximum: Int {
        switch self {
        case .users: MessageRules.maximumUsers
        case .chatgroups: MessageRules.maximumGroups
        case .chatrooms: MessageRules.maximumRooms
        }
    }
}

/// `POST /messages`: any kind of targets, the message inside.
struct LegacyMessage: Input {
    struct Body: Sendable {
        let kind: MessageTargets
        let targets: [String]
        let fields: MessageFields
    }

    let body: Body
    /// Whether the reply has ids, not `success`.
    let answersIDs: Bool

    init(_ reader: inout InputReader) throws(FieldProblem) {
        answersIDs = try reader.query("useMsgId", .flag) ?? false
        body = try reader.body(Self.value)
    }

    private static let value = Value<Body>.body(
        "LegacyMessage",
        [
            .init("target_type", .oneOfTexts(MessageTargets.allCases.map(\.rawValue))),
            .init("target", .array(MessageFields.nameShape, maximum: MessageRules.maximumUsers)),
        ] + MessageFields.members(.inside),
        placeholder: Body(kind: .users, targets: ["user1"], fields: .placeholder)
    ) { view throws(FieldProblem) in
        let kind = try targetType(view["target_type"])
        return Body(
            kind: kind,
            targets: try MessageFields.names(view["target"], "target", maximum: MessageRules.maximumUsers),
            fields: try MessageFields(view, .inside)
        )
    }

    static func targetType(_ view: JSONView?) throws(FieldProblem) -> MessageTargets {
        guard let view, !view.isNull, view.string != "" else {
            throw FieldProblem(.missing, at: "target_type")
        }
        guard let name = view.string, let kind = MessageTargets(rawValue: name) else {
            throw FieldProblem(.illegal(value: String((view.string ?? "").prefix(64))), at: "target_type")
        }
        return kind
    }
}

/// The newer routes: the kind of targets in the path, type and body side by side.
struct NewerMessage: BodyInput {
    let targets: [String]
    /// Members of each target that the message is for; nil for all.
    let recipients: [String]?
    let fields: MessageFields

    static let value = Value<NewerMessage>.body(
        "NewMessage",
        [
            .init("to", .array(MessageFields.nameShape, maximum: MessageRules.maximumUsers)),
            .init(
                "users",
                .array(MessageFields.nameShape, maximum: MessageRules.maximumRecipients),
                isRequired: false
            ),
        ] + MessageFields.members(.beside) + [
            .init("msg_timestamp", .integer(), isRequired: false),
            .init("chatroom_msg_level", .oneOfTexts(["high", "normal", "low"]), isRequired: false),
        ],
        placeholder: NewerMessage(targets: ["user1"], recipients: nil, fields: .placeholder)
    ) { view throws(FieldProblem) in
        NewerMessage(
            targets: try MessageFields.names(view["to"], "to", maximum: MessageRules.maximumUsers),
            recipients: try view.optional("users", .array(MessageFields.nameShape)).map {
                users throws(FieldProblem) in
                try MessageFields.names(users, "users", maximum: MessageRules.maximumRecipients)
            },
            fields: try MessageFields(view, .beside)
        )
    }
}

/// A message to everybody: no targets at all.
struct BroadcastMessage: Input {
    static let refusesUnknownQuery = true
    let fields: MessageFields

    init(_ reader: inout InputReader) throws(FieldProblem) { fields = try reader.body(Self.value) }

    private static let value = Value<MessageFields>.body(
        "Broadcast",
        [.init("target_type", .oneOfTexts(["users"]), isRequired: false)] + MessageFields.members(.inside)
            + [.init("chatroom_msg_level", .oneOfTexts(["high", "normal", "low"]), isRequired: false)],
        placeholder: .placeholder
    ) { view throws(FieldProblem) in
        if let kind = view.optional("target_type", .oneOfTexts(["users"])), !kind.isString("users") {
            throw FieldProblem(.illegal(value: String((kind.string ?? "").prefix(64))), at: "target_type")
        }
        return try MessageFields(view, .inside)
    }
}

/// An old message to be brought in.
struct ImportedMessage: BodyInput {
    let target: String
    let fields: MessageFields
    /// When it was sent elsewhere.
    let sent: Timestamp?

    static let value = Value<ImportedMessage>.body(
        "ImportedMessage",
        [.init("target", MessageFields.nameShape)] + MessageFields.members(.any) + [
            .init("msg_timestamp", .integer(), isRequired: false),
            .init("is_ack_read", Value<Bool>.flag.shape, isRequired: false),
            .init("need_download", Value<Bool>.flag.shape, isRequired: false),
        ],
        placeholder: ImportedMessage(target: "user1", fields: .placeholder, sent: nil)
    ) { view throws(FieldProblem) in
        let target = try MessageFields.name(view["target"], "target")
        guard let from = view["from"], !from.isNull else { throw FieldProblem(.missing, at: "from") }
        let moment = view.optional("msg_timestamp", .integer())
        let sent = try moment.map(MessageFields.timestamp)
        return ImportedMessage(target: target, fields: try MessageFields(view, .any), sent: sent)
    }
}
