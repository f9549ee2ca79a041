// Bringing a server back: a whole backup, checked and laid into an empty folder.

import Crypto
public import Domain
import Glibc

/// Restores whole backups.
public enum Restoration {
    /// The files that were restored.
    public struct Report: Equatable, Sendable {
        /// The backup.
        public let backup: String
        /// When it was made.
        public let created: Timestamp
        /// The version that made it.
        public let version: String
        /// Bytes of the database.
        public let databaseBytes: Int
        /// The number of files.
        public let files: Int
    }

    /// Lays the newest backup of a folder, or the one that the folder is, into an empty data folder.
    ///
    /// Every byte is held to its digest before anything is laid. The database comes last: a server doesn't start in a folder
    /// that a broken-off restore has left.
    ///
    /// - Parameter known: the number of the last migration that this version knows.
    static func restore(_ folder: String, to data: String, known: Int) throws(BackupRefusal) -> Report {
        let path = try newest(folder)
        guard let manifest = BackupManifest(try BackupFolder.read("\(path)/\(BackupManifest.name)")) else {
            throw BackupRefusal("\(path) is no whole backup: its manifest can't be read.")
        }
        guard manifest.schema <= known else {
            throw BackupRefusal(
                "\(path) was made by a newer version (\(manifest.version), schema \(manifest.schema)); this one knows schema \(known)."
            )
        }
        guard BackupFolder.names(in: data).isEmpty else {
            throw BackupRefusal("\(data) is not empty; a backup is restored into an empty folder only.")
        }
        let files = try check(path, manifest)
        try lay(path, files, to: data)
        return Report(
            backup: path,
            created: manifest.created,
            version: manifest.version,
            databaseBytes: manifest.databaseSize,
            files: files.count
        )
    }

    private static func newest(_ folder: String) throws(BackupRefusal) -> String {
        if access("\(folder)/\(BackupManifest.name)", F_OK) == 0 { return folder }
        guard let name = WholeBackup.backups(in: folder).last else {
            throw BackupRefusal("There is no whole backup in \(folder).")
        }
        return "\(folder)/\(name)"
    }

    /// Holds everything to its digest.
    ///
    /// - Returns: the files, each below the folder of files.
    private static func check(_ path: String, _ manifest: BackupManifest) throws(BackupRefusal) -> [String] {
        let database = try BackupFolder.digest(of: path + "/parley.db")
        guard database.size == manifest.databaseSize, database.digest == manifest.database else {
            throw BackupRefusal("\(path)/parley.db has changed since the backup was made.")
        }
        guard try BackupFolder.digest(of: path + "/signing-keys").digest == manifest.keys else {
            throw BackupRefusal("\(path)/signing-keys has changed since the backup was made.")
        }
        var files: [String] = []
        for parent in BackupFolder.names(in: path + "/files") {
            for name in BackupFolder.names(in: "\(path)/files/\(parent)") {
                let digest = try BackupFolder.digest(of: "\(path)/files/\(parent)/\(name)").digest
                guard Hex.encode(digest) == parent + name else {
                    throw BackupRefusal("The file \(parent)\(name) has changed since the backup was made.")
                }
                files.append("\(parent)/\(name)")
            }
        }
        guard files.count == manifest.files else {
            throw BackupRefusal("The backup has \(files.count) files and should have \(manifest.files).")
        }
        return files
    }

    private static func lay(_ path: String, _ files: [String], to data: String) throws(BackupRefusal) {
        try BackupFolder.make(data, mayExist: true)
        try BackupFolder.make(data + "/files")
        for parent in Set(files.map { $0.prefix { $0 != "/" } }).sorted() {
            try BackupFolder.make("\(data)/files/\(parent)")
        }
        for file in files {
            guard try BackupFolder.link("\(path)/files/\(file)", "\(data)/files/\(file)") else {
                throw BackupRefusal("\(path)/files/\(file) is gone.")
            }
        }
        try BackupFolder.copy(path + "/signing-keys", data + "/signing-keys")
        try BackupFolder.copy(path + "/parley.db", data + "/parley.db")
        try BackupFolder.synchronize(data + "/files")
        try BackupFolder.synchronize(data)
    }
}
