// The steps that backups and restores have in common: named files copied, linked, made durable and removed.

import CLinux
import Crypto
import Glibc

/// Why a backup can't be made or restored: one sentence for the operator.
public struct BackupRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Wraps the sentence.
    public init(_ description: String) { self.description = description }

    /// A step that the system refused, from `errno`.
    static func failed(_ step: String, _ path: String) -> Self {
        Self("\(path) can't be \(step): \(String(cString: strerror(errno))).")
    }
}

/// Steps on folders.
enum BackupFolder {
    /// Makes a folder, readable by its owner only.
    static func make(_ path: String, mayExist: Bool = false) throws(BackupRefusal) {
        guard mkdir(path, 0o700) != 0, !(mayExist && errno == EEXIST) else { return }
        throw .failed("made", path)
    }

    /// The entries of a folder, sorted; empty where there is none.
    static func names(in path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Gives a file a second name, or where that can't be copies it.
    ///
    /// - Returns: false where there is no such file any more.
    static func link(_ source: String, _ target: String) throws(BackupRefusal) -> Bool {
        if Glibc.link(source, target) == 0 { return true }
        guard errno != ENOENT else { return false }
        try copy(source, target)
        return true
    }

    /// Copies a file, on disk before this returns; the copy is readable by its owner only.
    static func copy(_ source: String, _ target: String) throws(BackupRefusal) {
        let from = clinux_open(source, O_RDONLY | O_CLOEXEC, 0)
        guard from >= 0 else { throw .failed("read", source) }
        defer { close(from) }
        let to = clinux_open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard to >= 0 else { throw .failed("made", target) }
        defer { close(to) }
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(from, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .failed("read", source) }
            guard count > 0 else { break }
            try write(chunk[..<count], to, target)
        }
        guard fsync(to) == 0 else { throw .failed("written", target) }
    }

    /// Writes a new file, on disk before this returns.
    static func write(_ bytes: [UInt8], to path: String) throws(BackupRefusal) {
        let file = clinux_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .failed("made", path) }
        defer { close(file) }
        try write(bytes[...], file, path)
        guard fsync(file) == 0 else { throw .failed("written", path) }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, _ file: Int32, _ path: String) throws(BackupRefusal)
    {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .failed("written", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// A small file's bytes.
    static func read(_ path: String, limit: Int = 1 << 20) throws(BackupRefusal) -> [UInt8] {
        let file = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard file >= 0 else { throw .failed("read", path) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(file, &bytes, limit)
        guard count >= 0 else { throw .failed("read", path) }
        return Array(bytes[..<count])
    }

    /// The length of a file and the SHA-256 of its bytes.
    static func digest(of path: String) throws(BackupRefusal) -> (size: Int, digest: [UInt8]) {
        let file = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard file >= 0 else { throw .failed("read", path) }
        defer { close(file) }
        var hash = SHA256()
        var size = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .failed("read", path) }
            guard count > 0 else { return (size, hash.finalize().bytes) }
            chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            size += count
        }
    }

    /// Makes a folder's entries durable.
    static func synchronize(_ path: String) throws(BackupRefusal) {
        let folder = clinux_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard folder >= 0 else { throw .failed("read", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .failed("written", path) }
    }

    /// Removes a folder with all that is in it; what can't be removed stays.
    static func remove(_ path: String) {
        for name in names(in: path) {
            let entry = "\(path)/\(name)"
            if unlink(entry) != 0 { remove(entry) }
        }
        rmdir(path)
    }
}
