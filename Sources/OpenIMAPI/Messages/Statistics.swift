// Counts by day: users and groups that came, messages that were sent.

import Domain
import JSON
import Routing

enum Statistics {
    /// The longest span, in days.
    private static let maximumDays: Int64 = 3660

    struct Span: Fields {
        let start: Timestamp
        let end: Timestamp

        static let schemaName = "Span"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            let moment = Value<Int>.integer(0...253_402_300_800_000)
            start = Timestamp(milliseconds: Int64(try fields.required(Spelling("start"), moment)))
            end = Timestamp(milliseconds: Int64(try fields.required(Spelling("end"), moment)))
            guard !fields.isTrial else { return }
            guard start <= end else { throw FieldProblem(.illegal(value: "before start"), at: "end") }
            let days = (end.milliseconds - start.milliseconds) / 86_400_000
            guard days <= Statistics.maximumDays else {
                throw FieldProblem(.tooLong(maximum: Int(Statistics.maximumDays), unit: "days"), at: "end")
            }
        }
    }

    /// Numbers by day, in UTC.
    struct Days: SpelledValue {
        let days: [DayCount]

        static func shape(in generation: Generation) -> Shape { .map(.integer()) }

        func write(to json: inout JSONWriter, in generation: Generation) {
            json.beginObject()
            for day in days {
                json.key(CalendarDay.text(day.day))
                json.integer(day.count)
            }
            json.endObject()
        }
    }

    // MARK: What came

    struct Grown: SpelledObject, AnswerContent {
        let growth: Growth

        static let fields: [SpelledField<Grown>] = [
            .field(Spelling("total")) { $0.growth.total },
            .field(Spelling("before")) { $0.growth.before },
            .field(Spelling("count")) { Days(days: $0.growth.days) },
        ]
    }

    static func registrations(_ call: Call, _ input: Span, _ store: any Reader) throws(Failure) -> Answer<
        Grown
    > {
        Answer(call, Grown(growth: try store.registrations(from: input.start, before: input.end)))
    }

    static func groupCreations(_ call: Call, _ input: Span, _ store: any Reader) throws(Failure) -> Answer<
        Grown
    > {
        Answer(call, Grown(growth: try store.groupCreations(from: input.start, before: input.end)))
    }

    // MARK: What was said

    struct Asking: Fields {
        let span: Span
        let isAscending: Bool
        let withGroups: Bool
        let page: PageRequest

        static let schemaName = "TrafficQuery"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            span = try Span(&fields)
            isAscending = try fields.optional(Spelling("ase"), .flag) ?? false
            withGroups = try fields.optional(Spelling("group"), .flag) ?? false
            page = try PageRequest(&fields)
        }

        func traffic(_ subject: TrafficSubject, _ store: any Reader) throws(Failure) -> Traffic {
            try store.traffic(
                of: subject,
                from: span.start,
                before: span.end,
                isAscending: isAscending,
                skipping: page.offset,
                limit: page.size
            )
        }
    }

    struct ActiveUser: SpelledObject {
        let user: Profile?
        let share: TrafficShare

        static let schemaName: String? = "ActiveUser"
        static let fields: [SpelledField<ActiveUser>] = [
            .optional(Spelling("user")) { $0.user },
            .field(Spelling("userID")) { $0.share.name },
            .field(Spelling("count")) { $0.share.count },
        ]
    }

    struct ActiveUsers: SpelledObject, AnswerContent {
        let traffic: Traffic
        let users: [ActiveUser]

        static let fields: [SpelledField<ActiveUsers>] = [
            .field(Spelling("msgCount")) { $0.traffic.messages },
            .field(Spelling("userCount")) { $0.traffic.subjects },
            .field(Spelling("dateCount")) { Days(days: $0.traffic.days) },
            .field(Spelling("users")) { $0.users },
        ]
    }

    /// Those who sent most first, or last; a sender who is no user, or no more, has no profile.
    static func activeUsers(_ call: Call, _ input: Asking, _ store: any Reader) throws(Failure)
        -> Answer<ActiveUsers>
    {
        let traffic = try input.traffic(.senders(withGroups: input.withGroups), store)
        var users: [ActiveUser] = []
        for share in traffic.shares {
            let user = try Username(share.name).flatMap { name throws(Failure) in try store.user(named: name)
            }
            users.append(ActiveUser(user: user.map { Profile($0, of: call.application) }, share: share))
        }
        return Answer(call, ActiveUsers(traffic: traffic, users: users))
    }

    struct ActiveGroup: SpelledObject {
        let group: GroupInfo?
        let share: TrafficShare

        static let schemaName: String? = "ActiveGroup"
        static let fields: [SpelledField<ActiveGroup>] = [
            .optional(Spelling("group")) { $0.group },
            .field(Spelling("groupID")) { $0.group?.group.publicID ?? $0.share.name },
            .field(Spelling("count")) { $0.share.count },
        ]
    }

    struct ActiveGroups: SpelledObject, AnswerContent {
        let traffic: Traffic
        let groups: [ActiveGroup]

        static let fields: [SpelledField<ActiveGroups>] = [
            .field(Spelling("msgCount")) { $0.traffic.messages },
            .field(Spelling("groupCount")) { $0.traffic.subjects },
            .field(Spelling("dateCount")) { Days(days: $0.traffic.days) },
            .field(Spelling("groups")) { $0.groups },
        ]
    }

    /// Those with most messages first, or last; one that was dissolved has no settings.
    static func activeGroups(_ call: Call, _ input: Asking, _ store: any Reader) throws(Failure)
        -> Answer<ActiveGroups>
    {
        let traffic = try input.traffic(.groups, store)
        var groups: [ActiveGroup] = []
        for share in traffic.shares {
            let group = try GroupID(share.name).flatMap { id throws(Failure) in try store.group(id) }
            groups.append(ActiveGroup(group: group.map { GroupInfo(group: $0, now: call.now) }, share: share))
        }
        return Answer(call, ActiveGroups(traffic: traffic, groups: groups))
    }
}
