// Files that clients upload: attachments of messages, and files shared in groups.

/// The digest that names a file's bytes: their SHA-256.
public struct FileDigest: Hashable, Sendable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Wraps a digest of 32 bytes.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == 32, "A SHA-256 digest has 32 bytes.")
        self.bytes = bytes
    }
}

/// The content that arrived, before it belongs to a user.
public struct UploadedFile: Equatable, Sendable {
    /// The name, of 1–255 bytes, no path.
    public let name: String
    /// The media type as sent, or `application/octet-stream`.
    public let contentType: String
    /// Bytes.
    public let size: Int
    /// The digest of the bytes.
    public let digest: FileDigest

    /// Memberwise.
    public init(name: String, contentType: String, size: Int, digest: FileDigest) {
        self.name = name
        self.contentType = contentType
        self.size = size
        self.digest = digest
    }
}

/// A file of one application.
public struct StoredFile: Equatable, Sendable {
    /// Row key; rises with time.
    public let id: FileID
    /// The identifier that clients see.
    public let uuid: UUID
    /// The sender; nil for the application itself, and for a user who is gone.
    public let owner: UserID?
    /// The sender's name when it was sent.
    public let ownerName: String
    /// Name, type, size, digest.
    public let content: UploadedFile
    /// The secret that readers must present; nil for a file that any caller of the application may read.
    public let shareSecret: String?
    /// When it was sent.
    public let created: Timestamp
    /// The group it is shared in; nil for an attachment.
    public let group: GroupID?
    /// From when on it is gone; nil for one that stays.
    public let expires: Timestamp?

    /// Memberwise.
    public init(
        id: FileID,
        uuid: UUID,
        owner: UserID?,
        ownerName: String,
        content: UploadedFile,
        shareSecret: String?,
        created: Timestamp,
        group: GroupID?,
        expires: Timestamp? = nil
    ) {
        self.id = id
        self.uuid = uuid
        self.owner = owner
        self.ownerName = ownerName
        self.content = content
        self.shareSecret = shareSecret
        self.created = created
        self.group = group
        self.expires = expires
    }
}

/// Bytes of a file, open for reading until the last reference is gone.
public protocol OpenBytes: AnyObject, Sendable {
    /// The descriptor's number, lent.
    var number: Int32 { get }
    /// Up to so many bytes from an offset on; fewer only at the end, nil when the disk fails.
    func read(at offset: Int, count: Int) -> [UInt8]?
}

/// Finds the bytes of files.
public protocol FileShelf: Sendable {
    /// The bytes of a file, open for reading.
    ///
    /// - Parameter reference: what a failure of the disk is called in the log and in the answer.
    /// - Throws: `.notFound(.file, …)` where they are gone, `.storage` where the disk fails; the log has either.
    func open(_ file: StoredFile, reference: String) throws(Failure) -> any OpenBytes
}

/// No files at all.
public struct EmptyShelf: FileShelf {
    /// Makes it.
    public init() {}
    /// There is none.
    public func open(_ file: StoredFile, reference: String) throws(Failure) -> any OpenBytes {
        throw .notFound(.file, id: file.uuid.text)
    }
}
