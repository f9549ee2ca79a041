// Questions about many names at once: who of them is a contact, who is blocked.

import Domain
import Routing

enum RelationChecks {
    /// Names one call may ask about.
    static let maximumNames = 100

    /// A user, and the names to look for in one of its lists.
    struct Question: BodyInput {
        let username: String
        let names: [String]

        static let value = Value<Question>.object(named: "RelationCheck") { object throws(FieldProblem) in
            let username = try object.required("username", .text(1...64))
            let names = try object.required("check_list", .list(of: .text(1...64), maximum: maximumNames))
            guard !names.isEmpty else { throw FieldProblem(.empty, at: "check_list") }
            return Question(username: username, names: names)
        }
    }

    /// One name with its relation to the user.
    struct Relation: ReplyObject {
        let username, relation: String

        static let schemaName: String? = "Relation"
        static let fields: [ReplyField<Relation>] = [
            .field("username") { $0.username },
            .field("relation") { $0.relation },
        ]
    }

    typealias Answer = Envelope<UploadedEntities, Relation, NoElement>

    static func contacts(_ call: Call, _ input: Question, _ store: any Reader) throws(Failure) -> Answer {
        let user = try UserRules.find(input.username, in: store)
        return try answer(call, input, "/contacts/check", ("friend", "not_friend"), store) {
            other throws(Failure) in try store.isContact(other.id, of: user.id)
        }
    }

    static func blocks(_ call: Call, _ input: Question, _ store: any Reader) throws(Failure) -> Answer {
        let user = try UserRules.find(input.username, in: store)
        return try answer(call, input, "/blocks/check", ("blacklist", "not_blacklist"), store) {
            other throws(Failure) in try store.isBlocked(other.id, by: user.id)
        }
    }

    /// A name without a user has no relation to anybody; each is answered in the spelling of the request.
    private static func answer(
        _ call: Call,
        _ input: Question,
        _ path: String,
        _ words: (yes: String, no: String),
        _ store: any Reader,
        _ isRelated: (User) throws(Failure) -> Bool
    ) throws(Failure) -> Answer {
        var relations: [Relation] = []
        for name in input.names {
            let other = try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
            let holds = try other.map(isRelated) ?? false
            relations.append(Relation(username: name, relation: holds ? words.yes : words.no))
        }
        return Answer(call, "post", path: path, entities: relations)
    }
}
