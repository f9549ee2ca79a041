// A copy of the live database in one consistent state, made while it is being written.

import CLinux
import CSQLite
import Glibc

extension Database {
    /// Copies the database to a new file, mode 0600, on disk before this returns.
    ///
    /// The copy is one snapshot: all that was acknowledged before the call, and no half of a transaction, and nothing of what
    /// was deleted (`VACUUM INTO`). It is made beside its place and moved there at the end, so a file of that name is always a whole backup.
    /// Runs on the caller's thread and takes the time of reading the whole file; the WAL can't start anew
    /// meanwhile.
    ///
    /// - Throws: `.exists` where there is a file already; it is never replaced.
    public func backup(to path: String) throws(DatabaseError) {
        guard access(path, F_OK) != 0 else { throw .exists(path: path) }
        let partial = path + ".\(getpid()).partial"
        try Self.makePrivateFile(partial)
        defer { unlink(partial) }
        try copyPages(to: partial)
        try Self.synchronize(file: partial)
        // link() refuses to replace a file that appeared meanwhile; rename() would not.
        guard link(partial, path) == 0 else {
            if errno == EEXIST { throw .exists(path: path) }
            throw .cannotCreate(path: path, reason: DataFolder.lastError())
        }
        try DataFolder.synchronize(folder: Self.folder(of: path))
    }

    private func copyPages(to path: String) throws(DatabaseError) {
        let source = try file.open(.reader)
        counter.add(readers: 1)
        defer { counter.add(readers: -1) }
        // The file itself was opened for reading only; what is written is the copy.
        sqlite3_exec(source.handle, "PRAGMA query_only = OFF", nil, nil, nil)
        let code = csqlite_vacuum_into(source.handle, path)
        guard code == SQLITE_OK else {
            throw .unusable(path: path, reason: String(cString: sqlite3_errmsg(source.handle)))
        }
    }

    private static func makePrivateFile(_ path: String) throws(DatabaseError) {
        let descriptor = clinux_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: DataFolder.lastError()) }
        Glibc.close(descriptor)
    }

    private static func synchronize(file path: String) throws(DatabaseError) {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: DataFolder.lastError()) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .cannotCreate(path: path, reason: DataFolder.lastError()) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
