// Frames 10 and 19: what is told of an account, and what its owner may change.

import Domain
import JSON
import Routing

enum AccountInfo {
    /// The members that a client may ask for, in the order of the reply.
    private static let names = [
        "ocid", "nickname", "status", "avatar", "avatar_hash", "time", "update_time", "sessions", "friends",
    ]
    /// Under which keys of a user's metadata the texts are kept; the platform dialect's clients know the first two.
    private static let metadataKeys = ["status": "sign", "avatar": "avatarurl", "avatar_hash": "avatar_hash"]
    /// Sessions and friends in one reply, at most.
    private static let maximumListed = 1000

    struct Request: BodyInput {
        let ocid: String
        let values: [String]

        static let value = Value<Request>.object(named: "AccountRequest") {
            object throws(FieldProblem) in
            Request(
                ocid: try object.required("ocid", .text(1...64)),
                values: try object.required("request_values", .list(of: .oneOf(names), maximum: names.count))
            )
        }
    }

    static func get(_ call: Call, _ input: Request, _ store: any Reader) throws(Failure) -> DataReply {
        let user = try UserRules.find(input.ocid, in: store)
        let isOwn = user.id == (try call.user()).id
        let metadata = try MetadataRules.entries(of: user, at: call.now, in: store)
        var data: [(key: String, value: JSONPiece)] = []
        for name in names where input.values.contains(name) {
            let value: JSONValue
            switch name {
            case "ocid": value = .string(user.username.text)
            case "nickname": value = .string(user.nickname ?? "")
            case "time": value = .integer(user.created.seconds)
            case "update_time": value = .integer(user.modified.seconds)
            case "sessions": value = isOwn ? try sessions(of: user, store) : .null
            case "friends": value = isOwn ? try friends(of: user, store) : .null
            default: value = .string(text(name, metadata, call))
            }
            data.append((name, JSONPiece(value: value)))
        }
        return DataReply(reply: .account, data: ReplyMap(data))
    }

    /// A text as its owner has set it; without a picture that of everybody who has set none, with its hash.
    private static func text(_ name: String, _ metadata: [MetadataEntry], _ call: Call) -> String {
        let value = { (name: String) in metadata.first { $0.key == metadataKeys[name] }?.value ?? "" }
        guard value("avatar").isEmpty else { return value(name) }
        switch name {
        case "avatar": return DefaultPicture.address(call)
        case "avatar_hash": return DefaultPicture.hash
        default: return value(name)
        }
    }

    private static func sessions(of user: User, _ store: any Reader) throws(Failure) -> JSONValue {
        let followed = try store.conversations(of: user.id)
        return .array(
            followed.prefix(maximumListed).compactMap { SessionID($0.conversation) }.map { .string($0.text) }
        )
    }

    private static func friends(of user: User, _ store: any Reader) throws(Failure) -> JSONValue {
        let contacts = try store.contacts(of: user.id, after: nil, limit: maximumListed)
        return .array(contacts.map { .string($0.user.username.text) })
    }

    struct Change: BodyInput {
        let ocid: String
        let nickname: String?
        let texts: [MetadataEntry]

        private static let data = Value<Change>.object(named: "AccountData") { object throws(FieldProblem) in
            let nickname = try object.optional("nickname", .text(1...AccountRules.maximumNameBytes))
            var texts: [MetadataEntry] = []
            for (name, value) in [
                ("status", try object.optional("status", .text(0...128))),
                ("avatar", try object.optional("avatar", .text(0...512))),
                ("avatar_hash", try object.optional("avatar_hash", .text(0...128))),
            ] {
                guard let value, let key = metadataKeys[name] else { continue }
                texts.append(MetadataEntry(key: key, value: value))
            }
            return Change(ocid: "", nickname: nickname, texts: texts)
        }

        static let value = Value<Change>.object(named: "AccountChange") {
            object throws(FieldProblem) in
            let ocid = try object.required("ocid", .text(1...64))
            let change = try object.required("data", data)
            return Change(ocid: ocid, nickname: change.nickname, texts: change.texts)
        }
    }

    /// One's own account only.
    static func set(_ call: Call, _ input: Change, _ store: any Writer) throws(Failure) -> StatusReply {
        let user = try call.user()
        guard Username(input.ocid) == user.username else { throw .forbidden(.insufficientScope) }
        if let nickname = input.nickname {
            _ = try UserRules.update(user.username.text, at: call.now, in: store) { $0.nickname = nickname }
        }
        if !input.texts.isEmpty {
            let end = call.now.adding(seconds: MetadataRules.statusSeconds)
            let texts = input.texts.map { text in
                let isStatus = text.key == metadataKeys["status"]
                return MetadataEntry(key: text.key, value: text.value, expires: isStatus ? end : nil)
            }
            _ = try MetadataRules.set(texts, of: user.username.text, at: call.now, in: store)
        }
        return StatusReply(.accountChange)
    }
}
