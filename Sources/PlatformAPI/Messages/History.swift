// History: searched and paged at once, or exported by the hour as the original does.

import Domain
import HTTP
import JSON
import Routing

enum History {
    /// The filters of `GET /messages`.
    struct Search: Input {
        static let bodyKind = BodyKind.none
        let conversation: String?
        let user: String?
        let from: String?
        let to: String?
        let text: HistorySearch?
        let after: Int?
        let before: Int?
        let isDescending: Bool
        let page: PageInput<Delivery.Rows>

        init(_ reader: inout InputReader) throws(FieldProblem) {
            conversation = try reader.query("conversation", .text(1...129))
            user = try reader.query("user", .text(1...64))
            from = try reader.query("from", .text(1...64))
            to = try reader.query("to", .text(1...64))
            text = try reader.query("q", .text(1...HistorySearch.maximumCharacters)).flatMap(
                HistorySearch.init
            )
            after = try reader.query("after", .integer(0...Int(Int64.max >> 16)))
            before = try reader.query("before", .integer(0...Int(Int64.max >> 16)))
            isDescending = try reader.query("order", .oneOf(["desc", "asc"]).standard("desc")) != "asc"
            page = try PageInput(&reader)
        }

        /// What is read, for the audit: the conversation, a user's messages, or the words searched for.
        fileprivate var place: String {
            let words = [conversation, user, from, to].compactMap(\.self)
            return (words + (text.map { ["q=\($0.text)"] } ?? [])).joined(separator: ",")
        }
    }

    /// The application sees everything; a user's token, what that user can see.
    static func search(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure) -> Delivery.Page {
        let query = HistoryQuery(
            scope: try scope(call, input, store),
            sender: input.from,
            receiver: try input.to.map { to throws(Failure) in try receiver(to, store) },
            search: input.text,
            after: input.after.map { Timestamp(milliseconds: Int64($0)) },
            before: input.before.map { Timestamp(milliseconds: Int64($0)) },
            isDescending: input.isDescending
        )
        let page = try HistoryRules.page(
            input.page.rows ?? Delivery.Rows.maximum,
            of: query,
            after: input.page.cursor,
            application: call.application.id,
            in: store
        )
        var reply = Delivery.Page(
            call,
            "get",
            data: try HistoryRecord.list(page.elements, "outgoing", in: store)
        )
        reply.cursor = page.next
        reply.count = page.elements.count
        reply.reading = MessageReading(count: page.elements.count, place: input.place)
        return reply
    }

    /// The narrowest scope that the filters allow: what is read is what they leave.
    private static func scope(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure)
        -> HistoryScope
    {
        if case .user(let user) = call.caller {
            guard input.conversation == nil, input.user == nil else { throw .forbidden(.insufficientScope) }
            return .user(user)
        }
        if let user = input.user { return .user(try UserRules.find(user, in: store)) }
        if let conversation = input.conversation { return .conversation(try address(conversation, store)) }
        return try scope(from: input.from, to: input.to, store)
    }

    /// The narrowest scope that sender and receiver allow.
    static func scope(from sender: String?, to receiver: String?, _ store: any Reader) throws(Failure)
        -> HistoryScope
    {
        if let receiver, let group = try groupAddress(receiver, store),
            try store.conversation(group) != nil
        {
            return .conversation(group)
        }
        let from = try sender.flatMap(Username.init).flatMap { name throws(Failure) in
            try store.user(named: name)
        }
        let to = try receiver.flatMap(Username.init).flatMap { name throws(Failure) in
            try store.user(named: name)
        }
        if let from = sender.flatMap(Username.init), let to {
            return .conversation(.between(from, to.username))
        }
        if let user = to ?? from { return .user(user) }
        return .application
    }

    /// A receiver as messages name it: a group by the server's own id.
    static func receiver(_ text: String, _ store: any Reader) throws(Failure) -> String {
        for kind in GroupKind.allCases {
            if let group = try GroupRules.known(text, kind, in: store) { return group.id.text }
        }
        return text
    }

    /// `ann:bob` is between two names; a number is a group or a room.
    private static func address(_ text: String, _ store: any Reader) throws(Failure) -> ConversationAddress {
        let names = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if names.count == 2, let one = Username(String(names[0])), let other = Username(String(names[1])) {
            return .between(one, other)
        }
        guard let address = try groupAddress(text, store) else {
            throw .invalid(field: "conversation", .illegal(value: String(text.prefix(64))))
        }
        return address
    }

    /// The conversation of a group or room by its own id or the one that its maker chose; nil for another text.
    ///
    /// The conversation of a group that is gone is found by the former.
    private static func groupAddress(_ text: String, _ store: any Reader) throws(Failure)
        -> ConversationAddress?
    {
        for kind in GroupKind.allCases {
            if let group = try GroupRules.known(text, kind, in: store) { return .of(group.id, kind) }
        }
        guard let id = GroupID(text) else { return nil }
        let room = ConversationAddress.of(id, .room)
        return try store.conversation(room) == nil ? .of(id, .group) : room
    }

    // MARK: Whole hours

    /// Where an exported hour, or a part of a busy one, is to be had.
    struct Link: ReplyObject {
        let url: String
        static let fields: [ReplyField<Link>] = [.field("url") { $0.url }]
    }

    /// Links to an hour's messages, good for half an hour: one, unless it was a busy hour.
    static func export(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> Envelope<ExportedHistory, NoElement, [Link]> {
        let expires = call.now.adding(seconds: HistoryRules.linkSeconds).seconds
        let parts = try HistoryRules.parts(of: call["time"], at: call.now, in: store)
        let links = parts.map { part in
            let signature = call.services.secrets.signature(of: signed(part, expires, call))
            return Link(
                url: "\(call.target.scheme)://\(call.target.host)/\(call.application.organization.name)/"
                    + "\(call.application.name)/chatmessages/\(call["time"])/records?first=\(part.first.text)"
                    + "&last=\(part.last.text)&expires=\(expires)&signature=\(signature)"
            )
        }
        return Envelope(call, "get", data: links)
    }

    /// The bytes that a link's signature covers.
    private static func signed(_ part: HistoryPart, _ expires: Int64, _ call: Call) -> String {
        "history \(call.application.uuid.text) \(call["time"]) \(part.first.text) \(part.last.text) \(expires)"
    }

    /// The signed parameters of a link.
    struct SignedLink: Input {
        static let bodyKind = BodyKind.none
        let first: MessageID
        let last: MessageID
        let expires: Int
        let signature: String

        init(_ reader: inout InputReader) throws(FieldProblem) {
            first = try reader.requiredQuery("first", .messageID)
            last = try reader.requiredQuery("last", .messageID)
            expires = try reader.requiredQuery("expires", .integer(0...Int(UInt32.max)))
            signature = try reader.requiredQuery("signature", .text(1...256))
        }
    }

    /// gzip, as the bytes of a reply.
    enum GzipKind: TextKind {
        static let mediaType: StaticString = "application/gzip"
    }

    /// The messages of a link, one JSON object a line, compressed in name only: the container has stored
    /// blocks.
    ///
    /// Made on the reader thread as a whole; a part has a bound in messages and bytes, and so has the reply.
    static func download(
        _ call: Call,
        _ link: SignedLink,
        _ store: any Reader
    ) throws(Failure) -> TextReply<GzipKind> {
        let part = HistoryPart(first: link.first, last: link.last)
        let expires = Int64(link.expires)
        guard call.services.secrets.isSignature(link.signature, of: signed(part, expires, call)) else {
            throw .unauthenticated(.corrupt)
        }
        guard call.now.seconds < expires else { throw .unauthenticated(.expired) }
        guard let hour = HistoryHour(call["time"]) else { throw .unauthenticated(.corrupt) }
        var gzip = GzipWriter()
        try HistoryRules.export(part, of: hour, in: store) { messages throws(Failure) in
            var json = JSONWriter(reserving: messages.count * 400)
            for record in try HistoryRecord.list(messages, "outgoing", in: store) {
                record.write(to: &json)
                gzip.append(json.bytes)
                gzip.append([UInt8(ascii: "\n")])
                json.reset()
            }
        }
        return TextReply(gzip.finish())
    }
}
