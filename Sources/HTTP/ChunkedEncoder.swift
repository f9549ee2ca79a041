// Puts pieces of a body into chunks.

/// The chunked transfer coding of a response (RFC 9112 section 7.1), without extensions and trailers.
public enum ChunkedEncoder {
    /// The bytes that end a body.
    public static let end: StaticString = "0\r\n\r\n"

    /// The bytes before a piece, which is followed by CRLF.
    ///
    /// - Parameter count: bytes of the piece, at least one: a chunk without bytes would be the last one.
    public static func head(of count: Int) -> [UInt8] {
        precondition(count > 0, "A chunk has bytes.")
        return Array(String(count, radix: 16).utf8) + [ASCII.carriageReturn, ASCII.lineFeed]
    }

    /// The bytes behind a piece.
    public static let tail: StaticString = "\r\n"
}
