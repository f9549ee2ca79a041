// Parses one response out of raw bytes, strictly, for conversations that libcurl doesn't take part in.

/// One response as it stood on the wire.
public struct RawResponse: Sendable {
    /// `HTTP/1.1` or `HTTP/1.0`.
    public let version: String
    /// The status code.
    public let status: Int
    /// The header fields in wire order.
    public let headers: HeaderFields
    /// The body, chunks joined.
    public let body: [UInt8]

    /// The body as text; bytes that aren't UTF-8 are replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON.
    public func json() throws(TestJSON.SyntaxError) -> TestJSON { try TestJSON(parsing: body) }

    /// The reading of some bytes.
    public enum Progress {
        /// A response and how many bytes it took.
        case whole(RawResponse, length: Int)
        /// The beginning of one.
        case needsMore
    }

    /// Reads the first response in `bytes`.
    ///
    /// - Parameters:
    ///   - method: The request's method: no body follows a HEAD.
    ///   - isClosed: Whether more bytes can't come; only then a body without length is whole.
    /// - Throws: `RawSocket.Failure` when the bytes are no HTTP/1.x response, or one with two readings.
    public static func parse(_ bytes: [UInt8], method: String, isClosed: Bool) throws -> Progress {
        guard let headEnd = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return .needsMore }
        let (version, status, headers) = try head(bytes[..<headEnd.lowerBound])
        func whole(_ body: [UInt8], end: Int) -> Progress {
            .whole(RawResponse(version: version, status: status, headers: headers, body: body), length: end)
        }
        let start = headEnd.upperBound
        let lengths = headers.all("Content-Length")
        let codings = headers.all("Transfer-Encoding")
        guard lengths.count + codings.count <= 1 else {
            throw RawSocket.Failure("two framings in one response:\n\(headers)")
        }
        if method == "HEAD" || status < 200 || status == 204 || status == 304 { return whole([], end: start) }
        if codings == ["chunked"] {
            return try chunks(bytes, from: start).map { whole($0.body, end: $0.end) } ?? .needsMore
        }
        guard codings.isEmpty else { throw RawSocket.Failure("unknown transfer coding \(codings)") }
        guard let text = lengths.first else {
            return isClosed ? whole(Array(bytes[start...]), end: bytes.count) : .needsMore
        }
        guard let length = Int(text), length >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw RawSocket.Failure("Content-Length: \(text)")
        }
        return bytes.count - start < length
            ? .needsMore : whole(Array(bytes[start..<start + length]), end: start + length)
    }

    private static func head(_ bytes: ArraySlice<UInt8>) throws -> (String, Int, HeaderFields) {
        let lines = split(bytes)
        let parts = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "HTTP/1.1" || parts[0] == "HTTP/1.0", parts[1].utf8.count == 3,
            let status = Int(parts[1])
        else { throw RawSocket.Failure("no status line: \(lines[0])") }
        var headers = HeaderFields()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
                line[..<colon].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
                line.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 })
            else { throw RawSocket.Failure("no field line: \(line)") }
            let value = line[line.index(after: colon)...]
            headers.add(String(line[..<colon]), value.trimmingPrefix(while: { $0 == " " }).description)
        }
        return (String(parts[0]), status, headers)
    }

    private static func split(_ bytes: ArraySlice<UInt8>) -> [String] {
        var lines: [String] = []
        var rest = bytes
        while let end = rest.firstRange(of: [0x0D, 0x0A]) {
            lines.append(String(decoding: rest[..<end.lowerBound], as: UTF8.self))
            rest = rest[end.upperBound...]
        }
        return lines + [String(decoding: rest, as: UTF8.self)]
    }

    private static func chunks(_ bytes: [UInt8], from start: Int) throws -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var position = start
        while let lineEnd = bytes[position...].firstRange(of: [0x0D, 0x0A]) {
            let text = String(decoding: bytes[position..<lineEnd.lowerBound], as: UTF8.self).prefix {
                $0 != ";"
            }
            guard let size = Int(text, radix: 16), size >= 0 else {
                throw RawSocket.Failure("chunk size: \(text)")
            }
            position = lineEnd.upperBound
            if size == 0 {
                // Our server sends no trailers, so the empty line follows at once.
                guard bytes.count >= position + 2 else { return nil }
                guard bytes[position] == 0x0D, bytes[position + 1] == 0x0A else {
                    throw RawSocket.Failure("no empty line after the last chunk")
                }
                return (body, position + 2)
            }
            guard bytes.count >= position + size + 2 else { return nil }
            body += bytes[position..<position + size]
            guard bytes[position + size] == 0x0D, bytes[position + size + 1] == 0x0A else {
                throw RawSocket.Failure("a chunk longer than its size")
            }
            position += size + 2
        }
        return nil
    }
}
