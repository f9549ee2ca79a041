// Frames of HTTP/2 as a client writes and reads them (RFC 9113 section 4): by hand, so that broken ones can be
// sent, too.

/// One frame.
package struct HTTP2Frame: Equatable, CustomStringConvertible {
    package enum Kind: UInt8 {
        case data, headers, priority, reset, settings, push, ping, goAway, windowUpdate, continuation
    }

    package enum Flag {
        package static let endStream: UInt8 = 1, acknowledgement: UInt8 = 1, endHeaders: UInt8 = 4
    }

    package static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// The preface and empty SETTINGS.
    package static let hello = preface + HTTP2Frame(.settings).bytes

    package var kind: UInt8
    package var flags: UInt8 = 0
    package var stream: UInt32 = 0
    package var payload: [UInt8] = []

    package init(_ kind: Kind, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) {
        self.kind = kind.rawValue
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    package var description: String {
        "\(Kind(rawValue: kind).map { "\($0)" } ?? "?")(\(stream), \(flags), \(payload.count))"
    }
    package var isEnd: Bool { kind <= 1 && flags & Flag.endStream != 0 }
    /// The code of a reset or of an end.
    package var code: UInt32? {
        switch Kind(rawValue: kind) {
        case .reset: Self.number(payload.prefix(4))
        case .goAway: Self.number(payload.dropFirst(4).prefix(4))
        default: nil
        }
    }
    /// Whether it begins with `:status: 200` (RFC 7541, entry 8 of the static table).
    package var isOK: Bool { kind == Kind.headers.rawValue && payload.contains(0x88) }

    package var bytes: [UInt8] {
        Self.bigEndian(UInt32(payload.count)).dropFirst() + [kind, flags] + Self.bigEndian(stream) + payload
    }

    package static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    package static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The whole frames in these bytes.
    package static func parse(_ bytes: [UInt8]) -> [HTTP2Frame] {
        var frames: [HTTP2Frame] = []
        var rest = bytes[...]
        while rest.count >= 9 {
            let head = Array(rest.prefix(9))
            let count = Int(number(head[0..<3]))
            guard rest.count >= 9 + count else { break }
            var frame = HTTP2Frame(.data, flags: head[4], stream: number(head[5..<9]))
            frame.kind = head[3]
            frame.payload = Array(rest.dropFirst(9).prefix(count))
            frames.append(frame)
            rest = rest.dropFirst(9 + count)
        }
        return frames
    }

    // MARK: Fields

    /// A list of fields, each a literal that no table keeps (RFC 7541 section 6.2.2).
    package static func list(_ fields: [(String, String)]) -> [UInt8] {
        fields.flatMap { name, value in [0] + text(name) + text(value) }
    }

    private static func text(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.count >= 127 else { return [UInt8(bytes.count)] + bytes }
        var length: [UInt8] = [127]
        var rest = bytes.count - 127
        while rest >= 128 {
            length.append(UInt8(rest % 128 + 128))
            rest /= 128
        }
        return length + [UInt8(rest)] + bytes
    }

    package static func head(_ method: String, _ path: String) -> [(String, String)] {
        [(":method", method), (":scheme", "http"), (":path", path), (":authority", "a")]
    }

    /// A request without a body, or the head of one with a body.
    package static func request(
        _ stream: UInt32,
        _ path: String,
        _ method: String = "GET",
        hasBody: Bool = false,
        _ fields: [(String, String)] = []
    ) -> [UInt8] {
        let flags = Flag.endHeaders | (hasBody ? 0 : Flag.endStream)
        return HTTP2Frame(.headers, flags: flags, stream: stream, list(head(method, path) + fields)).bytes
    }

    package static func data(_ stream: UInt32, _ bytes: [UInt8], ends: Bool = false) -> [UInt8] {
        HTTP2Frame(.data, flags: ends ? Flag.endStream : 0, stream: stream, bytes).bytes
    }

    package static func reset(_ stream: UInt32) -> [UInt8] {
        HTTP2Frame(.reset, stream: stream, bigEndian(8)).bytes
    }

    package static func window(_ stream: UInt32, _ more: UInt32) -> [UInt8] {
        HTTP2Frame(.windowUpdate, stream: stream, bigEndian(more)).bytes
    }
}

extension [HTTP2Frame] {
    /// The bytes of a stream's body.
    package func body(_ stream: UInt32) -> [UInt8] {
        filter { $0.kind == HTTP2Frame.Kind.data.rawValue && $0.stream == stream }.flatMap(\.payload)
    }

    package func reset(_ stream: UInt32) -> UInt32? {
        first { $0.kind == HTTP2Frame.Kind.reset.rawValue && $0.stream == stream }?.code
    }

    package var ends: [UInt32] { filter { $0.kind == HTTP2Frame.Kind.goAway.rawValue }.compactMap(\.code) }

    package func isAnswered(_ stream: UInt32) -> Bool { contains { $0.stream == stream && $0.isOK } }
}
