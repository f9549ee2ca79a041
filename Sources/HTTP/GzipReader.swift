// Takes content out of the gzip container (RFC 1952), checked against its own sums.

/// The reader of gzip data that is in memory as a whole.
public enum GzipReader {
    private enum Flag {
        static let headerCheckSum: UInt8 = 0x02
        static let extra: UInt8 = 0x04
        static let name: UInt8 = 0x08
        static let comment: UInt8 = 0x10
        static let reserved: UInt8 = 0xE0
    }

    /// The content of all members, one behind the other, as section 2.2 reads a series of them.
    ///
    /// Bytes behind a member must be another member; padding is refused. At least one member is there.
    ///
    /// - Parameter limit: the number of bytes that may come out of all members together.
    public static func content(of bytes: Span<UInt8>, limit: Int) throws(InflateError) -> [UInt8] {
        var content: [UInt8] = []
        var position = 0
        repeat {
            position += try readMember(bytes.extracting(position...), into: &content, limit: limit)
        } while position < bytes.count
        return content
    }

    /// Reads one member.
    ///
    /// - Returns: the number of its bytes.
    private static func readMember(
        _ bytes: Span<UInt8>,
        into content: inout [UInt8],
        limit: Int
    ) throws(InflateError) -> Int {
        var position = try headerCount(bytes)
        let start = content.count
        position += try Inflate.inflate(bytes.extracting(position...), into: &content, limit: limit)
        guard bytes.count >= position + 8 else { throw .truncated }
        var sum = CRC32()
        sum.update(content.span.extracting(start...))
        guard number(bytes, at: position, 4) == Int(sum.value) else { throw .wrongCheckSum }
        guard number(bytes, at: position + 4, 4) == (content.count - start) & 0xFFFF_FFFF else {
            throw .wrongSize
        }
        return position + 8
    }

    private static func headerCount(_ bytes: Span<UInt8>) throws(InflateError) -> Int {
        for (index, byte) in [UInt8(0x1F), 0x8B].enumerated() {
            guard bytes.count > index else { throw .truncated }
            guard bytes[index] == byte else { throw .notGzip }
        }
        guard bytes.count >= 10 else { throw .truncated }
        guard bytes[2] == 8 else { throw .unsupportedMethod }
        let flags = bytes[3]
        guard flags & Flag.reserved == 0 else { throw .reservedFlag }
        var position = 10
        if flags & Flag.extra != 0 {
            guard bytes.count >= position + 2 else { throw .truncated }
            position += 2 + number(bytes, at: position, 2)
        }
        if flags & Flag.name != 0 { position = try endOfText(bytes, from: position) }
        if flags & Flag.comment != 0 { position = try endOfText(bytes, from: position) }
        if flags & Flag.headerCheckSum != 0 {
            guard bytes.count >= position + 2 else { throw .truncated }
            var sum = CRC32()
            sum.update(bytes.extracting(first: position))
            guard number(bytes, at: position, 2) == Int(sum.value & 0xFFFF) else {
                throw .wrongHeaderCheckSum
            }
            position += 2
        }
        guard position <= bytes.count else { throw .truncated }
        return position
    }

    /// The place behind the NUL that ends a text.
    private static func endOfText(_ bytes: Span<UInt8>, from start: Int) throws(InflateError) -> Int {
        var position = start
        while position < bytes.count {
            position += 1
            if bytes[position - 1] == 0 { return position }
        }
        throw .truncated
    }

    private static func number(_ bytes: Span<UInt8>, at start: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
}
