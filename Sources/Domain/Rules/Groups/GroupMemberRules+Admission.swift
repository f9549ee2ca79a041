// How users come into a group or room.

extension GroupMemberRules {
    /// Brings users in, all or none; one who is a member already stays one.
    ///
    /// - Returns: the new members in the order given; for a room all of the users, who are in it then.
    /// - Throws: `.forbidden(.insufficientScope)`, `.notFound(.user, …)`, `.group` with `.alreadyMembers` when there is nobody to
    ///   add, `.blocked`, `.joinedTooMany` or `.full`.
    public static func add(
        _ users: [UserReference],
        to group: Group,
        by caller: Caller,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [User] {
        try GroupAuthority(caller, group, store).requireAdmission()
        return try admit(users, to: group, .invited, of: application, at: now, in: store)
    }

    /// The same, where the right to come in comes from elsewhere: an accepted proposal, or the group's own beginning.
    static func admit(
        _ users: [UserReference],
        to group: Group,
        _ way: GroupAdmission,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [User] {
        let (added, present) = try enter(users, group, of: application, at: now, in: store) {
            user throws(Failure) in
            try way.requireEntry(of: user, to: group, in: store)
        }
        try store.record(.memberAdded, of: added.map(\.username.text), in: group)
        return group.kind == .room ? present : added
    }

    /// Writes members, and announces nobody.
    ///
    /// - Parameter ask: called for each new member before it is one.
    /// - Returns: the new ones, and all of the users, each in the order given.
    static func enter(
        _ users: [UserReference],
        _ group: Group,
        of application: Application,
        at now: Timestamp,
        in store: any Writer,
        _ ask: (User) throws(Failure) -> Void = { _ in }
    ) throws(Failure) -> (added: [User], present: [User]) {
        var added: [User] = []
        var present: [User] = []
        for reference in users {
            let user = try UserRules.find(reference, in: store)
            if try store.membership(of: user.id, in: group.id) != nil {
                if !present.contains(where: { $0.id == user.id }) { present.append(user) }
                continue
            }
            let obstacle = try obstacle(
                to: user,
                called: reference.text,
                group,
                of: application,
                at: now,
                in: store
            )
            if let obstacle { throw .group(obstacle) }
            try ask(user)
            guard try store.insertMember(user.id, into: group.id, at: now) else { continue }
            added.append(user)
            present.append(user)
        }
        // A room's clients come in again without having gone.
        if group.kind == .room, added.isEmpty { return ([], present) }
        guard !added.isEmpty else { throw .group(.alreadyMembers(users.map(\.text), group.id)) }
        guard group.memberCount + added.count <= group.settings.maximumMembers else {
            throw .group(.full(group.id))
        }
        return (added, present)
    }

    /// Brings in those users who can come in; one who can't harms no other.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once; not done for a user who doesn't exist, is a
    ///   member already, is blocked, is in too many groups, or comes when the group is full.
    /// - Throws: `.forbidden(.insufficientScope)`.
    public static func addEach(
        _ users: [UserReference],
        to group: Group,
        by caller: Caller,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [Outcome] {
        try GroupAuthority(caller, group, store).requireAdmission()
        var count = group.memberCount
        var outcomes: [Outcome] = []
        for (name, user) in try self.users(users, in: store) {
            guard let user, count < group.settings.maximumMembers,
                try store.membership(of: user.id, in: group.id) == nil,
                try obstacle(to: user, called: name, group, of: application, at: now, in: store) == nil
            else {
                outcomes.append(Outcome(name: name, isDone: false))
                continue
            }
            try GroupAdmission.invited.requireEntry(of: user, to: group, in: store)
            guard try store.insertMember(user.id, into: group.id, at: now) else {
                outcomes.append(Outcome(name: name, isDone: false))
                continue
            }
            try store.record(.memberAdded, of: [name], in: group)
            count += 1
            outcomes.append(Outcome(name: name, isDone: true))
        }
        return outcomes
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
}
