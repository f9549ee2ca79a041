// Bans: users who are kept out of a group, for a time or for ever.

extension GroupModerationRules {
    /// Blocks members: they are removed and can't come back until they are unblocked.
    ///
    /// - Returns: each name's outcome in the order given; a user who isn't a member can't be blocked.
    /// - Throws: `.forbidden(.permission(.ban))`, `.group(.ownerProtected)`.
    public static func block(
        _ users: [UserReference],
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.ban)
        return try GroupMemberRules.each(users, of: group, in: store) { user, member throws(Failure) in
            try authority.require(.ban, against: member)
            try shutOut(user.id, member.role, until: nil, of: group, at: now, store)
            return true
        }
    }

    /// Blocks one member.
    ///
    /// - Throws: `.forbidden(.permission(.ban))`, `.group` with `.notMembers` or `.ownerProtected`.
    public static func blockOne(
        _ user: UserReference,
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> String {
        try one(user, of: group, try block([user], in: group, by: caller, at: now, store: store))
    }

    /// Blocks users for a time or for ever, all or none; a user who isn't a member is kept out all the same.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Throws: `.forbidden(.permission(.ban))`, `.notFound(.user, …)`, `.group(.ownerProtected)`.
    public static func ban(
        _ users: [UserReference],
        milliseconds: Int?,
        from group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.ban)
        for reference in users {
            let user = try UserRules.find(reference, in: store)
            let member = try store.membership(of: user.id, in: group.id)
            if let member { try authority.require(.ban, against: member) }
            try shutOut(user.id, member?.role, until: end(of: milliseconds, now), of: group, at: now, store)
        }
    }

    /// Blocks every member whose role doesn't allow to lift a ban.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Throws: `.forbidden(.permission(.ban))`.
    public static func banMembers(
        milliseconds: Int?,
        from group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.ban)
        let expiry = end(of: milliseconds, now)
        var last: Int64?
        while true {
            let page = try store.members(of: group.id, after: last, limit: 500)
            for member in page
            where try !GroupRoleRules.role(of: member, in: group, store: store).permissions.allows(.unban) {
                try shutOut(member.user, member.role, until: expiry, of: group, at: now, store)
            }
            guard page.count == 500, let end = page.last else { return }
            last = end.place
        }
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
        try store.record(.blocked, of: user, in: group) { $0.with("expires", ending: expiry) }
    }

    /// Lifts the bans of users, all or none.
    ///
    /// - Throws: `.forbidden(.permission(.unban))`, `.notFound(.block, …)` for a user who isn't banned.
    public static func liftBans(
        of users: [UserID],
        from group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.unban)
        for user in users {
            guard try store.deleteListed(user, .blocked, of: group.id, at: now) else {
                throw .notFound(.block, id: String(user.rawValue))
            }
            try store.record(.unblocked, of: user, in: group)
        }
    }

    /// Lifts all bans.
    ///
    /// - Throws: `.forbidden(.permission(.unban))`, `.notFound(.block, …)` when nobody is banned.
    public static func liftAllBans(
        from group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.unban)
        let banned = try store.listedNames(.blocked, of: group.id, at: now)
        guard try store.deleteBlocks(of: group.id, at: now) else {
            throw .notFound(.block, id: group.id.text)
        }
        try store.record(.unblocked, of: banned, in: group)
    }
}
