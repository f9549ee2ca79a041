// The repositories of one application, in memory.

import Domain

struct MemoryStore: Writer {
    let database: MemoryDatabase
    let application: ApplicationID
    let origin: Origin

    func announce(_ event: Event) {
        database.pending.append(Announcement(application: application, event: event))
    }

    var tables: Tables { database.tables }

    /// The row of a user of this application.
    private func row(_ id: UserID) -> Tables.UserRow? {
        guard let row = tables.users[id], row.application == application else { return nil }
        return row
    }

    private func pair(_ owner: UserID, _ other: UserID) -> Tables.Pair? {
        row(owner) != nil && row(other) != nil ? Tables.Pair(owner: owner, other: other) : nil
    }

    // MARK: Users

    private var ownUsers: [Tables.UserRow] {
        tables.users.values.filter { $0.application == application }.sorted { $0.user.id < $1.user.id }
    }

    func user(named name: Username) -> User? { ownUsers.first { $0.user.username == name }?.user }

    func user(_ uuid: UUID) -> User? { ownUsers.first { $0.user.uuid == uuid }?.user }

    func user(_ id: UserID) -> User? { row(id)?.user }

    func users(after id: UserID?, limit: Int) -> [User] {
        Array(ownUsers.map(\.user).filter { $0.id.rawValue > id?.rawValue ?? 0 }.prefix(limit))
    }

    func users(skipping offset: Int, limit: Int) -> [User] {
        Array(ownUsers.map(\.user).dropFirst(offset).prefix(limit))
    }

    func userCount() -> Int { ownUsers.count }

    func notifyingUsers(skipping offset: Int, limit: Int) -> [User] {
        Array(ownUsers.map(\.user).filter { $0.profile.level != .person }.dropFirst(offset).prefix(limit))
    }

    func notifyingUserCount() -> Int { ownUsers.count { $0.user.profile.level != .person } }

    func passwordHash(of id: UserID) -> String? { row(id)?.passwordHash }

    func insert(_ user: NewUser, at now: Timestamp) throws(Failure) -> User {
        guard tables.applications[application] != nil else { throw .notFound(.application, id: "") }
        guard self.user(named: user.username) == nil else { throw .conflict(.user, id: user.username.text) }
        let inserted = User(
            id: UserID(rawValue: database.tables.nextKey()),
            uuid: user.uuid,
            username: user.username,
            created: now,
            modified: now,
            isActivated: true,
            tokenGeneration: 0,
            nickname: user.nickname,
            push: PushSettings(),
            profile: user.profile
        )
        database.tables.users[inserted.id] = Tables.UserRow(
            application: application,
            user: inserted,
            passwordHash: user.passwordHash
        )
        return inserted
    }

    func update(_ user: User) {
        guard let row = row(user.id) else { return }
        var changed = row.user
        changed.modified = user.modified
        changed.isActivated = user.isActivated
        changed.tokenGeneration = user.tokenGeneration
        changed.nickname = user.nickname
        changed.push = user.push
        changed.profile = user.profile
        database.tables.users[user.id]?.user = changed
    }

    func setPasswordHash(of id: UserID, to hash: String) {
        if row(id) != nil { database.tables.users[id]?.passwordHash = hash }
    }

    func sessionGeneration(of id: UserID, platform: Int) -> Int {
        row(id).flatMap { _ in tables.sessionGenerations[Tables.Session(user: id, platform: platform)] } ?? 0
    }

    func raiseSessionGeneration(of id: UserID, platform: Int) {
        if row(id) != nil {
            database.tables.sessionGenerations[Tables.Session(user: id, platform: platform), default: 0] += 1
        }
    }

    func delete(_ id: UserID) {
        if row(id) != nil { database.tables.removeUser(id) }
    }

    // MARK: Contacts

    func isContact(_ other: UserID, of owner: UserID) -> Bool {
        pair(owner, other).map { tables.contacts[$0] != nil } ?? false
    }

    func contactCount(of owner: UserID) -> Int { ownContacts(of: owner).count }

    func contactNames(of owner: UserID) -> [String] {
        names(ownContacts(of: owner).map { (user: $0.user, created: $0.created) })
    }

    func contacts(of owner: UserID, after id: UserID?, limit: Int) -> [Contact] {
        let rest = ownContacts(of: owner).filter { $0.user.id.rawValue > id?.rawValue ?? 0 }
        return Array(rest.sorted { $0.user.id < $1.user.id }.prefix(limit))
    }

    private func ownContacts(of owner: UserID) -> [Contact] {
        tables.contacts.compactMap { pair, contact in
            guard pair.owner == owner, row(owner) != nil, let other = row(pair.other) else { return nil }
            return Contact(
                user: other.user,
                remark: contact.remark,
                created: contact.created,
                isPinned: contact.isPinned,
                extra: contact.extra
            )
        }
    }

    func insertContact(_ other: UserID, of owner: UserID, at now: Timestamp) -> Bool {
        guard let pair = pair(owner, other), tables.contacts[pair] == nil else { return false }
        database.tables.contacts[pair] = Tables.ContactRow(created: now)
        return true
    }

    func deleteContact(_ other: UserID, of owner: UserID) -> Bool {
        guard let pair = pair(owner, other) else { return false }
        return database.tables.contacts.removeValue(forKey: pair) != nil
    }

    func setMarks(isPinned: Bool?, extra: String?, on other: UserID, of owner: UserID) -> Bool {
        guard let pair = pair(owner, other), var row = tables.contacts[pair] else { return false }
        row.isPinned = isPinned ?? row.isPinned
        row.extra = extra ?? row.extra
        database.tables.contacts[pair] = row
        return true
    }

    func setRemark(_ remark: String?, on other: UserID, of owner: UserID) -> Bool {
        guard let pair = pair(owner, other), tables.contacts[pair] != nil else { return false }
        database.tables.contacts[pair]?.remark = remark
        return true
    }

    /// Newest first.
    private func names(_ users: [(user: User, created: Timestamp)]) -> [String] {
        users.sorted { ($0.created, $0.user.id) > ($1.created, $1.user.id) }.map(\.user.username.text)
    }

    // MARK: Blocks

    func isBlocked(_ other: UserID, by owner: UserID) -> Bool {
        pair(owner, other).map { tables.blocks[$0] != nil } ?? false
    }

    func blockCount(by owner: UserID) -> Int { ownBlocks(by: owner).count }

    func blockedNames(by owner: UserID) -> [String] { names(ownBlocks(by: owner)) }

    private func ownBlocks(by owner: UserID) -> [(user: User, created: Timestamp)] {
        tables.blocks.compactMap { pair, created in
            guard pair.owner == owner, row(owner) != nil, let other = row(pair.other) else { return nil }
            return (other.user, created)
        }
    }

    func insertBlock(_ other: UserID, by owner: UserID, at now: Timestamp) -> Bool {
        guard let pair = pair(owner, other), tables.blocks[pair] == nil else { return false }
        database.tables.blocks[pair] = now
        return true
    }

    func deleteBlock(_ other: UserID, by owner: UserID) -> Bool {
        guard let pair = pair(owner, other) else { return false }
        return database.tables.blocks.removeValue(forKey: pair) != nil
    }

    // MARK: Mutes

    func mutes(of id: UserID) -> Mutes { row(id) == nil ? Mutes() : tables.mutes[id] ?? Mutes() }

    func mutedUsers(at now: Timestamp, offset: Int, limit: Int) -> [(name: String, mutes: Mutes)] {
        let muted = tables.mutes.compactMap { id, mutes -> (user: User, mutes: Mutes)? in
            let ends = [mutes.chat, mutes.groupchat, mutes.chatroom].compactMap { $0 }
            guard let row = row(id), ends.contains(where: { $0 > now }) else { return nil }
            return (row.user, mutes)
        }
        let sorted = muted.sorted { $0.user.username.key < $1.user.username.key }
        return sorted.dropFirst(offset).prefix(limit).map { ($0.user.username.text, $0.mutes) }
    }

    func setMutes(_ mutes: Mutes, of id: UserID) {
        guard row(id) != nil else { return }
        database.tables.mutes[id] = mutes == Mutes() ? nil : mutes
    }

    // MARK: Metadata

    func metadata(of id: UserID) -> [MetadataEntry] {
        guard row(id) != nil else { return [] }
        return tables.metadata.filter { $0.key.user == id }
            .sorted { $0.key.key.lexicographicallyPrecedes($1.key.key) }
            .map(\.value)
    }

    func metadataBytes() -> Int {
        tables.metadata.filter { row($0.key.user) != nil }
            .reduce(0) { $0 + $1.key.key.count + $1.value.value.utf8.count }
    }

    func setMetadata(_ entry: MetadataEntry, of id: UserID) {
        guard row(id) != nil else { return }
        database.tables.metadata[Tables.MetadataKey(user: id, key: Array(entry.key.utf8))] = entry
    }

    func deleteMetadata(_ key: String, of id: UserID) {
        guard row(id) != nil else { return }
        database.tables.metadata[Tables.MetadataKey(user: id, key: Array(key.utf8))] = nil
    }

    func deleteMetadata(of id: UserID) {
        guard row(id) != nil else { return }
        database.tables.metadata = tables.metadata.filter { $0.key.user != id }
    }
}
