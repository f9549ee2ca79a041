// The data folder: made private, locked by one process, with the database file made private before SQLite
// opens it.

import CLinux
import Glibc

/// A data folder that this value's owner has to itself until the value ends.
struct DataFolder: ~Copyable, Sendable {
    let path: String
    private let lock: Int32

    var databasePath: String { path + "/parley.db" }

    /// Makes the folder where it is missing, and takes its lock.
    ///
    /// The lock is `flock` on an open file: it ends with the process however that ends, and a second open of
    /// the same process is refused too. The number in the file only serves the sentence that the other
    /// process prints.
    init(_ path: String) throws(DatabaseError) {
        try Self.makeFolder(path)
        Self.actAsOwner(of: path)
        let lockPath = path + "/parley.lock"
        let descriptor = clinux_open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotCreate(path: lockPath, reason: Self.lastError()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.readNumber(descriptor)
            Glibc.close(descriptor)
            throw .locked(folder: path, process: holder)
        }
        Self.writeNumber(getpid(), descriptor)
        self.path = path
        lock = descriptor
    }

    deinit {
        // Not by closing alone: a child between fork and exec would hold the lock a moment longer.
        flock(lock, LOCK_UN)
        Glibc.close(lock)
    }

    /// Refuses a folder with keys and no database: a new one would end every token and take the files for nobody's.
    func refuseLostDatabase() throws(DatabaseError) {
        var status = stat()
        let isThere = stat(databasePath, &status) == 0 && status.st_size > 0
        let keys = path + "/signing-keys"
        if !isThere, access(keys, F_OK) == 0 { throw .lost(path: databasePath, beside: keys) }
    }

    /// Makes the database file, readable by its owner only, where it is missing.
    ///
    /// The WAL takes over its mode.
    func makeDatabaseFile() throws(DatabaseError) {
        let descriptor = clinux_open(databasePath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotCreate(path: databasePath, reason: Self.lastError()) }
        Glibc.close(descriptor)
    }

    /// Makes the folder's entries durable: a file that was made is otherwise not there after a power cut.
    static func synchronize(folder: String) throws(DatabaseError) {
        let descriptor = clinux_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .cannotCreate(path: folder, reason: lastError()) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .cannotCreate(path: folder, reason: lastError()) }
    }

    /// The text of `errno`; to be read before anything else is called.
    static func lastError() -> String { String(cString: strerror(errno)) }

    /// Makes files for the folder's owner where root opens a folder of somebody else's: a command of root's before the first
    /// start would otherwise leave files that the service can't open.
    ///
    /// Of this thread and all that it starts.
    private static func actAsOwner(of path: String) {
        var status = stat()
        guard geteuid() == 0, stat(path, &status) == 0, status.st_uid != 0 else { return }
        clinux_act_as(status.st_uid, status.st_gid)
    }

    private static func makeFolder(_ path: String) throws(DatabaseError) {
        var end = path.utf8.startIndex
        // Each parent, then the folder itself: "a/b/c" is "a", "a/b", "a/b/c".
        while end < path.utf8.endIndex {
            end =
                path.utf8[path.utf8.index(after: end)...].firstIndex(of: UInt8(ascii: "/"))
                ?? path.utf8.endIndex
            if mkdir(String(path[..<end]), 0o700) != 0, errno != EEXIST {
                throw .cannotCreate(path: path, reason: lastError())
            }
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotCreate(path: path, reason: lastError()) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .cannotCreate(path: path, reason: "it is not a folder")
        }
    }

    private static func readNumber(_ descriptor: Int32) -> Int32? {
        var digits = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &digits, digits.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: digits[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    private static func writeNumber(_ number: Int32, _ descriptor: Int32) {
        let line = Array("\(number)\n".utf8)
        // Only for people: a lock file that can't be written still locks.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, line, line.count, 0)
    }
}
