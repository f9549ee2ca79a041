// Single messages by their numbers, and in the third generation stretches of conversations.

import Domain
import JSON
import Routing

extension Pulling {
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

    /// The messages found in a conversation's stretch.
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

    /// By ids in the older generations, by numbers of conversations in the third.
    ///
    /// Messages that the user can't see are left out, and so is a conversation that nobody has.
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
            guard wanted.begin <= wanted.end, let followed = try views.known(wanted.conversation) else {
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
            let end = end(of: messages, limit, wanted, bounds, input.isDescending)
            var records = try faces.records(messages)
            // Their content is bytes there, and so base64 in JSON.
            for index in records.indices { records[index].isEncoded = true }
            let range = Range(
                messages: records,
                isEnd: input.isDescending ? end <= bounds.first : end >= bounds.last,
                end: end
            )
            entries.append((wanted.conversation, range))
        }
        return Answer(call, Pulled(Ranges(entries: entries)))
    }

    /// How far a range was looked through: up to the last message where there may be more behind it, else as
    /// far as was wanted and there is anything, seen or not, so that one who pages on gets past what was
    /// removed.
    private static func end(
        of messages: [Message],
        _ limit: Int,
        _ wanted: SequenceRange,
        _ bounds: SequenceRules.Bounds,
        _ isDescending: Bool
    ) -> Int64 {
        if messages.count >= limit, let last = messages.last?.sequence { return last }
        return isDescending ? max(Int64(wanted.begin), bounds.first) : min(Int64(wanted.end), bounds.last)
    }
}
