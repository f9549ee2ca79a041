// The lines of a file, a slice at a time, with their numbers and the digest of all that was read.

import Crypto
import Domain
import HTTP

/// Reads a file by lines.
struct LineReader {
    /// A line that was read.
    struct Line: Sendable {
        /// Its number, from 1.
        let number: Int
        /// Its bytes without its end; nil for one that is longer than a line may be.
        let bytes: [UInt8]?
    }

    private let source: any OpenBytes
    private let size: Int
    /// The bytes behind `offset` that were read from the disk and not looked at yet.
    private var pending: [UInt8] = []
    private var start = 0
    private var readTo = 0
    private var hash = SHA256()
    /// Bytes of whole lines so far.
    private(set) var offset = 0
    /// Lines so far.
    private(set) var number = 0

    /// Bytes that are read at once.
    private static let chunk = 1 << 20

    init(_ source: any OpenBytes, size: Int) {
        self.source = source
        self.size = size
    }

    /// The SHA-256 of the bytes of all lines so far.
    var digest: [UInt8] { hash.finalize().bytes }

    /// Goes on behind the lines that an earlier run has done.
    ///
    /// - Returns: false where the bytes up to there aren't those that it has read.
    mutating func skip(to progress: JobProgress) -> Bool {
        guard progress.offset <= size else { return false }
        while readTo < progress.offset {
            let wanted = min(Self.chunk, progress.offset - readTo)
            guard let bytes = source.read(at: readTo, count: wanted), bytes.count == wanted else {
                return false
            }
            hash.update(bytes)
            readTo += wanted
        }
        (offset, number) = (progress.offset, progress.line)
        return progress.offset == 0 || digest == progress.digest
    }

    /// The next lines, at most so many and of about so many bytes; empty behind the last, nil where the disk fails.
    mutating func next(lines limit: Int, bytes maximum: Int) -> [Line]? {
        var lines: [Line] = []
        var taken = 0
        while lines.count < limit, taken < maximum {
            guard let line = nextLine() else { return nil }
            guard let line else { break }
            taken += line.bytes?.count ?? 0
            lines.append(line)
        }
        return lines
    }

    /// One line; `.some(nil)` behind the last, nil where the disk fails.
    private mutating func nextLine() -> Line?? {
        var isTooLong = false
        while true {
            if let end = pending[start...].firstIndex(of: 0x0A) {
                let bytes = pending[start..<end]
                take(end + 1 - start)
                let isLong = isTooLong || bytes.count > ImportRules.maximumLineBytes
                return .some(line(isLong ? nil : Array(bytes.last == 0x0D ? bytes.dropLast() : bytes)))
            }
            if pending.count - start > ImportRules.maximumLineBytes {
                // Its bytes are passed over, a chunk at a time.
                isTooLong = true
                take(pending.count - start)
            }
            guard readTo < size else {
                guard start < pending.count || isTooLong else { return .some(nil) }
                let bytes = pending[start...]
                take(bytes.count)
                return .some(line(isTooLong ? nil : Array(bytes.last == 0x0D ? bytes.dropLast() : bytes)))
            }
            guard let more = source.read(at: readTo, count: min(Self.chunk, size - readTo)), !more.isEmpty
            else {
                return nil
            }
            readTo += more.count
            pending.removeFirst(start)
            start = 0
            pending += more
        }
    }

    private mutating func take(_ count: Int) {
        let taken = start..<start + count
        var sum = hash
        pending.withUnsafeBytes { sum.update(UnsafeRawBufferPointer(rebasing: $0[taken])) }
        hash = sum
        start += count
        offset += count
    }

    private mutating func line(_ bytes: [UInt8]?) -> Line {
        number += 1
        return Line(number: number, bytes: bytes)
    }
}

/// Bytes in memory: the content of a packed file.
final class BytesInMemory: OpenBytes {
    let number: Int32 = -1
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(at offset: Int, count: Int) -> [UInt8]? {
        guard offset < bytes.count else { return [] }
        return Array(bytes[offset..<min(bytes.count, offset + count)])
    }
}
