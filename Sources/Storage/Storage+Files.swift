// The repository of files on SQLite.

import Domain

private enum FileQueries {
    static let byUUID = Query(
        """
        SELECT id, uuid, owner, owner_name, group_id, name, content_type, size, digest, share_secret, created,
            expires
        FROM files WHERE uuid = ?2 AND application = ?1
        """
    )
    static let ofGroup = Query(
        """
        SELECT id, uuid, owner, owner_name, group_id, name, content_type, size, digest, share_secret, created,
            expires
        FROM files WHERE application = ?1 AND group_id = ?2 AND (expires IS NULL OR expires > ?5)
        ORDER BY id DESC LIMIT ?3 OFFSET ?4
        """
    )
    static let bytes = Query("SELECT file_bytes FROM applications WHERE id = ?1")
    static let insert = Query(
        """
        INSERT INTO files (application, uuid, owner, owner_name, group_id, name, content_type, size, digest,
            share_secret, created, expires)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """
    )
    static let deleteExpired = Query(
        """
        DELETE FROM files WHERE id IN
            (SELECT id FROM files WHERE application = ?1 AND expires <= ?2 ORDER BY expires LIMIT ?3)
        """
    )
    static let delete = Query("DELETE FROM files WHERE application = ?1 AND id = ?2")
    static let isReferenced = Query("SELECT 1 FROM files WHERE digest = ?1 LIMIT 1")
    static let released = Query("SELECT digest FROM released_files WHERE digest >= x'' LIMIT ?1")
    static let isReleased = Query("SELECT 1 FROM released_files WHERE digest >= x'' LIMIT 1")
    static let forget = Query("DELETE FROM released_files WHERE digest = ?1")
}

extension TenantStore {
    func file(_ uuid: UUID) throws(Failure) -> StoredFile? {
        var statement = try connection.prepare(FileQueries.byUUID)
        statement.bind(1, application)
        statement.bind(2, uuid)
        return try statement.step() ? statement.file() : nil
    }

    func sharedFiles(
        of group: GroupID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [StoredFile] {
        var statement = try connection.prepare(FileQueries.ofGroup)
        statement.bind(1, application)
        statement.bind(2, group)
        statement.bind(3, limit)
        statement.bind(4, offset)
        statement.bind(5, now)
        var files: [StoredFile] = []
        while try statement.step() { files.append(statement.file()) }
        return files
    }

    func fileBytes() throws(Failure) -> Int {
        var statement = try connection.prepare(FileQueries.bytes)
        statement.bind(1, application)
        return try statement.step() ? statement.int(0) : 0
    }
}

extension SQLiteWriter {
    func insert(_ file: NewFile, at now: Timestamp) throws(Failure) -> StoredFile {
        var statement = try connection.prepare(FileQueries.insert)
        statement.bind(1, application)
        statement.bind(2, file.uuid)
        statement.bind(3, file.owner.map { Int($0.rawValue) })
        statement.bind(4, file.ownerName)
        statement.bind(5, file.group.map { Int($0.rawValue) })
        statement.bind(6, file.content.name)
        statement.bind(7, file.content.contentType)
        statement.bind(8, file.content.size)
        statement.bind(9, file.content.digest.bytes)
        statement.bind(10, file.shareSecret)
        statement.bind(11, now)
        statement.bind(12, file.expires)
        switch try statement.insert() {
        case .added: break
        case .duplicate: throw .conflict(.file, id: file.uuid.text)
        case .orphan: throw .notFound(.group, id: file.group?.text ?? "")
        }
        return StoredFile(
            id: FileID(rawValue: connection.lastInsertedKey),
            uuid: file.uuid,
            owner: file.owner,
            ownerName: file.ownerName,
            content: file.content,
            shareSecret: file.shareSecret,
            created: now,
            group: file.group,
            expires: file.expires
        )
    }

    func deleteFiles(expiredAt now: Timestamp, limit: Int) throws(Failure) {
        var statement = try connection.prepare(FileQueries.deleteExpired)
        statement.bind(1, application)
        statement.bind(2, now)
        statement.bind(3, limit)
        try statement.run()
    }

    func deleteFile(_ id: FileID) throws(Failure) {
        var statement = try connection.prepare(FileQueries.delete)
        statement.bind(1, application)
        statement.bind(2, id)
        try statement.run()
    }
}

extension DirectoryStore {
    func isReferenced(_ digest: FileDigest) throws(Failure) -> Bool {
        var statement = try connection.prepare(FileQueries.isReferenced)
        statement.bind(1, digest.bytes)
        return try statement.step()
    }

    func releasedDigests(limit: Int) throws(Failure) -> [FileDigest] {
        var statement = try connection.prepare(FileQueries.released)
        statement.bind(1, limit)
        var digests: [FileDigest] = []
        while try statement.step() { digests.append(FileDigest(statement.bytes(0))) }
        return digests
    }
}

extension WriteSession {
    /// Announces that bytes may be nobody's, whatever removed their rows: cascades pass through no statement of ours.
    func announceReleasedFiles() throws(Failure) {
        var statement = try connection.prepare(FileQueries.isReleased)
        if try statement.step() { announce(CommittedEvent(application: nil, event: .filesReleased)) }
    }
}

extension SQLiteAdministrationWriter {
    func forgetReleased(_ digests: [FileDigest]) throws(Failure) {
        for digest in digests {
            var statement = try connection.prepare(FileQueries.forget)
            statement.bind(1, digest.bytes)
            try statement.run()
        }
    }
}

extension Statement {
    fileprivate func file() -> StoredFile {
        StoredFile(
            id: FileID(rawValue: int64(0)),
            uuid: uuid(1),
            owner: optionalInt(2).map { UserID(rawValue: Int64($0)) },
            ownerName: text(3),
            content: UploadedFile(
                name: text(5),
                contentType: text(6),
                size: int(7),
                digest: FileDigest(bytes(8))
            ),
            shareSecret: optionalText(9),
            created: timestamp(10),
            group: optionalInt(4).map { GroupID(rawValue: Int64($0)) },
            expires: optionalInt(11).map { Timestamp(milliseconds: Int64($0)) }
        )
    }
}
