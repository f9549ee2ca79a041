// A user's conversations: single ones, all, by page, and in the order of their last messages.

import Domain
import JSON
import Routing

enum ConversationLists {
    /// Conversations that one call may name.
    private static let maximumNames = 1000

    /// One conversation, and what its owner has set for it.
    struct Row: SpelledObject {
        let name: String
        let owner: User
        let followed: FollowedConversation
        let option: UserProfile.MessageOption
        /// The group's id for clients; nil outside of groups.
        let group: String?

        private var isGroup: Bool { followed.conversation.address.kind == .group }

        static let schemaName: String? = "Conversation"
        static let fields: [SpelledField<Row>] = [
            .field(Spelling("ownerUserID")) { $0.owner.username.text },
            .field(.conversation) { $0.name },
            .field(Spelling("recvMsgOpt")) { $0.option.rawValue },
            .field(Spelling("conversationType")) { $0.isGroup ? 3 : 1 },
            .field(Spelling("userID")) { row in
                row.isGroup ? "" : row.followed.conversation.address.receiver(from: row.owner.username.text)
            },
            .field(Spelling("groupID")) { $0.group ?? "" },
            .field(Spelling("isPinned")) { _ in false },
            .field(Spelling("attachedInfo")) { _ in "" },
            .field(Spelling("isPrivateChat")) { _ in false },
            .field(Spelling("groupAtType")) { _ in 0 },
            .field(Spelling("ex")) { _ in "" },
            .field(Spelling("burnDuration")) { _ in 0 },
            .field(Spelling("minSeq")) { _ in 0 },
            .field(Spelling("maxSeq")) { $0.followed.conversation.lastSequence },
            .field(Spelling("msgDestructTime")) { _ in 0 },
            .field(Spelling("latestMsgDestructTime")) { _ in 0 },
            .field(Spelling("isMsgDestruct")) { _ in false },
        ]
    }

    /// Makes rows of one user's conversations.
    private struct Maker {
        let user: User
        let store: any Reader

        func row(_ name: String, _ followed: FollowedConversation) throws(Failure) -> Row {
            let address = followed.conversation.address
            var group: String?
            if address.kind == .group, let id = GroupID(address.key) {
                group = try store.group(id)?.publicID ?? address.key
            }
            return Row(
                name: name,
                owner: user,
                followed: followed,
                option: try store.messageOption(of: user.id, in: address),
                group: group
            )
        }

        func rows(_ named: [(name: String, followed: FollowedConversation)]) throws(Failure) -> [Row] {
            try named.map { named throws(Failure) in try row(named.name, named.followed) }
        }
    }

    // MARK: By name

    struct One: Fields {
        let owner: Username?
        let name: String

        static let schemaName = "ConversationQuestion"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(Spelling("ownerUserID"), .username)
            name = try fields.required(.conversation, .text(1...160))
        }
    }

    struct Single: SpelledObject, AnswerContent {
        let row: Row

        static let fields: [SpelledField<Single>] = [.field(Spelling("conversation")) { $0.row }]
    }

    /// Under the name asked for.
    ///
    /// - Throws: `.notFound(.history, …)` where the user takes no part in it.
    static func one(_ call: Call, _ input: One, _ store: any Reader) throws(Failure) -> Answer<Single> {
        let user = try UserRules.find(try call.actor(input.owner, Spelling("ownerUserID")), in: store)
        guard let followed = try ConversationViews(user, call, store).one(input.name) else {
            throw .notFound(.history, id: input.name)
        }
        return Answer(call, Single(row: try Maker(user: user, store: store).row(input.name, followed)))
    }

    struct Several: Fields {
        let owner: Username?
        let names: [String]

        static let schemaName = "ConversationsQuestion"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(Spelling("ownerUserID"), .username)
            names = try fields.required(.conversations, .list(of: .text(1...160), maximum: maximumNames))
        }
    }

    enum Naming: ListNaming {
        static let name = Spelling("conversations")
    }

    typealias List = Answer<NamedList<Naming, Row>>

    /// Under the names asked for, without those that the user takes no part in.
    static func several(_ call: Call, _ input: Several, _ store: any Reader) throws(Failure) -> List {
        let user = try UserRules.find(try call.actor(input.owner, Spelling("ownerUserID")), in: store)
        let named = try named(input.names, of: user, call, store)
        return Answer(call, NamedList(try Maker(user: user, store: store).rows(named)))
    }

    private static func named(
        _ names: [String],
        of user: User,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> [(name: String, followed: FollowedConversation)] {
        let views = ConversationViews(user, call, store)
        var named: [(name: String, followed: FollowedConversation)] = []
        for name in names where !named.contains(where: { $0.name == name }) {
            if let followed = try views.one(name) { named.append((name, followed)) }
        }
        return named
    }

    // MARK: All

    static func all(_ call: Call, _ input: Conversations.Owner, _ store: any Reader) throws(Failure) -> List {
        let user = try UserRules.find(try call.actor(input.user, Spelling("ownerUserID")), in: store)
        let named = try ConversationViews(user, call, store).all()
        return Answer(call, NamedList(try Maker(user: user, store: store).rows(named)))
    }

    struct Paged: Fields {
        let user: Username?
        let names: [String]
        let page: PageRequest

        static let schemaName = "ConversationPage"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling("userID"), .username)
            let list = Value.list(of: Value<String>.text(1...160), maximum: maximumNames)
            names = try fields.optional(.conversations, list) ?? []
            page = try PageRequest(&fields)
        }
    }

    /// A page, the newest first.
    static func page(_ call: Call, _ input: Paged, _ store: any Reader) throws(Failure)
        -> Answer<CountedList<Naming, Row>>
    {
        let user = try UserRules.find(try call.actor(input.user, Spelling("userID")), in: store)
        let all = try sorted(input, of: user, call, store)
        let shown = Array(all.dropFirst(input.page.offset).prefix(input.page.size))
        return Answer(call, CountedList(try Maker(user: user, store: store).rows(shown), of: all.count))
    }

    private static func sorted(
        _ input: Paged,
        of user: User,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> [(name: String, followed: FollowedConversation)] {
        let named =
            input.names.isEmpty
            ? try ConversationViews(user, call, store).all()
            : try named(input.names, of: user, call, store)
        return named.sorted {
            $0.followed.conversation.lastMessage > $1.followed.conversation.lastMessage
        }
    }

    // MARK: With their last messages

    /// A conversation with its last message and how many wait.
    struct Element: SpelledObject {
        let row: Row
        let message: LastMessage?

        static let schemaName: String? = "ConversationElement"
        static let fields: [SpelledField<Element>] = [
            .field(.conversation) { $0.row.name },
            .field(Spelling("recvMsgOpt")) { $0.row.option.rawValue },
            .field(Spelling("unreadCount")) { $0.row.followed.waiting },
            .field(Spelling("isPinned")) { _ in false },
            .optional(Spelling("msgInfo")) { $0.message },
        ]
    }

    struct LastMessage: SpelledObject {
        let record: MessageRecord
        /// Where it was said; nil outside of groups.
        let group: Group?

        static let schemaName: String? = "LastMessage"
        static let fields: [SpelledField<LastMessage>] = [
            .field(Spelling("serverMsgID")) { $0.record.message.id.text },
            .field(.clientMessage) { $0.record.clientID },
            .field(Spelling("sessionType")) { $0.record.group == nil ? 1 : 3 },
            .field(Spelling("sendID")) { $0.record.message.sender },
            .field(Spelling("recvID")) { $0.record.group == nil ? $0.record.message.receiver : "" },
            .field(Spelling("senderName")) { $0.record.nickname },
            .field(Spelling("faceURL")) { $0.record.icon },
            .field(Spelling("groupID")) { $0.record.group ?? "" },
            .field(Spelling("groupName")) { $0.group?.settings.name ?? "" },
            .field(Spelling("groupFaceURL")) { $0.group?.settings.icon ?? "" },
            .field(Spelling("groupType")) { $0.group == nil ? 0 : 2 },
            .field(Spelling("groupMemberCount")) { $0.group?.memberCount ?? 0 },
            .field(Spelling("LatestMsgRecvTime")) { $0.record.message.sent.milliseconds },
            .field(Spelling("msgFrom")) { _ in 100 },
            .field(Spelling("contentType")) { $0.record.content.type },
            .field(.content, byGeneration: { $0.record.content.text(in: $1) }),
            .field(.extra) { $0.record.extra },
        ]
    }

    struct Elements: SpelledObject, AnswerContent {
        let elements: [Element]
        let total: Int
        let waiting: Int64

        static let fields: [SpelledField<Elements>] = [
            .field(Spelling("conversationTotal")) { $0.total },
            .field(Spelling("unreadTotal")) { $0.waiting },
            .field(Spelling("conversationElems")) { $0.elements },
        ]
    }

    /// A page of those in which anything was said, the newest first.
    static func elements(_ call: Call, _ input: Paged, _ store: any Reader) throws(Failure) -> Answer<
        Elements
    > {
        let user = try UserRules.find(try call.actor(input.user, Spelling("userID")), in: store)
        let all = try sorted(input, of: user, call, store).filter {
            $0.followed.conversation.lastMessage != .none
        }
        let maker = Maker(user: user, store: store)
        var faces = MessageFaces(store)
        var elements: [Element] = []
        for (name, followed) in all.dropFirst(input.page.offset).prefix(input.page.size) {
            let last = try HistoryRules.message(followed.conversation.lastMessage, for: user, in: store)
            let message = try last.map { message throws(Failure) in
                LastMessage(
                    record: try faces.record(message),
                    group: try GroupID(message.address.key).flatMap { id throws(Failure) in
                        try store.group(id)
                    }
                )
            }
            elements.append(Element(row: try maker.row(name, followed), message: message))
        }
        let waiting = all.reduce(0) { $0 + $1.followed.waiting }
        return Answer(call, Elements(elements: elements, total: all.count, waiting: waiting))
    }
}
