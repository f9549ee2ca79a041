// Friend requests: asked for, accepted, declined.

import Domain
import Routing

enum ContactRequests {
    /// Users one call may ask.
    static let maximumNames = 100

    struct Names: BodyInput {
        let usernames: [String]
        let message: String

        static let value = Value<Names>.object(named: "ContactRequest") {
            object throws(FieldProblem) in
            let names = Value<[String]>.list(of: .text(1...64), maximum: maximumNames)
            let message = Value<String>.text(0...ProposalRules.maximumMessageCharacters)
            return Names(
                usernames: try object.required("usernames", names),
                message: try object.optional("message", message) ?? ""
            )
        }
    }

    /// The receiver of a user's request.
    struct Applied: ReplyObject {
        let names: [String]

        static let fields: [ReplyField<Applied>] = [.field("applyContacts") { $0.names }]
    }

    /// The sender of an accepted request.
    struct Accepted: ReplyObject {
        let names: [String]

        static let fields: [ReplyField<Accepted>] = [.field("acceptContacts") { $0.names }]
    }

    /// The sender of a declined request.
    struct Declined: ReplyObject {
        let names: [String]

        static let fields: [ReplyField<Declined>] = [.field("declineContacts") { $0.names }]
    }

    typealias Outcome<Content: ReplyValue> = Envelope<WrittenOutcome, NoElement, Content>

    /// Asks all of the users or none.
    static func apply(_ call: Call, _ input: Names, _ store: any Writer) throws(Failure) -> Outcome<Applied> {
        let user = try UserRules.find(call["username"], in: store)
        var asked: [String] = []
        for name in input.usernames {
            let other = try UserRules.find(name, in: store)
            _ = try ProposalRules.requestContact(
                with: other,
                from: user,
                ProposalRules.Words(message: input.message),
                of: call.application,
                at: call.now,
                in: store
            )
            asked.append(other.username.text)
        }
        return Outcome(call, "post", path: "/users", data: Applied(names: asked))
    }

    static func accept(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Outcome<Accepted> {
        let proposal = try pending(call, in: store)
        let accepted = try ProposalRules.accept(
            proposal,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return Outcome(call, "post", path: "/users", data: Accepted(names: [accepted.senderName]))
    }

    static func decline(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Outcome<Declined> {
        let proposal = try pending(call, in: store)
        let refused = try ProposalRules.refuse(proposal, by: call.caller, at: call.now, in: store)
        return Outcome(call, "post", path: "/users", data: Declined(names: [refused.senderName]))
    }

    private static func pending(
        _ call: Call,
        in store: any Reader
    ) throws(Failure) -> Proposal {
        let user = try UserRules.find(call["username"], in: store)
        let sender = try UserRules.find(call["applicant_username"], in: store)
        return try ProposalRules.pending(.contact(user.id), from: sender, at: call.now, in: store)
    }
}
