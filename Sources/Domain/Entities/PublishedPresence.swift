// The presence that users publish by device, and their followers: the presence of 2022.

/// The presence that a user has published from one device.
public struct DevicePresence: Equatable, Sendable {
    /// The device, 1–128 characters.
    public let resource: String
    /// `0` for offline, `1` for online, or a word of the application's own, 1–64 characters.
    public let status: String
    /// Text of the application's own, at most 64 bytes.
    public let note: String
    /// When it was published.
    public let published: Timestamp

    /// Memberwise.
    public init(resource: String, status: String, note: String, published: Timestamp) {
        self.resource = resource
        self.status = status
        self.note = note
        self.published = published
    }
}

/// A subscription to another user's presence, with its end.
public struct PresenceSubscription: Equatable, Sendable {
    /// The followed user's name, as registered.
    public let name: String
    /// From when on no longer.
    public let expires: Timestamp

    /// Memberwise.
    public init(name: String, expires: Timestamp) {
        self.name = name
        self.expires = expires
    }
}

/// Reads published presence and who follows it.
public protocol PresenceReader {
    /// The user's published presence, by device. Bounded by the devices one user may have.
    func devicePresences(of user: UserID) throws(Failure) -> [DevicePresence]
    /// The subscriptions of a user at a moment, by key of the followed user, after skipping `offset`.
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
    /// The followers of a user at a moment, behind this one, by key, at most `limit`. Costs a row each.
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
    /// Lets a user follow another one until a moment, or with nil no longer; nothing happens when either
    /// doesn't exist.
    func setPresenceSubscription(until expiry: Timestamp?, to other: UserID, of user: UserID) throws(Failure)
    /// Removes what has ended of whom the user follows.
    func deletePresenceSubscriptions(of user: UserID, endedAt now: Timestamp) throws(Failure)
}
