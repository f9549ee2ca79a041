// Threads below the messages of groups: made, named, listed, entered, left.

import Domain
import JSON
import Routing

enum ChatThreads {
    /// Rows of a page when the request doesn't say, and at most.
    static let maximumLimit = 50
    private static let rows = Value.integer(1...maximumLimit).standard(.integer(Int64(maximumLimit)))

    typealias Rows = Envelope<ThreadEntities, Row, NoElement>
    typealias Data<Content: ReplyValue> = Envelope<ThreadData, NoElement, Content>

    // MARK: Lists

    struct PageOfThreads: Input {
        static let bodyKind = BodyKind.none
        let limit: Int
        let cursor: String?
        let isDescending: Bool

        init(_ reader: inout InputReader) throws(FieldProblem) {
            limit = try reader.query("limit", rows) ?? maximumLimit
            cursor = try reader.query("cursor", .cursor)
            let order = Value.oneOf(["desc", "asc"]).meaning("The order of making: newest or oldest first.")
            isDescending = try reader.query("sort", order.standard("desc")) != "asc"
        }

        func position(in collection: PagedCollection, of owner: Int64) throws(Failure) -> Cursor? {
            try PageInput<Users.Rows>(limit: limit, cursor: cursor).position(in: collection, of: owner)
        }
    }

    struct Row: ReplyObject {
        let thread: ChatThread

        static let schemaName: String? = "Thread"
        static let fields: [ReplyField<Row>] = [
            .field("name") { $0.thread.name },
            .field("owner") { $0.thread.ownerName },
            .field("id") { $0.thread.id.text },
            .field("msgId") { $0.thread.message.text },
            .field("groupId") { $0.thread.group.text },
            .field("created") { $0.thread.created },
        ]
    }

    static func list(_ call: Call, _ input: PageOfThreads, _ store: any Reader) throws(Failure) -> Rows {
        try page(.all, call, input, store)
    }

    static func listJoined(_ call: Call, _ input: PageOfThreads, _ store: any Reader) throws(Failure) -> Rows
    {
        try page(.joined(UserRules.find(call["username"], in: store).id, nil), call, input, store)
    }

    static func listJoinedInGroup(
        _ call: Call,
        _ input: PageOfThreads,
        _ store: any Reader
    ) throws(Failure) -> Rows {
        let group = try GroupsFace.find(call, in: store)
        let user = try UserRules.find(call["username"], in: store)
        return try page(.joined(user.id, group.id), call, input, store)
    }

    private static func page(
        _ list: ThreadList,
        _ call: Call,
        _ input: PageOfThreads,
        _ store: any Reader
    ) throws(Failure) -> Rows {
        let (collection, owner) = list.place(of: call.application)
        let page = try ThreadRules.page(
            list,
            input.limit,
            after: input.position(in: collection, of: owner),
            isDescending: input.isDescending,
            of: call.application,
            in: store
        )
        var reply = Rows(call, "get", entities: page.elements.map(Row.init))
        reply.cursor = page.next
        return reply
    }

    // MARK: Changes

    /// A group, one of its messages, and the member who makes a thread below it.
    struct Draft: BodyInput {
        let group, name, message, owner: String

        static let value = Value<Draft>.object(named: "NewThread") { object throws(FieldProblem) in
            Draft(
                group: try object.required("group_id", .anyID),
                name: try object.required("name", .text(1...ThreadRules.maximumNameCharacters)),
                message: try object.required("msg_id", .anyID),
                owner: try object.required("owner", .text(1...64))
            )
        }
    }

    struct Made: ReplyObject {
        let id: ThreadID

        static let fields: [ReplyField<Made>] = [.field("thread_id") { $0.id.text }]
    }

    static func create(_ call: Call, _ input: Draft, _ store: any Writer) throws(Failure) -> Data<Made> {
        let thread = try ThreadRules.create(
            input.name,
            below: input.message,
            in: input.group,
            of: input.owner,
            by: call.caller,
            at: call.now,
            in: store
        )
        return Data(call, "post", data: Made(id: thread.id))
    }

    struct NewName: BodyInput {
        let name: String

        static let value = Value<NewName>.object(named: "ThreadName") { object throws(FieldProblem) in
            NewName(name: try object.required("name", .text(1...ThreadRules.maximumNameCharacters)))
        }
    }

    struct Renamed: ReplyObject {
        let name: String

        static let fields: [ReplyField<Renamed>] = [.field("name") { $0.name }]
    }

    static func rename(_ call: Call, _ input: NewName, _ store: any Writer) throws(Failure) -> Data<Renamed> {
        let thread = try ThreadRules.find(call["thread_id"], in: store)
        try ThreadRules.rename(thread, to: input.name, by: call.caller, in: store)
        return Data(call, "put", data: Renamed(name: input.name))
    }

    /// `{"status": "ok"}`.
    struct Done: ReplyObject {
        static let schemaName: String? = "ThreadStatus"
        static let fields: [ReplyField<Done>] = [.field("status") { _ in "ok" }]
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Data<Done> {
        let thread = try ThreadRules.find(call["thread_id"], in: store)
        try ThreadRules.delete(thread, by: call.caller, in: store)
        return Data(call, "delete", data: Done())
    }

    // MARK: Members

    struct Names: BodyInput {
        let usernames: [String]

        static let value = Value<Names>.object(named: "ThreadNames") { object throws(FieldProblem) in
            let names = Value<[String]>.list(of: .text(1...64), maximum: ThreadRules.maximumNames)
            let usernames = try object.required("usernames", names)
            guard !usernames.isEmpty else { throw FieldProblem(.empty, at: "usernames") }
            return Names(usernames: usernames)
        }
    }

    struct Members: ReplyObject {
        let names: [String]

        static let schemaName: String? = "ThreadMembers"
        static let fields: [ReplyField<Members>] = [.field("affiliations") { $0.names }]
    }

    /// `?limit&cursor` of a list of members.
    struct MemberPage: Input {
        static let bodyKind = BodyKind.none
        let limit: Int
        let cursor: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            limit = try reader.query("limit", rows) ?? maximumLimit
            cursor = try reader.query("cursor", .cursor)
        }
    }

    static func members(
        _ call: Call,
        _ input: MemberPage,
        _ store: any Reader
    ) throws(Failure) -> Envelope<ThreadMembersData, NoElement, Members> {
        let thread = try ThreadRules.find(call["thread_id"], in: store)
        let page = try ThreadRules.members(
            of: thread,
            input.limit,
            after: PageInput<Users.Rows>(limit: input.limit, cursor: input.cursor)
                .position(in: .threadMembers, of: thread.id.rawValue),
            in: store
        )
        var reply = Envelope<ThreadMembersData, NoElement, Members>(
            call,
            "get",
            data: Members(names: page.elements.map(\.name))
        )
        reply.cursor = page.next
        return reply
    }

    static func add(_ call: Call, _ input: Names, _ store: any Writer) throws(Failure) -> Data<Done> {
        let thread = try ThreadRules.find(call["thread_id"], in: store)
        try ThreadRules.add(input.usernames, to: thread, by: call.caller, at: call.now, in: store)
        return Data(call, "post", data: Done())
    }

    struct Outcome: ReplyObject {
        let user: String
        let isDone: Bool

        static let schemaName: String? = "ThreadRemoval"
        static let fields: [ReplyField<Outcome>] = [
            .field("result") { $0.isDone },
            .field("user") { $0.user },
        ]
    }

    static func remove(
        _ call: Call,
        _ input: Names,
        _ store: any Writer
    ) throws(Failure) -> Envelope<ThreadOutcomes, Outcome, NoElement> {
        let thread = try ThreadRules.find(call["thread_id"], in: store)
        let outcomes = try ThreadRules.remove(input.usernames, from: thread, by: call.caller, in: store)
        return Envelope(
            call,
            "delete",
            entities: outcomes.map { Outcome(user: $0.name, isDone: $0.isDone) }
        )
    }
}
