// Finds where a reply ends: as much of HTTP/1.1 as a client of this one server needs.

/// A reply at the start of a buffer.
struct ReplyScanner {
    /// The status code.
    let status: Int
    /// Bytes up to and including the empty line.
    let headBytes: Int
    /// Bytes of the body, by `Content-Length`.
    let bodyBytes: Int

    /// Bytes of the whole reply.
    var totalBytes: Int { headBytes + bodyBytes }

    /// Reads the head of a reply.
    ///
    /// - Returns: nil while the head isn't complete.
    /// - Throws: for what isn't a reply with a `Content-Length`.
    init?(_ bytes: UnsafeRawBufferPointer) throws(BenchmarkError) {
        guard let end = Self.endOfHead(bytes) else { return nil }
        headBytes = end
        guard end > 16, bytes[8] == UInt8(ascii: " "), let status = Self.number(bytes, from: 9) else {
            throw BenchmarkError("not an HTTP reply: \(String(decoding: bytes.prefix(64), as: UTF8.self))")
        }
        self.status = status
        guard let length = Self.contentLength(bytes, end) else {
            throw BenchmarkError("a reply with status \(status) and no Content-Length")
        }
        bodyBytes = length
    }

    private static func endOfHead(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 3
        while index < bytes.count {
            // Three of four bytes of a head are neither CR nor LF: those can't be the third or fourth of CR LF CR LF.
            switch bytes[index] {
            case 0x0A where bytes[index - 1] == 0x0D && bytes[index - 2] == 0x0A && bytes[index - 3] == 0x0D:
                return index + 1
            case 0x0A, 0x0D: index += 1
            default: index += 2
            }
        }
        return nil
    }

    /// The value of `Content-Length`; both ends of the name are looked at, and the colon.
    private static func contentLength(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Int? {
        let name = "content-length:".utf8
        for start in 0..<max(0, end - name.count - 2) where bytes[start] == 0x0A {
            let candidate = bytes[(start + 1)..<(start + 1 + name.count)]
            if zip(candidate, name).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 }) {
                return number(bytes, from: start + 1 + name.count)
            }
        }
        return nil
    }

    /// The digits after blanks.
    private static func number(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        var number: Int?
        while index < bytes.count, (0x30...0x39).contains(bytes[index]), (number ?? 0) < 1 << 40 {
            number = (number ?? 0) * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        return number
    }
}
