// Frames 1 and 8: what is told of a session, and making one.

import Domain
import JSON
import Routing

/// The number that clients know a session by: a group's id, or that of a conversation between two.
///
/// A group's is a time-ordered id, far above any row key.
struct SessionID: Equatable, Sendable {
    let number: Int64

    /// The decimal form: clients get ids as texts.
    var text: String { String(number) }

    /// The session of a conversation; nil for what clients don't know as one.
    init?(_ conversation: Conversation) {
        self.init(conversation.address, conversation.id)
    }

    init?(_ address: ConversationAddress, _ conversation: ConversationID) {
        switch address.kind {
        case .single: number = conversation.rawValue
        case .group, .room:
            guard let id = GroupID(address.key) else { return nil }
            number = id.rawValue
        // Not theirs to speak in, but there messages come from.
        case .broadcast: number = conversation.rawValue
        }
    }

    /// A number, or its text; nil for anything else.
    init?(_ view: JSONView) {
        guard let number = view.int64 ?? view.string.flatMap({ Int64($0) }), number > 0 else { return nil }
        self.number = number
    }

    init(number: Int64) { self.number = number }
}

extension Value<SessionID> {
    /// The id of a session.
    static var session: Value {
        Value(
            .string(length: 1...19, pattern: "^[0-9]+$").tolerating([.integer()], "A number is taken, too."),
            placeholder: SessionID(number: 1),
            read: { view throws(FieldProblem) in
                guard let id = SessionID(view) else {
                    throw FieldProblem(.wrongType(expected: "the id of a session"))
                }
                return id
            },
            readText: { _ throws(FieldProblem) in
                throw FieldProblem(.wrongType(expected: "the id of a session"))
            }
        )
    }
}

/// A session as it was found.
enum FoundSession {
    case group(Group)
    case between(Conversation, other: String)

    /// Finds one; a conversation between two is there for the two only.
    ///
    /// - Throws: `.notFound(.group, …)`.
    init(_ id: SessionID, for user: User, in store: any Reader) throws(Failure) {
        if let group = try store.group(GroupID(rawValue: id.number)) {
            self = .group(group)
            return
        }
        guard let conversation = try store.conversation(ConversationID(rawValue: id.number)),
            try ConversationRules.isThere(conversation, for: user, in: store)
        else { throw .notFound(.group, id: id.text) }
        self = .between(conversation, other: conversation.address.receiver(from: user.username.text))
    }
}

enum Sessions {
    private static let names = [
        "session_id", "name", "avatar", "avatar_hash", "time", "update_time", "members", "owner",
    ]
    /// Members in one reply, at most.
    private static let maximumListed = 1000

    struct Request: BodyInput {
        let id: SessionID
        let values: [String]

        static let value = Value<Request>.object(named: "SessionRequest") {
            object throws(FieldProblem) in
            Request(
                id: try object.required("session_id", .session),
                values: try object.required("request_values", .list(of: .oneOf(names), maximum: names.count))
            )
        }
    }

    static func info(_ call: Call, _ input: Request, _ store: any Reader) throws(Failure) -> DataReply {
        let user = try call.user()
        let session = try FoundSession(input.id, for: user, in: store)
        var data: [(key: String, value: JSONPiece)] = []
        for name in names where input.values.contains(name) {
            let value: JSONValue
            switch session {
            case .group(let group): value = try self.value(name, of: group, for: call, store)
            case .between(let conversation, let other):
                value = self.value(name, of: conversation, with: other, for: user, call)
            }
            data.append((name, JSONPiece(value: value)))
        }
        return DataReply(reply: .session, data: ReplyMap(data))
    }

    /// To strangers the members are `null`.
    private static func value(
        _ name: String,
        of group: Group,
        for call: Call,
        _ store: any Reader
    ) throws(Failure) -> JSONValue {
        switch name {
        case "session_id": return .string(group.id.text)
        case "name": return .string(group.settings.name)
        case "time": return .integer(group.created.seconds)
        case "update_time": return .integer(group.modified.seconds)
        case "owner": return .string(group.ownerName)
        case "members":
            do throws(Failure) {
                let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
                return .array(try roster.members(after: nil, limit: maximumListed).map { .string($0.name) })
            } catch .forbidden {
                return .null
            }
        default: return picture(name, group.settings.icon, call)
        }
    }

    private static func value(
        _ name: String,
        of conversation: Conversation,
        with other: String,
        for user: User,
        _ call: Call
    ) -> JSONValue {
        switch name {
        case "session_id": .string(String(conversation.id.rawValue))
        case "name": .string(other)
        case "members": .array([.string(user.username.text), .string(other)])
        case "time", "update_time": .integer(conversation.lastSent?.seconds ?? 0)
        case "owner": .null
        default: picture(name, "", call)
        }
    }

    /// The picture's address or hash: of a session without one those of the default; the hash of another isn't known.
    private static func picture(_ name: String, _ address: String, _ call: Call) -> JSONValue {
        switch (name, address.isEmpty) {
        case ("avatar", true): .string(DefaultPicture.address(call))
        case ("avatar_hash", true): .string(DefaultPicture.hash)
        case ("avatar", false): .string(address)
        default: .string("")
        }
    }

    struct NewSession: BodyInput {
        let members: [String]
        let name: String?

        static let value = Value<NewSession>.object(named: "NewSession") {
            object throws(FieldProblem) in
            let members = Value<[String]>.list(of: .text(1...64), maximum: GroupRules.maximumFirstMembers)
            return NewSession(
                members: try object.required("members", members),
                name: try object.optional("name", .text(1...GroupRules.maximumNameCharacters))
            )
        }
    }

    /// Everybody named is in it at once.
    static func make(_ call: Call, _ input: NewSession, _ store: any Writer) throws(Failure) -> StatusReply {
        let user = try call.user()
        let settings = GroupSettings(
            name: input.name ?? user.nickname ?? user.username.text,
            description: "",
            isPublic: false,
            maximumMembers: GroupRules.defaultMaximumMembers,
            allowsInvites: true
        )
        let group = try GroupRules.create(
            .group,
            settings,
            owner: user.username.text,
            members: input.members,
            of: call.application,
            at: call.now,
            in: store
        )
        var reply = StatusReply(.newSession)
        reply.sessionID = group.id.text
        return reply
    }
}
