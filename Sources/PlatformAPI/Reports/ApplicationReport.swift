// The numbers of an application: its size, what was said lately, what waits and what was refused.

import Domain
import Routing

enum ApplicationReport {
    /// One day and its messages.
    struct Day: ReplyObject {
        let count: SpanCount
        static let fields: [ReplyField<Day>] = [
            .field("date") { CalendarDay.text($0.count.start.milliseconds / 86_400_000) },
            .field("count") { $0.count.count },
        ]
    }

    /// One minute and its messages.
    struct Minute: ReplyObject {
        let count: SpanCount
        static let fields: [ReplyField<Minute>] = [
            .field("start") { $0.count.start }, .field("count") { $0.count.count },
        ]
    }

    /// The backlog of the application's endpoints.
    struct Backlog: ReplyObject {
        let backlog: WebhookBacklog
        static let schemaName: String? = "WebhookBacklog"
        static let fields: [ReplyField<Backlog>] = [
            .field("pending") { $0.backlog.pending }, .optional("oldest") { $0.backlog.oldest },
        ]
    }

    /// All numbers.
    struct Numbers: ReplyObject {
        let counts: ApplicationCounts
        let online: Int
        let quota: Int
        let days, minutes: [SpanCount]
        let backlog: WebhookBacklog
        let refusals: [(reason: String, count: Int)]

        static let schemaName: String? = "ApplicationStats"
        static let fields: [ReplyField<Numbers>] = [
            .field("users") { $0.counts.users },
            .field("online") { $0.online },
            .field("groups") { $0.counts.groups },
            .field("rooms") { $0.counts.rooms },
            .field("messages_per_day") { $0.days.map(Day.init) },
            .field("messages_per_minute") { $0.minutes.map(Minute.init) },
            .field("file_bytes") { $0.counts.fileBytes },
            .field("file_bytes_quota") { $0.quota },
            .field("webhook_backlog") { Backlog(backlog: $0.backlog) },
            .field("refusals") { ReplyMap($0.refusals.map { ($0.reason, $0.count) }) },
        ]
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Envelope<
        WrittenOutcome, NoElement, Numbers
    > {
        let application = call.application
        let numbers = Numbers(
            counts: try store.counts(),
            online: call.services.operations.onlineCount(of: application.id),
            quota: application.settings.maximumFileBytes,
            days: try ReportRules.traffic(by: .day, at: call.now, in: store),
            minutes: try ReportRules.traffic(by: .minute, at: call.now, in: store),
            backlog: try ReportRules.backlog(in: store),
            refusals: call.services.operations.refusals(of: application.id)
        )
        return Envelope(call, "get", path: "/stats", data: numbers)
    }
}
