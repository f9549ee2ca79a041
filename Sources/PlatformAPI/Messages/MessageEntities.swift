// History as the oldest clients read it: messages as entities, asked for in a query language.

import Domain
import JSON
import Routing

enum MessageEntities {
    /// `?ql&limit&cursor`.
    struct Search: Input {
        static let bodyKind = BodyKind.none
        let query: MessageLanguage
        let page: PageInput<Delivery.Rows>

        init(_ reader: inout InputReader) throws(FieldProblem) {
            query = try reader.query("ql", Self.language) ?? MessageLanguage()
            page = try PageInput(&reader)
        }

        private static let language = Value<MessageLanguage>.textual(
            .string(length: 1...1024),
            placeholder: MessageLanguage()
        ) { text throws(FieldProblem) in
            guard text.unicodeScalars.count <= 1024 else {
                throw FieldProblem(.tooLong(maximum: 1024, unit: "characters"))
            }
            return try MessageLanguage(text)
        }
    }

    /// A message as an entity: its number, its times, and what its record has.
    struct Entity: ReplyObject {
        let record: HistoryRecord

        private var sent: Int64 { record.message.sent.milliseconds }

        static let schemaName: String? = "MessageEntity"
        static let fields: [ReplyField<Entity>] = [
            .field("uuid") { $0.record.message.id.uuid },
            .field("type") { _ in "chatmessage" },
            .field("created") { $0.sent },
            .field("modified") { $0.sent },
            .field("timestamp") { $0.sent },
            .field("from") { $0.record.message.sender },
            .field("to") { $0.record.receiver },
            .field("msg_id") { $0.record.message.id.text },
            .field("chat_type") { HistoryRecord.chatType(of: $0.record.message).description },
            .field("payload") { HistoryRecord.Payload(record: $0.record) },
        ]
    }

    static func search(
        _ call: Call,
        _ input: Search,
        _ store: any Reader
    ) throws(Failure) -> Envelope<MessageList, Entity, NoElement> {
        let asked = input.query
        var query = HistoryQuery(
            scope: try History.scope(from: asked.from, to: asked.to, store),
            sender: asked.from,
            receiver: try asked.to.map { to throws(Failure) in try History.receiver(to, store) },
            after: asked.after.map(Timestamp.init(milliseconds:)),
            before: asked.before.map(Timestamp.init(milliseconds:)),
            isDescending: asked.isDescending
        )
        query.kind = asked.kind
        let page = try HistoryRules.page(
            input.page.rows ?? Delivery.Rows.maximum,
            of: query,
            after: input.page.cursor,
            application: call.application.id,
            in: store
        )
        let records = try HistoryRecord.list(page.elements, "outgoing", in: store)
        var reply = Envelope<MessageList, Entity, NoElement>(
            call,
            "get",
            path: "/chatmessages",
            entities: records.map(Entity.init)
        )
        reply.params = input.page.params
        reply.cursor = page.next
        reply.count = records.count
        return reply
    }
}

extension MessageID {
    /// A UUID of the message's own, made of its number alone (version 8, RFC 9562 section 5.8).
    fileprivate var uuid: UUID {
        let number = UInt64(bitPattern: rawValue)
        return UUID(
            high: number & ~0xFFFF | 0x8000 | number >> 4 & 0x0FFF,
            low: 0x8000_0000_0000_0000 | number & 0xFFFF
        )
    }
}
