// Removing single messages from one user's view.

import Domain
import Routing

/// Removing single messages from one user's view.
enum MessageRemoval {
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
