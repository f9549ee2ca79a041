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
