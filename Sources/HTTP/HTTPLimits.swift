// The bounds on what one request may make the server hold or read.

/// Bounds on a request head and on the framing around a chunked body; all in bytes unless the name says
/// otherwise.
///
/// A bound is inclusive: exactly that much is accepted. The bound on the body itself is the caller's, given
/// to ``ChunkedDecoder/decode(_:into:limit:)`` or compared with ``BodyFraming/length(_:)``.
public struct HTTPLimits: Sendable, Hashable {
    /// The request line without its CRLF.
    ///
    /// Beyond it: 414.
    public var requestLineBytes: Int = 8_192
    /// The whole head, from the request line to the empty line with all line ends.
    ///
    /// Beyond it: 431. Values above 1 GiB act as 1 GiB.
    public var headBytes: Int = 32_768
    /// Field lines in the head.
    ///
    /// Beyond it: 431.
    public var fieldCount: Int = 100
    /// The trailer section of a chunked body: its field lines with their ends.
    ///
    /// Beyond it: 431.
    public var trailerBytes: Int = 8_192
    /// Extension bytes in one chunk-size line.
    ///
    /// Beyond it: 413.
    public var chunkExtensionBytesPerLine: Int = 256
    /// Extension bytes in all chunk-size lines of one body.
    ///
    /// Beyond it: 413.
    public var chunkExtensionBytesPerBody: Int = 16_384

    /// The default limits.
    public init() {}
}
