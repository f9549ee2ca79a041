// Stretches of a user's messages by their ids, as the older generations pull them.

import Domain
import Routing

extension Pulling {
    struct Stretch: Fields {
        let first: Int
        let last: Int

        static let schemaName = "MessageStretch"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            first = try fields.required(Spelling("seqBegin"), .integer(0...Int(Int64.max >> 1)))
            last = try fields.required(Spelling("seqEnd"), .integer(0...Int(Int64.max)))
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
            let last = try fields.optional(Spelling("seqEnd"), .integer(0...Int(Int64.max)))
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
            // Clients that want all there is send the largest number.
            before: MessageID(rawValue: min(Int64(input.stretch.last), .max - 1) + 1)
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

    static func pulled(
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
}

extension Pulling.Stretch {
    init(first: Int, last: Int) {
        self.first = first
        self.last = last
    }
}
