// A copy of the live database in one consistent state, made while it is being written.

import CLinux
import CSQLite
import Glibc

extension Database {
    /// Copies the database to a new file, mode 0600, on disk before this returns.
    ///
    /// The copy is one snapshot: all that was acknowledged before the call, and no half of a transaction. It
    /// is made beside its place and moved there at the end, so a file of that name is always a whole backup.
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
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        defer { sqlite3_close_v2(opened) }
        guard code == SQLITE_OK, let target = opened else {
            throw .unusable(path: path, reason: "it can't be opened")
        }
        // The file is thrown away unless all of it is written and then synchronised once.
        sqlite3_exec(target, "PRAGMA journal_mode = OFF", nil, nil, nil)
        sqlite3_exec(target, "PRAGMA synchronous = OFF", nil, nil, nil)
        guard let backup = sqlite3_backup_init(target, "main", source.handle, "main") else {
            throw .unusable(path: path, reason: String(cString: sqlite3_errmsg(target)))
        }
        // One step for all pages: between steps the snapshot would end, and each commit would start the copy
        // again.
        let stepped = sqlite3_backup_step(backup, -1)
        let finished = sqlite3_backup_finish(backup)
        guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
            throw .unusable(path: path, reason: String(cString: sqlite3_errstr(stepped)))
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
