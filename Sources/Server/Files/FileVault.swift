// The bytes of files on disk, each once under its digest, and their removal when nobody has them any more.

import CLinux
import Crypto
import Domain
import Glibc
import JSON
import Threads

/// Keeps bytes in `files/ab/cdef…` below the data folder.
///
/// Bytes get their place before the row that names them is written, and leave it after the last such row is
/// gone. A file between the two steps is pinned: removal looks at the pins and then at the rows under the same
/// lock, so that bytes about to be named aren't removed, and what a crash left unnamed is swept at the next
/// start.
final class FileVault: FileShelf {
    private struct State {
        var pins: [FileDigest: Int] = [:]
        var reader: (any SnapshotReader)?
        var names: UInt64 = 0
        var isRemovalQueued = false
        var missing = 0
        /// Backups that need all bytes that were there when they began.
        var holds = 0
    }

    /// The folder of all bytes.
    let folder: String
    private let incoming: String
    private let state = Guarded(State())
    let database: any StorageEngine
    private let thread: TaskThread
    private let log: EventLog

    /// Makes the folders, and throws away what half uploads have left.
    init(dataFolder: String, database: any StorageEngine, log: EventLog) throws {
        folder = dataFolder + "/files"
        incoming = dataFolder + "/incoming"
        self.database = database
        self.log = log
        for path in [folder, incoming] where mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw StartFailure("\(path) can't be made: \(String(cString: strerror(errno)))")
        }
        for name in Self.names(in: incoming) { unlink("\(incoming)/\(name)") }
        thread = try TaskThread()
        try state.withLock { $0.reader = try database.openReader() }
    }

    /// Whether a data folder has bytes of any file.
    static func hasFiles(_ dataFolder: String) -> Bool {
        names(in: dataFolder + "/files").contains { !names(in: "\(dataFolder)/files/\($0)").isEmpty }
    }

    /// Looks for what is nobody's, beside the work of the server.
    func begin() {
        _ = submit { vault in
            vault.sweep()
            vault.removeReleased()
        }
    }

    /// Finishes what is queued.
    func close() {
        thread.close()
        state.withLock { state in
            state.reader?.close()
            state.reader = nil
        }
    }

    // MARK: Files in

    /// A new temporary file.
    func makeIncoming() -> IncomingFile? {
        let name = state.withLock { state in
            state.names += 1
            return state.names
        }
        return IncomingFile(path: "\(incoming)/\(name)")
    }

    /// Queues slow work on files; false when too much waits.
    func submit(_ work: @escaping @Sendable (FileVault) -> Void) -> Bool {
        thread.submit { work(self) }
    }

    /// Gives a file that has arrived its place, on disk for good, and pins it.
    ///
    /// To be released once its row is there, or won't be.
    func keep(_ received: ReceivedFile, reference: String) throws(Failure) -> UploadedFile {
        guard let (digest, later) = Self.digests(of: received), fsync(received.file.number) == 0 else {
            throw failed("read", reference)
        }
        if let claimed = received.digest, claimed != digest.bytes, claimed != later {
            throw .invalid(field: "hash", .illegal(value: Hex.encode(Array(claimed.prefix(32)))))
        }
        state.withLock { $0.pins[digest, default: 0] += 1 }
        guard place(received.file, digest) else {
            release(digest, isNamed: false)
            throw failed("place", reference)
        }
        return UploadedFile(
            name: received.name,
            contentType: received.contentType,
            size: received.size,
            digest: digest
        )
    }

    private func place(_ file: IncomingFile, _ digest: FileDigest) -> Bool {
        let (parent, path) = paths(digest)
        if access(path, F_OK) == 0 { return true }
        if mkdir(parent, 0o700) == 0 { Self.synchronize(folder) }
        guard rename(file.path, path) == 0 else { return false }
        return Self.synchronize(parent)
    }

    /// Ends the pin.
    ///
    /// Bytes that were named by no row go.
    func release(_ digest: FileDigest, isNamed: Bool) {
        state.withLock { state in
            let count = state.pins[digest, default: 1] - 1
            state.pins[digest] = count > 0 ? count : nil
        }
        if !isNamed { _ = submit { _ = $0.remove([digest]) } }
    }

    /// Logs why a step failed, from `errno`, and makes the failure that refers to it.
    func failed(_ step: String, _ reference: String) -> Failure {
        let reason = String(cString: strerror(errno))
        log.write(
            .error,
            "file failed",
            [("reference", .string(reference)), ("step", .string(step)), ("error", .string(reason))]
        )
        return .storage(reference: reference)
    }

    // MARK: Files out

    func open(_ file: StoredFile, reference: String) throws(Failure) -> any OpenBytes {
        let number = clinux_open(paths(file.content.digest).path, O_RDONLY | O_CLOEXEC, 0)
        guard number < 0 else { return OpenDescriptor(number) }
        guard errno == ENOENT else { throw failed("open", reference) }
        state.withLock { $0.missing += 1 }
        log.write(
            .error,
            "file bytes missing",
            [
                ("reference", .string(reference)), ("file", .string(file.uuid.text)),
                ("digest", .string(Hex.encode(file.content.digest.bytes))),
            ]
        )
        throw .notFound(.file, id: file.uuid.text)
    }

    /// The bytes of a digest, open for reading; nil where they are gone or the disk fails.
    func openBytes(_ digest: FileDigest) -> (any OpenBytes)? {
        let number = clinux_open(paths(digest).path, O_RDONLY | O_CLOEXEC, 0)
        return number < 0 ? nil : OpenDescriptor(number)
    }

    /// How often bytes were asked for that are gone.
    var missing: Int { state.withLock { $0.missing } }

    // MARK: Removal

    /// Lets no bytes go until `allowRemovals`.
    func holdRemovals() { state.withLock { $0.holds += 1 } }

    /// Lets bytes go again, and those that were to go meanwhile.
    func allowRemovals() {
        state.withLock { $0.holds -= 1 }
        removeReleasedSoon()
    }

    /// Queues the removal of what was released, unless it is queued: every commit asks for it until it is done.
    func removeReleasedSoon() {
        let isQueued = state.withLock { state in
            defer { state.isRemovalQueued = true }
            return state.isRemovalQueued
        }
        guard !isQueued else { return }
        let isTaken = submit { vault in
            vault.state.withLock { $0.isRemovalQueued = false }
            vault.removeReleased()
        }
        if !isTaken { state.withLock { $0.isRemovalQueued = false } }
    }

    /// Removes the bytes of rows that are gone, unless other rows have them.
    func removeReleased() {
        while true {
            let released = state.withLock { state in
                try? state.reader?.administer { store throws(Failure) in try store.releasedDigests(limit: 100)
                }
            }
            guard let released, !released.isEmpty, remove(released) else { return }
            let done = BlockingQueue<Bool>(capacity: 1)
            let isQueued = database.administer(
                by: Origin(server: "removeFiles"),
                writing: { store throws(Failure) in try store.forgetReleased(released) },
                completion: { result in
                    if case .success = result { _ = done.push(true) } else { _ = done.push(false) }
                }
            )
            guard isQueued, done.take() == true else { return }
        }
    }

    /// Removes what has no row and is not about to have one; false when the rows couldn't be read.
    @discardableResult
    private func remove(_ digests: [FileDigest]) -> Bool {
        for digest in digests {
            let isDone = state.withLock { state in
                guard state.holds == 0 else { return false }
                guard state.pins[digest] == nil, let reader = state.reader else { return state.reader != nil }
                do throws(Failure) {
                    let isReferenced = try reader.administer { store throws(Failure) in
                        try store.isReferenced(digest)
                    }
                    if !isReferenced { unlink(paths(digest).path) }
                    return true
                } catch {
                    return false
                }
            }
            guard isDone else { return false }
        }
        return true
    }

    /// Holds every file on disk against the rows: a crash may have come between the two.
    private func sweep() {
        for digest in digestsOnDisk() { guard remove([digest]) else { return } }
    }

    /// The digests that bytes are there for.
    func digestsOnDisk() -> [FileDigest] {
        Self.names(in: folder).flatMap { parent in
            Self.names(in: "\(folder)/\(parent)").compactMap { name in
                guard let bytes = Hex.decode(parent + name), bytes.count == 32 else { return nil }
                return FileDigest(bytes)
            }
        }
    }

    /// Where the bytes of a digest are.
    func path(of digest: FileDigest) -> String { paths(digest).path }

    // MARK: Paths and bytes

    private func paths(_ digest: FileDigest) -> (parent: String, path: String) {
        let name = Hex.encode(digest.bytes)
        let parent = "\(folder)/\(name.prefix(2))"
        return (parent, "\(parent)/\(name.dropFirst(2))")
    }

    /// The bytes' SHA-256, and their SHA3-256 where the sender may mean that.
    private static func digests(of received: ReceivedFile) -> (FileDigest, later: [UInt8])? {
        var hash = SHA256()
        var later = received.digest.map { _ in SHA3() }
        var offset = 0
        let file = received.file
        return withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
            while true {
                let count = pread(file.number, buffer.baseAddress, buffer.count, off_t(offset))
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return nil }
                guard count > 0 else { return (FileDigest(hash.finalize().bytes), later?.finalize() ?? []) }
                hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                later?.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                offset += count
            }
        }
    }

    /// The entries of a folder.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes a folder's entries durable.
    @discardableResult
    private static func synchronize(_ folder: String) -> Bool {
        let number = clinux_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard number >= 0 else { return false }
        defer { Glibc.close(number) }
        return fsync(number) == 0
    }
}

/// An open descriptor that is closed with its last reference.
private final class OpenDescriptor: OpenBytes {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    func read(at offset: Int, count: Int) -> [UInt8]? {
        var filled = 0
        var isGood = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while filled < count {
                let taken = pread(
                    number,
                    buffer.baseAddress.map { $0 + filled },
                    count - filled,
                    off_t(offset + filled)
                )
                if taken < 0, errno == EINTR { continue }
                if taken <= 0 {
                    isGood = taken == 0
                    break
                }
                filled += taken
            }
            initialized = filled
        }
        return isGood ? bytes : nil
    }
}
