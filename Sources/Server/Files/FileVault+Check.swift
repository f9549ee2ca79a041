// The bytes of files held against the rows: what is missing, what has another length or content, what is nobody's.

import CLinux
import Crypto
import Domain
import Glibc
import Routing

extension FileVault {
    /// Adds what is wrong with the files to a report.
    ///
    /// Runs on the caller's thread with a reader of its own.
    ///
    /// - Parameter hashing: whether every byte is read.
    func check(hashing: Bool, _ report: inout SoundnessReport) {
        do {
            let reader = try database.openReader()
            defer { reader.close() }
            var known: Set<FileDigest> = []
            while true {
                let last = known.max { $0.bytes.lexicographicallyPrecedes($1.bytes) }
                let contents = try reader.administer { store throws(Failure) in
                    try store.fileContents(after: last, limit: 1000)
                }
                for (digest, size) in contents {
                    known.insert(digest)
                    if let problem = problem(digest, size: size, hashing: hashing) {
                        report.problems.append(problem)
                    }
                }
                if contents.count < 1000 { break }
            }
            let strangers = digestsOnDisk().filter { !known.contains($0) }
            // Files of jobs are named by their jobs.
            for digest in strangers {
                let isNamed = try reader.administer { store throws(Failure) in try store.isReferenced(digest)
                }
                if !isNamed { report.orphans += 1 }
            }
        } catch {
            report.problems.append("The rows of files can't be read: \(error)")
        }
    }

    private func problem(_ digest: FileDigest, size: Int, hashing: Bool) -> String? {
        let name = Hex.encode(digest.bytes)
        let descriptor = clinux_open(path(of: digest), O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else {
            return errno == ENOENT
                ? "The bytes of file \(name) are missing."
                : "The bytes of file \(name) can't be read: \(String(cString: strerror(errno)))."
        }
        defer { Glibc.close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == size else {
            return "The file \(name) has \(status.st_size) bytes and should have \(size)."
        }
        guard hashing else { return nil }
        var hash = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
            chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        return hash.finalize().bytes == digest.bytes ? nil : "The bytes of file \(name) have changed."
    }
}
