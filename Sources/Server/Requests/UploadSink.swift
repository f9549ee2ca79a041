// Where a body with a file in it goes: through its reader into a temporary file, slice by slice.

import Domain
import Glibc
import HTTP
import Routing

/// Receives one upload on its loop.
///
/// Letting go of it removes what has arrived.
final class UploadSink: BodySink {
    /// The values of the request and of the server that a sink uses.
    struct Terms {
        /// Bytes of the file.
        let maximum: Int
        /// Logs that a step failed on the disk, and makes the failure that refers to it.
        let fail: (String) -> Failure
        /// Makes the temporary file; nil when the disk doesn't let us.
        let makeFile: () -> IncomingFile?
        /// Whether the time that the client gives has passed.
        let isLate: () -> Bool
        /// Puts a failure as the route's dialect does.
        let refuse: (Failure) -> Response
    }

    private let terms: Terms
    private var reader: any UploadReader
    private var file: IncomingFile?
    private var size = 0
    private var problem: Failure?

    init(_ reader: any UploadReader, _ terms: Terms) {
        self.reader = reader
        self.terms = terms
    }

    func receive(_ bytes: [UInt8]) -> Response? {
        guard !bytes.isEmpty else { return nil }
        do throws(Failure) {
            if terms.isLate() { throw .deadlineExceeded }
            try take(bytes)
        } catch {
            problem = error
            file = nil
            return terms.refuse(error)
        }
        return nil
    }

    private func take(_ bytes: [UInt8]) throws(Failure) {
        try bytes.span.withUnsafeBytes { (bytes) throws(Failure) in
            try reader.read(bytes) { (part) throws(Failure) in try append(part) }
        }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        size += bytes.count
        guard size <= terms.maximum else { throw .bodyTooLarge(maximum: terms.maximum) }
        guard try openFile().append(bytes) else { throw terms.fail("write") }
    }

    private func openFile() throws(Failure) -> IncomingFile {
        if let file { return file }
        guard let made = terms.makeFile() else { throw terms.fail("make") }
        file = made
        return made
    }

    /// The body is complete: what was in it.
    func finish() throws(Failure) -> ReceivedFile {
        if let problem { throw problem }
        let claim = try reader.finish()
        // An empty file has its place, too.
        let file = try openFile()
        self.file = nil
        return ReceivedFile(
            file: file,
            name: claim.name,
            contentType: Self.legal(claim.contentType),
            size: size,
            digest: claim.digest,
            message: claim.message
        )
    }

    /// A media type as sent, where it is one of a sane length.
    private static func legal(_ type: String?) -> String {
        guard let type, type.utf8.count <= 128, MediaType(parsing: type) != nil else {
            return "application/octet-stream"
        }
        return type
    }
}
