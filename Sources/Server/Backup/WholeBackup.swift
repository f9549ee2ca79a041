// A backup of everything: the database as one snapshot, the files by hard links, the signing keys.

import Domain
import Glibc

/// Makes backups of one data folder.
struct WholeBackup {
    let database: any StorageEngine
    let files: FileVault
    let keysPath: String
    let version: String
    let now: @Sendable () -> Timestamp

    /// The end of the name of a backup that isn't finished.
    private static let partial = ".partial"

    /// Makes a backup in a sub-folder of its own, and leaves so many of the newest.
    ///
    /// It is made beside its place and moved there at the end, so a sub-folder without that ending is always whole. The files
    /// are linked: no file of a data folder is ever changed, so a name more costs no room and needs no reading.
    ///
    /// - Parameter keep: nil leaves all.
    /// - Returns: the path of the sub-folder.
    func make(in folder: String, keeping keep: Int?) throws(BackupRefusal) -> String {
        try BackupFolder.make(folder, mayExist: true)
        let moment = now()
        let path = "\(folder)/\(Self.name(of: moment))"
        guard access(path, F_OK) != 0 else { throw BackupRefusal("\(path) is there already.") }
        let unfinished = path + Self.partial
        BackupFolder.remove(unfinished)
        do throws(BackupRefusal) {
            try BackupFolder.make(unfinished)
            try fill(unfinished, at: moment)
            guard rename(unfinished, path) == 0 else { throw .failed("made", path) }
            try BackupFolder.synchronize(folder)
        } catch {
            BackupFolder.remove(unfinished)
            throw error
        }
        if let keep { Self.trim(folder, to: max(1, keep)) }
        return path
    }

    private func fill(_ path: String, at moment: Timestamp) throws(BackupRefusal) {
        // From the snapshot to the last link no bytes go, whatever rows do.
        files.holdRemovals()
        defer { files.allowRemovals() }
        do throws(StorageRefusal) { try database.copy(to: path + "/parley.db") } catch {
            throw BackupRefusal(error.description)
        }
        let count = try linkFiles(to: path + "/files")
        try BackupFolder.copy(keysPath, path + "/signing-keys")
        let copy = try BackupFolder.digest(of: path + "/parley.db")
        let manifest = BackupManifest(
            version: version,
            schema: database.schema,
            created: moment,
            databaseSize: copy.size,
            database: copy.digest,
            keys: try BackupFolder.digest(of: path + "/signing-keys").digest,
            files: count
        )
        try BackupFolder.write(manifest.bytes, to: "\(path)/\(BackupManifest.name)")
        try BackupFolder.synchronize(path)
    }

    private func linkFiles(to folder: String) throws(BackupRefusal) -> Int {
        try BackupFolder.make(folder)
        var count = 0
        for parent in BackupFolder.names(in: files.folder) {
            let (source, target) = ("\(files.folder)/\(parent)", "\(folder)/\(parent)")
            try BackupFolder.make(target)
            for name in BackupFolder.names(in: source)
            where try BackupFolder.link("\(source)/\(name)", "\(target)/\(name)") {
                count += 1
            }
            try BackupFolder.synchronize(target)
        }
        try BackupFolder.synchronize(folder)
        return count
    }

    // MARK: Names

    /// `20261129T215500.123Z`: names sort as their moments do.
    static func name(of moment: Timestamp) -> String {
        let day = CalendarDay.text(moment.milliseconds / 86_400_000).split(separator: "-").joined()
        let rest = moment.milliseconds % 86_400_000
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let time = padded(rest / 3_600_000, 2) + padded(rest / 60_000 % 60, 2) + padded(rest / 1000 % 60, 2)
        return "\(day)T\(time).\(padded(rest % 1000, 3))Z"
    }

    /// The whole backups in a folder, the oldest first.
    static func backups(in folder: String) -> [String] {
        BackupFolder.names(in: folder).filter { name in
            name.utf8.count == 20 && name.hasSuffix("Z")
                && access("\(folder)/\(name)/\(BackupManifest.name)", F_OK) == 0
        }
    }

    private static func trim(_ folder: String, to keep: Int) {
        for name in backups(in: folder).dropLast(keep) {
            let path = "\(folder)/\(name)"
            // Without its manifest it is no backup any more, wherever its removal breaks off.
            unlink("\(path)/\(BackupManifest.name)")
            BackupFolder.remove(path)
        }
    }
}
