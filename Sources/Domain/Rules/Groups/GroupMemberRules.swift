// Members of a group or room: found, listed, shown, and how they go.

/// The rules of members and administrators.
public enum GroupMemberRules {
    /// Names one call may add, block or allow.
    public static let maximumNames = 60

    /// The outcome for one name of a list.
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

    // MARK: Finding

    /// A member of a group.
    ///
    /// - Throws: `.group(.notMembers)`, for a user who doesn't exist too.
    public static func find(
        _ reference: UserReference,
        of group: Group,
        in store: any Reader
    ) throws(Failure) -> GroupMember {
        try member(reference, of: group, in: store).membership
    }

    static func member(
        _ reference: UserReference,
        of group: Group,
        in store: any Reader
    ) throws(Failure) -> (user: User, membership: GroupMember) {
        guard let user = try UserRules.known(reference, in: store),
            let membership = try store.membership(of: user.id, in: group.id)
        else { throw .group(.notMembers([reference.text], group.id)) }
        return (user, membership)
    }

    /// The users of a list, each once, with the name as registered; nil for a user who doesn't exist.
    static func users(_ references: [UserReference], in store: any Reader) throws(Failure) -> [(
        name: String, user: User?
    )] {
        var users: [(name: String, user: User?)] = []
        var seen: Set<String> = []
        for reference in references {
            let user = try UserRules.known(reference, in: store)
            let text = user?.username.text ?? reference.text
            if seen.insert(text).inserted { users.append((text, user)) }
        }
        return users
    }

    /// Does something with each name that is a member's; for the others nothing is done.
    ///
    /// - Parameter act: says whether it was done.
    /// - Returns: each name's outcome in the order given, repeated names once.
    static func each(
        _ users: [UserReference],
        of group: Group,
        in store: any Reader,
        _ act: (User, GroupMember) throws(Failure) -> Bool
    ) throws(Failure) -> [Outcome] {
        var outcomes: [Outcome] = []
        for (name, user) in try self.users(users, in: store) {
            var isDone = false
            if let user, let member = try store.membership(of: user.id, in: group.id) {
                isDone = try act(user, member)
            }
            outcomes.append(Outcome(name: name, isDone: isDone))
        }
        return outcomes
    }

    /// One page of a group's members in the order of joining, the owner last.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`: members see each other, strangers don't see them.
    public static func page(
        of group: Group,
        _ limit: Int,
        after cursor: Cursor?,
        for caller: Caller,
        in store: any Reader
    ) throws(Failure) -> Page<GroupMember> {
        let roster = try roster(of: group, for: caller, in: store)
        let rows = try roster.members(after: cursor?.key, limit: limit + 1)
        return Page(rows: rows, limit: limit) { member in
            Cursor(collection: .groupMembers, owner: group.id.rawValue, key: member.place)
        }
    }

    // MARK: Showing

    /// Changes how a member is shown in a group: its own appearance, or with the permission to mute that of another.
    ///
    /// - Throws: `.forbidden(.permission(.mute))`, `.group(.notMembers)`.
    public static func update(
        _ reference: UserReference,
        of group: Group,
        by caller: Caller,
        in store: any Writer,
        _ change: (inout MemberProfile) -> Void
    ) throws(Failure) {
        let authority = try GroupAuthority(caller, group, store)
        let user = try UserRules.known(reference, in: store)
        let isOwn = user.map { authority.isAbout($0.id) } ?? false
        if !isOwn { try authority.require(.mute) }
        guard let user, let member = try store.membership(of: user.id, in: group.id) else {
            throw .group(.notMembers([reference.text], group.id))
        }
        if !isOwn { try authority.require(.mute, against: member) }
        var profile = member.profile
        change(&profile)
        _ = try store.setProfile(profile, of: member.user, in: group.id)
    }

    // MARK: Going

    /// Removes members; names that are none are told, and harm no other.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once.
    /// - Throws: `.forbidden(.permission(.remove))`; `.group` with `.notMembers` when none of the names is a member's, or
    ///   `.ownerProtected`.
    public static func remove(
        _ users: [UserReference],
        from group: Group,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) -> [Outcome] {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.remove)
        let outcomes = try each(users, of: group, in: store) { user, member throws(Failure) in
            try authority.require(.remove, against: member)
            if member.role == .owner {
                // A room's owner stays, and the others of the call go.
                guard group.kind == .room else { throw .group(.ownerProtected) }
                return true
            }
            try remove(user.id, from: group, in: store)
            return true
        }
        guard outcomes.contains(where: \.isDone) else {
            throw .group(.notMembers(users.map(\.text), group.id))
        }
        return outcomes
    }

    /// Removes those who are members and not the owner; the others are told, and harm nobody.
    ///
    /// - Returns: each name's outcome in the order given, repeated names once.
    /// - Throws: `.forbidden(.permission(.remove))`.
    public static func removeEach(
        _ users: [UserReference],
        from group: Group,
        by caller: Caller,
        in store: any Writer
    ) throws(Failure) -> [Outcome] {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.remove)
        return try each(users, of: group, in: store) { user, member throws(Failure) in
            try authority.require(.remove, against: member)
            guard member.role != .owner else { return false }
            try remove(user.id, from: group, in: store)
            return true
        }
    }

    /// Lets a member go.
    ///
    /// The owner's place is taken by the administrator who is there longest, else by the member who is, deactivated users
    /// only where nobody else is left; with the last member the group ends.
    ///
    /// - Throws: `.group(.notMembers)`.
    public static func leave(
        _ group: Group,
        as user: User,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        let member = try member(.user(user), of: group, in: store).membership
        if member.role == .owner {
            guard let heir = try store.heir(of: group.id) else {
                return try GroupRules.remove(group, in: store)
            }
            try GroupRules.makeOwner(heir, of: group, at: now, in: store)
        }
        try remove(user.id, from: group, isLeaving: true, in: store)
    }

    /// Lets a member go who isn't the owner: the owner has to hand the group over first.
    ///
    /// - Throws: `.group` with `.notMembers` or `.ownerProtected`.
    public static func quit(_ group: Group, as user: User, in store: any Writer) throws(Failure) {
        let member = try member(.user(user), of: group, in: store).membership
        guard member.role != .owner else { throw .group(.ownerProtected) }
        try remove(user.id, from: group, isLeaving: true, in: store)
    }

    /// Removes a member who isn't the owner, with what ends with it.
    ///
    /// - Parameter isLeaving: whether it is the member's own doing, which events of groups tell apart.
    static func remove(
        _ user: UserID,
        from group: Group,
        isLeaving: Bool = false,
        in store: any Writer
    ) throws(Failure) {
        guard try store.deleteMember(user, from: group.id) else { return }
        if group.kind == .room { try store.deleteRoomMetadata(endingWith: user, in: group.id) }
        let change = isLeaving && group.kind == .group ? GroupChange.memberLeft : .memberRemoved
        try store.record(change, of: user, in: group)
    }

    /// One page of a group's members without the owner, in the order of joining or those who came last first.
    public static func memberPage(
        of group: Group,
        _ limit: Int,
        after cursor: Cursor?,
        isDescending: Bool,
        for caller: Caller,
        in store: any Reader
    ) throws(Failure) -> Page<GroupMember> {
        try GroupAuthority(caller, group, store).requireMembership()
        let rows =
            isDescending
            ? try store.members(of: group.id, before: cursor?.key, limit: limit + 1)
            // The owner is the last of them.
            : try store.members(of: group.id, after: cursor?.key, limit: limit + 1).filter {
                $0.role != .owner
            }
        let collection = isDescending ? PagedCollection.groupMembersNewest : .groupMembers
        return Page(rows: rows, limit: limit) { member in
            Cursor(collection: collection, owner: group.id.rawValue, key: member.place)
        }
    }
}
