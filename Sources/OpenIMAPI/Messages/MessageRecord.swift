// A stored message as pulls and searches show it, whichever dialect sent it.

import Crypto
import Domain
import JSON
import Routing

/// One message with what belongs to it.
struct MessageRecord: SpelledObject {
    let message: Message
    let content: TypedContent
    /// The group's id as its clients know it; nil outside of groups.
    let group: String?
    let nickname: String
    let icon: String
    let extra: String
    let clientID: String
    let forced: [String]
    let platform: Int
    let options: JSONValue?
    /// Whether the content's text is written as base64, as where the original's field is one of bytes.
    var isEncoded = false

    /// The message's number: in the third generation that of the conversation's queue, in older ones one that rises
    /// over all conversations of a user, with gaps.
    func sequence(in generation: Generation) -> Int64 {
        generation == .third ? message.sequence ?? 0 : message.id.rawValue
    }

    private var sessionType: Int {
        switch message.address.kind {
        case .single: 1
        case .group, .room: 3
        case .broadcast: 4
        }
    }

    static let schemaName: String? = "MessageRecord"
    static let fields: [SpelledField<MessageRecord>] = [
        .field(.sender) { $0.message.sender },
        .field(
            .receiver,
            byGeneration: { record, generation in
                // The first generation has the group's id there.
                record.group.map { generation == .first ? $0 : "" } ?? record.message.receiver
            }
        ),
        .field(Spelling(nil, "groupID")) { $0.group ?? "" },
        .field(.clientMessage) { $0.clientID },
        .field(Spelling("serverMsgID")) { $0.message.id.text },
        .field(Spelling("senderPlatformID")) { $0.platform },
        .field(.senderNickname) { $0.nickname },
        .field(.senderIcon) { $0.icon },
        .field(
            .sessionType,
            byGeneration: { record, generation in
                generation == .third || record.sessionType != 3 ? record.sessionType : 2
            }
        ),
        .field(Spelling("msgFrom")) { $0.message.address.kind == .broadcast ? 200 : 100 },
        .field(.contentType) { $0.content.type },
        .field(
            .content,
            byGeneration: { record, generation in
                let text = record.content.text(in: generation)
                return record.isEncoded ? Base64.encode(Array(text.utf8)) : text
            }
        ),
        .field(Spelling("seq"), byGeneration: { $0.sequence(in: $1) }),
        .field(
            Spelling("sendTime"),
            byGeneration: { record, generation in
                let milliseconds = record.message.sent.milliseconds
                return generation == .first ? milliseconds * 1_000_000 : milliseconds
            }
        ),
        .field(Spelling(nil, "createTime")) { $0.message.sent.milliseconds },
        .field(Spelling(nil, "status")) { $0.message.isRecalled ? 4 : 2 },
        .field(Spelling("forceList", "atUserIDList")) { $0.forced },
        .optional(.options) { $0.options.map(KeptOptions.init) },
        .field(.extra) { $0.extra },
    ]
}

/// Makes records, and looks up each group and sender once.
struct MessageFaces {
    private let store: any Reader
    private var groups: [String: String] = [:]
    private var senders: [String: User?] = [:]

    init(_ store: any Reader) { self.store = store }

    mutating func record(_ message: Message) throws(Failure) -> MessageRecord {
        let ext = message.isRecalled ? nil : message.content.ext.flatMap { try? JSONValue(parsing: $0) }
        let text = { (key: String) in ext?[key]?.string }
        let own = [
            "senderNickname", "senderFaceURL", "senderPlatformID", "ex", "clientMsgID", "options",
            "em_at_list",
            "em_offline_push",
        ]
        let isOurs = own.contains { ext?[$0] != nil }
        var forced: [String] = []
        if case .array(let list)? = ext?["em_at_list"] { forced = list.compactMap(\.string) }
        // Another dialect's value of that name may be anything.
        var options: JSONValue?
        if case .object(let switches)? = ext?["options"] {
            options = .object(switches.filter { if case .bool = $0.value { true } else { false } })
        }
        let user = try sender(message.sender)
        return MessageRecord(
            message: message,
            content: TypedContent(of: message),
            group: try group(message.address),
            nickname: text("senderNickname") ?? user?.nickname ?? "",
            icon: text("senderFaceURL") ?? user?.profile.icon ?? "",
            // The extension of another dialect's message is used as it is.
            extra: text("ex") ?? (isOurs ? "" : ext.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""),
            clientID: text("clientMsgID") ?? message.id.text,
            forced: forced,
            platform: Int(ext?["senderPlatformID"]?.int64 ?? 0),
            options: options
        )
    }

    mutating func records(_ messages: [Message]) throws(Failure) -> [MessageRecord] {
        var records: [MessageRecord] = []
        for message in messages { records.append(try record(message)) }
        return records
    }

    /// The id by which clients know a group, also after its end.
    private mutating func group(_ address: ConversationAddress) throws(Failure) -> String? {
        guard address.kind == .group || address.kind == .room else { return nil }
        if let known = groups[address.key] { return known }
        var name = address.key
        if let id = GroupID(address.key), let group = try store.group(id) { name = group.publicID }
        groups[address.key] = name
        return name
    }

    private mutating func sender(_ name: String) throws(Failure) -> User? {
        if let known = senders[name] { return known }
        let user = try Username(name).flatMap { username throws(Failure) in try store.user(named: username) }
        senders[name] = user
        return user
    }
}
