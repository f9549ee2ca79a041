// The fields of a response as HTTP/2 sends them: names in lower case, none that speaks of the connection.

/// Fields one behind the other in one piece of memory, with where each lies.
public struct FieldBlock: Sendable {
    /// The bytes of all names and values.
    public private(set) var bytes: [UInt8]
    /// The name and value of each field, as ranges of ``bytes``.
    public private(set) var fields: [(name: Range<Int>, value: Range<Int>)] = []

    /// The head of a response (RFC 9113 section 8.3.2).
    ///
    /// Its values are those of HTTP/1.1. For HEAD the length is that of GET.
    public init(head response: Response, date: HTTPDate) {
        bytes = []
        var head = response
        if !response.trailers.isEmpty {
            if response.body.count == 0 { head.fields += response.trailers }
            // A length is no use where the end is told behind it.
            head.body = .stream
        }
        head.serialize(into: &bytes, for: .head, keepsAlive: true, takesChunks: false, date: date)
        // `HTTP/1.1 200 Reason`
        let start = bytes.count
        bytes += Array(":status".utf8)
        fields.append((start..<start + 7, 9..<12))
        split(from: (bytes.firstIndex(of: ASCII.lineFeed) ?? start) + 1, to: start)
    }

    /// The fields behind a body.
    public init(trailers: [Response.Field]) {
        bytes = []
        var lines = Response(.ok, fields: trailers, body: .stream)
        lines.contentType = nil
        lines.serialize(
            into: &bytes,
            for: .head,
            keepsAlive: true,
            takesChunks: false,
            date: HTTPDate(secondsSince1970: 0)
        )
        split(from: 0, to: bytes.count)
        // The status line has no colon before its end, and the date stands in the head.
        fields.removeAll { bytes[$0.name].elementsEqual("date".utf8) }
    }

    /// Takes lines apart, and turns their names into lower case.
    private mutating func split(from start: Int, to end: Int) {
        var position = start
        while position < end, let lineEnd = bytes[position..<end].firstIndex(of: ASCII.lineFeed) {
            let line = position..<lineEnd - 1
            position = lineEnd + 1
            guard let colon = bytes[line].firstIndex(of: ASCII.colon) else { continue }
            for index in line.lowerBound..<colon { bytes[index] = ASCII.lowercased(bytes[index]) }
            var value = colon + 1..<line.upperBound
            while let first = value.first, ASCII.isBlank(bytes[first]) { value.removeFirst() }
            fields.append((line.lowerBound..<colon, value))
        }
    }
}
