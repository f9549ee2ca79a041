// The repository of users.

/// Reads users of the caller's application.
public protocol UserReader {
    /// The user with this name, in any spelling. One index look-up.
    func user(named name: Username) throws(Failure) -> User?
    /// The user with this public identifier. One index look-up.
    func user(_ uuid: UUID) throws(Failure) -> User?
    /// The user with this key. One look-up.
    func user(_ id: UserID) throws(Failure) -> User?
    /// Users registered after the one with this key, oldest first, at most `limit`. Costs the rows it returns.
    func users(after id: UserID?, limit: Int) throws(Failure) -> [User]
    /// A page of users by number, oldest first: at most `limit` behind the first `offset`. Costs the rows it skips, too.
    func users(skipping offset: Int, limit: Int) throws(Failure) -> [User]
    /// How many users there are. One look-up: the number is kept.
    func userCount() throws(Failure) -> Int
    /// Whether a user gave a name up so lately that nobody else may have it yet. One index look-up.
    ///
    /// - Parameter user: whose former name it may be; nil for a newcomer.
    func isKept(_ name: Username, from user: UserID?, at now: Timestamp) throws(Failure) -> Bool
    /// How many names are kept for a user that it gave up. Costs one index entry each.
    func keptNameCount(of user: UserID, at now: Timestamp) throws(Failure) -> Int
    /// Accounts that notify, or are robots, oldest first: at most `limit` behind the first `offset`. Costs the rows it skips, too.
    func notifyingUsers(skipping offset: Int, limit: Int) throws(Failure) -> [User]
    /// How many accounts notify, or are robots. Costs one index entry each.
    func notifyingUserCount() throws(Failure) -> Int
    /// The user's password as a modular crypt string; nil for an unknown user and for one without a
    /// password. One look-up.
    func passwordHash(of id: UserID) throws(Failure) -> String?
}

/// Changes users of the caller's application.
public protocol UserWriter: UserReader {
    /// Adds a user.
    ///
    /// - Throws: `.conflict(.user, …)` when the name is taken, in any spelling.
    func insert(_ user: NewUser, at now: Timestamp) throws(Failure) -> User
    /// Writes every changeable field of the user back: activation, nickname, push settings, profile, token
    /// generation, modified.
    func update(_ user: User) throws(Failure)
    /// Gives a user another name, wherever the old one stood: its messages and conversations go on being its own, and show the
    /// new one. The old one is kept from others until a moment; a kept name that is taken back is free of that.
    ///
    /// - Throws: `.conflict(.user, …)` when the name is taken, in any spelling.
    func rename(_ user: User, to name: Username, keepingFormerUntil end: Timestamp) throws(Failure)
    /// Replaces the password.
    func setPasswordHash(of id: UserID, to hash: String) throws(Failure)
    /// Removes the user and, by the schema's cascades, every row that belongs to it.
    func delete(_ id: UserID) throws(Failure)
}
