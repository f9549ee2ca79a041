// A plain model of groups and rooms: what the rules have to do, said a second time without any repository.

import Domain

/// One operation on groups; names are as a request would send them.
enum GroupOperation: Sendable {
    case register(String)
    case deleteUser(String)
    case create(GroupKind, owner: String, members: [String], maximum: Int)
    case delete(GroupID, GroupKind)
    case setMaximum(GroupID, GroupKind, Int)
    case transfer(GroupID, GroupKind, to: String)
    case add(GroupID, GroupKind, [String])
    case remove(GroupID, GroupKind, [String])
    case addAdministrator(GroupID, GroupKind, String)
    case removeAdministrator(GroupID, GroupKind, String)
    case block(GroupID, GroupKind, [String])
    case blockOne(GroupID, GroupKind, String)
    case allow(GroupID, GroupKind, [String])
    case unlist(GroupID, GroupKind, GroupList, [String])
    case mute(GroupID, GroupKind, [String], milliseconds: Int?)
    case unmute(GroupID, GroupKind, [String])
    case muteAll(GroupID, GroupKind, milliseconds: Int?)
    case unmuteAll(GroupID, GroupKind)
    case setRoomKey(GroupID, String, of: String, endsWithOwner: Bool)
}

/// Users and groups as the model has them.
///
/// Users are known by their names in lower case.
struct GroupModel: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var kind: GroupKind
        var owner: String
        /// Without the owner, in the order of joining.
        var members: [String] = []
        var administrators: Set<String> = []
        var blocked: Set<String> = []
        var allowed: Set<String> = []
        var mutes: [String: Timestamp] = [:]
        var muteExpiry: Timestamp?
        var maximum: Int
        var keys: [String: Key] = [:]

        var all: [String] { members + [owner] }
    }

    struct Key: Equatable, Sendable {
        var owner: String
        var endsWithOwner: Bool
    }

    var users: Set<String> = []
    var groups: [GroupID: Entry] = [:]

    /// Does it, or says why not; after a failure the model is as it was.
    mutating func perform(
        _ operation: GroupOperation,
        settings: ApplicationSettings,
        now: Timestamp,
        id newID: GroupID?
    ) -> Failure? {
        let before = self
        do throws(Failure) {
            try apply(operation, settings, now, newID)
            return nil
        } catch {
            self = before
            return error
        }
    }

    private mutating func apply(
        _ operation: GroupOperation,
        _ settings: ApplicationSettings,
        _ now: Timestamp,
        _ newID: GroupID?
    ) throws(Failure) {
        switch operation {
        case .register(let name):
            guard users.insert(name).inserted else { throw .conflict(.user, id: name) }
        case .deleteUser(let name):
            deleteUser(try known(name))
        case .create(let kind, let owner, let members, let maximum):
            try create(kind, owner, members, maximum, settings, newID)
        case .delete(let id, let kind):
            _ = try entry(id, kind)
            groups[id] = nil
        case .setMaximum(let id, let kind, let maximum):
            var entry = try entry(id, kind)
            guard entry.all.count <= maximum else { throw .group(.maximumBelowCount) }
            try check(maximum, kind, settings)
            entry.maximum = maximum
            groups[id] = entry
        case .transfer(let id, let kind, let name):
            try transfer(id, kind, name)
        case .add(let id, let kind, let names):
            _ = try entry(id, kind)
            try add(names, id, settings)
        case .remove(let id, let kind, let names):
            try remove(names, id, kind)
        case .addAdministrator(let id, let kind, let name):
            var entry = try entry(id, kind)
            let key = kind == .room ? try known(name) : name.lowercased()
            guard entry.all.contains(key) else { throw .group(.notMembers([name], id)) }
            if entry.owner == key {
                guard kind == .room else { throw .group(.ownerProtected) }
                return
            }
            guard entry.administrators.insert(key).inserted else {
                throw .group(.alreadyAdministrator(name, id))
            }
            groups[id] = entry
        case .removeAdministrator(let id, let kind, let name):
            var entry = try entry(id, kind)
            if kind == .room, entry.owner == name.lowercased() { return }
            guard entry.administrators.remove(name.lowercased()) != nil else {
                throw .group(.notAdministrator(name, id))
            }
            groups[id] = entry
        case .block(let id, let kind, let names):
            _ = try entry(id, kind)
            try block(names, id)
        case .blockOne(let id, let kind, let name):
            guard try entry(id, kind).all.contains(name.lowercased()) else {
                throw .group(.notMembers([name], id))
            }
            try block([name], id)
        case .allow(let id, let kind, let names):
            var entry = try entry(id, kind)
            entry.allowed.formUnion(names.map { $0.lowercased() }.filter(entry.all.contains))
            groups[id] = entry
        case .unlist(let id, let kind, let list, let names):
            var entry = try entry(id, kind)
            for name in names {
                let key = try known(name)
                if list == .blocked { entry.blocked.remove(key) } else { entry.allowed.remove(key) }
            }
            groups[id] = entry
        case .mute(let id, let kind, let names, let milliseconds):
            try mute(names, milliseconds, id, kind, now)
        case .unmute(let id, let kind, let names):
            var entry = try entry(id, kind)
            for name in names { entry.mutes[name.lowercased()] = nil }
            groups[id] = entry
        case .muteAll(let id, let kind, let milliseconds):
            var entry = try entry(id, kind)
            entry.muteExpiry =
                milliseconds.map { Timestamp(milliseconds: now.milliseconds + Int64($0)) } ?? Mutes.forever
            groups[id] = entry
        case .unmuteAll(let id, let kind):
            var entry = try entry(id, kind)
            entry.muteExpiry = nil
            groups[id] = entry
        case .setRoomKey(let id, let key, let name, let endsWithOwner):
            var entry = try entry(id, .room)
            let owner = name.lowercased()
            guard entry.all.contains(owner) else { throw .group(.notMembers([name], id)) }
            // Another user's key is left alone, and told in the outcome.
            if let old = entry.keys[key], old.owner != owner { return }
            entry.keys[key] = Key(owner: owner, endsWithOwner: endsWithOwner)
            groups[id] = entry
        }
    }

    private func known(_ name: String) throws(Failure) -> String {
        guard users.contains(name.lowercased()) else { throw .notFound(.user, id: name) }
        return name.lowercased()
    }

    private func entry(_ id: GroupID, _ kind: GroupKind) throws(Failure) -> Entry {
        guard let entry = groups[id], entry.kind == kind else {
            throw .notFound(kind == .group ? .group : .room, id: id.text)
        }
        return entry
    }

    private func check(_ maximum: Int, _ kind: GroupKind, _ settings: ApplicationSettings) throws(Failure) {
        let bound = kind == .group ? settings.maximumGroupMembers : settings.maximumRoomMembers
        guard maximum >= 1, maximum <= bound else {
            throw .invalid(field: "maxusers", .outOfRange(minimum: 1, maximum: Int64(bound)))
        }
    }

    private func checkPlace(_ user: String, _ kind: GroupKind, _ settings: ApplicationSettings)
        throws(Failure)
    {
        let joined = groups.values.filter { $0.kind == kind && $0.all.contains(user) }
        guard joined.count < settings.maximumJoinedGroups else { throw .group(.joinedTooMany(user)) }
    }

    private mutating func create(
        _ kind: GroupKind,
        _ owner: String,
        _ members: [String],
        _ maximum: Int,
        _ settings: ApplicationSettings,
        _ id: GroupID?
    ) throws(Failure) {
        try check(maximum, kind, settings)
        let owner = try known(owner)
        guard groups.values.count(where: { $0.kind == kind }) < settings.maximumGroups else {
            throw .group(.tooManyGroups)
        }
        try checkPlace(owner, kind, settings)
        // A failed creation has no id to check against.
        let id = id ?? GroupID(rawValue: 1)
        groups[id] = Entry(kind: kind, owner: owner, maximum: maximum)
        for name in members {
            let user = try known(name)
            if groups[id]?.all.contains(user) == true { continue }
            try checkPlace(user, kind, settings)
            groups[id]?.members.append(user)
        }
        guard groups[id]?.all.count ?? 0 <= maximum else { throw .group(.full(id)) }
    }

    private mutating func add(_ names: [String], _ id: GroupID, _ settings: ApplicationSettings)
        throws(Failure)
    {
        guard let before = groups[id] else { return }
        for name in names {
            let user = try known(name)
            guard let entry = groups[id], !entry.all.contains(user) else { continue }
            guard !entry.blocked.contains(user) else { throw .group(.blocked(name, id)) }
            try checkPlace(user, entry.kind, settings)
            groups[id]?.members.append(user)
        }
        guard before.kind == .room || groups[id] != before else { throw .group(.alreadyMembers(names, id)) }
        guard groups[id]?.all.count ?? 0 <= before.maximum else { throw .group(.full(id)) }
    }

    private mutating func remove(_ names: [String], _ id: GroupID, _ kind: GroupKind) throws(Failure) {
        let before = try entry(id, kind)
        var isOwnerNamed = false
        for name in names where before.all.contains(name.lowercased()) {
            if before.owner == name.lowercased() {
                guard kind == .room else { throw .group(.ownerProtected) }
                isOwnerNamed = true
                continue
            }
            leave(name.lowercased(), id)
        }
        guard isOwnerNamed || groups[id]?.members != before.members else { throw .group(.notMembers(names, id)) }
    }

    private mutating func block(_ names: [String], _ id: GroupID) throws(Failure) {
        for name in names {
            let user = name.lowercased()
            guard let entry = groups[id], entry.all.contains(user) else { continue }
            guard entry.owner != user else { throw .group(.ownerProtected) }
            leave(user, id)
            groups[id]?.blocked.insert(user)
        }
    }

    private mutating func mute(
        _ names: [String],
        _ milliseconds: Int?,
        _ id: GroupID,
        _ kind: GroupKind,
        _ now: Timestamp
    ) throws(Failure) {
        var entry = try entry(id, kind)
        let expires =
            milliseconds.map { Timestamp(milliseconds: now.milliseconds + Int64($0)) } ?? Mutes.forever
        var strangers: [String] = []
        for name in names {
            let user = name.lowercased()
            if entry.owner == user {
                guard kind == .room else { throw .group(.ownerProtected) }
                continue
            }
            // A stranger who is a user is told by the name as registered, once.
            let text = users.contains(user) ? user : name
            if !entry.all.contains(user), !strangers.contains(text) { strangers.append(text) }
            entry.mutes[user] = expires
        }
        guard strangers.isEmpty else { throw .group(.notMembers(strangers, id)) }
        groups[id] = entry
    }

    private mutating func transfer(_ id: GroupID, _ kind: GroupKind, _ name: String) throws(Failure) {
        var entry = try entry(id, kind)
        let user = name.lowercased()
        guard entry.all.contains(user) else { throw .group(.notMembers([name], id)) }
        guard entry.owner != user else { throw .group(.sameOwner) }
        entry.members.removeAll { $0 == user }
        entry.members.append(entry.owner)
        entry.administrators.remove(user)
        entry.mutes[user] = nil
        entry.owner = user
        groups[id] = entry
    }

    /// Takes a member out with what ends with the membership.
    private mutating func leave(_ user: String, _ id: GroupID) {
        groups[id]?.members.removeAll { $0 == user }
        groups[id]?.administrators.remove(user)
        groups[id]?.allowed.remove(user)
        let keys = groups[id]?.keys ?? [:]
        groups[id]?.keys = keys.filter { $0.value.owner != user || !$0.value.endsWithOwner }
    }

    private mutating func deleteUser(_ user: String) {
        users.remove(user)
        groups = groups.filter { $0.value.owner != user }
        for id in Array(groups.keys) {
            leave(user, id)
            groups[id]?.blocked.remove(user)
            groups[id]?.mutes[user] = nil
            let keys = groups[id]?.keys ?? [:]
            groups[id]?.keys = keys.filter { $0.value.owner != user }
        }
    }
}
