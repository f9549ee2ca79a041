// The repository of user metadata: a few short texts under keys of the application's choosing.

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
