// Why a database can't be opened or backed up, one sentence each.

import Domain

/// A refusal that isn't about a request: at start, at backup.
public enum DatabaseError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file or folder can't be made or opened.
    case cannotCreate(path: String, reason: String)
    /// Another process (or another `Database` of this one) has the data folder.
    case locked(folder: String, process: Int32?)
    /// The file isn't an SQLite database.
    case notADatabase(path: String)
    /// The file is an SQLite database of another program.
    case foreign(path: String)
    /// The file was written by a later version of this program.
    case newer(path: String, version: Int, known: Int)
    /// A migration that the file has isn't the one this program knows under that number.
    case migrationChanged(path: String, number: Int)
    /// A migration failed and was rolled back.
    case migrationFailed(path: String, number: Int, reason: String)
    /// SQLite can't work with the file.
    case unusable(path: String, reason: String)
    /// The database is missing or empty, and what belongs to one is there.
    case lost(path: String, beside: String)
    /// A backup never replaces a file.
    case exists(path: String)
    /// A thread couldn't be started.
    case noThread(reason: String)

    /// One sentence for the operator.
    public var description: String {
        switch self {
        case .cannotCreate(let path, let reason): "Can't make or open \(path): \(reason)."
        case .locked(let folder, let process?):
            "The data folder \(folder) is in use by process \(process); stop that process or choose another folder."
        case .locked(let folder, nil):
            "The data folder \(folder) is in use by another process; stop that process or choose another folder."
        case .notADatabase(let path): "\(path) is not a database."
        case .foreign(let path): "\(path) is a database of another program."
        case .newer(let path, let version, let known):
            "\(path) was written by a newer parley (schema \(version), this one knows \(known)); install that version."
        case .migrationChanged(let path, let number):
            "Migration \(number) in \(path) is not the one of this program (its check sum differs); nothing was changed."
        case .migrationFailed(let path, let number, let reason):
            "Migration \(number) of \(path) failed and was rolled back: \(reason)."
        case .unusable(let path, let reason): "SQLite can't use \(path): \(reason)."
        case .lost(let path, let beside):
            StorageRefusal.lost(path: path, beside: beside).description
        case .exists(let path): "\(path) exists already, and a backup never replaces a file."
        case .noThread(let reason): "A storage thread can't be started: \(reason)."
        }
    }
}
