// Finds and checks one request head at the start of a buffer that grows as bytes arrive.

/// The state of a buffer: incomplete, a whole head, or an error.
public enum HeadResult: Sendable {
    /// The head is not complete, and nothing is wrong yet.
    case needMore
    /// A whole head, and the number of bytes it takes up; what follows belongs to the body or the next
    /// request.
    case head(RequestHead, consumed: Int)
}

/// Incremental parser of request heads, strict on RFC 9110 and RFC 9112.
///
/// Lines are checked as soon as they are complete and control bytes as soon as they arrive, so a refusal
/// comes early and depends only on the bytes, never on how they were cut. Each byte is scanned once, whatever
/// the cuts.
public struct RequestParser: Sendable {
    enum Phase: Sendable { case start, requestLine, fieldLines }

    /// The bounds in force.
    public let limits: HTTPLimits

    var draft = HeadDraft()
    private var phase = Phase.start
    /// Start of the head, after an ignored empty line.
    var base = 0
    private var lineStart = 0
    /// Everything before this offset has been seen to hold no line end since `lineStart`.
    private var scanned = 0

    /// A parser waiting for the first byte of a request.
    public init(limits: HTTPLimits = HTTPLimits()) {
        var limits = limits
        limits.headBytes = min(limits.headBytes, 1 << 30)
        self.limits = limits
    }

    /// Looks for one whole request head at the start of `buffer`.
    ///
    /// While it answers `.needMore`, call again with the same bytes from the same start and more after them
    /// (the buffer itself may have moved). After `.head` the parser waits for the next request, which starts
    /// `consumed` bytes further on. One empty line before the request line is ignored (RFC 9112 section 2.2).
    /// After an error the parser and its connection must not be used again.
    public mutating func parseHead(_ buffer: Span<UInt8>) throws(ParseError) -> HeadResult {
        try buffer.withUnsafeBufferPointer { (bytes) throws(ParseError) -> HeadResult in
            try advance(bytes)
        }
    }

    private mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> HeadResult {
        precondition(bytes.count >= scanned, "parseHead needs the bytes it has already seen")
        if phase == .start {
            guard try skipEmptyLine(bytes) else { return .needMore }
        }
        while let end = try lineEnd(bytes) {
            let line = lineStart..<end
            lineStart = end &+ 2
            scanned = lineStart
            if phase == .requestLine {
                try parseRequestLine(bytes, line)
                phase = .fieldLines
            } else if line.isEmpty {
                let head = try finish(bytes, end: lineStart)
                let consumed = lineStart
                reset()
                return .head(head, consumed: consumed)
            } else {
                try parseFieldLine(bytes, line)
            }
        }
        return .needMore
    }

    /// Whether the first byte of the request line is there, after ignoring one CRLF before it.
    private mutating func skipEmptyLine(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> Bool {
        guard let first = bytes.first else { return false }
        if first == ASCII.carriageReturn {
            guard bytes.count > 1 else { return false }
            guard bytes[1] == ASCII.lineFeed else { throw .bareCR }
            base = 2
        }
        lineStart = base
        scanned = base
        phase = .requestLine
        return true
    }

    /// The offset of the CR that ends the line at `lineStart`, or nil if it has not arrived.
    ///
    /// Never looks beyond the limit in force, so a line is refused for its length before anything past the
    /// limit can matter.
    private mutating func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> Int? {
        var limit = base &+ limits.headBytes &- 1
        if phase == .requestLine { limit = min(limit, base &+ limits.requestLineBytes &+ 1) }
        let window = min(bytes.count, limit)
        if scanned < window {
            let position = bytes.firstControlByte(from: scanned, to: window)
            scanned = position
            if position < window {
                guard bytes[position] == ASCII.carriageReturn else { throw Self.refusal(of: bytes[position]) }
                guard position &+ 1 < bytes.count else { return nil }
                guard bytes[position &+ 1] == ASCII.lineFeed else { throw .bareCR }
                return position
            }
        }
        guard scanned < limit else { throw phase == .requestLine ? .requestLineTooLong : .headTooLarge }
        return nil
    }

    private static func refusal(of byte: UInt8) -> ParseError {
        switch byte {
        case 0: .nulByte
        case ASCII.lineFeed: .bareLF
        default: .controlByte
        }
    }

    private mutating func reset() {
        draft = HeadDraft()
        phase = .start
        base = 0
        lineStart = 0
        scanned = 0
    }
}
