// The audit as an application's owner reads it: what was done with an authority, newest first.

import Domain
import JSON
import Routing

enum Audit {
    typealias Page = Envelope<AuditPage, NoElement, [AuditFace]>

    private static let path = "/audit"

    /// Rows of a page.
    enum Rows: PageRows {
        static let standard: Int? = 20
        static let maximum = 100
    }

    /// A page of the audit.
    enum AuditPage: EnvelopeFamily {
        static let keys: [EnvelopeKey] = WrittenOutcome.keys + [.cursor]
    }

    /// One row.
    struct AuditFace: ReplyObject {
        let row: AuditRecord

        static let schemaName: String? = "AuditRecord"
        static let fields: [ReplyField<AuditFace>] = [
            .field("time") { $0.row.time },
            .field("caller") { $0.row.actor.label },
            .field("name") { $0.row.actor.name },
            .field("address") { $0.row.address },
            .field("request") { $0.row.requestID },
            .field("route") { $0.row.route },
            .field("target") { $0.row.target },
            .field("outcome") { $0.row.outcome.rawValue },
            .optional("reason") { $0.row.reason },
            .optional("count") { $0.row.count },
        ]
    }

    /// `?caller&route&target&after&before&limit&cursor`.
    struct Search: Input {
        static let bodyKind = BodyKind.none
        let filter: AuditFilter
        let page: PageInput<Rows>

        init(_ reader: inout InputReader) throws(FieldProblem) {
            var filter = AuditFilter()
            filter.caller = try reader.query("caller", .text(1...256))
            filter.route = try reader.query("route", .text(1...128))
            filter.target = try reader.query(
                "target",
                .text(1...512).remark("In the audit: one of those that it was done to.")
            )
            filter.after = try reader.query("after", ReplayInput.moment)
            filter.before = try reader.query("before", ReplayInput.moment)
            self.filter = filter
            page = try PageInput(&reader)
        }
    }

    static func list(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure) -> Page {
        let owner = call.application.id.rawValue
        let position = try input.page.position(in: .audit, of: owner)
        let limit = input.page.rows ?? Rows.maximum
        let rows = try store.audit(input.filter, before: position?.key, limit: limit + 1)
        let page = Domain.Page(rows: rows, limit: limit) {
            Cursor(collection: .audit, owner: owner, key: $0.id)
        }
        var reply = Page(call, "get", path: path, data: page.elements.map { AuditFace(row: $0) })
        reply.cursor = page.next
        return reply
    }
}
