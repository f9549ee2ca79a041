// The repository of user metadata: a few short texts under keys of the application's choosing.

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

/// Reads user metadata.
public protocol MetadataReader {
    /// The user's entries by key, those among them whose time is over.
    func metadata(of id: UserID) throws(Failure) -> [MetadataEntry]
    /// Bytes of all keys and values of the application. Reads every entry.
    func metadataBytes() throws(Failure) -> Int
}

/// Changes user metadata.
public protocol MetadataWriter: MetadataReader {
    /// Adds or replaces the entry of this key.
    func setMetadata(_ entry: MetadataEntry, of id: UserID) throws(Failure)
    /// Removes the entry of this key, if there is one.
    func deleteMetadata(_ key: String, of id: UserID) throws(Failure)
    /// Removes every entry of the user.
    func deleteMetadata(of id: UserID) throws(Failure)
}
