// Writing an application out: every thing in an order in which it can be brought in again, a page at a time.

/// The next things of an export.
///
/// Pages are read in snapshots of their own, so that a long export holds none: what changes meanwhile is in it as it was
/// when its page was read.
public struct ExportRules: Sendable {
    private enum Stage: Sendable {
        case users(after: UserID?)
        case relations(after: UserID?)
        case groups(GroupKind, [GroupID])
        case messages(after: MessageID)
        case positions(after: UserID?)
        case end
    }

    private var stage = Stage.users(after: nil)
    private var names: [UserID: String] = [:]

    /// Rows of one page.
    public static let pageSize = 200

    /// At the beginning.
    public init() {}

    /// The next things; nil behind the last.
    public mutating func next(at now: Timestamp, in store: any Reader) throws(Failure) -> [TransferRecord]? {
        switch stage {
        case .users(let last):
            let users = try page(after: last, in: store) { .users(after: $0) }
            guard let users else {
                stage = .relations(after: nil)
                return []
            }
            return try users.map { user throws(Failure) in .user(try Self.record(of: user, in: store)) }
        case .relations(let last):
            guard let users = try page(after: last, in: store, { .relations(after: $0) }) else {
                stage = .groups(.group, try Self.groupIDs(.group, in: store))
                return []
            }
            var records: [TransferRecord] = []
            for user in users { records += try relations(of: user, at: now, in: store) }
            return records
        case .groups(let kind, let ids):
            guard let id = ids.last else {
                stage =
                    kind == .group
                    ? .groups(.room, try Self.groupIDs(.room, in: store)) : .messages(after: .none)
                return []
            }
            stage = .groups(kind, Array(ids.dropLast()))
            guard let group = try store.group(id) else { return [] }
            return try records(of: group, at: now, in: store)
        case .messages(let last):
            let range = MessageRange(after: last)
            let messages = try store.messages(range, sent: .always, limit: Self.pageSize)
            guard let end = messages.last else {
                stage = .positions(after: nil)
                return []
            }
            stage = .messages(after: end.id)
            return try messages.map { message throws(Failure) in .message(try record(of: message, in: store))
            }
        case .positions(let last):
            guard let users = try page(after: last, in: store, { .positions(after: $0) }) else {
                stage = .end
                return []
            }
            var records: [TransferRecord] = []
            for user in users { records += try positions(of: user, in: store) }
            return records
        case .end: return nil
        }
    }

    private mutating func page(
        after last: UserID?,
        in store: any Reader,
        _ next: (UserID) -> Stage
    ) throws(Failure) -> [User]? {
        let users = try store.users(after: last, limit: Self.pageSize)
        guard let end = users.last else { return nil }
        stage = next(end.id)
        return users
    }

    /// All groups of a kind, the newest first: they are written from the end.
    private static func groupIDs(_ kind: GroupKind, in store: any Reader) throws(Failure) -> [GroupID] {
        var ids: [GroupID] = []
        while true {
            let page = try store.groupNames(kind, before: ids.last, limit: 500)
            ids += page.map(\.id)
            guard page.count == 500 else { return ids }
        }
    }

    // MARK: Users

    static func record(of user: User, in store: any Reader) throws(Failure) -> TransferUser {
        var record = TransferUser(name: user.username)
        record.passwordHash = try store.passwordHash(of: user.id)
        record.nickname = user.nickname
        record.created = user.created
        record.isActivated = user.isActivated
        record.push = user.push
        record.profile = user.profile
        record.email = try store.email(of: user.id)
        return record
    }

    private func relations(of user: User, at now: Timestamp, in store: any Reader) throws(Failure)
        -> [TransferRecord]
    {
        let name = user.username.text
        var records: [TransferRecord] = []
        var last: UserID?
        while true {
            let contacts = try store.contacts(of: user.id, after: last, limit: 500)
            for contact in contacts {
                records.append(.contact(name, contact.user.username.text))
                if let remark = contact.remark {
                    records.append(.remark(name, contact: contact.user.username.text, text: remark))
                }
            }
            last = contacts.last?.user.id
            guard contacts.count == 500 else { break }
        }
        for blocked in try store.blockedNames(by: user.id) { records.append(.block(name, blocked)) }
        let mutes = try store.mutes(of: user.id)
        if mutes != Mutes() { records.append(.mute(TransferMute(name: name, mutes: mutes))) }
        let entries = try MetadataRules.entries(of: user, at: now, in: store)
        if !entries.isEmpty { records.append(.metadata(TransferMetadata(name: name, entries: entries))) }
        return records
    }

    // MARK: Groups

    /// The id by which lines name a group: the one that its maker chose, or the server's own.
    private static func id(of group: Group) -> String { group.alias ?? group.id.text }

    private func records(of group: Group, at now: Timestamp, in store: any Reader) throws(Failure)
        -> [TransferRecord]
    {
        let id = Self.id(of: group)
        var records: [TransferRecord] = [
            .group(
                TransferGroup(
                    kind: group.kind,
                    id: id,
                    owner: group.ownerName,
                    settings: group.settings,
                    created: group.created,
                    isDisabled: group.isDisabled,
                    muteExpiry: group.muteExpiry
                )
            )
        ]
        if !group.announcement.isEmpty {
            records.append(.announcement(group: id, group.kind, text: group.announcement))
        }
        var roles: [GroupRoleID: TransferRole] = [:]
        var metadata: [TransferRecord] = []
        var place: Int64?
        while true {
            let members = try store.members(of: group.id, after: place, limit: 500)
            for member in members {
                if member.role != .owner || member.profile != MemberProfile() {
                    records.append(.member(Self.record(of: member, in: id)))
                }
                let entries = try store.memberMetadata(of: member.user, in: group.id)
                if !entries.isEmpty {
                    metadata.append(
                        .metadata(TransferMetadata(name: member.name, group: id, entries: entries))
                    )
                }
                if let role = try store.ownRole(of: member.user, in: group.id), role.group != nil {
                    roles[role.id, default: Self.record(of: role, in: id)].members.append(member.name)
                }
            }
            place = members.last?.place
            guard members.count == 500 else { break }
        }
        records += metadata
        records += roles.sorted { $0.key.rawValue < $1.key.rawValue }.map { .role($0.value) }
        for mute in try store.groupMutes(of: group.id, at: now) {
            let mutes = Mutes(groupchat: mute.expires)
            records.append(.mute(TransferMute(name: mute.name, group: id, mutes: mutes)))
        }
        if group.kind == .room { records += try attributes(of: group, id, in: store) }
        return records
    }

    private static func record(of member: GroupMember, in group: String) -> TransferMember {
        TransferMember(
            group: group,
            name: member.name,
            role: member.role,
            joined: member.joined,
            profile: member.profile
        )
    }

    private static func record(of role: PermissionRole, in group: String) -> TransferRole {
        TransferRole(
            group: group,
            name: role.name,
            description: role.description,
            permissions: role.permissions,
            members: []
        )
    }

    private func attributes(of room: Group, _ id: String, in store: any Reader) throws(Failure)
        -> [TransferRecord]
    {
        var owners: [UserID: [MetadataEntry]] = [:]
        for entry in try store.roomMetadata(of: room.id) {
            owners[entry.owner, default: []].append(MetadataEntry(key: entry.key, value: entry.value))
        }
        var records: [TransferRecord] = []
        for (owner, entries) in owners.sorted(by: { $0.key < $1.key }) {
            guard let user = try store.user(owner) else { continue }
            let metadata = TransferMetadata(name: user.username.text, group: id, entries: entries)
            records.append(.metadata(metadata))
        }
        return records
    }

    // MARK: Messages

    private func receiver(_ address: ConversationAddress, from sender: String, in store: any Reader)
        throws(Failure) -> String
    {
        let receiver = address.receiver(from: sender)
        guard address.kind == .group || address.kind == .room, let id = GroupID(receiver),
            let group = try store.group(id)
        else { return receiver }
        return Self.id(of: group)
    }

    private func record(of message: Message, in store: any Reader) throws(Failure) -> TransferMessage {
        var record = TransferMessage(
            id: message.id.text,
            sender: message.sender,
            receiver: try receiver(message.address, from: message.sender, in: store),
            kind: message.address.kind,
            sent: message.sent,
            content: message.content,
            isRecalled: message.isRecalled,
            edits: message.edits
        )
        if message.isDirected {
            var names: [String] = []
            for id in try store.recipients(of: message.id) {
                if let user = try store.user(id) { names.append(user.username.text) }
            }
            record.recipients = names
        }
        return record
    }

    private func positions(of user: User, in store: any Reader) throws(Failure) -> [TransferRecord] {
        var records: [TransferRecord] = []
        for followed in try store.conversations(of: user.id) {
            let conversation = followed.conversation
            let name = user.username.text
            records.append(
                .position(
                    TransferPosition(
                        name: name,
                        conversation: try receiver(conversation.address, from: name, in: store),
                        kind: conversation.address.kind,
                        delivered: followed.position.delivered,
                        read: followed.position.read,
                        visibleAfter: followed.position.visibleAfter,
                        hiddenThrough: followed.position.hiddenThrough
                    )
                )
            )
        }
        return records
    }
}
