// What a user asks for of its messages: how far they go, stretches of them, single ones.

import Domain
import JSON
import Routing

enum Pulling {
    /// Messages of one answer, at most.
    static let maximumMessages = 200

    /// Numbers by conversation.
    struct Numbers: SpelledValue {
        let entries: [(name: String, number: Int64)]

        static func shape(in generation: Generation) -> Shape { .map(.integer()) }

        func write(to json: inout JSONWriter, in generation: Generation) {
            json.beginObject()
            for entry in entries {
                json.key(entry.name)
                json.integer(entry.number)
            }
            json.endObject()
        }
    }

    // MARK: How far

    struct Viewer: Fields {
        let user: Username?

        static let schemaName = "MessageViewer"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.viewer, .username)
        }
    }

    /// The largest and smallest number: one over all conversations, or in the third generation one for each.
    struct Newest: SpelledObject, AnswerContent {
        let last: Int64
        let first: Int64
        let lastOnes: Numbers
        let firstOnes: Numbers

        static let fields: [SpelledField<Newest>] = [
            .field(Spelling("maxSeq", "maxSeq", nil)) { $0.last },
            .field(Spelling("minSeq", "minSeq", nil)) { $0.first },
            .field(Spelling(nil, nil, "maxSeqs")) { $0.lastOnes },
            .field(Spelling(nil, nil, "minSeqs")) { $0.firstOnes },
        ]
    }

    static func newest(_ call: Call, _ input: Viewer, _ store: any Reader) throws(Failure) -> Answer<Newest> {
        let user = try UserRules.find(try call.actor(input.user, .viewer), in: store)
        var last: [(name: String, number: Int64)] = []
        var first: [(name: String, number: Int64)] = []
        if call.generation == .third {
            for (name, followed) in try ConversationViews(user, call, store).all() {
                let bounds = try SequenceRules.bounds(of: followed, in: store)
                last.append((name, bounds.last))
                first.append((name, bounds.first))
            }
        }
        let bounds = call.generation == .third ? (first: 0, last: 0) : try ends(of: user, call, store)
        return Answer(
            call,
            Newest(
                last: bounds.last,
                first: bounds.first,
                lastOnes: Numbers(entries: last),
                firstOnes: Numbers(entries: first)
            )
        )
    }

    /// The ids of the oldest and the newest message that a user can see; 0 where there is none.
    private static func ends(
        of user: User,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> (first: Int64, last: Int64) {
        var ends: [Int64] = []
        for isDescending in [false, true] {
            let query = HistoryQuery(scope: .user(user), isDescending: isDescending)
            let page = try HistoryRules.page(
                1,
                of: query,
                after: nil,
                application: call.application.id,
                in: store
            )
            ends.append(page.elements.first?.id.rawValue ?? 0)
        }
        return (ends[0], ends[1])
    }

    // MARK: Stretches, in the older generations

    struct Stretch: Fields {
        let first: Int
        let last: Int

        static let schemaName = "MessageStretch"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            first = try fields.required(Spelling("seqBegin"), .integer(0...Int(Int64.max >> 1)))
            last = try fields.required(Spelling("seqEnd"), .integer(0...Int(Int64.max >> 1)))
        }
    }

    struct StretchQuery: Fields {
        let user: Username?
        let stretch: Stretch

        static let schemaName = "MessageStretchQuery"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.viewer, .username)
            // Clients wrap it, backends don't.
            let wrapped = try fields.optional(Spelling("data"), Stretch.inside)
            let first = try fields.optional(Spelling("seqBegin"), .integer(0...Int(Int64.max >> 1)))
            let last = try fields.optional(Spelling("seqEnd"), .integer(0...Int(Int64.max >> 1)))
            if let wrapped {
                stretch = wrapped
            } else {
                stretch = Stretch(
                    first: try fields.need(first, Spelling("seqBegin"), or: 0),
                    last: try fields.need(last, Spelling("seqEnd"), or: 0)
                )
            }
        }
    }

    /// Messages of one conversation.
    struct Gathered: SpelledObject {
        let id: String
        let list: [MessageRecord]

        static let schemaName: String? = "GatheredMessages"
        static let fields: [SpelledField<Gathered>] = [
            .field(Spelling("id")) { $0.id },
            .field(Spelling("list")) { $0.list },
        ]
    }

    /// Messages by the other user, and by group; in the third generation by conversation.
    struct Pulled: SpelledObject, AnswerContent {
        var single: [Gathered] = []
        var group: [Gathered] = []
        var last: Int64 = 0
        var first: Int64 = 0
        var conversations = Ranges(entries: [])

        static let fields: [SpelledField<Pulled>] = [
            .field(Spelling("single", "single", nil)) { $0.single },
            .field(Spelling("group", "group", nil)) { $0.group },
            .field(Spelling("maxSeq", "maxSeq", nil)) { $0.last },
            .field(Spelling("minSeq", "minSeq", nil)) { $0.first },
            .field(Spelling(nil, nil, "msgs")) { $0.conversations },
            .field(Spelling(nil, nil, "notificationMsgs")) { _ in Ranges(entries: []) },
        ]

        /// Sorts a user's messages by conversation, in the order of each one's first.
        init(_ records: [MessageRecord], of user: User) {
            let name = user.username.text
            for record in records {
                let other = record.group ?? record.message.address.receiver(from: name)
                let isGroup = record.group != nil
                var list = isGroup ? group : single
                if let index = list.firstIndex(where: { $0.id == other }) {
                    list[index] = Gathered(id: other, list: list[index].list + [record])
                } else {
                    list.append(Gathered(id: other, list: [record]))
                }
                if isGroup { group = list } else { single = list }
            }
        }

        init(_ conversations: Ranges) { self.conversations = conversations }
    }

    /// The messages of a stretch, oldest first, at most two hundred.
    static func pull(_ call: Call, _ input: StretchQuery, _ store: any Reader) throws(Failure) -> Answer<
        Pulled
    > {
        let user = try UserRules.find(try call.actor(input.user, .viewer), in: store)
        var query = HistoryQuery(scope: .user(user), isDescending: false)
        query.stretch = MessageRange(
            after: MessageID(rawValue: Int64(max(input.stretch.first, 1)) - 1),
            before: MessageID(rawValue: Int64(input.stretch.last) + 1)
        )
        let page = try HistoryRules.page(
            maximumMessages,
            of: query,
            after: nil,
            application: call.application.id,
            in: store
        )
        return Answer(call, try pulled(page.elements, of: user, call, store))
    }

    private static func pulled(
        _ messages: [Message],
        of user: User,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> Pulled {
        var faces = MessageFaces(store)
        var pulled = Pulled(try faces.records(messages), of: user)
        (pulled.first, pulled.last) = try ends(of: user, call, store)
        return pulled
    }

    // MARK: By numbers

    /// A stretch of one conversation's queue.
    struct SequenceRange: Fields {
        let conversation: String
        let begin: Int
        let end: Int
        let count: Int

        static let schemaName = "SequenceRange"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            conversation = try fields.required(Spelling("conversationID"), .text(1...160))
            begin = try fields.required(Spelling("begin"), .integer(0...Int(Int64.max >> 1)))
            end = try fields.required(Spelling("end"), .integer(0...Int(Int64.max >> 1)))
            count = try fields.optional(Spelling("num"), .integer(0...maximumMessages)) ?? 0
        }
    }

    struct Selection: Fields {
        let user: Username?
        let ids: [Int]
        let ranges: [SequenceRange]
        let isDescending: Bool

        static let schemaName = "MessageSelection"
        /// Conversations of one call.
        static let maximumRanges = 100

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.viewer, .username)
            let numbers = Value.list(
                of: Value<Int>.integer(0...Int(Int64.max >> 1)),
                maximum: maximumMessages
            )
            let ids = try fields.optional(Spelling("seqList", "seqList", nil), numbers)
            let list = Value.list(of: SequenceRange.inside, maximum: Self.maximumRanges)
            let ranges = try fields.optional(Spelling(nil, nil, "seqRanges"), list)
            isDescending = try fields.optional(Spelling(nil, nil, "order"), .integer(0...1)) == 1
            let isEither = ids != nil || ranges != nil
            guard isEither || fields.isTrial else {
                throw FieldProblem(.missing, at: fields.generation == .third ? "seqRanges" : "seqList")
            }
            self.ids = ids ?? []
            self.ranges = ranges ?? []
        }
    }

    /// What was found of a conversation's stretch.
    struct Range: SpelledObject {
        let messages: [MessageRecord]
        let isEnd: Bool
        let end: Int64

        static let schemaName: String? = "PulledMessages"
        static let fields: [SpelledField<Range>] = [
            .field(Spelling("Msgs")) { $0.messages },
            .field(Spelling("isEnd")) { $0.isEnd },
            .field(Spelling("endSeq")) { $0.end },
        ]
    }

    /// Stretches by conversation.
    struct Ranges: SpelledValue {
        let entries: [(name: String, range: Range)]

        static func shape(in generation: Generation) -> Shape { .map(Range.shape(in: generation)) }

        func write(to json: inout JSONWriter, in generation: Generation) {
            json.beginObject()
            for entry in entries {
                json.key(entry.name)
                entry.range.write(to: &json, in: generation)
            }
            json.endObject()
        }
    }

    /// By ids in the older generations, by numbers of conversations in the third; what the user can't see is left out.
    static func pullBySequence(
        _ call: Call,
        _ input: Selection,
        _ store: any Reader
    ) throws(Failure) -> Answer<Pulled> {
        let user = try UserRules.find(try call.actor(input.user, .viewer), in: store)
        guard call.generation == .third else {
            var messages: [Message] = []
            for id in input.ids {
                let found = try HistoryRules.message(MessageID(rawValue: Int64(id)), for: user, in: store)
                if let found { messages.append(found) }
            }
            return Answer(call, try pulled(messages, of: user, call, store))
        }
        let views = ConversationViews(user, call, store)
        var faces = MessageFaces(store)
        var entries: [(name: String, range: Range)] = []
        for wanted in input.ranges where !entries.contains(where: { $0.name == wanted.conversation }) {
            guard wanted.begin <= wanted.end, let followed = try views.one(wanted.conversation) else {
                continue
            }
            let limit = wanted.count == 0 ? maximumMessages : wanted.count
            let messages = try SequenceRules.messages(
                in: followed,
                Int64(wanted.begin)...Int64(wanted.end),
                limit: limit,
                isDescending: input.isDescending,
                for: user,
                in: store
            )
            let bounds = try SequenceRules.bounds(of: followed, in: store)
            let last = messages.last?.sequence ?? 0
            let range = Range(
                messages: try faces.records(messages),
                isEnd: input.isDescending ? last <= bounds.first : last >= bounds.last,
                end: last
            )
            entries.append((wanted.conversation, range))
        }
        return Answer(call, Pulled(Ranges(entries: entries)))
    }
}

extension Pulling.Stretch {
    init(first: Int, last: Int) {
        self.first = first
        self.last = last
    }
}
