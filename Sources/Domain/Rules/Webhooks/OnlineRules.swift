// Coming and going as events: announced once for a user's first connection and once for its last.

/// Announces who comes and goes.
///
/// The last announcement is stored, so that after a crash the users that are gone are announced, too.
public enum OnlineRules {
    /// Announces how a user is now, where that is another thing than was announced last.
    public static func announce(_ id: UserID, isOnline: Bool, in store: any Writer) throws(Failure) {
        // A user that left while no endpoint asked for it is forgotten silently.
        let watches = (try store.isWatched(.userOnline), try store.isWatched(.userOffline))
        guard watches.0 || watches.1 else {
            if !isOnline { try store.noteOnline(false, id) }
            return
        }
        guard try store.noteOnline(isOnline, id), let user = try store.user(id) else { return }
        try store.record(isOnline ? .userOnline : .userOffline) { .user(user) }
    }

    /// Announces those who were announced as online and aren't, some of them.
    ///
    /// - Returns: the last one that was looked at; nil where there is nobody left to look at.
    public static func announceGone(
        after id: UserID?,
        limit: Int,
        isOnline: (UserID) -> Bool,
        in store: any Writer
    ) throws(Failure) -> UserID? {
        let users = try store.announcedOnline(after: id, limit: limit)
        for user in users where !isOnline(user.id) { try announce(user.id, isOnline: false, in: store) }
        return users.last?.id
    }
}
