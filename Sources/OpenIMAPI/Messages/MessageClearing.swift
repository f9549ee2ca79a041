// Clearing conversations of one user's view.

import Domain
import Routing

/// Clearing conversations of one user's view.
enum MessageClearing {
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
}
