// The keys that tokens are signed with: a file in the data folder, a copy in memory.

import CLinux
import Crypto
import Domain
import Glibc
import Routing
import Threads

/// The signing keys of a data folder.
///
/// The last key signs; older ones verify until they are retired, since a token may live for ever. A key older than ninety days is followed by a new one at the next start.
final class SigningKeys: Sendable {
    private let path: String
    private let records: Guarded<[SigningKeyRecord]>
    private let keys: Guarded<TokenKeys>

    /// Seconds after which a start adds a key: 90 days.
    static let rotationSeconds: Int64 = 90 * 86400

    /// Reads the file, or makes it with a first key.
    ///
    /// - Parameter isOwn: whether it is the data folder's, and new keys may be added to it.
    init(path: String, isOwn: Bool, now: Timestamp) throws(StartFailure) {
        self.path = path
        var found = try Self.read(path)
        if isOwn, found.last.map({ now.seconds - $0.createdSeconds > Self.rotationSeconds }) ?? true {
            found.append(Self.next(after: found, now: now))
            try Self.write(found, to: path)
        }
        guard let keys = TokenKeys(found) else { throw StartFailure("\(path) has no signing key.") }
        records = Guarded(found)
        self.keys = Guarded(keys)
    }

    /// Rises with each change of the keys.
    var generation: Int { changes.withLock { $0 } }
    private let changes = Guarded(0)

    /// The keys of now.
    var current: TokenKeys { keys.withLock { $0 } }

    /// Adds a key, which signs from now on.
    ///
    /// - Returns: how many keys there are.
    func rotate(now: Timestamp) throws(StartFailure) -> Int {
        try records.withLock { (records) throws(StartFailure) in
            let next = records + [Self.next(after: records, now: now)]
            try Self.write(next, to: path)
            records = next
            if let new = TokenKeys(next) { replace(with: new) }
            return next.count
        }
    }

    /// The public facts of the keys, the oldest first.
    var facts: [SigningKeyFacts] {
        records.withLock { records in
            records.enumerated().map { index, record in
                SigningKeyFacts(
                    id: record.id,
                    createdSeconds: record.createdSeconds,
                    signs: index == records.count - 1
                )
            }
        }
    }

    /// Takes a key that doesn't sign out of the file.
    ///
    /// - Returns: false where there is none of this id, or it signs.
    func retire(_ id: UInt32) throws(StartFailure) -> Bool {
        try records.withLock { (records) throws(StartFailure) in
            let left = records.filter { $0.id != id }
            guard left.count < records.count, left.last?.id == records.last?.id, let new = TokenKeys(left)
            else {
                return false
            }
            try Self.write(left, to: path)
            records = left
            replace(with: new)
            return true
        }
    }

    /// Reads the file again; where that fails, the keys of before stay.
    func reload() throws(StartFailure) {
        try records.withLock { (records) throws(StartFailure) in
            let found = try Self.read(path)
            guard let new = TokenKeys(found) else { throw StartFailure("\(path) has no signing key.") }
            records = found
            replace(with: new)
        }
    }

    private func replace(with new: TokenKeys) {
        keys.withLock { $0 = new }
        changes.withLock { $0 += 1 }
    }

    private static func next(after records: [SigningKeyRecord], now: Timestamp) -> SigningKeyRecord {
        SigningKeyRecord.generate(id: (records.map(\.id).max() ?? 0) + 1, createdSeconds: now.seconds)
    }

    private static func read(_ path: String) throws(StartFailure) -> [SigningKeyRecord] {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [] }
            throw StartFailure("\(path) can't be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else {
            throw StartFailure("\(path) can't be read: \(String(cString: strerror(errno))).")
        }
        do throws(SigningKeyFileProblem) {
            return try SigningKeyFile.parse(String(decoding: bytes[..<count], as: UTF8.self))
        } catch {
            throw StartFailure("\(path) isn't a file of signing keys: \(error).")
        }
    }

    /// Writes beside, syncs, renames: a crash leaves the old file or the new one.
    private static func write(_ records: [SigningKeyRecord], to path: String) throws(StartFailure) {
        let temporary = path + ".new"
        let descriptor = clinux_open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StartFailure("\(temporary) can't be made: \(String(cString: strerror(errno))).")
        }
        let bytes = Array(SigningKeyFile.serialise(records).utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            throw StartFailure("\(path) can't be written: \(String(cString: strerror(errno))).")
        }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let folder = clinux_open(parent.isEmpty ? "/" : parent, O_RDONLY | O_CLOEXEC, 0)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
