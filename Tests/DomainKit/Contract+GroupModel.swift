// The rules of groups on a store, against the plain model: random operations, the same state and the same errors.

import Domain
import RandomKit

extension Contract {
    /// Enough for every operation to meet every state; each seed is a run of its own.
    static let groupModel: [ContractCase] = (1...4).map { seed in
        ContractCase(
            promise: "Random operations on groups do what a plain model does, errors too (seed \(seed))"
        ) {
            store in
            try runGroupModel(seed: UInt64(seed), operations: 1000, on: store)
        }
    }

    private static func runGroupModel(seed: UInt64, operations count: Int, on store: any Store) throws {
        let application = try store.makeApplication().with { settings in
            settings.maximumGroupMembers = 6
            settings.maximumRoomMembers = 5
            settings.maximumJoinedGroups = 3
            settings.maximumGroups = 4
        }
        var generator = GroupOperationGenerator(seed: seed)
        var model = GroupModel()
        var met: Set<String> = []
        for step in 0..<count {
            let now = later(Int64(step))
            let operation = generator.next(model)
            let (failure, id) = perform(operation, of: application, at: now, on: store)
            let expected = model.perform(operation, settings: application.settings, now: now, id: id)
            met.insert(outcome(failure))
            // The id of a group that never came to be is the store's own affair.
            try compare(failure.map(anonymous), expected.map(anonymous), operation, step)
            try compare(snapshot(application, store), model, operation, step)
        }
        // A run that never gets so far proves nothing.
        let wanted: Set<String> = [
            "done", "alreadyMembers", "notMembers", "ownerProtected", "sameOwner", "notAdministrator",
            "alreadyAdministrator", "full", "blocked", "joinedTooMany", "tooManyGroups", "maximumBelowCount",
        ]
        guard met.isSuperset(of: wanted) else {
            throw ContractViolation(description: "The run never met \(wanted.subtracting(met).sorted()).")
        }
    }

    /// The event, in one word.
    private static func outcome(_ failure: Failure?) -> String {
        switch failure {
        case nil: "done"
        case .group(let problem)?: String("\(problem)".prefix { $0.isLetter })
        case let failure?: String("\(failure)".prefix { $0.isLetter })
        }
    }

    /// A failed creation names an id that only one side knows.
    private static func anonymous(_ failure: Failure) -> Failure {
        if case .group(.full) = failure { return .group(.full(GroupID(rawValue: 1))) }
        return failure
    }

    private static func compare<Value: Equatable>(
        _ found: Value,
        _ expected: Value,
        _ operation: GroupOperation,
        _ step: Int
    ) throws {
        guard found == expected else {
            throw ContractViolation(
                description: "step \(step), \(operation):\nfound    \(found)\nexpected \(expected)"
            )
        }
    }

    /// Does it by the rules, in a transaction of its own.
    private static func perform(
        _ operation: GroupOperation,
        of application: Application,
        at now: Timestamp,
        on store: any Store
    ) -> (Failure?, GroupID?) {
        do throws(Failure) {
            return (
                nil,
                try store.write(application.id) { (writer) throws(Failure) in
                    try perform(operation, of: application, at: now, in: writer)
                }
            )
        } catch {
            return (error, nil)
        }
    }

    private static func perform(
        _ operation: GroupOperation,
        of application: Application,
        at now: Timestamp,
        in writer: any Writer
    ) throws(Failure) -> GroupID? {
        let find = { (id: GroupID, kind: GroupKind) throws(Failure) in
            try GroupRules.find(id.text, kind, in: writer)
        }
        switch operation {
        case .register(let name):
            let new = NewUser(
                username: Username(stored: name, key: name),
                passwordHash: "",
                nickname: nil,
                uuid: .sample("\(name) \(now.milliseconds)")
            )
            _ = try writer.insert(new, at: now)
        case .deleteUser(let name):
            _ = try UserRules.delete(name, in: writer)
        case .create(let kind, let owner, let members, let maximum):
            return try GroupRules.create(
                kind,
                GroupSettings(name: "g", description: "", isPublic: true, maximumMembers: maximum),
                owner: owner,
                members: members,
                of: application,
                at: now,
                in: writer
            ).id
        case .delete(let id, let kind):
            try writer.deleteGroup(find(id, kind).id)
        case .setMaximum(let id, let kind, let maximum):
            var change = GroupRules.Change()
            change.maximumMembers = maximum
            try GroupRules.update(find(id, kind), change, by: backend, of: application, at: now, in: writer)
        case .transfer(let id, let kind, let name):
            try GroupRules.transfer(find(id, kind), to: .name(name), by: backend, at: now, in: writer)
        case .add(let id, let kind, let names):
            _ = try GroupMemberRules.add(
                names.map(UserReference.name),
                to: find(id, kind),
                by: backend,
                of: application,
                at: now,
                in: writer
            )
        case .remove(let id, let kind, let names):
            _ = try GroupMemberRules.remove(
                names.map(UserReference.name),
                from: find(id, kind),
                by: backend,
                in: writer
            )
        case .addAdministrator(let id, let kind, let name):
            _ = try GroupMemberRules.addAdministrator(
                .name(name),
                to: find(id, kind),
                by: backend,
                in: writer
            )
        case .removeAdministrator(let id, let kind, let name):
            _ = try GroupMemberRules.removeAdministrator(
                .name(name),
                from: find(id, kind),
                by: backend,
                in: writer
            )
        case .block(let id, let kind, let names):
            _ = try GroupModerationRules.block(
                names.map(UserReference.name),
                in: find(id, kind),
                by: backend,
                at: now,
                store: writer
            )
        case .blockOne(let id, let kind, let name):
            _ = try GroupModerationRules.blockOne(
                .name(name),
                in: find(id, kind),
                by: backend,
                at: now,
                store: writer
            )
        case .allow(let id, let kind, let names):
            _ = try GroupModerationRules.allow(
                names.map(UserReference.name),
                in: find(id, kind),
                by: backend,
                at: now,
                store: writer
            )
        case .unlist(let id, let kind, let list, let names):
            _ = try GroupModerationRules.remove(
                names.map(UserReference.name),
                from: list,
                of: find(id, kind),
                by: backend,
                at: now,
                in: writer
            )
        case .mute(let id, let kind, let names, let milliseconds):
            _ = try GroupModerationRules.mute(
                names.map(UserReference.name),
                milliseconds: milliseconds,
                in: find(id, kind),
                by: backend,
                at: now,
                store: writer
            )
        case .unmute(let id, let kind, let names):
            _ = try GroupModerationRules.unmute(
                names.map(UserReference.name),
                in: find(id, kind),
                by: backend,
                store: writer
            )
        case .muteAll(let id, let kind, let milliseconds):
            try GroupModerationRules.muteAll(
                milliseconds: milliseconds,
                in: find(id, kind),
                by: backend,
                at: now,
                store: writer
            )
        case .unmuteAll(let id, let kind):
            try GroupModerationRules.unmuteAll(in: find(id, kind), by: backend, at: now, store: writer)
        case .setRoomKey(let id, let key, let name, let endsWithOwner):
            _ = try GroupMetadataRules.set(
                [MetadataEntry(key: key, value: "v")],
                of: name,
                in: find(id, .room),
                endsWithOwner: endsWithOwner,
                isForced: false,
                by: backend,
                store: writer
            )
        }
        return nil
    }

    /// The content of the store, in the model's form.
    ///
    /// Every listing is asked, so that none can disagree with another.
    private static func snapshot(
        _ application: Application,
        _ store: any Store
    ) throws -> GroupModel {
        try store.read(application.id) { (reader) throws(Failure) in
            var found = GroupModel()
            let users = try reader.users(after: nil, limit: 100)
            found.users = Set(users.map(\.username.text))
            let name = { (id: UserID) in users.first { $0.id == id }?.username.text ?? "nobody" }
            for kind in GroupKind.allCases {
                let groups = try reader.groups(kind, before: nil, limit: 100)
                guard try reader.groupCount(kind) == groups.count else { throw .noSuchRoute }
                for group in groups { found.groups[group.id] = try entry(group, name, reader) }
                for user in users {
                    let joined = try reader.joinedGroups(of: user.id, kind, before: nil, limit: 100).map(\.id)
                    let expected = found.groups.filter {
                        $0.value.kind == kind && $0.value.all.contains(user.username.text)
                    }
                    guard joined == expected.keys.sorted(by: >),
                        try reader.joinedCount(of: user.id, kind) == joined.count
                    else { throw .noSuchRoute }
                }
            }
            return found
        }
    }

    /// One group in the model's form.
    ///
    /// A group without exactly one owner, who is a member, has none at all.
    private static func entry(
        _ group: Group,
        _ name: (UserID) -> String,
        _ reader: any Reader
    ) throws(Failure) -> GroupModel.Entry {
        let members = try reader.members(of: group.id, after: nil, limit: 100)
        let owners = members.filter { $0.role == .owner }.map(\.name)
        let agrees =
            owners == [group.ownerName] && members.last?.role == .owner && group.memberCount == members.count
        var entry = GroupModel.Entry(
            kind: group.kind,
            owner: agrees ? group.ownerName : "none",
            maximum: group.settings.maximumMembers
        )
        entry.members = members.dropLast().map(\.name)
        entry.administrators = Set(try reader.administrators(of: group.id).map(\.name))
        entry.blocked = Set(try reader.listedNames(.blocked, of: group.id, at: Contract.start))
        entry.allowed = Set(try reader.listedNames(.allowed, of: group.id, at: Contract.start))
        for mute in try reader.groupMutes(of: group.id, at: Timestamp(milliseconds: 0)) {
            entry.mutes[mute.name] = mute.expires
        }
        entry.muteExpiry = group.muteExpiry
        for key in try reader.roomMetadata(of: group.id) {
            entry.keys[key.key] = GroupModel.Key(owner: name(key.owner), endsWithOwner: key.endsWithOwner)
        }
        return entry
    }
}

extension Application {
    /// The same application with other settings.
    func with(_ change: (inout ApplicationSettings) -> Void) -> Application {
        var changed = settings
        change(&changed)
        return Application(
            id: id,
            uuid: uuid,
            organization: organization,
            name: name,
            created: created,
            settings: changed,
            credentials: credentials
        )
    }
}

/// Makes random operations that mostly fit the state: the same for the same seed.
struct GroupOperationGenerator: RandomNumberGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> UInt64 { random.next() }

    private static let names = ["ann", "bob", "cid", "dan", "eve", "fay", "gil", "hal"]

    /// Mostly a user; sometimes in another spelling, a deleted one, or one that never was.
    private mutating func name(_ model: GroupModel) -> String {
        switch Int.random(in: 0..<20, using: &self) {
        case 0: "ghost"
        case 1: Self.names.randomElement(using: &self)?.uppercased() ?? ""
        case 2...4: Self.names.randomElement(using: &self) ?? ""
        default: model.users.sorted().randomElement(using: &self) ?? "ann"
        }
    }

    /// One to three of them.
    private mutating func names(_ model: GroupModel) -> [String] {
        (0..<Int.random(in: 1...3, using: &self)).map { _ in name(model) }
    }

    mutating func next(_ model: GroupModel) -> GroupOperation {
        // An id that was never given out stands for those of deleted groups too.
        let ids = model.groups.keys.sorted() + [GroupID(rawValue: 4711)]
        let id = ids.randomElement(using: &self) ?? ids[0]
        let isRightKind = Int.random(in: 0..<20, using: &self) > 0
        let kind = isRightKind ? model.groups[id]?.kind ?? .group : .room
        let user = name(model)
        let users = names(model)
        // Few things end, or groups would never live long enough for much to happen in them.
        switch Int.random(in: 0..<100, using: &self) {
        case 0...5: return .register(Self.names.randomElement(using: &self) ?? "ann")
        case 6: return .deleteUser(user)
        case 7...14:
            return .create(
                Bool.random(using: &self) ? .group : .room,
                owner: user,
                members: Bool.random(using: &self) ? users : [],
                maximum: Int.random(in: 2...7, using: &self)
            )
        case 15: return .delete(id, kind)
        case 16...20: return .setMaximum(id, kind, [0, 1, 2, 2, 3, 4, 6, 7].randomElement(using: &self) ?? 7)
        case 21...24: return .transfer(id, kind, to: member(of: id, model) ?? user)
        case 25...42: return .add(id, kind, users)
        case 43...45: return .remove(id, kind, users)
        case 46...54: return .addAdministrator(id, kind, member(of: id, model) ?? user)
        case 55...57: return .removeAdministrator(id, kind, user)
        case 58...61: return .block(id, kind, users)
        case 62...65: return .blockOne(id, kind, member(of: id, model) ?? user)
        case 66...70: return .allow(id, kind, users)
        case 71...73: return .unlist(id, kind, Bool.random(using: &self) ? .blocked : .allowed, users)
        case 74...79: return .mute(id, kind, users, milliseconds: Bool.random(using: &self) ? 1000 : nil)
        case 80...82: return .unmute(id, kind, users)
        case 83...84: return .muteAll(id, kind, milliseconds: Bool.random(using: &self) ? 1000 : nil)
        case 85: return .unmuteAll(id, kind)
        default:
            return .setRoomKey(
                id,
                ["a", "b", "c"].randomElement(using: &self) ?? "a",
                of: member(of: id, model) ?? user,
                endsWithOwner: Bool.random(using: &self)
            )
        }
    }

    /// Mostly a member of the group.
    private mutating func member(of id: GroupID, _ model: GroupModel) -> String? {
        Int.random(in: 0..<8, using: &self) == 0 ? nil : model.groups[id]?.all.randomElement(using: &self)
    }
}
