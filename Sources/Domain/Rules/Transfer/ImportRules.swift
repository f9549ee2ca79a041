// Bringing things in from a file: each line is taken whole or refused whole, and nobody is informed of it.

/// The outcome of a line.
public enum ImportOutcome: Equatable, Sendable {
    /// It made something.
    case created
    /// The object of the line was there.
    case existing
    /// It changed something that was there.
    case updated
}

/// The lines of one transaction.
///
/// It remembers what its lines have in common, such as the conversation of many messages, and writes that once, in
/// ``finish(in:)``.
public struct ImportRules {
    let application: Application
    let options: ImportOptions
    let now: Timestamp
    let secrets: any Secrets
    /// Users by their names' keys; nil for one that isn't there.
    var users: [String: User?] = [:]
    /// Groups and rooms by the id that lines name.
    var groups: [GroupKey: Group?] = [:]
    var talks: [ConversationAddress: ImportedTalk] = [:]

    struct GroupKey: Hashable {
        let id: String
        let kind: GroupKind?
    }

    /// Lines that one transaction takes.
    public static let slice = 500
    /// Bytes that one line may have.
    public static let maximumLineBytes = 1 << 20
    /// Refused lines that a job keeps; it goes on to count those behind them.
    public static let keptErrors = 10_000

    /// Begins a transaction's lines.
    public init(
        _ options: ImportOptions,
        of application: Application,
        secrets: any Secrets,
        at now: Timestamp
    ) {
        self.options = options
        self.application = application
        self.secrets = secrets
        self.now = now
    }

    /// Brings one line in.
    ///
    /// - Throws: why it is refused; nothing of it is changed then.
    public mutating func take(_ record: TransferRecord, in store: any Writer) throws(Failure) -> ImportOutcome
    {
        switch record {
        case .user(let user): try take(user, store)
        case .contact(let owner, let other):
            try takeContact(owner, other, store)
        case .remark(let owner, let contact, let text): try takeRemark(text, owner, contact, store)
        case .block(let owner, let other): try takeBlock(owner, other, store)
        case .mute(let mute): try take(mute, store)
        case .metadata(let metadata): try take(metadata, store)
        case .group(let group): try take(group, store)
        case .member(let member): try take(member, store)
        case .announcement(let group, let kind, let text): try takeAnnouncement(text, group, kind, store)
        case .role(let role): try take(role, store)
        case .message(let message): try take(message, store)
        case .position(let position): try take(position, store)
        case .file(let file): try take(file, store)
        }
    }

    // MARK: What lines refer to

    /// The user that a line names.
    mutating func user(_ name: String, _ field: String, _ store: any Reader) throws(Failure) -> User {
        guard let user = try known(name, store) else {
            throw .invalid(field: field, .unknownReference(.user, id: String(name.prefix(64))))
        }
        return user
    }

    /// The user of a name; nil where there is none.
    mutating func known(_ name: String, _ store: any Reader) throws(Failure) -> User? {
        guard let username = Username(name) else { return nil }
        if let known = users[username.key] { return known }
        let found = try store.user(named: username)
        // A slice names few users many times, or many once.
        users[username.key] = .some(found)
        return found
    }

    /// The group or room that a line names.
    mutating func group(_ id: String, _ kind: GroupKind?, _ field: String, _ store: any Reader)
        throws(Failure)
        -> Group
    {
        let key = GroupKey(id: id, kind: kind)
        if let known = groups[key], let group = known { return group }
        var found: Group?
        for kind in kind.map({ [$0] }) ?? GroupKind.allCases where found == nil {
            found = try GroupRules.known(id, kind, in: store)
        }
        guard let found else {
            throw .invalid(
                field: field,
                .unknownReference(kind == .room ? .room : .group, id: String(id.prefix(64)))
            )
        }
        groups[key] = found
        return found
    }

    // MARK: Relations

    private mutating func takeContact(_ owner: String, _ other: String, _ store: any Writer) throws(Failure)
        -> ImportOutcome
    {
        let (one, two) = (try user(owner, "username", store), try user(other, "contact", store))
        guard one.id != two.id else { throw .invalid(field: "contact", .selfReference) }
        guard try !store.isContact(two.id, of: one.id) else { return .existing }
        let maximum = application.settings.maximumContacts
        for user in [one, two] {
            guard try store.contactCount(of: user.id) < maximum else {
                throw .limitReached(.contacts, maximum: maximum)
            }
        }
        let isAdded = try store.insertContact(two.id, of: one.id, at: now)
        _ = try store.insertContact(one.id, of: two.id, at: now)
        return isAdded ? .created : .existing
    }

    private mutating func takeRemark(
        _ text: String,
        _ owner: String,
        _ contact: String,
        _ store: any Writer
    ) throws(Failure) -> ImportOutcome {
        let (one, two) = (try user(owner, "username", store), try user(contact, "contact", store))
        guard try store.setRemark(text.isEmpty ? nil : text, on: two.id, of: one.id) else {
            throw .invalid(field: "contact", .unknownReference(.contact, id: contact))
        }
        return .created
    }

    private mutating func takeBlock(_ owner: String, _ other: String, _ store: any Writer) throws(Failure)
        -> ImportOutcome
    {
        let (one, two) = (try user(owner, "username", store), try user(other, "blocked", store))
        guard one.id != two.id else { throw .invalid(field: "blocked", .selfReference) }
        guard try !store.isBlocked(two.id, by: one.id) else { return .existing }
        let maximum = application.settings.maximumBlocks
        guard try store.blockCount(by: one.id) < maximum else {
            throw .limitReached(.blocks, maximum: maximum)
        }
        return try store.insertBlock(two.id, by: one.id, at: now) ? .created : .existing
    }

    private mutating func take(_ mute: TransferMute, _ store: any Writer) throws(Failure) -> ImportOutcome {
        let user = try user(mute.name, "username", store)
        guard let id = mute.group else {
            guard try store.mutes(of: user.id) != mute.mutes else { return .existing }
            try store.setMutes(mute.mutes, of: user.id)
            return .created
        }
        let group = try group(id, nil, "group", store)
        guard try store.membership(of: user.id, in: group.id) != nil else {
            throw .group(.notMembers([user.username.text], group.id))
        }
        guard try store.muteExpiry(of: user.id, in: group.id) != mute.mutes.groupchat else {
            return .existing
        }
        try store.setGroupMute(until: mute.mutes.groupchat, of: user.id, in: group.id)
        return .created
    }

    private mutating func take(_ metadata: TransferMetadata, _ store: any Writer) throws(Failure)
        -> ImportOutcome
    {
        let user = try user(metadata.name, "username", store)
        guard let id = metadata.group else {
            var all = Dictionary(
                try store.metadata(of: user.id).map { ($0.key, $0.value) },
                uniquingKeysWith: { first, _ in first }
            )
            for entry in metadata.entries { all[entry.key] = entry.value }
            let bytes = all.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
            guard bytes <= MetadataRules.maximumBytes else {
                throw .limitReached(.metadataBytes, maximum: MetadataRules.maximumBytes)
            }
            for entry in metadata.entries { try store.setMetadata(entry, of: user.id) }
            return .created
        }
        let group = try group(id, nil, "group", store)
        if group.kind == .room {
            for entry in metadata.entries {
                let attribute = RoomMetadataEntry(
                    key: entry.key,
                    value: entry.value,
                    owner: user.id,
                    endsWithOwner: false
                )
                try store.setRoomMetadata(attribute, of: group.id)
            }
            return .created
        }
        guard try store.membership(of: user.id, in: group.id) != nil else {
            throw .group(.notMembers([user.username.text], group.id))
        }
        for entry in metadata.entries { try store.setMemberMetadata(entry, of: user.id, in: group.id) }
        return .created
    }
}
