// Published presence, and its subscriptions.

import Domain
import Routing

enum PublishedPresences {
    /// Users one call may name.
    static let maximumNames = 100

    /// These routes answer with one key and nothing around it.
    struct Answer<Content: ReplyValue>: Reply, ReplyObject {
        let result: Content

        static var fields: [ReplyField<Answer>] { [.field("result") { $0.result }] }
    }

    struct Note: Input {
        let text: String

        init(_ reader: inout InputReader) throws(FieldProblem) {
            text = try reader.optionalBody(Self.value) ?? ""
        }

        private static let value = Value<String>.object(named: "PresenceNote") {
            object throws(FieldProblem) in
            try object.optional("ext", .text(0...PresenceRules.maximumNoteBytes)) ?? ""
        }
    }

    static func publish(_ call: Call, _ note: Note, _ store: any Writer) throws(Failure) -> Answer<String> {
        let presence = DevicePresence(
            resource: call["resource"],
            status: call["status"],
            note: note.text,
            published: call.now
        )
        try PresenceRules.publish(presence, of: call["username"], in: store)
        return Answer(result: "ok")
    }

    struct Names: Input {
        let usernames: [String]

        init(_ reader: inout InputReader) throws(FieldProblem) { usernames = try reader.body(Self.value) }

        private static let value = Value<[String]>.object(named: "PresenceNames") {
            object throws(FieldProblem) in
            try object.required("usernames", .list(of: .text(1...64), maximum: maximumNames))
        }
    }

    /// The presence of one user.
    ///
    /// Moments are seconds since 1970, as texts.
    struct Entry: ReplyObject {
        let summary: PresenceRules.Summary
        let expires: Timestamp?

        static let schemaName: String? = "Presence"
        static let fields: [ReplyField<Entry>] = [
            .field("uid") { $0.summary.name },
            .field("last_time") { String($0.summary.newest?.published.seconds ?? 0) },
            .optional("expiry") { $0.expires.map { String($0.seconds) } },
            .field("ext") { $0.summary.newest?.note ?? "" },
            .field("status") { ReplyMap($0.summary.devices.map { ($0.resource, $0.status) }) },
        ]
    }

    static func subscribe(_ call: Call, _ input: Names, _ store: any Writer) throws(Failure) -> Answer<
        [Entry]
    > {
        let (followed, expires) = try PresenceRules.subscribe(
            to: input.usernames,
            seconds: Int(call["expiry"]),
            of: call["username"],
            at: call.now,
            in: store
        )
        return Answer(result: followed.map { Entry(summary: $0, expires: expires) })
    }

    static func query(_ call: Call, _ input: Names, _ store: any Reader) throws(Failure) -> Answer<[Entry]> {
        _ = try UserRules.find(call["username"], in: store)
        let summaries = try PresenceRules.summaries(of: input.usernames, in: store)
        return Answer(result: summaries.map { Entry(summary: $0, expires: nil) })
    }

    /// The one body of this API that is an array of names.
    struct NameList: Input {
        let names: [String]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            names = try reader.body(.list(of: .text(1...64), maximum: maximumNames))
        }
    }

    static func unsubscribe(_ call: Call, _ input: NameList, _ store: any Writer) throws(Failure) -> Answer<
        String
    > {
        try PresenceRules.unsubscribe(from: input.names, of: call["username"], in: store)
        return Answer(result: "ok")
    }

    /// How many members of a group or room are connected; the original's second type of question has the same answer.
    static func onlineCount(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Answer<Int> {
        guard let type = Int(call["type"]), (0...1).contains(type) else {
            throw .invalid(field: "type", .outOfRange(minimum: 0, maximum: 1))
        }
        let id = call["group_id"]
        let room = try GroupRules.known(id, .room, in: store)
        let group = if let room { room } else { try GroupRules.find(id, .group, in: store) }
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        var (online, place) = (0, nil as Int64?)
        while true {
            let members = try roster.members(after: place, limit: 500)
            for member in members where call.services.presence.isOnline(member.user) { online += 1 }
            guard members.count == 500, let last = members.last else { return Answer(result: online) }
            place = last.place
        }
    }

    struct NumberedPage: Input {
        static let bodyKind = BodyKind.none
        let number, size: Int

        init(_ reader: inout InputReader) throws(FieldProblem) {
            number = try reader.query("pageNum", .integer(1...1_000_000)) ?? 1
            size = try reader.query("pageSize", .integer(1...500)) ?? 1
        }
    }

    /// One user who is followed.
    struct Followed: ReplyObject {
        let subscription: PresenceSubscription

        static let fields: [ReplyField<Followed>] = [
            .field("uid") { $0.subscription.name },
            .field("expiry") { String($0.subscription.expires.seconds) },
        ]
    }

    struct FollowedPage: ReplyObject {
        let count: Int
        let users: [Followed]

        static let fields: [ReplyField<FollowedPage>] = [
            .field("totalnum") { String($0.count) },
            .field("sublist") { $0.users },
        ]
    }

    static func list(
        _ call: Call,
        _ page: NumberedPage,
        _ store: any Reader
    ) throws(Failure) -> Answer<FollowedPage> {
        let user = try UserRules.find(call["username"], in: store)
        let rows = try store.presenceSubscriptions(
            of: user.id,
            at: call.now,
            offset: (page.number - 1) * page.size,
            limit: page.size
        )
        let count = try store.presenceSubscriptionCount(of: user.id, at: call.now)
        return Answer(result: FollowedPage(count: count, users: rows.map(Followed.init)))
    }
}
