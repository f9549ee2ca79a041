// The repository of files, in memory.

import Domain

extension Tables {
    struct FileRow {
        var application: ApplicationID
        var file: StoredFile
    }

    /// Files outlive who sent them.
    mutating func disownFiles(of user: UserID) {
        for (id, row) in files where row.file.owner == user {
            files[id]?.file = row.file.disowned
        }
    }

    /// Files don't outlive the group they are shared in.
    mutating func followGroups() {
        let known = groups
        removeFiles { row in row.file.group.map { known[$0] == nil } ?? false }
    }

    mutating func removeFiles(where isRemoved: (FileRow) -> Bool) {
        for (id, row) in files where isRemoved(row) {
            files[id] = nil
            releasedFiles.insert(row.file.content.digest)
        }
    }
}

extension StoredFile {
    fileprivate var disowned: StoredFile {
        StoredFile(
            id: id,
            uuid: uuid,
            owner: nil,
            ownerName: ownerName,
            content: content,
            shareSecret: shareSecret,
            created: created,
            group: group,
            expires: expires
        )
    }
}

extension MemoryStore {
    private var ownFiles: [StoredFile] {
        tables.files.values.filter { $0.application == application }.map(\.file)
    }

    func file(_ uuid: UUID) -> StoredFile? { ownFiles.first { $0.uuid == uuid } }

    func sharedFiles(of group: GroupID, at now: Timestamp, offset: Int, limit: Int) -> [StoredFile] {
        let files = ownFiles.filter { $0.group == group && $0.expires.map { now < $0 } ?? true }.sorted {
            $0.id.rawValue > $1.id.rawValue
        }
        return Array(files.dropFirst(offset).prefix(limit))
    }

    func fileBytes() -> Int { ownFiles.reduce(0) { $0 + $1.content.size } }

    func insert(_ file: NewFile, at now: Timestamp) throws(Failure) -> StoredFile {
        guard !tables.files.values.contains(where: { $0.file.uuid == file.uuid }) else {
            throw .conflict(.file, id: file.uuid.text)
        }
        if let group = file.group, tables.groups[group]?.application != application {
            throw .notFound(.group, id: group.text)
        }
        let inserted = StoredFile(
            id: FileID(rawValue: database.tables.nextKey()),
            uuid: file.uuid,
            owner: file.owner,
            ownerName: file.ownerName,
            content: file.content,
            shareSecret: file.shareSecret,
            created: now,
            group: file.group,
            expires: file.expires
        )
        database.tables.files[inserted.id] = Tables.FileRow(application: application, file: inserted)
        return inserted
    }

    func deleteFiles(expiredAt now: Timestamp, limit: Int) {
        let expired = ownFiles.filter { $0.expires.map { $0 <= now } ?? false }.prefix(limit).map(\.id)
        for id in expired { deleteFile(id) }
    }

    func deleteFile(_ id: FileID) {
        let application = application
        database.tables.removeFiles { $0.application == application && $0.file.id == id }
    }
}

extension MemoryAdministrationStore {
    func fileContents(after digest: FileDigest?, limit: Int) -> [(digest: FileDigest, size: Int)] {
        var sizes: [FileDigest: Int] = [:]
        for row in tables.files.values { sizes[row.file.content.digest] = row.file.content.size }
        let after = sizes.filter { content in
            digest.map { $0.bytes.lexicographicallyPrecedes(content.key.bytes) } ?? true
        }
        let sorted = after.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }
        return sorted.prefix(limit).map { ($0.key, $0.value) }
    }

    func isReferenced(_ digest: FileDigest) -> Bool {
        database.tables.files.values.contains { $0.file.content.digest == digest }
    }

    func releasedDigests(limit: Int) -> [FileDigest] {
        Array(database.tables.releasedFiles.prefix(limit))
    }

    func forgetReleased(_ digests: [FileDigest]) {
        database.tables.releasedFiles.subtract(digests)
    }
}
