// Mutes of a group's members, and who speaks while all are muted. Bans stand beside it, in GroupModerationRules+Bans.

/// The rules of a group's or room's lists and mutes.
public enum GroupModerationRules {
    /// The longest mute or ban that isn't for ever, in milliseconds: ten years.
    public static let maximumMilliseconds = 315_360_000_000

    static func end(of milliseconds: Int?, _ now: Timestamp) -> Timestamp? {
        milliseconds.map { Timestamp(milliseconds: now.milliseconds + Int64($0)) }
    }

    static func one(
        _ reference: UserReference,
        of group: Group,
        _ outcomes: [GroupMemberRules.Outcome]
    ) throws(Failure) -> String {
        guard let outcome = outcomes.first, outcome.isDone else {
            throw .group(.notMembers([reference.text], group.id))
        }
        return outcome.name
    }

    // MARK: Mutes

    /// Mutes members, all or none.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Returns: the names as registered, in the order given, and until when.
    /// - Throws: `.forbidden(.permission(.mute))`; `.group` with `.notMembers`, naming them, or `.ownerProtected`.
    public static func mute(
        _ users: [UserReference],
        milliseconds: Int?,
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> [GroupMute] {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.mute)
        let expires = end(of: milliseconds, now) ?? Mutes.forever
        var mutes: [GroupMute] = []
        var strangers: [String] = []
        for (name, user) in try GroupMemberRules.users(users, in: store) {
            guard let user, let member = try store.membership(of: user.id, in: group.id) else {
                strangers.append(name)
                continue
            }
            try authority.require(.mute, against: member)
            if member.role == .owner {
                // A room's owner is answered like the others, and speaks on.
                guard group.kind == .room else { throw .group(.ownerProtected) }
                mutes.append(GroupMute(name: name, expires: expires))
                continue
            }
            try store.setGroupMute(until: expires, of: user.id, in: group.id)
            try store.record(.muted, of: user.id, in: group) { $0.with("expires", ending: expires) }
            mutes.append(GroupMute(name: name, expires: expires))
        }
        guard strangers.isEmpty else { throw .group(.notMembers(strangers, group.id)) }
        return mutes
    }

    /// Lifts mutes; nothing changes for a user who isn't muted, or isn't there.
    ///
    /// - Returns: the names as registered, in the order given.
    /// - Throws: `.forbidden(.permission(.unmute))`.
    public static func unmute(
        _ users: [UserReference],
        in group: Group,
        by caller: Caller,
        store: any Writer
    ) throws(Failure) -> [String] {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.unmute)
        var lifted: [String] = []
        for (name, user) in try GroupMemberRules.users(users, in: store) {
            if let user { try lift(user.id, in: group, by: authority, store) }
            lifted.append(name)
        }
        return lifted
    }

    /// Lifts the mutes of users who are muted, all or none.
    ///
    /// - Throws: `.forbidden(.permission(.unmute))`, `.notFound(.mute, …)` for a user who isn't muted.
    public static func liftMutes(
        of users: [UserID],
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        let authority = try GroupAuthority(caller, group, store)
        try authority.require(.unmute)
        for user in users {
            guard let expiry = try store.muteExpiry(of: user, in: group.id), expiry > now else {
                throw .notFound(.mute, id: String(user.rawValue))
            }
            try lift(user, in: group, by: authority, store)
        }
    }

    private static func lift(
        _ user: UserID,
        in group: Group,
        by authority: GroupAuthority,
        _ store: any Writer
    ) throws(Failure) {
        if let member = try store.membership(of: user, in: group.id) {
            try authority.require(.unmute, against: member)
        }
        let wasMuted = try store.muteExpiry(of: user, in: group.id) != nil
        try store.setGroupMute(until: nil, of: user, in: group.id)
        if wasMuted { try store.record(.unmuted, of: user, in: group) }
    }

    /// Mutes all but the owner, administrators and the allow list; the end of an earlier such mute is replaced.
    ///
    /// - Parameter milliseconds: for how long; nil for ever.
    /// - Throws: `.forbidden(.permission(.mute))`.
    public static func muteAll(
        milliseconds: Int? = nil,
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.mute)
        try GroupRules.setMuted(until: end(of: milliseconds, now) ?? Mutes.forever, group, at: now, in: store)
    }

    /// Ends such a mute; each member's own stay.
    ///
    /// - Throws: `.forbidden(.permission(.unmute))`.
    public static func unmuteAll(
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.unmute)
        try GroupRules.setMuted(until: nil, group, at: now, in: store)
    }

    /// The same, where all have to be muted.
    ///
    /// - Throws: `.forbidden(.permission(.unmute))`, `.notFound(.mute, …)`.
    public static func liftGroupMute(
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.unmute)
        guard group.isMuted(at: now) else { throw .notFound(.mute, id: group.id.text) }
        try GroupRules.setMuted(until: nil, group, at: now, in: store)
    }

    // MARK: Speaking while all are muted

    /// Puts members on the allow list; one who stands there stays there.
    ///
    /// - Returns: each name's outcome in the order given; a user who isn't a member can't be allowed.
    /// - Throws: `.forbidden(.permission(.unmute))`.
    public static func allow(
        _ users: [UserReference],
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> [GroupMemberRules.Outcome] {
        try GroupAuthority(caller, group, store).require(.unmute)
        return try GroupMemberRules.each(users, of: group, in: store) { user, _ throws(Failure) in
            if try store.allow(user.id, in: group.id, at: now) {
                try store.record(.allowed, of: user.id, in: group)
            }
            return true
        }
    }

    /// Puts one member on the allow list.
    ///
    /// - Throws: `.forbidden(.permission(.unmute))`, `.group(.notMembers)`.
    public static func allowOne(
        _ user: UserReference,
        in group: Group,
        by caller: Caller,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) -> String {
        try one(user, of: group, try allow([user], in: group, by: caller, at: now, store: store))
    }

    /// Takes users off a list; nothing changes for a user who doesn't stand there.
    ///
    /// Membership doesn't come back.
    ///
    /// - Returns: the names as registered, in the order given.
    /// - Throws: `.forbidden(.permission(…))` with `.unban` or, for the allow list, `.mute`; `.notFound(.user, …)`.
    public static func remove(
        _ users: [UserReference],
        from list: GroupList,
        of group: Group,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> [String] {
        try GroupAuthority(caller, group, store).require(list == .blocked ? .unban : .mute)
        var removed: [String] = []
        for (name, user) in try GroupMemberRules.users(users, in: store) {
            guard let user else { throw .notFound(.user, id: name) }
            if try store.deleteListed(user.id, list, of: group.id, at: now) {
                try store.record(list == .blocked ? .unblocked : .disallowed, of: user.id, in: group)
            }
            removed.append(name)
        }
        return removed
    }
}
