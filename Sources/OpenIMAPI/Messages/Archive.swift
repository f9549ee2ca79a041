// Looking through all messages, taking them back, and removing them from one user's view.

import Domain
import JSON
import Routing

enum Archive {
    // MARK: Search

    struct Search: Fields {
        let sender: Username?
        let receiver: String?
        let contentType: Int?
        let sessionType: Int?
        let text: String?
        let day: String?
        let pagination: Pagination?

        static let schemaName = "MessageSearch"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            sender = try fields.optional(.sender, .username)
            receiver = try fields.optional(.receiver, .text(0...64))
            contentType = try fields.optional(
                Spelling("msgType", "msgType", "contentType"),
                .integer(0...2000)
            )
            sessionType = try fields.optional(.sessionType, .integer(0...4))
            text = try fields.optional(.content, .text(0...HistorySearch.maximumCharacters))
            day = try fields.optional(Spelling("sendTime"), .text(0...10))
            pagination = try fields.optional(Spelling("pagination"), Pagination.inside)
        }

        /// The day as a stretch of time; nil where none was asked for.
        var start: Timestamp? {
            get throws(Failure) {
                guard let day, !day.isEmpty else { return nil }
                guard day.utf8.count == 10, let hour = HistoryHour(day.filter { $0 != "-" } + "00") else {
                    throw .invalid(field: "sendTime", .illegal(value: day))
                }
                return hour.start
            }
        }
    }

    /// One message found.
    struct Found: SpelledObject {
        let record: MessageRecord

        static let schemaName: String? = "FoundMessage"
        static let fields: [SpelledField<Found>] = [
            .field(Spelling("chatLog")) { $0.record },
            .field(Spelling("isRevoked")) { $0.record.message.isRecalled },
        ]
    }

    struct Results: SpelledObject, AnswerContent {
        let found: [Found]
        let total: Int

        static let fields: [SpelledField<Results>] = [
            .field(Spelling("chatLogs")) { $0.found },
            .field(Spelling("chatLogsNum")) { $0.total },
        ]
    }

    /// Pages of history that one search reads: at most a hundred thousand messages.
    private static let maximumPages = 10

    /// Newest first.
    ///
    /// Hits count among the examined messages, whose number is bounded.
    static func search(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure) -> Answer<Results>
    {
        let start = try input.start
        let query = HistoryQuery(
            scope: .application,
            sender: input.sender?.text,
            receiver: try receiver(input.receiver, store),
            search: input.text.flatMap(HistorySearch.init),
            after: start,
            before: start?.adding(seconds: 86_400)
        )
        var messages: [Message] = []
        var cursor: String?
        var pages = 0
        repeat {
            let page = try HistoryRules.page(
                1000,
                of: query,
                after: cursor,
                application: call.application.id,
                in: store
            )
            messages += page.elements.filter { input.admits($0) }
            cursor = page.next?.text
            pages += 1
        } while cursor != nil && pages < maximumPages
        let pagination = input.pagination
        let wanted = messages.dropFirst(pagination?.offset ?? 0).prefix(pagination?.limit ?? 100)
        var faces = MessageFaces(store)
        let records = try faces.records(Array(wanted))
        return Answer(call, Results(found: records.map(Found.init), total: messages.count))
    }

    /// Groups are named by their alias, too.
    private static func receiver(_ name: String?, _ store: any Reader) throws(Failure) -> String? {
        guard let name, !name.isEmpty else { return nil }
        do throws(Failure) {
            return try GroupRules.find(name, .group, in: store).id.text
        } catch .notFound {
            return name
        }
    }

    // MARK: Taking back

    struct Revoking: Fields {
        let user: Username?
        let conversation: String?
        let sequence: Int?
        let id: String?

        static let schemaName = "MessageRevocation"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling("uid", "userID"), .username)
            conversation = try fields.optional(.conversation, .text(1...160))
            sequence = try fields.optional(Spelling("seq"), .integer(1...Int(Int64.max >> 1)))
            id = try fields.optional(.clientMessage, .text(1...64))
            let isNamed = id != nil || sequence != nil
            guard isNamed || fields.isTrial else { throw FieldProblem(.missing, at: "seq") }
        }
    }

    /// By the message's id, or by its number: of a conversation where one is named, else a user's own.
    static func revoke(_ call: Call, _ input: Revoking, _ store: any Writer) throws(Failure) -> Answer<NoData>
    {
        var id = input.id ?? ""
        var sender = input.user?.text ?? ""
        if case .user(let user) = call.caller { sender = user.username.text }
        if input.id == nil, let sequence = input.sequence {
            id = String(sequence)
            if let conversation = input.conversation {
                let user = try UserRules.find(try call.subject(input.user, Spelling("userID")), in: store)
                guard let followed = try ConversationViews(user, call, store).one(conversation),
                    let message = try SequenceRules.messages(
                        in: followed,
                        Int64(sequence)...Int64(sequence),
                        limit: 1,
                        isDescending: false,
                        for: user,
                        in: store
                    ).first
                else { throw .notFound(.message, id: id) }
                id = message.id.text
            }
        }
        _ = try Revocation.revoke(id, by: sender, call, store)
        return Answer(call)
    }

    // MARK: One user's view

    struct Clearing: Fields {
        let user: Username?
        let conversations: [String]?

        static let schemaName = "MessageClearing"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling("uid", "userID"), .username)
            conversations = try fields.optional(.conversations, .list(of: .text(1...160), maximum: 1000))
        }
    }

    /// Everything, for the user only.
    static func clearAll(_ call: Call, _ input: Clearing, _ store: any Writer) throws(Failure) -> Answer<
        NoData
    > {
        let user = try UserRules.find(try call.subject(input.user, .user), in: store)
        try ConversationRules.clearAll(for: user, in: store)
        return Answer(call)
    }

    /// Some conversations, for the user only.
    static func clear(_ call: Call, _ input: Clearing, _ store: any Writer) throws(Failure) -> Answer<NoData>
    {
        let user = try UserRules.find(try call.subject(input.user, .user), in: store)
        guard let names = input.conversations else {
            throw .invalid(field: Spelling.conversations.told(in: call.generation), .missing)
        }
        for name in names {
            let address = try ConversationName.address(of: name, for: user, store)
            try ConversationRules.clear(address, through: MessageID.last, for: user, in: store)
        }
        return Answer(call)
    }

    struct Removing: Fields {
        let user: Username?
        let conversation: String?
        let sequences: [Int]

        static let schemaName = "MessageRemoval"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling("uid", "userID"), .username)
            conversation = try fields.optional(Spelling(nil, nil, "conversationID"), .text(1...160))
            let numbers = Value.list(of: Value<Int>.integer(1...Int(Int64.max >> 1)), maximum: 200)
            sequences = try fields.required(.sequences, numbers)
        }
    }

    /// Single messages, for the user only; those it can't see count as removed.
    static func remove(_ call: Call, _ input: Removing, _ store: any Writer) throws(Failure) -> Answer<NoData>
    {
        let user = try UserRules.find(try call.subject(input.user, .user), in: store)
        var ids = input.sequences.map { MessageID(rawValue: Int64($0)) }
        if let conversation = input.conversation {
            ids = []
            let followed = try ConversationViews(user, call, store).one(conversation)
            for sequence in input.sequences {
                guard let followed else { break }
                ids += try SequenceRules.messages(
                    in: followed,
                    Int64(sequence)...Int64(sequence),
                    limit: 1,
                    isDescending: false,
                    for: user,
                    in: store
                ).map(\.id)
            }
        }
        try ConversationRules.remove(ids, for: user, in: store)
        return Answer(call)
    }

    struct GroupRemoving: Fields {
        let user: Username?
        let group: String
        let isAll: Bool
        let ids: [Int]

        static let schemaName = "GroupMessageRemoval"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.user, .username)
            group = try fields.required(.group, .groupID)
            isAll = try fields.optional(Spelling("isAllDelete"), .flag) ?? false
            let numbers = Value.list(of: Value<Int>.integer(1...Int(Int64.max >> 1)), maximum: 200)
            let ids = try fields.optional(.sequences, numbers)
            self.ids = isAll ? [] : try fields.need(ids, .sequences, or: [])
        }
    }

    /// Messages of one group, for the user only: some, by their ids, or all.
    ///
    /// Those of other conversations are left as they are, as are ids of none.
    static func removeOfGroup(
        _ call: Call,
        _ input: GroupRemoving,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let user = try UserRules.find(try call.subject(input.user, .user), in: store)
        let group = try GroupRules.find(input.group, .group, in: store)
        let address = ConversationAddress.of(group.id, .group)
        if input.isAll {
            try ConversationRules.clear(address, through: MessageID.last, for: user, in: store)
        } else {
            var ids: [MessageID] = []
            for id in input.ids.map({ MessageID(rawValue: Int64($0)) })
            where try store.message(id)?.address == address {
                ids.append(id)
            }
            try ConversationRules.remove(ids, for: user, in: store)
        }
        return Answer(call)
    }
}

extension Archive.Search {
    /// Whether a message is of the types asked for; 0 is any.
    fileprivate func admits(_ message: Message) -> Bool {
        if let contentType, contentType != 0, TypedContent(of: message).type != contentType { return false }
        switch sessionType ?? 0 {
        case 1: return message.address.kind == .single
        case 2, 3: return message.address.kind == .group
        case 4: return message.address.kind == .broadcast
        default: return true
        }
    }
}
