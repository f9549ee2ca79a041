// The rules of users, each policy once for all dialects.

/// The life of a user.
public enum UserRules {
    /// The longest accepted password, in characters.
    public static let maximumPasswordCharacters = 64
    /// The longest accepted nickname, in characters.
    public static let maximumNicknameCharacters = 100

    /// The user that a path segment or a list names, by name in any spelling or by UUID.
    ///
    /// - Throws: `.notFound(.user, …)`, for a text that can't be a name too.
    public static func find(_ name: String, in store: any Reader) throws(Failure) -> User {
        try find(.name(name), in: store)
    }

    /// The user that a reference names; nil where there is none.
    public static func known(_ reference: UserReference, in store: any Reader) throws(Failure) -> User? {
        switch reference {
        case .user(let user): return user
        case .id(let id): return try store.user(id)
        case .name(let name):
            if let uuid = UUID(name) { return try store.user(uuid) }
            return try Username(name).flatMap { name throws(Failure) in try store.user(named: name) }
        }
    }

    /// The user that a reference names.
    ///
    /// - Throws: `.notFound(.user, …)`, for a text that can't be a name too.
    public static func find(_ reference: UserReference, in store: any Reader) throws(Failure) -> User {
        guard let user = try known(reference, in: store) else { throw .notFound(.user, id: reference.text) }
        return user
    }

    /// Checks again, inside the transaction, that the calling user exists and that its tokens are still good.
    ///
    /// Between the request's authentication and its transaction a password is hashed or a queue is waited in: a
    /// change of password that the old password was good for must not undo the one that locked its owner out
    /// meanwhile.
    ///
    /// - Throws: `.unauthenticated` with `.orphaned` where the user is gone, `.revoked` where its tokens have ended. Costs one
    ///   look-up by key, and nothing for other callers.
    public static func recheck(_ caller: Caller, in store: any Reader) throws(Failure) {
        let known: User
        switch caller {
        case .user(let user), .manager(let user, _): known = user
        case .anonymous, .application, .administrator, .operator: return
        }
        guard let user = try store.user(known.id) else { throw .unauthenticated(.orphaned) }
        guard user.isActivated, user.tokenGeneration == known.tokenGeneration else {
            throw .unauthenticated(.revoked)
        }
    }

    /// Changes some of a user's settings.
    public static func update(
        _ name: String,
        at now: Timestamp,
        in store: any Writer,
        _ change: (inout User) -> Void
    ) throws(Failure) -> User {
        try InquiryRules.require(.userUpdated, store) { () throws(Failure) in
            var changed = try find(name, in: store)
            change(&changed)
            return .user(changed)
        }
        let user = try write(name, at: now, in: store, change)
        try store.record(.userUpdated) { .user(user) }
        return user
    }

    /// Changes a user, and leaves it to the caller to announce that.
    private static func write(
        _ name: String,
        at now: Timestamp,
        in store: any Writer,
        _ change: (inout User) -> Void
    ) throws(Failure) -> User {
        var user = try find(name, in: store)
        change(&user)
        user.modified = now
        try store.update(user)
        return user
    }

    /// Replaces a user's password, which ends its tokens.
    public static func setPassword(
        of name: String,
        toHash hash: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        let user = try signOut(name, at: now, in: store)
        try store.setPasswordHash(of: user.id, to: hash)
        try store.record(.userPasswordChanged) { .user(user) }
    }

    /// Ends a user's tokens and connections.
    public static func signOut(_ name: String, at now: Timestamp, in store: any Writer) throws(Failure)
        -> User
    {
        let user = try write(name, at: now, in: store) { $0.tokenGeneration += 1 }
        store.announce(.userSignedOut(user.id))
        return user
    }

    /// Disables an account: it is thrown out and can't log in.
    public static func deactivate(_ name: String, at now: Timestamp, in store: any Writer) throws(Failure)
        -> User
    {
        let user = try write(name, at: now, in: store) { user in
            user.isActivated = false
            user.tokenGeneration += 1
        }
        store.announce(.userSignedOut(user.id))
        try store.record(.userDeactivated) { .user(user) }
        return user
    }

    /// Enables an account again.
    ///
    /// Tokens of before stay dead.
    public static func activate(_ name: String, at now: Timestamp, in store: any Writer) throws(Failure) {
        let user = try write(name, at: now, in: store) { $0.isActivated = true }
        try store.record(.userActivated) { .user(user) }
    }

    /// Removes a user with everything that belongs to it.
    public static func delete(_ name: String, in store: any Writer) throws(Failure) -> User {
        let user = try find(name, in: store)
        try delete(user, in: store)
        return user
    }

    /// Removes the users registered first, at most `limit`, after a position.
    ///
    /// - Returns: those removed, oldest first, with a cursor where users remain behind them.
    public static func deleteFirst(
        _ limit: Int,
        after cursor: Cursor?,
        of application: Application,
        in store: any Writer
    ) throws(Failure) -> Page<User> {
        let page = try page(limit, after: cursor, of: application, in: store)
        for user in page.elements { try delete(user, in: store) }
        return page
    }

    /// One page of an application's users by registration.
    public static func page(
        _ limit: Int,
        after cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<User> {
        let rows = try store.users(after: cursor.map { UserID(rawValue: $0.key) }, limit: limit + 1)
        return Page(rows: rows, limit: limit) { user in
            Cursor(collection: .users, owner: application.id.rawValue, key: user.id.rawValue)
        }
    }

    static func delete(_ user: User, in store: any Writer) throws(Failure) {
        // Its groups go with it, and nobody could say later which those were.
        for (kind, name) in [(GroupKind.group, EventName.groupDeleted), (.room, .roomDeleted)]
        where try store.isWatched(name) {
            for group in try groups(ownedBy: user, kind, in: store) {
                try store.record(name) { .group(group) }
            }
        }
        try store.delete(user.id)
        store.announce(.userSignedOut(user.id))
        try store.record(.userDeleted) { .user(user) }
    }

    /// The groups or rooms that a user owns.
    ///
    /// Costs a row for each that the user is in.
    static func groups(ownedBy user: User, _ kind: GroupKind, in store: any Reader) throws(Failure)
        -> [Group]
    {
        var owned: [Group] = []
        var offset = 0
        while true {
            let joined = try store.joinedGroups(of: user.id, kind, offset: offset, limit: 100)
            owned += joined.filter { $0.owner == user.id }
            guard joined.count == 100 else { return owned }
            offset += joined.count
        }
    }
}
