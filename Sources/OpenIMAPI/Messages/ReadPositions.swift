// How far a user has read its conversations, as the third generation asks for it and says it.

import Domain
import JSON
import Routing

enum ReadPositions {
    struct Asking: Fields {
        let user: Username?
        let conversations: [String]?

        static let schemaName = "ReadPositionQuery"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.user, .username)
            conversations = try fields.optional(.conversations, .list(of: .text(1...160), maximum: 1000))
        }
    }

    /// One conversation.
    struct Place: SpelledObject {
        let followed: FollowedConversation
        let read: Int64

        static let schemaName: String? = "ReadPosition"
        static let fields: [SpelledField<Place>] = [
            .field(Spelling("maxSeq")) { $0.followed.conversation.lastSequence },
            .field(Spelling("hasReadSeq")) { $0.read },
            .field(Spelling("maxSeqTime")) { $0.followed.conversation.lastSent?.milliseconds ?? 0 },
        ]
    }

    /// By conversation.
    struct Places: SpelledValue {
        let entries: [(name: String, place: Place)]

        static func shape(in generation: Generation) -> Shape { .map(Place.shape(in: generation)) }

        func write(to json: inout JSONWriter, in generation: Generation) {
            json.beginObject()
            for entry in entries {
                json.key(entry.name)
                entry.place.write(to: &json, in: generation)
            }
            json.endObject()
        }
    }

    struct Told: SpelledObject, AnswerContent {
        let places: Places

        static let fields: [SpelledField<Told>] = [.field(Spelling("seqs")) { $0.places }]
    }

    /// Of the conversations named, or all; those that the user takes no part in are left out.
    static func get(_ call: Call, _ input: Asking, _ store: any Reader) throws(Failure) -> Answer<Told> {
        let user = try UserRules.find(try call.actor(input.user, .user), in: store)
        let views = ConversationViews(user, call, store)
        var named: [(name: String, followed: FollowedConversation)] = []
        if let names = input.conversations {
            for name in names where !named.contains(where: { $0.name == name }) {
                if let followed = try views.one(name) { named.append((name, followed)) }
            }
        } else {
            named = try views.all()
        }
        let entries = try named.map { name, followed throws(Failure) in
            let number = try DeliveryRules.readNumber(in: followed, by: user, in: store)
            return (name: name, place: Place(followed: followed, read: number))
        }
        return Answer(call, Told(places: Places(entries: entries)))
    }

    struct Reading: Fields {
        let user: Username?
        let conversation: String
        let number: Int

        static let schemaName = "Reading"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.user, .username)
            conversation = try fields.required(.conversation, .text(1...160))
            let number = try fields.optional(Spelling("hasReadSeq"), .integer(0...Int(Int64.max >> 1)))
            let numbers = Value.list(of: Value<Int>.integer(1...Int(Int64.max >> 1)), maximum: 1000)
            let single = try fields.optional(.sequences, numbers)?.max()
            // Clients of a whole conversation send both, and then 0 where they have no number.
            let last = [number, single].compactMap(\.self).max()
            self.number = try fields.need(last, Spelling("hasReadSeq"), or: 0)
        }
    }

    /// Messages with a number up to this one are read, and don't wait any more.
    static func set(_ call: Call, _ input: Reading, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let user = try UserRules.find(try call.actor(input.user, .user), in: store)
        guard let followed = try ConversationViews(user, call, store).one(input.conversation) else {
            throw .notFound(.message, id: input.conversation)
        }
        let last = followed.conversation.lastSequence
        guard input.number <= last else {
            throw .invalid(field: "hasReadSeq", .outOfRange(minimum: 0, maximum: last))
        }
        try SequenceRules.read(through: Int64(input.number), in: followed, for: user, in: store)
        return Answer(call)
    }
}
