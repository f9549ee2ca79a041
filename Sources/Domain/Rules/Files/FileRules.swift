// Storing and reading files.

/// The rules of files.
public enum FileRules {
    /// Files of one page of a group's shared files.
    public static let maximumPageSize = 1000

    /// How long a temporary file stays, in seconds.
    public static let temporarySeconds: Int64 = 10 * 86_400
    /// Files past their end that one new file has removed.
    private static let purgedFiles = 16

    /// Keeps a file that has arrived: for good, or for ten days where it is temporary.
    ///
    /// Those whose end has come make room for it.
    ///
    /// - Throws: `.forbidden(.permission(.send))` where it is to be shared in a group and the caller may not speak there;
    ///   `.limitReached(.fileBytes, …)`.
    public static func add(
        _ content: UploadedFile,
        by caller: Caller,
        isRestricted: Bool,
        isTemporary: Bool = false,
        to group: Group? = nil,
        of application: Application,
        secrets: any Secrets,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> StoredFile {
        if let group { try GroupAuthority(caller, group, store).require(.send) }
        try store.deleteFiles(expiredAt: now, limit: purgedFiles)
        let maximum = application.settings.maximumFileBytes
        guard try store.fileBytes() + content.size <= maximum else {
            throw .limitReached(.fileBytes, maximum: maximum)
        }
        var owner: User?
        if case .user(let user) = caller { owner = user }
        let file = try store.insert(
            NewFile(
                uuid: secrets.uuid(at: now),
                owner: owner?.id,
                ownerName: owner?.username.text ?? "admin",
                content: content,
                shareSecret: isRestricted ? secrets.shareSecret() : nil,
                group: group?.id,
                expires: isTemporary ? now.adding(seconds: temporarySeconds) : nil
            ),
            at: now
        )
        try store.record(.fileUploaded) { .file(file) }
        if let group { try store.record(.groupFileAdded) { .group(group).with(file) } }
        return file
    }

    /// The attachment that a text names.
    ///
    /// - Throws: `.notFound(.file, …)`.
    public static func find(_ id: String, at now: Timestamp, in store: any Reader) throws(Failure)
        -> StoredFile
    {
        try find(id, of: nil, at: now, store)
    }

    /// The file that a text names among those shared in a group.
    ///
    /// - Throws: `.notFound(.file, …)`.
    public static func find(
        _ id: String,
        in group: Group,
        at now: Timestamp,
        store: any Reader
    ) throws(Failure) -> StoredFile {
        try find(id, of: group.id, at: now, store)
    }

    private static func find(
        _ id: String,
        of group: GroupID?,
        at now: Timestamp,
        _ store: any Reader
    ) throws(Failure) -> StoredFile {
        guard let uuid = UUID(id), let file = try store.file(uuid), file.group == group, file.isThere(at: now)
        else {
            throw .notFound(.file, id: id)
        }
        return file
    }

    /// A file for a user who may read it: its sender, a member of the group it is shared in and, where it is an
    /// attachment without a secret, whoever knows its id.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`, for a file that isn't there, too: others aren't told that it is.
    public static func find(
        _ id: String,
        for user: User,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> StoredFile {
        guard let uuid = UUID(id), let file = try store.file(uuid), file.isThere(at: now) else {
            throw .forbidden(.insufficientScope)
        }
        if file.owner == user.id { return file }
        if let group = file.group {
            guard try store.membership(of: user.id, in: group) != nil else {
                throw .forbidden(.insufficientScope)
            }
        } else if file.shareSecret != nil {
            throw .forbidden(.insufficientScope)
        }
        return file
    }

    /// The file that a user has made its picture, which anybody may see; nil for one that isn't there, or isn't the
    /// user's own.
    ///
    /// - Parameter key: as the user has set it, any text.
    public static func picture(_ key: String, of user: User, at now: Timestamp, in store: any Reader)
        throws(Failure) -> StoredFile?
    {
        guard let uuid = UUID(key), let file = try store.file(uuid), file.isThere(at: now),
            file.owner == user.id
        else { return nil }
        return file
    }

    /// Holds a reader to the file's secret.
    ///
    /// - Throws: `.forbidden(.wrongShareSecret)` where the file has a secret and this isn't it.
    public static func checkSecret(_ secret: String?, of file: StoredFile, secrets: any Secrets)
        throws(Failure)
    {
        guard let expected = file.shareSecret else { return }
        guard let secret, secrets.isEqual(secret, expected) else { throw .forbidden(.wrongShareSecret) }
    }

    /// Ends the sharing of a file; its bytes go when nobody has them any more.
    public static func delete(_ file: StoredFile, in store: any Writer) throws(Failure) {
        try store.deleteFile(file.id)
        guard let id = file.group, let group = try store.group(id) else { return }
        try store.record(.groupFileRemoved) { .group(group).with(file) }
    }
}

extension StoredFile {
    /// Whether its end hasn't come.
    fileprivate func isThere(at now: Timestamp) -> Bool { expires.map { now < $0 } ?? true }
}
