// Who may enter and who may speak: block list, allow list, mutes.

/// What may be done with a group's or room's lists and mutes.
public enum GroupModerationRules {
    /// The longest mute or ban that isn't for ever, in milliseconds: ten years.
    public static let maximumMilliseconds = 315_360_000_000

    /// Blocks members: they are removed and can't come back until they are unblocked.
    ///
    /// - Returns: each name's outcome in the order given; who isn't a member can't be blocked.
    /// - Throws: `.group(.ownerProtected)`.
    public static func block(
        _ names: [String],
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        try GroupMemberRules.each(names, of: group, in: store) { user, member throws(Failure) in
            try shutOut(user.id, member.role, until: nil, of: group, at: now, store)
            return true
        }
    }

    /// Blocks one member.
    ///
    /// - Throws: `.group` with `.notMembers` or `.ownerProtected`.
    public static func blockOne(
        _ name: String,
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> String {
        try one(name, of: group, try block([name], in: group, at: now, store: store))
    }

    private static func shutOut(
        _ user: UserID,
        _ role: GroupRole?,
        until expiry: Timestamp?,
        of group: Group,
        at now: Timestamp,
        _ store: any Writer
    ) throws(Failure) {
        guard role != .owner else { throw .group(.ownerProtected) }
        if role != nil { try GroupMemberRules.remove(user, from: group, in: store) }
        _ = try store.block(user, until: expiry, in: group.id, at: now)
    }

    /// Blocks users for a time or for ever, all or none; who isn't a member is kept out all the same.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Throws: `.group(.ownerProtected)`.
    public static func ban(
        _ users: [User],
        milliseconds: Int?,
        from group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        for user in users {
            let role = try store.membership(of: user.id, in: group.id)?.role
            try shutOut(user.id, role, until: end(of: milliseconds, now), of: group, at: now, store)
        }
    }

    /// Blocks every member whose role doesn't allow to lift a ban.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    public static func banMembers(
        milliseconds: Int?,
        from group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        var last: Int64?
        while true {
            let page = try store.members(of: group.id, after: last, limit: 500)
            for member in page
            where try !GroupRoleRules.role(of: member, in: group, store: store).permissions.allows(.unban) {
                try shutOut(
                    member.user,
                    member.role,
                    until: end(of: milliseconds, now),
                    of: group,
                    at: now,
                    store
                )
            }
            guard page.count == 500, let end = page.last else { return }
            last = end.place
        }
    }

    /// Lifts the bans of users, all or none.
    ///
    /// - Throws: `.notFound(.block, …)` for who isn't banned.
    public static func liftBans(
        of users: [UserID],
        from group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        for user in users {
            guard try store.deleteListed(user, .blocked, of: group.id, at: now) else {
                throw .notFound(.block, id: String(user.rawValue))
            }
        }
    }

    /// Lifts all bans.
    ///
    /// - Throws: `.notFound(.block, …)` when nobody is banned.
    public static func liftAllBans(
        from group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        guard try store.deleteBlocks(of: group.id, at: now) else {
            throw .notFound(.block, id: group.id.text)
        }
    }

    private static func end(of milliseconds: Int?, _ now: Timestamp) -> Timestamp? {
        milliseconds.map { Timestamp(milliseconds: now.milliseconds + Int64($0)) }
    }

    /// Puts members on the allow list; who stands there stays there.
    ///
    /// - Returns: each name's outcome in the order given; who isn't a member can't be allowed.
    public static func allow(
        _ names: [String],
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        try GroupMemberRules.each(names, of: group, in: store) { user, _ throws(Failure) in
            _ = try store.allow(user.id, in: group.id, at: now)
            return true
        }
    }

    /// Puts one member on the allow list.
    ///
    /// - Throws: `.group(.notMembers)`.
    public static func allowOne(
        _ name: String,
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> String {
        try one(name, of: group, try allow([name], in: group, at: now, store: store))
    }

    private static func one(
        _ name: String,
        of group: Group,
        _ outcomes: [GroupMemberRules.Outcome]
    ) throws(Failure) -> String {
        guard let outcome = outcomes.first, outcome.isDone else {
            throw .group(.notMembers([name], group.id))
        }
        return outcome.name
    }

    /// Takes users off a list; nothing changes for who doesn't stand there.
    ///
    /// Membership doesn't come back.
    ///
    /// - Returns: the names as registered, in the order given.
    /// - Throws: `.notFound(.user, …)`.
    public static func remove(
        _ names: [String],
        from list: GroupList,
        of group: Group,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [String] {
        var removed: [String] = []
        for (name, user) in try GroupMemberRules.users(names, in: store) {
            guard let user else { throw .notFound(.user, id: name) }
            _ = try store.deleteListed(user.id, list, of: group.id, at: now)
            removed.append(name)
        }
        return removed
    }

    /// Mutes members, all or none.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Returns: the names as registered, in the order given, and until when.
    /// - Throws: `.group` with `.notMembers`, naming them, or `.ownerProtected`.
    public static func mute(
        _ names: [String],
        milliseconds: Int?,
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> [GroupMute] {
        let expires = end(of: milliseconds, now) ?? Mutes.forever
        var mutes: [GroupMute] = []
        var strangers: [String] = []
        for (name, user) in try GroupMemberRules.users(names, in: store) {
            guard let user, let member = try store.membership(of: user.id, in: group.id) else {
                strangers.append(name)
                continue
            }
            guard member.role != .owner else { throw .group(.ownerProtected) }
            try store.setGroupMute(until: expires, of: user.id, in: group.id)
            mutes.append(GroupMute(name: name, expires: expires))
        }
        guard strangers.isEmpty else { throw .group(.notMembers(strangers, group.id)) }
        return mutes
    }

    /// Lifts mutes; nothing changes for who isn't muted.
    ///
    /// - Returns: the names as registered, in the order given.
    /// - Throws: `.notFound(.user, …)`.
    public static func unmute(
        _ names: [String],
        in group: Group,
        store: any Writer
    ) throws(Failure) -> [String] {
        var lifted: [String] = []
        for (name, user) in try GroupMemberRules.users(names, in: store) {
            guard let user else { throw .notFound(.user, id: name) }
            try store.setGroupMute(until: nil, of: user.id, in: group.id)
            lifted.append(name)
        }
        return lifted
    }

    /// Mutes all but the owner, administrators and the allow list; the end of an earlier such mute is replaced.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    public static func muteAll(
        milliseconds: Int? = nil,
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupRules.setMuted(until: end(of: milliseconds, now) ?? Mutes.forever, group, at: now, in: store)
    }

    /// Ends such a mute; each member's own stay.
    public static func unmuteAll(in group: Group, at now: Timestamp, store: any Writer) throws(Failure) {
        try GroupRules.setMuted(until: nil, group, at: now, in: store)
    }
}
