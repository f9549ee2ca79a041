// The repository of application-wide mutes.

/// Reads mutes.
public protocol MuteReader {
    /// The user's mutes as stored, also those that are over. One look-up.
    func mutes(of id: UserID) throws(Failure) -> Mutes
    /// Users with a mute that ends after `now`, by name key, `limit` of them after skipping `offset`.
    ///
    /// The one collection paged by number, because its route in the platform dialect is. Costs `offset + limit` rows.
    func mutedUsers(at now: Timestamp, offset: Int, limit: Int) throws(Failure) -> [(
        name: String, mutes: Mutes
    )]
}

/// Changes mutes.
public protocol MuteWriter: MuteReader {
    /// Replaces the user's mutes.
    func setMutes(_ mutes: Mutes, of id: UserID) throws(Failure)
}
