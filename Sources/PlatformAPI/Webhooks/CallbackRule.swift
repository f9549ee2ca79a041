// Rules of callbacks, as this platform's clients make endpoints of webhooks: the words that are stored with one, and
// the events that they stand for.

import Crypto
import Domain
import JSON
import Routing

/// A rule: an endpoint in the form `easemob` together with the words that its owner reads back.
struct CallbackRule {
    /// The two kinds, each with a path of its own.
    enum Kind: String {
        /// Informed of what has happened.
        case after = "callbacks"
        /// Asked before a client's message is sent.
        case before = "msghooks"
    }

    let kind: Kind
    var interests: [String]
    var messageTypes: [String]
    var secret: String
    var ownSecret: String
    var takesBackends = true
    var phone = ""
    var banSeconds = 300
    var errorCode = 1

    /// A new rule that asks for everything of its kind.
    init(_ kind: Kind) {
        self.kind = kind
        let secret = Random.identifier(byteCount: 12)
        (self.secret, ownSecret) = (secret, secret)
        interests = kind == .after ? Self.interests : Self.conversations.map(\.word)
        messageTypes = kind == .after ? Self.occasions : Self.contents.map(\.word)
    }

    /// The rule that an endpoint was made as; nil for one that was made otherwise.
    init?(_ webhook: Webhook) {
        guard let bytes = webhook.rule, let root = try? JSONDocument(bytes).root,
            let kind = root["kind"]?.string.flatMap(Kind.init)
        else { return nil }
        self.kind = kind
        func texts(_ name: StaticString) -> [String] {
            root[name.description]?.elements.compactMap(\.string) ?? []
        }
        interests = texts("interested")
        messageTypes = texts("msgTypes")
        secret = root["secret"]?.string ?? ""
        ownSecret = root["hxSecret"]?.string ?? ""
        takesBackends = root["acceptRestMessage"]?.bool ?? true
        phone = root["userPhone"]?.string ?? ""
        banSeconds = root["appkeyBanExpire"]?.int ?? 0
        errorCode = root["error_code"]?.int ?? 0
    }

    /// The rule as it is stored with the endpoint.
    var bytes: [UInt8] {
        JSONValue.object([
            .init("kind", .string(kind.rawValue)),
            .init("interested", .array(interests.map(JSONValue.string))),
            .init("msgTypes", .array(messageTypes.map(JSONValue.string))),
            .init("secret", .string(secret)), .init("hxSecret", .string(ownSecret)),
            .init("acceptRestMessage", .bool(takesBackends)), .init("userPhone", .string(phone)),
            .init("appkeyBanExpire", .integer(Int64(banSeconds))),
            .init("error_code", .integer(Int64(errorCode))),
        ]).bytes
    }

    // MARK: Words

    /// The interests that a rule may have, in the order in which replies list them.
    static let interests = [
        "roster", "userStatus", "groupchat", "chat", "recall", "chatroom", "muc", "sensitiveWords",
        "read_ack",
        "delivery_ack", "update_msg", "notify",
    ]
    /// The further subjects of a callback: a message that was sent, and one whose receiver is offline.
    static let occasions = ["chat", "chat_offline"]

    private static let conversations: [(word: String, kinds: [ConversationKind])] = [
        ("chat", [.single, .broadcast]), ("groupchat", [.group]), ("chatroom", [.room]),
    ]
    private static let contents: [(word: String, kind: MessageKind)] = [
        ("VIDEO", .video), ("FILE", .file), ("IMAGE", .image), ("LOCATION", .location), ("TEXT", .text),
        ("VOICE", .audio), ("CUSTOM", .custom), ("COMMAND", .command),
    ]
    private static let events: [String: [String]] = [
        "chat": ["message.sent"], "groupchat": ["message.sent"], "chatroom": ["message.sent"],
        "recall": ["message.recalled"], "update_msg": ["message.rewritten"], "read_ack": ["message.read"],
        "delivery_ack": ["message.delivered"], "muc": ["group.*", "room.*"],
        "roster": ["contact.*", "block.*"], "userStatus": ["user.online", "user.offline"],
    ]

    /// The words that `interested` may have.
    static func interests(of kind: Kind) -> [String] {
        kind == .after ? interests : conversations.map(\.word)
    }

    /// The words that `msgTypes` may have.
    static func messageTypes(of kind: Kind) -> [String] {
        kind == .after ? occasions : contents.map(\.word)
    }

    // MARK: Meaning

    /// The events that the interests stand for; empty where none of them ever happens here.
    var selectors: [String] {
        guard kind == .after else { return ["message.sent"] }
        var selectors: [String] = []
        for selector in interests.flatMap({ Self.events[$0] ?? [] }) where !selectors.contains(selector) {
            selectors.append(selector)
        }
        return selectors
    }

    /// The messages that the interests and types stand for.
    var messages: MessageFilter {
        var kinds = Self.conversations.filter { interests.contains($0.word) }.flatMap(\.kinds)
        // A rule about recalls alone is about those of any conversation.
        if kinds.isEmpty { kinds = Self.conversations.flatMap(\.kinds) }
        let named = Self.contents.filter { kind == .after || messageTypes.contains($0.word) }.map(\.kind)
        let pairs = kinds.flatMap { conversation in named.map { (conversation, $0) } }
        return MessageFilter(pairs, takesBackends: takesBackends)
    }
}
