// What waits for a user: fetched over HTTP and acknowledged, for clients without a connection of their own.

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
            data: page.elements.map { HistoryRecord(message: $0, direction: "incoming") }
        )
        reply.cursor = page.next
        reply.count = page.elements.count
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
        let user: User
        let appKey: String

        /// As the original's clients know users and groups.
        private var name: String {
            let address = listed.followed.conversation.address
            let domain = address.kind == .single ? "easemob.com" : "conference.easemob.com"
            return "\(appKey)_\(address.receiver(from: user.username.text))@\(domain)"
        }

        static let fields: [ReplyField<Channel>] = [
            .field("channel_id") { $0.name },
            .field("unread_num") { $0.listed.waiting },
            .optional("meta") { owner in
                owner.listed.newest.map { HistoryRecord(message: $0, direction: "outgoing") }
            },
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
        let channels = page.elements.map { Channel(listed: $0, user: user, appKey: appKey) }
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
