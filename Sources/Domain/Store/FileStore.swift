// The repository of files: who sent what, and which bytes that is.

/// A file still to be stored.
public struct NewFile: Sendable {
    /// The identifier that clients will see.
    public let uuid: UUID
    /// The sender; nil for the application itself.
    public let owner: UserID?
    /// The sender's name.
    public let ownerName: String
    /// Name, type, size, digest.
    public let content: UploadedFile
    /// The secret that readers must present, if any.
    public let shareSecret: String?
    /// The group it is shared in, if any.
    public let group: GroupID?
    /// From when on it is gone, if ever.
    public let expires: Timestamp?

    /// Memberwise.
    public init(
        uuid: UUID,
        owner: UserID?,
        ownerName: String,
        content: UploadedFile,
        shareSecret: String?,
        group: GroupID?,
        expires: Timestamp? = nil
    ) {
        self.uuid = uuid
        self.owner = owner
        self.ownerName = ownerName
        self.content = content
        self.shareSecret = shareSecret
        self.group = group
        self.expires = expires
    }
}

/// Reads files of the caller's application.
public protocol FileReader {
    /// The file of this identifier, also one that is past its end and not removed yet. One index look-up.
    func file(_ uuid: UUID) throws(Failure) -> StoredFile?
    /// A group's shared files that are there at a moment, newest first, `limit` of them after skipping `offset`.
    func sharedFiles(
        of group: GroupID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [StoredFile]
    /// Bytes of all the application's files; one that was sent twice counts twice. One look-up.
    func fileBytes() throws(Failure) -> Int
}

/// Changes files of the caller's application.
public protocol FileWriter: FileReader {
    /// Adds a file; `.notFound(.group, …)` when its group is gone.
    func insert(_ file: NewFile, at now: Timestamp) throws(Failure) -> StoredFile
    /// Removes files whose end has come, at most `limit`. Costs the rows it removes.
    func deleteFiles(expiredAt now: Timestamp, limit: Int) throws(Failure)
    /// Removes a file, if there is one.
    func deleteFile(_ id: FileID) throws(Failure)
}

/// Knows which bytes are still somebody's, over all applications.
public protocol FileReferenceReader {
    /// Whether any file has these bytes. One index look-up.
    func isReferenced(_ digest: FileDigest) throws(Failure) -> Bool
    /// The bytes that have to exist: the digests of all files behind this one, each once, with their sizes, by digest, at
    /// most `limit`. Costs an index entry for each file.
    func fileContents(after digest: FileDigest?, limit: Int) throws(Failure) -> [(
        digest: FileDigest, size: Int
    )]
    /// Up to `limit` digests of files that were removed.
    func releasedDigests(limit: Int) throws(Failure) -> [FileDigest]
}

/// Forgets bytes that are nobody's.
public protocol FileReferenceWriter: FileReferenceReader {
    /// The bytes have been looked after: they needn't be listed any more.
    func forgetReleased(_ digests: [FileDigest]) throws(Failure)
}
