// The repositories of groups and rooms, in memory.

import Domain

extension Tables {
    /// A group with all that belongs to it.
    struct GroupRow {
        var application: ApplicationID
        var kind: GroupKind
        var owner: UserID
        var created: Timestamp
        var modified: Timestamp
        var settings: GroupSettings
        var announcement = ""
        var muteExpiry: Timestamp?
        var isDisabled = false
        var alias: String?
        var members: [UserID: Membership] = [:]
        /// Until when; `Mutes.forever` for ever.
        var blocked: [UserID: Timestamp] = [:]
        var allowed: Set<UserID> = []
        var mutes: [UserID: Timestamp] = [:]
        var memberMetadata: [MetadataKey: String] = [:]
        var roles: [GroupRoleID: PermissionRole] = [:]
        var memberRoles: [UserID: GroupRoleID] = [:]
        /// By the bytes of the key.
        var metadata: [[UInt8]: RoomMetadataEntry] = [:]
    }

    struct Membership {
        var role: GroupRole
        var joined: Timestamp
        var place: Int64
        var profile = MemberProfile()
    }

    /// The schema's cascades when a user is deleted.
    mutating func removeFromGroups(_ user: UserID) {
        superAdministrators.remove(user)
        groups = groups.filter { $0.value.owner != user }
        groups = groups.mapValues { row in
            var row = row
            row.removeMember(user)
            row.blocked[user] = nil
            row.mutes[user] = nil
            row.metadata = row.metadata.filter { $0.value.owner != user }
            return row
        }
    }
}

extension Tables.GroupRow {
    mutating func removeMember(_ user: UserID) {
        members[user] = nil
        memberRoles[user] = nil
        allowed.remove(user)
        memberMetadata = memberMetadata.filter { $0.key.user != user }
    }
}

extension MemoryStore {
    func nextID(at now: Timestamp) -> Int64 { database.tables.ids.next(at: now) }

    // MARK: Groups

    private func row(_ id: GroupID) -> Tables.GroupRow? {
        guard let row = tables.groups[id], row.application == application else { return nil }
        return row
    }

    func group(_ id: GroupID) -> Group? {
        guard let row = row(id) else { return nil }
        return Group(
            id: id,
            kind: row.kind,
            owner: row.owner,
            ownerName: name(row.owner),
            created: row.created,
            modified: row.modified,
            memberCount: row.members.count,
            settings: row.settings,
            announcement: row.announcement,
            muteExpiry: row.muteExpiry,
            isDisabled: row.isDisabled,
            alias: row.alias
        )
    }

    func group(aliased alias: String) -> Group? {
        let found = tables.groups.first {
            $0.value.application == application && $0.value.alias?.utf8.elementsEqual(alias.utf8) == true
        }
        return found.flatMap { group($0.key) }
    }

    func setAlias(_ alias: String, of group: GroupID) -> Bool {
        guard row(group) != nil, self.group(aliased: alias).map({ $0.id == group }) ?? true else {
            return false
        }
        database.tables.groups[group]?.alias = alias
        return true
    }

    private func name(_ user: UserID) -> String { tables.users[user]?.user.username.text ?? "" }

    /// Newest first.
    private func newest(where isWanted: (Tables.GroupRow) -> Bool, before id: GroupID?, limit: Int) -> [Group]
    {
        let ids = tables.groups.filter { key, row in
            row.application == application && isWanted(row) && key.rawValue < id?.rawValue ?? .max
        }
        return ids.keys.sorted(by: >).prefix(limit).compactMap(group)
    }

    func groups(_ kind: GroupKind, before id: GroupID?, limit: Int) -> [Group] {
        newest(where: { $0.kind == kind }, before: id, limit: limit)
    }

    func publicGroups(before id: GroupID?, limit: Int) -> [Group] {
        newest(where: { $0.kind == .group && $0.settings.isPublic }, before: id, limit: limit)
    }

    func groupCount(_ kind: GroupKind) -> Int { groups(kind, before: nil, limit: .max).count }

    func joinedGroups(of user: UserID, _ kind: GroupKind, before id: GroupID?, limit: Int) -> [Group] {
        newest(where: { $0.kind == kind && $0.members[user] != nil }, before: id, limit: limit)
    }

    func joinedGroups(of user: UserID, _ kind: GroupKind, offset: Int, limit: Int) -> [Group] {
        Array(joinedGroups(of: user, kind, before: nil, limit: .max).dropFirst(offset).prefix(limit))
    }

    func joinedCount(of user: UserID, _ kind: GroupKind) -> Int {
        joinedGroups(of: user, kind, before: nil, limit: .max).count
    }

    func insertGroup(
        _ id: GroupID,
        _ kind: GroupKind,
        _ settings: GroupSettings,
        owner: UserID,
        at now: Timestamp
    ) throws(Failure) -> Group {
        guard user(owner) != nil else { throw .notFound(.user, id: "") }
        var row = Tables.GroupRow(
            application: application,
            kind: kind,
            owner: owner,
            created: now,
            modified: now,
            settings: settings
        )
        row.members[owner] = Tables.Membership(role: .owner, joined: now, place: GroupMember.ownersPlace)
        database.tables.groups[id] = row
        guard let group = group(id) else { throw .notFound(.group, id: id.text) }
        return group
    }

    func update(_ group: Group) {
        guard var row = row(group.id) else { return }
        row.modified = group.modified
        row.settings = group.settings
        row.announcement = group.announcement
        row.muteExpiry = group.muteExpiry
        row.isDisabled = group.isDisabled
        database.tables.groups[group.id] = row
    }

    func deleteGroup(_ id: GroupID) {
        if row(id) != nil { database.tables.groups[id] = nil }
    }

    // MARK: Members

    private func member(_ user: UserID, _ membership: Tables.Membership) -> GroupMember {
        GroupMember(
            user: user,
            name: name(user),
            role: membership.role,
            joined: membership.joined,
            place: membership.place,
            profile: membership.profile
        )
    }

    private func members(of group: GroupID) -> [GroupMember] {
        (row(group)?.members ?? [:]).map(member).sorted { $0.place < $1.place }
    }

    func membership(of user: UserID, in group: GroupID) -> GroupMember? {
        row(group)?.members[user].map { member(user, $0) }
    }

    func members(of group: GroupID, after place: Int64?, limit: Int) -> [GroupMember] {
        Array(members(of: group).filter { $0.place > place ?? 0 }.prefix(limit))
    }

    func members(of group: GroupID, offset: Int, limit: Int) -> [GroupMember] {
        Array(members(of: group).dropFirst(offset).prefix(limit))
    }

    func members(of group: GroupID, before place: Int64?, limit: Int) -> [GroupMember] {
        Array(members(of: group).filter { $0.place < place ?? .max }.reversed().prefix(limit))
    }

    func administrators(of group: GroupID) -> [GroupMember] {
        members(of: group).filter { $0.role == .administrator }
    }

    func heir(of group: GroupID) -> GroupMember? {
        let others = members(of: group).filter { $0.role != .owner }
        let active = others.filter { user($0.user)?.isActivated == true }
        let candidates = active.isEmpty ? others : active
        return candidates.first { $0.role == .administrator } ?? candidates.first
    }

    func insertMember(_ user: UserID, into group: GroupID, at now: Timestamp) -> Bool {
        let place = nextID(at: now)
        guard let row = row(group), row.members[user] == nil, self.user(user) != nil else { return false }
        database.tables.groups[group]?.members[user] = Tables.Membership(
            role: .member,
            joined: now,
            place: place
        )
        return true
    }

    func deleteMember(_ user: UserID, from group: GroupID) -> Bool {
        guard let member = membership(of: user, in: group), member.role != .owner else { return false }
        database.tables.groups[group]?.removeMember(user)
        return true
    }

    func setAdministrator(_ isAdministrator: Bool, _ user: UserID, in group: GroupID) -> Bool {
        guard let member = membership(of: user, in: group), member.role != .owner else { return false }
        database.tables.groups[group]?.members[user]?.role = isAdministrator ? .administrator : .member
        return true
    }

    func setProfile(_ profile: MemberProfile, of user: UserID, in group: GroupID) -> Bool {
        guard membership(of: user, in: group) != nil else { return false }
        database.tables.groups[group]?.members[user]?.profile = profile
        return true
    }

    func setOwner(_ user: UserID, of group: GroupID, at now: Timestamp) -> Bool {
        guard let member = membership(of: user, in: group), member.role != .owner, let row = row(group) else {
            return false
        }
        let place = nextID(at: now)
        database.tables.groups[group]?.members[row.owner]?.role = .member
        database.tables.groups[group]?.members[row.owner]?.place = place
        database.tables.groups[group]?.members[user]?.role = .owner
        database.tables.groups[group]?.members[user]?.place = GroupMember.ownersPlace
        database.tables.groups[group]?.owner = user
        database.tables.groups[group]?.modified = now
        return true
    }

    // MARK: Lists and mutes

    private func listed(_ list: GroupList, of group: GroupID, at now: Timestamp) -> Set<UserID> {
        guard let row = row(group) else { return [] }
        switch list {
        case .blocked: return Set(row.blocked.filter { $0.value > now }.keys)
        case .allowed: return row.allowed
        }
    }

    func isListed(_ user: UserID, _ list: GroupList, of group: GroupID, at now: Timestamp) -> Bool {
        listed(list, of: group, at: now).contains(user)
    }

    func listedNames(_ list: GroupList, of group: GroupID, at now: Timestamp) -> [String] {
        listed(list, of: group, at: now).sorted().map(name)
    }

    func block(_ user: UserID, until expiry: Timestamp?, in group: GroupID, at now: Timestamp) -> Bool {
        guard row(group) != nil, self.user(user) != nil else { return false }
        let stood = isListed(user, .blocked, of: group, at: now)
        database.tables.groups[group]?.blocked[user] = expiry ?? Mutes.forever
        return !stood
    }

    func allow(_ user: UserID, in group: GroupID, at now: Timestamp) -> Bool {
        guard let row = row(group), row.members[user] != nil else { return false }
        return database.tables.groups[group]?.allowed.insert(user).inserted ?? false
    }

    func deleteListed(_ user: UserID, _ list: GroupList, of group: GroupID, at now: Timestamp) -> Bool {
        guard row(group) != nil else { return false }
        let stood = isListed(user, list, of: group, at: now)
        switch list {
        case .blocked: database.tables.groups[group]?.blocked[user] = nil
        case .allowed: database.tables.groups[group]?.allowed.remove(user)
        }
        return stood
    }

    func deleteBlocks(of group: GroupID, at now: Timestamp) -> Bool {
        let stood = !listed(.blocked, of: group, at: now).isEmpty
        database.tables.groups[group]?.blocked = [:]
        return stood && row(group) != nil
    }

    func muteExpiry(of user: UserID, in group: GroupID) -> Timestamp? { row(group)?.mutes[user] }

    func groupMutes(of group: GroupID, at now: Timestamp) -> [GroupMute] {
        (row(group)?.mutes ?? [:]).filter { $0.value > now }.sorted { $0.key < $1.key }
            .map { GroupMute(name: name($0.key), expires: $0.value) }
    }

    func setGroupMute(until expiry: Timestamp?, of user: UserID, in group: GroupID) {
        guard row(group) != nil, self.user(user) != nil else { return }
        database.tables.groups[group]?.mutes[user] = expiry
    }

    // MARK: Metadata and super admins

    func memberMetadata(of user: UserID, in group: GroupID) -> [MetadataEntry] {
        (row(group)?.memberMetadata ?? [:]).filter { $0.key.user == user }
            .sorted { $0.key.key.lexicographicallyPrecedes($1.key.key) }
            .map { MetadataEntry(key: String(decoding: $0.key.key, as: UTF8.self), value: $0.value) }
    }

    func setMemberMetadata(_ entry: MetadataEntry, of user: UserID, in group: GroupID) {
        guard membership(of: user, in: group) != nil else { return }
        let key = Tables.MetadataKey(user: user, key: Array(entry.key.utf8))
        database.tables.groups[group]?.memberMetadata[key] = entry.value
    }

    func deleteMemberMetadata(_ key: String, of user: UserID, in group: GroupID) {
        guard row(group) != nil else { return }
        let key = Tables.MetadataKey(user: user, key: Array(key.utf8))
        database.tables.groups[group]?.memberMetadata[key] = nil
    }

    func roomMetadata(of room: GroupID) -> [RoomMetadataEntry] {
        (row(room)?.metadata ?? [:]).sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    func roomMetadata(_ key: String, of room: GroupID) -> RoomMetadataEntry? {
        row(room)?.metadata[Array(key.utf8)]
    }

    func setRoomMetadata(_ entry: RoomMetadataEntry, of room: GroupID) {
        guard row(room) != nil, user(entry.owner) != nil else { return }
        database.tables.groups[room]?.metadata[Array(entry.key.utf8)] = entry
    }

    func deleteRoomMetadata(_ key: String, of room: GroupID) {
        if row(room) != nil { database.tables.groups[room]?.metadata[Array(key.utf8)] = nil }
    }

    func deleteRoomMetadata(endingWith owner: UserID, in room: GroupID) {
        guard let row = row(room) else { return }
        database.tables.groups[room]?.metadata = row.metadata.filter {
            $0.value.owner != owner || !$0.value.endsWithOwner
        }
    }

    func isSuperAdministrator(_ user: UserID) -> Bool {
        self.user(user) != nil && tables.superAdministrators.contains(user)
    }

    func superAdministrators(offset: Int, limit: Int) -> [String] {
        tables.superAdministrators.filter { user($0) != nil }.sorted().dropFirst(offset).prefix(limit).map(
            name
        )
    }

    func insertSuperAdministrator(_ user: UserID, at now: Timestamp) -> Bool {
        guard self.user(user) != nil else { return false }
        return database.tables.superAdministrators.insert(user).inserted
    }

    func deleteSuperAdministrator(_ user: UserID) -> Bool {
        guard self.user(user) != nil else { return false }
        return database.tables.superAdministrators.remove(user) != nil
    }
}
