// A message of an import: the form that history and exports of the original have.

import Domain
import JSON
import Routing

enum TransferMessageLine {
    /// Reads `{"from","to","chat_type","timestamp","payload":{"bodies":[…],"ext":{…}}}`.
    static func message(_ view: JSONView) throws(FieldProblem) -> TransferMessage {
        let from = try MessageFields.name(view["from"], "from")
        let to = try MessageFields.name(view["to"], "to")
        let type = view.optional("chat_type", .oneOfTexts(["chat"]))
        let known = ["chat", "groupchat", "chatroom"]
        let kind = type?.string ?? "chat"
        guard known.contains(kind) else {
            throw FieldProblem(.illegal(value: String(kind.prefix(64))), at: "chat_type")
        }
        let isRecalled = try MessageFields.flag(view["recalled"], "recalled") ?? false
        return TransferMessage(
            id: try id(view["msg_id"]),
            sender: from,
            receiver: to,
            kind: Self.kind(kind, to),
            sent: try view["timestamp"].map { moment throws(FieldProblem) in try timestamp(moment) },
            content: try content(view, isRecalled: isRecalled),
            isRecalled: isRecalled,
            edits: Int(clamping: max(0, view["edits"]?.int64 ?? 0)),
            recipients: try view.optional("users", .array(MessageFields.nameShape)).map {
                users throws(FieldProblem) in
                try MessageFields.names(users, "users", maximum: 10_000)
            }
        )
    }

    static func kind(_ type: String, _ receiver: String) -> ConversationKind {
        switch type {
        case "groupchat": .group
        case "chatroom": .room
        default: receiver == "*" ? .broadcast : .single
        }
    }

    private static func id(_ view: JSONView?) throws(FieldProblem) -> String? {
        guard let view, !view.isNull else { return nil }
        guard let text = view.string ?? view.int64.map(String.init), (1...64).contains(text.utf8.count),
            !text.utf8.contains(0)
        else { throw FieldProblem(.illegal(value: ""), at: "msg_id") }
        return text
    }

    private static func timestamp(_ view: JSONView) throws(FieldProblem) -> Timestamp {
        guard let milliseconds = view.int64 ?? view.string.flatMap({ Int64($0) }) else {
            throw FieldProblem(.wrongType(expected: "a whole number"), at: "timestamp")
        }
        return Timestamp(milliseconds: milliseconds)
    }

    private static func content(_ view: JSONView, isRecalled: Bool) throws(FieldProblem) -> MessageContent {
        guard let payload = view["payload"], payload.kind == .object else {
            throw FieldProblem(.missing, at: "payload")
        }
        let bodies = payload["bodies"]
        let ext: [UInt8]?
        do throws(FieldProblem) { ext = try MessageBodies.ext(payload["ext"]) } catch {
            throw error.inside("payload")
        }
        guard !isRecalled else { return MessageContent(kind: .text, text: nil, ext: ext) }
        guard let bodies, bodies.kind == .array, bodies.count == 1,
            let body = bodies.elements.first(where: { _ in true })
        else { throw FieldProblem(.refused("must have one body"), at: "payload.bodies") }
        do throws(FieldProblem) {
            var content = try MessageBodies.content(try MessageBodies.kind(body["type"]), body)
            content.ext = ext
            return try keepingForms(content, of: body)
        } catch {
            throw error.inside("payload.bodies[0]")
        }
    }

    /// Members of a body that other dialects have come along as they are.
    private static func keepingForms(_ content: MessageContent, of body: JSONView) throws(FieldProblem)
        -> MessageContent
    {
        guard body["openim"] != nil || body["ourchat"] != nil else { return content }
        var whole = content
        whole.body = body.value().bytes
        return whole
    }
}
