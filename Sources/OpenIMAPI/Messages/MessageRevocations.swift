// Recalling a message by its id or its number.

import Domain
import Routing

/// Recalling a message by its id or its number.
enum MessageRevocations {
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
}
