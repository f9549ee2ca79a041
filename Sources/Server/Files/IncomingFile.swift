// A file on its way in: it exists as long as somebody holds on to it, unless it is given a place.

import CLinux
import Domain
import Glibc
import HTTP

/// A temporary file, removed with its last reference.
///
/// Written by the loop that receives the upload, and afterwards only read.
final class IncomingFile: Sendable {
    /// Where it is until it is moved to its place.
    let path: String
    /// Its descriptor, for reading and writing.
    let number: Int32

    /// Makes an empty file; nil where the disk doesn't let us.
    init?(path: String) {
        let number = clinux_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard number >= 0 else { return nil }
        self.path = path
        self.number = number
    }

    deinit {
        close(number)
        // Harmless once it has been moved: the name is never used again.
        unlink(path)
    }

    /// Appends bytes; false when the disk is full or fails.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = write(number, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return true
    }
}

/// A file that has arrived whole.
struct ReceivedFile: Sendable {
    let file: IncomingFile
    let name: String
    let contentType: String
    let size: Int
    /// A digest that its bytes must have, by SHA-256 or by SHA3-256; nil where the sender gives none.
    let digest: [UInt8]?
    /// The other parts of the body, for the route's input.
    let message: [UInt8]
}
