// Friends: made by the application, or asked for and accepted.

import Domain
import JSON
import Routing

enum Friends {
    struct Import: Fields {
        let owner: Username
        let names: [Username]
        /// Whether a list was sent: only then is a list of failures answered.
        let isList: Bool

        static let schemaName = "FriendImport"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.required(.owner, .username)
            let list = try fields.optional(.friends, .usernames)
            let one = try fields.optional(Spelling("uid", nil, nil), .username)
            guard list != nil || one != nil else { throw FieldProblem(.missing, at: fields.told(.friends)) }
            names = list ?? one.map { [$0] } ?? []
            isList = list != nil
        }
    }

    /// What became of one user.
    struct Outcome: SpelledObject {
        let name: String
        let isDone: Bool

        static let schemaName: String? = "UserResult"
        static let fields: [SpelledField<Outcome>] = [
            .field(.user) { $0.name },
            .field(.result) { $0.isDone ? 0 : -1 },
        ]
    }

    /// The failed in the first generation, where a list was sent; every outcome in the second; nothing in the third.
    struct Imported: SpelledObject, AnswerContent {
        let outcomes: [Outcome]
        let isList: Bool

        static let fields: [SpelledField<Imported>] = [
            .optional(Spelling("failedUidList", nil, nil)) { imported in
                imported.isList ? imported.outcomes.filter { !$0.isDone }.map(\.name) : nil
            }
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .first ? .beside : .data
        }

        static func shape(in generation: Generation) -> Shape {
            generation == .second ? [Outcome].shape(in: generation) : object(in: generation)
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .second {
                outcomes.write(to: &json, in: generation)
            } else {
                writeObject(to: &json, in: generation)
            }
        }
    }

    /// Adds what can be added; in the third generation, where nobody would be told of the rest, all or nothing.
    static func importAll(_ call: Call, _ input: Import, _ store: any Writer) throws(Failure) -> Answer<
        Imported
    > {
        let owner = try UserRules.find(input.owner.text, in: store)
        var outcomes: [Outcome] = []
        for name in input.names {
            if call.generation == .third {
                let other = try UserRules.find(name.text, in: store)
                try ContactRules.add(other, to: owner, of: call.application, at: call.now, in: store)
            }
            let outcome = try ContactRules.importOne(
                name.text,
                to: owner,
                of: call.application,
                at: call.now,
                in: store
            )
            outcomes.append(Outcome(name: name.text, isDone: outcome == .added))
        }
        var answer = Answer(call, Imported(outcomes: outcomes, isList: input.isList))
        if call.generation == .first, outcomes.contains(where: { !$0.isDone }) {
            answer.code = 408
            answer.text = "some uid establish failed"
        }
        return answer
    }
}
