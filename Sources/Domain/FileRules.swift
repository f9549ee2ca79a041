// Who may keep and read which file.

/// What may be done with files.
public enum FileRules {
    /// Files of one page of a group's shared files.
    public static let maximumPageSize = 1000

    /// Keeps a file that has arrived.
    ///
    /// - Throws: `.limitReached(.fileBytes, …)`.
    public static func add(
        _ content: UploadedFile, by caller: Caller, isRestricted: Bool, to group: Group? = nil,
        of application: Application, secrets: any Secrets, at now: Timestamp, in store: any Writer
    ) throws(Failure) -> StoredFile {
        let maximum = application.settings.maximumFileBytes
        guard try store.fileBytes() + content.size <= maximum else {
            throw .limitReached(.fileBytes, maximum: maximum)
        }
        var owner: User?
        if case .user(let user) = caller { owner = user }
        return try store.insert(
            NewFile(
                uuid: secrets.uuid(at: now), owner: owner?.id, ownerName: owner?.username.text ?? "admin",
                content: content, shareSecret: isRestricted ? secrets.shareSecret() : nil, group: group?.id),
            at: now)
    }

    /// The file that a text names.
    ///
    /// - Throws: `.notFound(.file, …)`; `.forbidden(.wrongShareSecret)` where it has a secret and this isn't it.
    public static func find(
        _ id: String, secret: String?, secrets: any Secrets, in store: any Reader
    ) throws(Failure) -> StoredFile {
        guard let uuid = UUID(id), let file = try store.file(uuid), file.group == nil else {
            throw .notFound(.file, id: id)
        }
        if let expected = file.shareSecret {
            guard let secret, secrets.isEqual(secret, expected) else { throw .forbidden(.wrongShareSecret) }
        }
        return file
    }

    /// The file that a text names among those shared in a group.
    ///
    /// - Throws: `.notFound(.file, …)`.
    public static func find(_ id: String, in group: Group, store: any Reader) throws(Failure) -> StoredFile {
        guard let uuid = UUID(id), let file = try store.file(uuid), file.group == group.id else {
            throw .notFound(.file, id: id)
        }
        return file
    }

    /// Ends the sharing of a file; its bytes go when nobody has them any more.
    public static func delete(_ file: StoredFile, in store: any Writer) throws(Failure) {
        try store.deleteFile(file.id)
        store.announce(.filesReleased)
    }
}
