// An entry of a user's metadata.

/// One entry of a user's metadata.
public struct MetadataEntry: Equatable, Sendable {
    /// Its key, unique for the user.
    public let key: String
    /// Its text.
    public let value: String
    /// From when on it is as good as gone; nil for never.
    public let expires: Timestamp?

    /// Memberwise.
    public init(key: String, value: String, expires: Timestamp? = nil) {
        self.key = key
        self.value = value
        self.expires = expires
    }

    /// Whether it is there at a moment.
    public func isThere(at now: Timestamp) -> Bool { expires.map { now < $0 } ?? true }
}
