// The fate of a message, and the messages of one group.

import Domain
import JSON
import Routing

enum MessageReports {
    /// One receiver.
    struct Receiver: ReplyObject {
        let line: ReceiptRules.Line
        static let schemaName: String? = "MessageReceiver"
        static let fields: [ReplyField<Receiver>] = [
            .field("username") { $0.line.receipt.name },
            .field("delivered") { $0.line.receipt.isDelivered },
            .optional("delivered_at") { $0.line.receipt.deliveredAt },
            .field("read") { $0.line.receipt.isRead },
            .optional("read_at") { $0.line.receipt.readAt },
            .field("refused") { $0.line.isRefused },
        ]
    }

    /// All receivers in numbers, and one page of them.
    struct Report: ReplyObject {
        let report: ReceiptRules.Report
        static let schemaName: String? = "MessageDelivery"
        static let fields: [ReplyField<Report>] = [
            .field("msg_id") { $0.report.message.id.text },
            .field("recalled") { $0.report.message.isRecalled },
            .field("receiver_count") { $0.report.counts.receivers },
            .field("delivered_count") { $0.report.counts.delivered },
            .field("read_count") { $0.report.counts.read },
            .field("receivers") { $0.report.page.elements.map(Receiver.init) },
        ]
    }

    static func delivery(
        _ call: Call,
        _ input: PageInput<Delivery.ChannelRows>,
        _ store: any Reader
    ) throws(Failure) -> Envelope<FetchedData, NoElement, Report> {
        let report = try ReceiptRules.report(
            on: call["msg_id"],
            input.rows ?? Delivery.ChannelRows.maximum,
            after: { message throws(Failure) in
                try input.position(in: .receivers, of: message.rawValue)
            },
            in: store
        )
        var reply = Envelope<FetchedData, NoElement, Report>(call, "get", data: Report(report: report))
        reply.cursor = report.page.next
        reply.count = report.page.elements.count
        return reply
    }

    /// Which of a group's messages: by time, in which order, and which page.
    struct Filter: Input {
        static let bodyKind = BodyKind.none
        let after, before: Int?
        let isDescending: Bool
        let page: PageInput<Delivery.Rows>

        init(_ reader: inout InputReader) throws(FieldProblem) {
            after = try reader.query("after", .integer(0...Int(Int64.max >> 16)))
            before = try reader.query("before", .integer(0...Int(Int64.max >> 16)))
            isDescending = try reader.query("order", .oneOf(["desc", "asc"]).standard("desc")) != "asc"
            page = try PageInput(&reader)
        }
    }

    /// The messages of a group or room.
    static func messages<Face: GroupFace>(of face: Face.Type)
        -> @Sendable (Call, Filter, any Reader)
        throws(Failure) -> Delivery.Page
    {
        { call, input, store throws(Failure) in
            let group = try Face.find(call, in: store)
            let query = HistoryQuery(
                scope: .conversation(.of(group.id, group.kind)),
                after: input.after.map { Timestamp(milliseconds: Int64($0)) },
                before: input.before.map { Timestamp(milliseconds: Int64($0)) },
                isDescending: input.isDescending
            )
            let page = try HistoryRules.page(
                input.page.rows ?? Delivery.Rows.maximum,
                of: query,
                after: input.page.cursor,
                application: call.application.id,
                in: store
            )
            var reply = Delivery.Page(
                call,
                "get",
                data: try HistoryRecord.list(page.elements, "outgoing", in: store)
            )
            reply.cursor = page.next
            reply.count = page.elements.count
            return reply
        }
    }
}
