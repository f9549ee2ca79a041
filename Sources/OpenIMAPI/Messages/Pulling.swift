// How far a user's messages go.

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
    static func ends(
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
}
