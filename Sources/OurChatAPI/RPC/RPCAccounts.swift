// OurChatService: accounts, one's own and those of others.

import Domain
import Protobuf
import Routing

enum RPCAccounts {
    /// The longest status, in bytes.
    static let maximumStatusBytes = 128
    /// The longest ocid, in bytes.
    static let maximumIDBytes = 50
    /// The longest key of a picture, in bytes.
    static let maximumAvatarBytes = 512
    /// Under which keys of a user's metadata the texts are kept; clients of the platform dialect know them.
    private static let statusKey = "sign"
    static let avatarKey = "avatarurl"

    /// A name that isn't blank.
    static func name(_ text: String, _ field: String) throws(Failure) -> String {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .invalid(field: field, .empty)
        }
        return try Wire.text(text, field, bytes: AccountRules.maximumNameBytes)
    }

    // MARK: Reading

    static func get(
        _ call: Call,
        _ input: GetAccountInfoRequest,
        _ store: any Reader
    ) throws(Failure) -> GetAccountInfoResponse {
        let caller = try call.user()
        let user = try input.id.map { id throws(Failure) in try Wire.user(id, in: store) } ?? caller
        let isOwn = user.id == caller.id
        var values: [AccountValue] = []
        for value in input.requestValues {
            guard let named = value.named else {
                throw .invalid(field: "request_values", .illegal(value: String(value.number)))
            }
            values.append(named)
        }
        let hidden: [AccountValue] = [.email, .updatedTime, .sessions, .friends]
        guard isOwn || !values.contains(where: hidden.contains) else { throw .forbidden(.insufficientScope) }
        var response = GetAccountInfoResponse()
        let metadata = try MetadataRules.entries(of: user, at: call.now, in: store)
        for value in Set(values) {
            switch value {
            case .unspecified: break
            case .ocid: response.ocid = user.username.text
            case .email: response.email = try store.email(of: user.id)?.text
            case .userName: response.userName = user.nickname ?? ""
            case .displayName: if !isOwn { response.displayName = try remark(on: user, of: caller, store) }
            case .status: response.status = metadata.first { $0.key == statusKey }?.value
            case .avatarKey: response.avatarKey = metadata.first { $0.key == avatarKey }?.value
            case .registerTime: response.registerTime = ProtobufTimestamp(user.created)
            case .publicUpdatedTime: response.publicUpdatedTime = ProtobufTimestamp(user.modified)
            case .updatedTime: response.updatedTime = ProtobufTimestamp(user.modified)
            case .sessions: response.sessions = try sessions(of: user, store)
            case .friends: response.friends = try friends(of: user, store)
            }
        }
        return response
    }

    private static func remark(
        on user: User,
        of owner: User,
        _ store: any Reader
    ) throws(Failure) -> String? {
        let before = UserID(rawValue: user.id.rawValue - 1)
        let contact = try store.contacts(of: owner.id, after: before, limit: 1).first
        return contact?.user.id == user.id ? contact?.remark : nil
    }

    private static func sessions(of user: User, _ store: any Reader) throws(Failure) -> [UInt64] {
        var found: [UInt64] = []
        var last: GroupID?
        while true {
            let page = try store.joinedGroups(of: user.id, .group, before: last, limit: 100)
            found += page.map { UInt64($0.id) }
            last = page.last?.id
            if page.count < 100 { break }
        }
        for followed in try store.conversations(of: user.id)
        where try ConversationRules.isThere(followed.conversation, for: user, in: store) {
            found.append(UInt64(followed.conversation.id))
        }
        return found
    }

    private static func friends(of user: User, _ store: any Reader) throws(Failure) -> [UInt64] {
        var found: [UInt64] = []
        var last: UserID?
        while true {
            let page = try store.contacts(of: user.id, after: last, limit: 100)
            found += page.map { UInt64($0.user.id) }
            last = page.last?.user.id
            if page.count < 100 { return found }
        }
    }

    // MARK: Changing

    /// The ocid is the user's name in every dialect.
    static func set(
        _ call: Call,
        _ input: SetSelfInfoRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.SetSelfInfoResponse> {
        let user = try call.user()
        let ocid = try input.ocid.map { ocid throws(Failure) in try Self.ocid(ocid) }
        var texts: [MetadataEntry] = []
        if let status = input.userDefinedStatus {
            let text = try Wire.text(status, "user_defined_status", bytes: maximumStatusBytes)
            let end = call.now.adding(seconds: MetadataRules.statusSeconds)
            texts.append(MetadataEntry(key: statusKey, value: text, expires: end))
        }
        if let avatar = input.avatarKey {
            let text = try Wire.text(avatar, "avatar_key", bytes: maximumAvatarBytes)
            texts.append(MetadataEntry(key: avatarKey, value: text))
        }
        let name = try input.userName.map { name throws(Failure) in try Self.name(name, "user_name") }
        _ = try UserRules.update(user.username.text, at: call.now, in: store) {
            $0.nickname = name ?? $0.nickname
        }
        if !texts.isEmpty {
            _ = try MetadataRules.set(texts, of: user.username.text, at: call.now, in: store)
        }
        if let ocid {
            try RenamingRules.rename(user, to: ocid, of: call.application, at: call.now, in: store)
        }
        return EmptyMessage()
    }

    private static func ocid(_ text: String) throws(Failure) -> Username {
        _ = try Wire.text(text, "ocid", bytes: maximumIDBytes)
        guard let name = Username(text) else { throw .invalid(field: "ocid", .illegal(value: text)) }
        return name
    }

    static func unregister(
        _ call: Call,
        _: EmptyMessage<Empty.UnregisterRequest>,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.UnregisterResponse> {
        try AccountRules.unregister(try call.user(), at: call.now, in: store)
        return EmptyMessage()
    }
}
