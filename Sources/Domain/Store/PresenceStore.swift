// The repository of published presence and of subscriptions to it.

/// Reads published presence and who follows it.
public protocol PresenceReader {
    /// The presence that the user has published, by device. Bounded by the devices one user may have.
    func devicePresences(of user: UserID) throws(Failure) -> [DevicePresence]
    /// The users that the user follows at a moment, by key of who is followed, after skipping `offset`.
    ///
    /// Paged by number, because its route in the platform dialect is. Costs `offset + limit` rows.
    func presenceSubscriptions(
        of user: UserID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [PresenceSubscription]
    /// How many users the user follows at a moment. Costs a row each, bounded by the number that one may follow.
    func presenceSubscriptionCount(of user: UserID, at now: Timestamp) throws(Failure) -> Int
    /// The followers of the user at a moment, behind this follower, by key, at most `limit`. Costs a row each.
    func presenceFollowers(
        of user: UserID,
        at now: Timestamp,
        after follower: UserID?,
        limit: Int
    ) throws(Failure) -> [UserID]
}

/// Changes published presence and who follows it.
public protocol PresenceWriter: PresenceReader {
    /// Replaces what the user has published from that device; nothing happens to a user who doesn't exist.
    func setDevicePresence(_ presence: DevicePresence, of user: UserID) throws(Failure)
    /// Forgets a device.
    func deleteDevicePresence(_ resource: String, of user: UserID) throws(Failure)
    /// Lets a user follow another one until a moment, or with nil no longer; nothing happens when either doesn't exist.
    func setPresenceSubscription(until expiry: Timestamp?, to other: UserID, of user: UserID) throws(Failure)
    /// Removes what has ended of whom the user follows.
    func deletePresenceSubscriptions(of user: UserID, endedAt now: Timestamp) throws(Failure)
}
