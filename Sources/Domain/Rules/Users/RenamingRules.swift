// A user's change of its name, which every dialect knows it by.

/// The rules of changes of users' names.
public enum RenamingRules {
    /// How long a name that was given up is kept from others, in seconds: thirty days.
    public static let keptSeconds: Int64 = 30 * 86_400
    /// Names that one user may have given up within that time.
    public static let maximumKeptNames = 10

    /// Gives a user another name.
    ///
    /// Tokens, sessions and connections go on: they know the user by its key. Messages of before keep what they are stored
    /// under, and are the user's as before.
    ///
    /// - Throws: `.conflict(.user, …)` for a name that is taken, kept for another user or reserved for the application, and
    ///   for a manager, whose name is a setting of the application; `.limitReached(.formerNames, …)`.
    public static func rename(
        _ user: User,
        to name: Username,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        guard name.text != user.username.text else { return }
        let holder = try store.user(named: name)
        guard holder == nil || holder?.id == user.id,
            !ManagerRules.isManager(user, of: application),
            !ManagerRules.isReserved(name, of: application),
            try !store.isKept(name, from: user.id, at: now)
        else { throw .conflict(.user, id: name.text) }
        if name != user.username {
            guard try store.keptNameCount(of: user.id, at: now) < maximumKeptNames else {
                throw .limitReached(.formerNames, maximum: maximumKeptNames)
            }
        }
        try store.rename(user, to: name, keepingFormerUntil: now.adding(seconds: keptSeconds))
        store.announce(.userRenamed(user.id))
    }
}
