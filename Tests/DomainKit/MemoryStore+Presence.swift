// The repositories of presence and of push preferences, in memory.

import Domain

extension Tables {
    struct DeviceKey: Hashable {
        let user: UserID
        /// Bytes, since Swift's strings are equal in spite of different normalisation.
        let resource: [UInt8]
    }

    struct PushKey: Hashable {
        let user: UserID
        let subject: PushSubject
    }

    struct TemplateKey: Hashable {
        let application: ApplicationID
        let name: [UInt8]
    }

    /// The schema's cascades when a user is deleted.
    mutating func removeFromPresence(_ user: UserID) {
        devices = devices.filter { $0.key.user != user }
        subscriptions = subscriptions.filter { $0.key.owner != user && $0.key.other != user }
        pushPreferences = pushPreferences.filter { $0.key.user != user && $0.key.subject != .user(user) }
        pushLanguages[user] = nil
    }

    /// Nobody is notified of a group that is gone.
    mutating func followGroupsInPush() {
        let known = groups
        pushPreferences = pushPreferences.filter { entry in
            if case .group(let group) = entry.key.subject { known[group] != nil } else { true }
        }
    }
}

extension MemoryStore {
    func devicePresences(of user: UserID) -> [DevicePresence] {
        guard self.user(user) != nil else { return [] }
        return tables.devices.filter { $0.key.user == user }
            .sorted { $0.key.resource.lexicographicallyPrecedes($1.key.resource) }.map(\.value)
    }

    func setDevicePresence(_ presence: DevicePresence, of user: UserID) {
        guard self.user(user) != nil else { return }
        let key = Tables.DeviceKey(user: user, resource: Array(presence.resource.utf8))
        database.tables.devices[key] = presence
    }

    func deleteDevicePresence(_ resource: String, of user: UserID) {
        guard self.user(user) != nil else { return }
        database.tables.devices[Tables.DeviceKey(user: user, resource: Array(resource.utf8))] = nil
    }

    private func live(of user: UserID, at now: Timestamp) -> [(other: UserID, expires: Timestamp)] {
        guard self.user(user) != nil else { return [] }
        return tables.subscriptions.filter { $0.key.owner == user && $0.value > now }
            .map { (other: $0.key.other, expires: $0.value) }.sorted { $0.other < $1.other }
    }

    func presenceSubscriptions(
        of user: UserID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) -> [PresenceSubscription] {
        live(of: user, at: now).dropFirst(offset).prefix(limit).map { row in
            PresenceSubscription(name: self.user(row.other)?.username.text ?? "", expires: row.expires)
        }
    }

    func presenceSubscriptionCount(of user: UserID, at now: Timestamp) -> Int {
        live(of: user, at: now).count
    }

    func presenceFollowers(of user: UserID, at now: Timestamp, after follower: UserID?, limit: Int)
        -> [UserID]
    {
        guard self.user(user) != nil else { return [] }
        let all = tables.subscriptions.filter { $0.key.other == user && $0.value > now }.map(\.key.owner)
        return Array(all.filter { $0.rawValue > follower?.rawValue ?? 0 }.sorted().prefix(limit))
    }

    func setPresenceSubscription(until expiry: Timestamp?, to other: UserID, of user: UserID) {
        guard self.user(user) != nil, self.user(other) != nil else { return }
        database.tables.subscriptions[Tables.Pair(owner: user, other: other)] = expiry
    }

    func deletePresenceSubscriptions(of user: UserID, endedAt now: Timestamp) {
        guard self.user(user) != nil else { return }
        database.tables.subscriptions = tables.subscriptions.filter {
            $0.key.owner != user || $0.value > now
        }
    }

    // MARK: Push

    private func isKnown(_ subject: PushSubject) -> Bool {
        switch subject {
        case .user(let peer): user(peer) != nil
        case .group(let id): group(id) != nil
        }
    }

    func pushPreference(for subject: PushSubject, of user: UserID) -> PushPreference? {
        guard self.user(user) != nil else { return nil }
        return tables.pushPreferences[Tables.PushKey(user: user, subject: subject)]
    }

    func setPushPreference(_ preference: PushPreference, for subject: PushSubject, of user: UserID) {
        guard self.user(user) != nil, isKnown(subject) else { return }
        database.tables.pushPreferences[Tables.PushKey(user: user, subject: subject)] = preference
    }

    func pushLanguage(of user: UserID) -> String? {
        self.user(user) == nil ? nil : tables.pushLanguages[user]
    }

    func setPushLanguage(_ language: String, of user: UserID) {
        if self.user(user) != nil { database.tables.pushLanguages[user] = language }
    }

    private func key(_ name: String) -> Tables.TemplateKey {
        Tables.TemplateKey(application: application, name: Array(name.utf8))
    }

    func pushTemplate(named name: String) -> PushTemplate? { tables.pushTemplates[key(name)] }

    func pushTemplateCount() -> Int {
        tables.pushTemplates.keys.count { $0.application == application }
    }

    func setPushTemplate(_ template: PushTemplate) {
        let known = pushTemplate(named: template.name)
        database.tables.pushTemplates[key(template.name)] = PushTemplate(
            name: template.name,
            title: template.title,
            content: template.content,
            created: known?.created ?? template.created,
            modified: template.modified
        )
    }

    func deletePushTemplate(named name: String) -> Bool {
        database.tables.pushTemplates.removeValue(forKey: key(name)) != nil
    }
}
