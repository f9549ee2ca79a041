// Who comes into a group or room, and who goes.

/// What may be done with members, and which of them are administrators.
public enum GroupMemberRules {
    /// Names one call may add, block or allow.
    public static let maximumNames = 60

    /// What became of one name of a list.
    public struct Outcome: Equatable, Sendable {
        /// The name as registered, or as sent where there is no such user.
        public let name: String
        /// Whether it was done.
        public let isDone: Bool

        /// Memberwise.
        public init(name: String, isDone: Bool) {
            self.name = name
            self.isDone = isDone
        }
    }

    /// The user, or nil where there is none: to these calls a stranger is no member, known or not.
    static func known(_ name: String, in store: any Reader) throws(Failure) -> User? {
        do throws(Failure) {
            return try UserRules.find(name, in: store)
        } catch .notFound {
            return nil
        }
    }

    /// Holds a user to the number of groups, or rooms, it may be in.
    static func checkPlace(
        of user: User,
        _ kind: GroupKind,
        of application: Application,
        in store: any Reader
    ) throws(Failure) {
        guard try store.joinedCount(of: user.id, kind) < application.settings.maximumJoinedGroups else {
            throw .group(.joinedTooMany(user.username.text))
        }
    }

    /// Adds users, all or none; who is a member already stays one.
    ///
    /// - Returns: the new members in the order given.
    /// - Throws: `.notFound(.user, …)`, `.group` with `.alreadyMembers` when there is nobody to add, `.blocked`,
    ///   `.joinedTooMany` or `.full`.
    public static func add(
        _ names: [String],
        to group: Group,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [User] {
        var added: [User] = []
        for name in names {
            let user = try UserRules.find(name, in: store)
            if try store.membership(of: user.id, in: group.id) != nil { continue }
            if let obstacle = try obstacle(to: user, called: name, group, of: application, at: now, in: store)
            {
                throw .group(obstacle)
            }
            guard try store.insertMember(user.id, into: group.id, at: now) else { continue }
            added.append(user)
        }
        guard !added.isEmpty else { throw .group(.alreadyMembers(names, group.id)) }
        guard group.memberCount + added.count <= group.settings.maximumMembers else {
            throw .group(.full(group.id))
        }
        return added
    }

    /// Adds those users who can come in; who can't is told, and harms no other.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once; not done for who doesn't exist, is a
    ///   member already, is blocked, is in too many groups, or comes when the group is full.
    public static func addEach(
        _ names: [String],
        to group: Group,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [Outcome] {
        var count = group.memberCount
        var outcomes: [Outcome] = []
        for (name, user) in try users(names, in: store) {
            guard let user, count < group.settings.maximumMembers,
                try store.membership(of: user.id, in: group.id) == nil,
                try obstacle(to: user, called: name, group, of: application, at: now, in: store) == nil,
                try store.insertMember(user.id, into: group.id, at: now)
            else {
                outcomes.append(Outcome(name: name, isDone: false))
                continue
            }
            count += 1
            outcomes.append(Outcome(name: name, isDone: true))
        }
        return outcomes
    }

    /// Why a user who is no member can't become one; nil where nothing but the group's size may stand against it.
    private static func obstacle(
        to user: User,
        called name: String,
        _ group: Group,
        of application: Application,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> GroupProblem? {
        if try store.isListed(user.id, .blocked, of: group.id, at: now) { return .blocked(name, group.id) }
        let joined = try store.joinedCount(of: user.id, group.kind)
        return joined < application.settings.maximumJoinedGroups ? nil : .joinedTooMany(user.username.text)
    }

    /// Removes members; names that are none are told, and harm no other.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once.
    /// - Throws: `.group` with `.notMembers` when none of the names is a member's, or `.ownerProtected`.
    public static func remove(
        _ names: [String],
        from group: Group,
        in store: any Writer
    ) throws(Failure) -> [Outcome] {
        let outcomes = try each(names, of: group, in: store) { user, member throws(Failure) in
            guard member.role != .owner else { throw .group(.ownerProtected) }
            try remove(user.id, from: group, in: store)
            return true
        }
        guard outcomes.contains(where: \.isDone) else { throw .group(.notMembers(names, group.id)) }
        return outcomes
    }

    /// Removes those who are members and not the owner; the others are told, and harm nobody.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once.
    public static func removeEach(
        _ names: [String],
        from group: Group,
        in store: any Writer
    ) throws(Failure) -> [Outcome] {
        try each(names, of: group, in: store) { user, member throws(Failure) in
            guard member.role != .owner else { return false }
            try remove(user.id, from: group, in: store)
            return true
        }
    }

    /// Does something with each name that is a member's; for the others nothing is done.
    ///
    /// - Parameter act: says whether it was done.
    /// - Returns: each name's outcome in the order given, repeated names once.
    static func each(
        _ names: [String],
        of group: Group,
        in store: any Reader,
        _ act: (User, GroupMember) throws(Failure) -> Bool
    ) throws(Failure) -> [Outcome] {
        var outcomes: [Outcome] = []
        for (name, user) in try users(names, in: store) {
            var isDone = false
            if let user, let member = try store.membership(of: user.id, in: group.id) {
                isDone = try act(user, member)
            }
            outcomes.append(Outcome(name: name, isDone: isDone))
        }
        return outcomes
    }

    /// A member of a group.
    ///
    /// - Throws: `.group(.notMembers)`, for who doesn't exist too.
    public static func find(
        _ name: String,
        of group: Group,
        in store: any Reader
    ) throws(Failure) -> GroupMember {
        try member(name, of: group, in: store).membership
    }

    static func member(
        _ name: String,
        of group: Group,
        in store: any Reader
    ) throws(Failure) -> (user: User, membership: GroupMember) {
        guard let user = try known(name, in: store),
            let membership = try store.membership(of: user.id, in: group.id)
        else { throw .group(.notMembers([name], group.id)) }
        return (user, membership)
    }

    /// Changes how a member is shown in a group.
    public static func update(
        _ member: GroupMember,
        of group: Group,
        in store: any Writer,
        _ change: (inout MemberProfile) -> Void
    ) throws(Failure) {
        var profile = member.profile
        change(&profile)
        guard try store.setProfile(profile, of: member.user, in: group.id) else {
            throw .group(.notMembers([member.name], group.id))
        }
    }

    /// Removes a member who isn't the owner, with what ends with it.
    static func remove(_ user: UserID, from group: Group, in store: any Writer) throws(Failure) {
        _ = try store.deleteMember(user, from: group.id)
        if group.kind == .room { try store.deleteRoomMetadata(endingWith: user, in: group.id) }
    }

    /// Lets a member go.
    ///
    /// The owner's place is taken by the administrator who is there longest, else by the member who is; with the last
    /// member the group ends.
    ///
    /// - Throws: `.group(.notMembers)`.
    public static func leave(
        _ group: Group,
        as user: User,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        guard let member = try store.membership(of: user.id, in: group.id) else {
            throw .group(.notMembers([user.username.text], group.id))
        }
        if member.role == .owner {
            // The owner's is the last place: who comes first is another member, if there is one.
            let first = try store.members(of: group.id, after: nil, limit: 1).first
            let heir = try store.administrators(of: group.id).first ?? first
            guard let heir, heir.user != user.id else { return try store.deleteGroup(group.id) }
            guard try store.setOwner(heir.user, of: group.id, at: now) else {
                throw .group(.notMembers([heir.name], group.id))
            }
        }
        try remove(user.id, from: group, in: store)
    }

    /// The users of a list, each once, with the name as registered; nil for who doesn't exist.
    static func users(_ names: [String], in store: any Reader) throws(Failure) -> [(
        name: String, user: User?
    )] {
        var users: [(name: String, user: User?)] = []
        var seen: Set<String> = []
        for name in names {
            let user = try known(name, in: store)
            let text = user?.username.text ?? name
            if seen.insert(text).inserted { users.append((text, user)) }
        }
        return users
    }

    /// One page of a group's members in the order of joining, the owner last.
    public static func page(
        of group: Group,
        _ limit: Int,
        after cursor: Cursor?,
        in store: any Reader
    ) throws(Failure) -> Page<GroupMember> {
        let rows = try store.members(of: group.id, after: cursor?.key, limit: limit + 1)
        return Page(rows: rows, limit: limit) { member in
            Cursor(collection: .groupMembers, owner: group.id.rawValue, key: member.place)
        }
    }
}
