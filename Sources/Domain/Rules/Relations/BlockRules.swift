// Blocks are one-sided: who is blocked can't send to the owner, and isn't told.

/// The rules of blocks.
public enum BlockRules {
    /// Blocks users, all or none; a user may stand on its own list, where it changes nothing.
    ///
    /// - Returns: the owner and the blocked users in the order given.
    /// - Throws: `.notFound(.user, …)` for the owner, `.invalid("usernames", .unknownReference…)` for a blocked user,
    ///   `.limitReached(.blocks, …)`.
    public static func add(
        _ names: [String],
        to owner: String,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> (owner: User, blocked: [User]) {
        let owner = try UserRules.find(owner, in: store)
        var blocked: [User] = []
        for name in names {
            guard let username = Username(name), let user = try store.user(named: username) else {
                throw .invalid(field: "usernames", .unknownReference(.user, id: name))
            }
            try InquiryRules.require(.blockAdded, store) {
                .users(owner.username, "blocked", user.username)
            }
            if try store.insertBlock(user.id, by: owner.id, at: now) {
                try store.record(.blockAdded) { .users(owner.username, "blocked", user.username) }
            }
            blocked.append(user)
        }
        let maximum = application.settings.maximumBlocks
        guard try store.blockCount(by: owner.id) <= maximum else {
            throw .limitReached(.blocks, maximum: maximum)
        }
        return (owner, blocked)
    }

    /// Ends a block; nothing changes when there is none.
    ///
    /// - Returns: the owner and the user.
    public static func remove(
        _ other: String,
        from owner: String,
        in store: any Writer
    ) throws(Failure) -> (owner: User, unblocked: User) {
        let owner = try UserRules.find(owner, in: store)
        let other = try UserRules.find(other, in: store)
        if try store.deleteBlock(other.id, by: owner.id) {
            try store.record(.blockRemoved) { .users(owner.username, "blocked", other.username) }
        }
        return (owner, other)
    }
}
