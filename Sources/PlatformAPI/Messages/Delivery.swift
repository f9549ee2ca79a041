// The queue of a user: fetched over HTTP and acknowledged, for clients without a connection of their own.

import Domain
import JSON
import Routing

enum Delivery {
    /// Pages of messages.
    enum Rows: PageRows {
        static let standard: Int? = 20
        static let maximum = 100
    }

    /// Pages of a user's conversations.
    enum ChannelRows: PageRows {
        static let standard: Int? = 100
        static let maximum = 100
    }

    typealias Page = Envelope<FetchedData, NoElement, [HistoryRecord]>

    /// The messages that wait, oldest first; behind a cursor, those behind it.
    ///
    /// Nothing is taken as delivered by this.
    static func waiting(_ call: Call, _ input: PageInput<Rows>, _ store: any Reader) throws(Failure) -> Page {
        let user = try UserRules.find(call["username"], in: store)
        let page = try DeliveryRules.page(
            input.rows ?? Rows.maximum,
            after: input.position(in: .waitingMessages, of: user.id.rawValue),
            for: user,
            in: store
        )
        var reply = Page(
            call,
            "get",
            data: try HistoryRecord.list(page.elements, "incoming", in: store)
        )
        reply.cursor = page.next
        reply.count = page.elements.count
        reply.reading = MessageReading(count: page.elements.count, place: user.username.text)
        return reply
    }

    /// Up to which message everything has arrived.
    struct Acknowledgement: Input {
        let id: MessageID

        init(_ reader: inout InputReader) throws(FieldProblem) { id = try reader.body(Self.value) }

        private static let value = Value<MessageID>.object(named: "Acknowledgement") {
            object throws(FieldProblem) in
            try object.required("msg_id", .messageID)
        }
    }

    static func acknowledge(
        _ call: Call,
        _ input: Acknowledgement,
        _ store: any Writer
    ) throws(Failure) -> Envelope<BareData, NoElement, UserMutes.Okay> {
        let user = try UserRules.find(call["username"], in: store)
        try DeliveryRules.acknowledge(through: input.id, by: user, in: store)
        return Envelope(call, "post", data: UserMutes.Okay())
    }

    // MARK: A user's conversations

    /// One conversation of the list.
    struct Channel: ReplyObject {
        let listed: ListedConversation
        /// The other user's name, or the group's id as this dialect shows it.
        let name: String
        let appKey: String
        let newest: HistoryRecord?

        init(
            _ listed: ListedConversation,
            of user: User,
            _ appKey: String,
            in store: any Reader
        ) throws(Failure) {
            self.listed = listed
            self.appKey = appKey
            let name = listed.followed.conversation.address.receiver(from: user.username.text)
            if listed.followed.conversation.address.kind == .single {
                self.name = name
            } else {
                self.name =
                    try GroupID(name).flatMap { id throws(Failure) in try store.group(id) }?.shownID ?? name
            }
            newest = try HistoryRecord.list(listed.newest.map { [$0] } ?? [], "outgoing", in: store).first
        }

        /// As the original's clients know users and groups.
        private var address: String {
            let isSingle = listed.followed.conversation.address.kind == .single
            return "\(appKey)_\(name)@\(isSingle ? "easemob.com" : "conference.easemob.com")"
        }

        static let fields: [ReplyField<Channel>] = [
            .field("channel_id") { $0.address },
            .field("unread_num") { $0.listed.waiting },
            .optional("meta") { $0.newest },
        ]
    }

    struct Channels: ReplyObject {
        let channels: [Channel]
        static let fields: [ReplyField<Channels>] = [.field("channel_infos") { $0.channels }]
    }

    static func channels(
        _ call: Call,
        _ input: PageInput<ChannelRows>,
        _ store: any Reader
    ) throws(Failure) -> Envelope<WrittenPage, NoElement, Channels> {
        let user = try UserRules.find(call["username"], in: store)
        let page = try ConversationRules.page(
            input.rows ?? ChannelRows.maximum,
            after: input.position(in: .listedConversations, of: user.id.rawValue),
            of: user,
            in: store
        )
        let application = call.application
        let appKey = "\(application.organization.name)#\(application.name)"
        let channels = try page.elements.map { listed throws(Failure) in
            try Channel(listed, of: user, appKey, in: store)
        }
        var reply = Envelope<WrittenPage, NoElement, Channels>(
            call,
            "get",
            path: "/users/user_channels",
            data: Channels(channels: channels)
        )
        reply.cursor = page.next
        return reply
    }

    /// A conversation to be taken off the list.
    struct ChannelRemoval: BodyInput {
        let channel: String
        let kind: ConversationKind
        let withMessages: Bool

        static let value = Value<ChannelRemoval>.object(named: "ChannelRemoval") {
            object throws(FieldProblem) in
            let channel = try object.required("channel", .text(1...64))
            let type = try object.required("type", .oneOf(["chat", "groupchat"]))
            let withMessages = try object.optional("delete_roam", .flag) ?? false
            return ChannelRemoval(
                channel: channel,
                kind: type == "chat" ? .single : .group,
                withMessages: withMessages
            )
        }
    }

    static func removeChannel(
        _ call: Call,
        _ input: ChannelRemoval,
        _ store: any Writer
    ) throws(Failure) -> Messages.SentWithEntities<UserMutes.Okay> {
        let user = try UserRules.find(call["username"], in: store)
        try ConversationRules.hide(
            try ConversationRules.address(of: input.channel, input.kind, for: user),
            withMessages: input.withMessages,
            for: user,
            in: store
        )
        return Messages.SentWithEntities(call, "delete", path: "/users/user_channel", data: UserMutes.Okay())
    }
}

extension Value<MessageID> {
    /// The decimal text of a message's id, or its number.
    static var messageID: Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> MessageID in
            guard let id = MessageID(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return id
        }
        return Value(
            .string(pattern: "^[1-9][0-9]*$").tolerating([.integer()], "A number is taken, too."),
            placeholder: .none,
            read: { view throws(FieldProblem) in
                try check(view.string ?? view.int64.map(String.init) ?? "")
            },
            readText: check
        )
    }
}
