// Takes the chunked transfer coding off a body, byte-exact and bounded.

/// Decoder of one chunked body (RFC 9112 section 7.1).
///
/// Lines end with CRLF only. A chunk size is 1...16 hexadecimal digits with nothing before or after them; the
/// blanks that the grammar tolerates as "bad whitespace" around extensions are refused, because
/// implementations differ on them. Extensions are checked and ignored, trailers are checked and dropped, and
/// both are bounded.
public struct ChunkedDecoder: Sendable {
    /// The result of one call.
    public struct Progress: Sendable, Hashable {
        /// How many bytes of the input belong to this body and have been dealt with.
        ///
        /// Less than all only when `isComplete`; the rest is the next request.
        public let consumed: Int
        /// Whether the body has ended.
        public let isComplete: Bool
    }

    enum State: Sendable {
        case sizeStart, size, sizeLF
        case extensionName, extensionNameRest, extensionValue, extensionToken, extensionQuoted,
            extensionEscape
        case extensionEnd
        case data, dataCR, dataLF
        case trailerStart, trailerName, trailerValue, trailerLF, finalLF
        case complete
    }

    /// The number of body bytes decoded so far.
    public private(set) var bodyBytes = 0
    private let limits: HTTPLimits
    var state = State.sizeStart
    private var size = 0
    private var digits = 0
    private var lineExtensionBytes = 0
    private var bodyExtensionBytes = 0
    private var trailerBytes = 0

    /// A decoder at the first chunk of a body.
    public init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

    /// Whether the last chunk and the trailer section have been read.
    public var isComplete: Bool { state == .complete }

    /// Decodes what `input` holds and appends the body bytes to `output`, which may be emptied between calls.
    ///
    /// Each call continues where the one before ended. `limit` bounds the body over all calls; a chunk that
    /// would exceed it is refused at its size line, before its data (``ParseError/contentTooLarge``). After
    /// an error the decoder and its connection must not be used again.
    public mutating func decode(
        _ input: Span<UInt8>,
        into output: inout [UInt8],
        limit: Int
    ) throws(ParseError) -> Progress {
        try input.withUnsafeBufferPointer { (bytes) throws(ParseError) -> Progress in
            try decode(bytes, into: &output, limit: limit)
        }
    }

    private mutating func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        into output: inout [UInt8],
        limit: Int
    ) throws(ParseError) -> Progress {
        var position = 0
        while position < bytes.count, state != .complete {
            if state == .data {
                let count = min(size, bytes.count - position)
                output.append(contentsOf: bytes.slice(position..<position + count))
                position += count
                size -= count
                bodyBytes += count
                if size == 0 { state = .dataCR }
            } else {
                try step(bytes[position], limit: limit)
                position += 1
            }
        }
        return Progress(consumed: position, isComplete: state == .complete)
    }

    private mutating func step(_ byte: UInt8, limit: Int) throws(ParseError) {
        switch state {
        case .sizeStart, .size: try stepSize(byte)
        case .sizeLF:
            guard byte == ASCII.lineFeed else { throw .bareCR }
            try endSizeLine(limit: limit)
        case .dataCR:
            guard byte == ASCII.carriageReturn else {
                throw byte == ASCII.lineFeed ? .bareLF : .missingChunkEnd
            }
            state = .dataLF
        case .dataLF:
            guard byte == ASCII.lineFeed else { throw .bareCR }
            state = .sizeStart
        case .trailerStart, .trailerName, .trailerValue, .trailerLF, .finalLF: try stepTrailer(byte)
        case .data, .complete: break
        default: try stepExtension(byte)
        }
    }

    private mutating func stepSize(_ byte: UInt8) throws(ParseError) {
        if let value = ASCII.hexValue(byte) {
            guard digits < 16, size <= Int.max >> 4 else { throw .invalidChunkSize }
            size = size << 4 | Int(value)
            digits += 1
            state = .size
        } else if byte == ASCII.lineFeed {
            throw .bareLF
        } else if state == .size, byte == ASCII.carriageReturn {
            state = .sizeLF
        } else if state == .size, byte == ASCII.semicolon {
            state = .extensionName
            try countExtensionByte()
        } else {
            throw .invalidChunkSize
        }
    }

    private mutating func endSizeLine(limit: Int) throws(ParseError) {
        digits = 0
        lineExtensionBytes = 0
        if size == 0 {
            state = .trailerStart
        } else {
            guard size <= limit - bodyBytes else { throw .contentTooLarge }
            state = .data
        }
    }

    private mutating func countExtensionByte() throws(ParseError) {
        lineExtensionBytes += 1
        bodyExtensionBytes += 1
        guard lineExtensionBytes <= limits.chunkExtensionBytesPerLine,
            bodyExtensionBytes <= limits.chunkExtensionBytesPerBody
        else { throw .chunkExtensionTooLarge }
    }

    /// `*( ";" token [ "=" ( token / quoted-string ) ] )` up to the CR (RFC 9112 section 7.1.1).
    private mutating func stepExtension(_ byte: UInt8) throws(ParseError) {
        if byte == ASCII.carriageReturn {
            switch state {
            case .extensionNameRest, .extensionToken, .extensionEnd: state = .sizeLF
            case .extensionQuoted, .extensionEscape: throw .bareCR
            default: throw .invalidChunkExtension
            }
            return
        }
        try Self.refuseControl(byte)
        try countExtensionByte()
        let isToken = ByteClass.token.contains(byte)
        switch (state, byte) {
        case (.extensionQuoted, ASCII.backslash): state = .extensionEscape
        case (.extensionQuoted, ASCII.quote): state = .extensionEnd
        case (.extensionQuoted, _): break
        case (.extensionEscape, _): state = .extensionQuoted
        case (.extensionName, _) where isToken: state = .extensionNameRest
        case (.extensionValue, _) where isToken: state = .extensionToken
        case (.extensionValue, ASCII.quote): state = .extensionQuoted
        case (.extensionNameRest, _) where isToken, (.extensionToken, _) where isToken: break
        case (.extensionNameRest, ASCII.equals): state = .extensionValue
        case (.extensionNameRest, ASCII.semicolon), (.extensionToken, ASCII.semicolon),
            (.extensionEnd, ASCII.semicolon):
            state = .extensionName
        default: throw .invalidChunkExtension
        }
    }

    /// Field lines like those of a head, checked and dropped, up to the empty line (RFC 9112 section 7.1.2).
    private mutating func stepTrailer(_ byte: UInt8) throws(ParseError) {
        trailerBytes += 1
        // The CRLF that closes the body is not part of the trailer section.
        let isClosing = state == .finalLF || (state == .trailerStart && byte == ASCII.carriageReturn)
        guard isClosing || trailerBytes <= limits.trailerBytes else { throw .trailersTooLarge }
        if state == .trailerLF || state == .finalLF {
            guard byte == ASCII.lineFeed else { throw .bareCR }
            state = state == .finalLF ? .complete : .trailerStart
            return
        }
        if byte != ASCII.carriageReturn { try Self.refuseControl(byte) }
        switch state {
        case .trailerStart where byte == ASCII.carriageReturn: state = .finalLF
        case .trailerStart:
            guard !ASCII.isBlank(byte) else { throw .obsFold }
            guard ByteClass.token.contains(byte) else { throw .invalidFieldName }
            state = .trailerName
        case .trailerName where byte == ASCII.colon: state = .trailerValue
        case .trailerName where byte == ASCII.carriageReturn: throw .missingColon
        case .trailerName where ASCII.isBlank(byte): throw .whitespaceBeforeColon
        case .trailerName:
            guard ByteClass.token.contains(byte) else { throw .invalidFieldName }
        default:
            if byte == ASCII.carriageReturn { state = .trailerLF }
        }
    }

    private static func refuseControl(_ byte: UInt8) throws(ParseError) {
        switch byte {
        case 0: throw .nulByte
        case ASCII.lineFeed: throw .bareLF
        case ASCII.tab: return
        case 0x01..<0x20, ASCII.delete: throw .controlByte
        default: return
        }
    }
}
