// The members that the bodies of all sending routes have, read in one place.

import Domain
import JSON
import Routing

/// The parts that the bodies of all sending routes have.
struct MessageFields: Sendable {
    let from: String?
    let draft: MessageDraft

    /// Where a route's body has the message.
    enum Form {
        /// `msg`, with the type inside.
        case inside
        /// `type` and `body`, side by side.
        case beside
        /// Either.
        case any
    }

    init(_ body: JSONView, _ form: Form) throws(FieldProblem) {
        from = try Self.sender(body["from"])
        var content = try Self.content(body, form)
        content.ext = try MessageBodies.ext(
            body.optional("ext", MessageBodies.extShape) ?? body.optional("exts", MessageBodies.extShape)
        )
        // The backend has no devices: a message without a sender returns to no connection.
        let returnsToSender = try Self.flag(body["sync_device"], "sync_device") == true && from != nil
        draft = MessageDraft(
            content,
            retention: try Self.retention(body["routetype"]),
            returnsToSender: returnsToSender
        )
        try Self.checkOthers(body)
    }

    /// Members that change nothing here, and yet have to be what they should be.
    private static func checkOthers(_ body: JSONView) throws(FieldProblem) {
        _ = try flag(body["is_ack_read"], "is_ack_read")
        _ = try flag(body["need_download"], "need_download")
        if let moment = body.optional("msg_timestamp", .integer()) { _ = try timestamp(moment) }
        guard let level = body.optional("chatroom_msg_level", .oneOfTexts(["normal"])) else { return }
        guard let name = level.string, ["high", "normal", "low"].contains(name) else {
            throw FieldProblem(
                .illegal(value: String((level.string ?? "").prefix(64))),
                at: "chatroom_msg_level"
            )
        }
    }

    /// A moment in milliseconds, as a number or a text.
    static func timestamp(_ view: JSONView) throws(FieldProblem) -> Timestamp {
        guard let milliseconds = view.int64 ?? view.string.flatMap({ Int64($0) }) else {
            throw FieldProblem(.wrongType(expected: "a whole number"), at: "msg_timestamp")
        }
        return Timestamp(milliseconds: milliseconds)
    }

    /// A name or id: ids come as numbers too.
    static func name(_ view: JSONView?, _ field: String) throws(FieldProblem) -> String {
        guard let view, !view.isNull else { throw FieldProblem(.missing, at: field) }
        guard let text = view.string ?? view.int64.map(String.init), text.utf8.count <= 256,
            !text.utf8.contains(0)
        else { throw FieldProblem(.wrongType(expected: "a name"), at: field) }
        guard !text.isEmpty else { throw FieldProblem(.empty, at: field) }
        return text
    }

    /// The shape of a name or id.
    static let nameShape = Shape.string(length: 1...256).tolerating(
        [.integer()],
        "A number is taken, too."
    )

    static func sender(_ view: JSONView?) throws(FieldProblem) -> String? {
        guard let view, !view.isNull else { return nil }
        guard let name = view.string else { throw FieldProblem(.wrongType(expected: "a string"), at: "from") }
        guard !name.isEmpty else { throw FieldProblem(.empty, at: "from") }
        guard name.utf8.count <= Username.maximumBytes, !name.utf8.contains(0) else {
            throw FieldProblem(.illegal(value: String(name.prefix(64))), at: "from")
        }
        return name
    }

    private static func content(_ body: JSONView, _ form: Form) throws(FieldProblem) -> MessageContent {
        if form == .inside || (form == .any && body["body"] == nil) {
            guard let message = body["msg"], !message.isNull else { throw FieldProblem(.missing, at: "msg") }
            guard message.kind == .object else {
                throw FieldProblem(.wrongType(expected: "an object"), at: "msg")
            }
            return try MessageBodies.content(try MessageBodies.kind(message["type"]), message)
        }
        let kind = try MessageBodies.kind(body["type"])
        guard let message = body["body"], !message.isNull else { throw FieldProblem(.missing, at: "body") }
        return try MessageBodies.content(kind, message)
    }

    static func flag(_ view: JSONView?, _ name: String) throws(FieldProblem) -> Bool? {
        guard let view, !Value<Bool>.flag.shape.readsAsAbsent(view) else { return nil }
        do throws(FieldProblem) {
            return try Value<Bool>.flag.value(of: view)
        } catch {
            throw FieldProblem(error.reason, at: name)
        }
    }

    private static func retention(_ view: JSONView?) throws(FieldProblem) -> MessageRetention {
        guard let view, !Shape.oneOfTexts(["ROUTE_ALL"]).readsAsAbsent(view) else { return .queued }
        switch view.string {
        case "ROUTE_ONLINE": return .archived
        case "ROUTE_ALL": return .queued
        default: throw FieldProblem(.illegal(value: String((view.string ?? "").prefix(64))), at: "routetype")
        }
    }

    /// A list of names or ids, each of them once.
    static func names(_ view: JSONView?, _ field: String, maximum: Int) throws(FieldProblem) -> [String] {
        guard let view, !view.isNull else { throw FieldProblem(.missing, at: field) }
        guard view.kind == .array else { throw FieldProblem(.wrongType(expected: "an array"), at: field) }
        guard view.count > 0 else { throw FieldProblem(.empty, at: field) }
        guard view.count <= maximum else {
            throw FieldProblem(.tooLong(maximum: maximum, unit: "elements"), at: field)
        }
        var names: [String] = []
        var seen: Set<String> = []
        for element in view.elements {
            let name = try name(element, field)
            if view.count == 1 || seen.insert(name.lowercased()).inserted { names.append(name) }
        }
        return names
    }

    /// The members that the bodies of all sending routes have.
    static func members(_ form: Form) -> [Shape.Member] {
        let message: [Shape.Member] =
            form == .inside
            ? [.init("msg", MessageBodies.shapeWithType)]
            : [
                .init(
                    "type",
                    MessageBodies.typeShape,
                    isRequired: form == .beside
                ),
                .init("body", MessageBodies.shape, isRequired: form == .beside),
            ] + (form == .any ? [.init("msg", MessageBodies.shapeWithType, isRequired: false)] : [])
        return [.init("from", .string(length: 1...64), isRequired: false)] + message + [
            .init("ext", .map(.any), isRequired: false),
            .init("sync_device", Value<Bool>.flag.shape, isRequired: false),
            .init("routetype", .oneOfTexts(["ROUTE_ONLINE", "ROUTE_ALL"]), isRequired: false),
        ]
    }

    /// A message for placeholders.
    static let placeholder = MessageFields(
        from: nil,
        draft: MessageDraft(MessageContent(kind: .text, text: ""))
    )

    private init(from: String?, draft: MessageDraft) {
        self.from = from
        self.draft = draft
    }
}

extension Value {
    /// An object that is read as a whole, since what is told first depends on more than one of its members.
    static func body(
        _ name: String,
        _ members: [Shape.Member],
        placeholder: Result,
        _ read: @escaping @Sendable (JSONView) throws(FieldProblem) -> Result
    ) -> Value {
        Value(
            .object(name: name, members),
            placeholder: placeholder,
            read: { view throws(FieldProblem) in
                guard view.isObject else { throw FieldProblem(.wrongType(expected: "an object")) }
                return try read(view)
            },
            readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
        )
    }
}
