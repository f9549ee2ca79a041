// The repository of files on SQLite.

import Domain

/// The columns that `Statement.file()` reads, in its order.
private let fileColumns: StaticString = """
    id, uuid, owner, owner_name, group_id, name, content_type, size, digest, share_secret, created, expires
    """

private enum FileQueries {
    static let byUUID = Query("SELECT", fileColumns, "FROM files WHERE uuid = ?2 AND application = ?1")
    static let ofGroup = Query(
        "SELECT",
        fileColumns,
        """
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
    static let isReferenced = Query(
        """
        SELECT 1 FROM files WHERE digest = ?1 UNION ALL SELECT 1 FROM jobs WHERE source = ?1
        UNION ALL SELECT 1 FROM jobs WHERE result = ?1 LIMIT 1
        """
    )
    static let contents = Query(
        "SELECT digest, max(size) FROM files WHERE digest > ?1 GROUP BY digest ORDER BY digest LIMIT ?2"
    )
    static let released = Query("SELECT digest FROM released_files WHERE digest >= x'' LIMIT ?1")
    static let isReleased = Query("SELECT 1 FROM released_files WHERE digest >= x'' LIMIT 1")
    static let forget = Query("DELETE FROM released_files WHERE digest = ?1")
}

extension TenantStore {
    func file(_ uuid: UUID) throws(Failure) -> StoredFile? {
        try prepare(FileQueries.byUUID, uuid).first { $0.file() }
    }

    func sharedFiles(
        of group: GroupID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [StoredFile] {
        try prepare(FileQueries.ofGroup, group, limit, offset, now).rows { $0.file() }
    }

    func fileBytes() throws(Failure) -> Int {
        try prepare(FileQueries.bytes).first { $0.int(0) } ?? 0
    }
}

extension SQLiteWriter {
    func insert(_ file: NewFile, at now: Timestamp) throws(Failure) -> StoredFile {
        let id: FileID = try prepare(
            FileQueries.insert,
            file.uuid,
            file.owner,
            file.ownerName,
            file.group,
            file.content.name,
            file.content.contentType,
            file.content.size,
            file.content.digest.bytes,
            file.shareSecret,
            now,
            file.expires
        ).insert(
            duplicate: .conflict(.file, id: file.uuid.text),
            orphan: .notFound(.group, id: file.group?.text ?? "")
        )
        return StoredFile(
            id: id,
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
        try prepare(FileQueries.deleteExpired, now, limit).run()
    }

    func deleteFile(_ id: FileID) throws(Failure) {
        try prepare(FileQueries.delete, id).run()
    }
}

extension DirectoryStore {
    func fileContents(after digest: FileDigest?, limit: Int) throws(Failure) -> [(
        digest: FileDigest, size: Int
    )] {
        try prepare(FileQueries.contents, digest?.bytes ?? [], limit).rows {
            (FileDigest($0.bytes(0)), $0.int(1))
        }
    }

    func isReferenced(_ digest: FileDigest) throws(Failure) -> Bool {
        try prepare(FileQueries.isReferenced, digest.bytes).step()
    }

    func releasedDigests(limit: Int) throws(Failure) -> [FileDigest] {
        try prepare(FileQueries.released, limit).rows { FileDigest($0.bytes(0)) }
    }
}

extension WriteSession {
    /// Announces that bytes may be nobody's, whatever removed their rows: cascades pass through no statement of ours.
    func announceReleasedFiles() throws(Failure) {
        if try connection.prepare(FileQueries.isReleased).step() {
            announce(CommittedEvent(application: nil, event: .filesReleased))
        }
    }
}

extension SQLiteAdministrationWriter {
    func forgetReleased(_ digests: [FileDigest]) throws(Failure) {
        for digest in digests {
            try prepare(FileQueries.forget, digest.bytes).run()
        }
    }
}

extension Statement {
    fileprivate func file() -> StoredFile {
        StoredFile(
            id: id(0),
            uuid: uuid(1),
            owner: optionalID(2),
            ownerName: text(3),
            content: UploadedFile(
                name: text(5),
                contentType: text(6),
                size: int(7),
                digest: FileDigest(bytes(8))
            ),
            shareSecret: optionalText(9),
            created: timestamp(10),
            group: optionalID(4),
            expires: optionalTimestamp(11)
        )
    }
}
