// multipart/form-data taken apart as it arrives: bounded memory, whatever the body holds.

/// Why a multipart body was refused.
public enum MultipartProblem: Error, Sendable, Hashable, CaseIterable {
    /// Something else than an end or a line end follows a delimiter.
    case malformedDelimiter
    /// A part's head is longer than the limit.
    case headTooLong
    /// A line of a part's head isn't `name: value`, or doesn't end with CRLF.
    case malformedHead
    /// No part may go without `Content-Disposition: form-data; name="…"` (RFC 7578 section 4.2).
    case missingName
    /// The file's name is too long, or none that a file can have.
    case illegalFileName
    /// More parts than the limit.
    case tooManyParts
    /// The body ended before the closing delimiter.
    case missingEnd

    /// One sentence for the client.
    public var explanation: String {
        switch self {
        case .malformedDelimiter: "A delimiter of the multipart body is malformed."
        case .headTooLong: "The head of a part of the multipart body is too long."
        case .malformedHead: "The head of a part of the multipart body is malformed."
        case .missingName: "A part of the multipart body has no name."
        case .illegalFileName: "The file name is not legal."
        case .tooManyParts: "The multipart body has too many parts."
        case .missingEnd: "The multipart body has no end."
        }
    }
}

/// The fields of a part's head (RFC 7578 section 4).
public struct MultipartPart: Sendable, Equatable {
    /// The field's name.
    public let name: String
    /// The file's name; nil for a part that isn't a file.
    public let fileName: String?
    /// The Content-Type as sent; nil for none.
    public let contentType: String?
}

/// The next element that the parser found.
public enum MultipartEvent {
    /// A part begins.
    case part(MultipartPart)
    /// The next bytes of the part; valid during the call only.
    case data(UnsafeRawBufferPointer)
    /// The part is complete.
    case end
}

/// Incremental parser of one multipart body (RFC 2046 section 5.1).
///
/// Preamble and epilogue are skipped. Nothing is kept but the head of one part and as many bytes as may belong to a
/// delimiter, so memory doesn't grow with the body.
public struct MultipartParser: Sendable {
    /// Bytes of a part's head.
    public static let maximumHeadBytes = 4096
    /// Parts of a body.
    public static let maximumParts = 16

    private enum State {
        case preamble, delimiterEnd, dash, padding, lineFeed, head, data, epilogue
    }

    /// CRLF, two hyphens, the boundary.
    ///
    /// CR occurs in it once, at the front: after a mismatch only the byte at hand can begin another delimiter.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// How many bytes of the delimiter have been seen.
    ///
    /// A delimiter at the very start needs no line end before it.
    private var matched = 2
    private var head: [UInt8] = []
    private var parts = 0

    /// A parser at the start of a body.
    ///
    /// - Parameter boundary: 1–70 of the characters of RFC 2046; nil for any other text.
    public init?(boundary: String) {
        let bytes = Array(boundary.utf8)
        guard (1...70).contains(bytes.count), bytes.last != ASCII.space, bytes.allSatisfy(Self.isBoundary)
        else {
            return nil
        }
        delimiter = Array("\r\n--".utf8) + bytes
    }

    private static func isBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }

    /// Takes the next bytes, of any number; calls `handle` for what is in them, in order.
    ///
    /// - Throws: the first problem; the parser must not be used afterwards.
    public mutating func parse(
        _ input: UnsafeRawBufferPointer,
        _ handle: (MultipartEvent) -> Void
    ) throws(MultipartProblem) {
        var position = 0
        while position < input.count {
            switch state {
            case .preamble, .data: position = scan(input, from: position, handle)
            case .head:
                try takeHead(input[position], handle)
                position += 1
            case .epilogue: return
            case .delimiterEnd, .dash, .padding, .lineFeed:
                try endDelimiter(input[position])
                position += 1
            }
        }
    }

    /// The body has ended.
    public func finish() throws(MultipartProblem) {
        guard state == .epilogue else { throw .missingEnd }
    }

    // MARK: Data and delimiters

    /// Looks for the delimiter; what is surely before it is data.
    ///
    /// - Returns: where to go on.
    private mutating func scan(
        _ input: UnsafeRawBufferPointer,
        from start: Int,
        _ handle: (MultipartEvent) -> Void
    ) -> Int {
        var position = start
        if matched == 0 {
            while position < input.count, input[position] != ASCII.carriageReturn { position += 1 }
            if state == .data, position > start {
                handle(.data(UnsafeRawBufferPointer(rebasing: input[start..<position])))
            }
            guard position < input.count else { return position }
        }
        while position < input.count, matched < delimiter.count, input[position] == delimiter[matched] {
            matched += 1
            position += 1
        }
        if matched == delimiter.count {
            if state == .data { handle(.end) }
            matched = 0
            state = .delimiterEnd
        } else if position < input.count {
            // The bytes that looked like a delimiter were data.
            if state == .data { delimiter.withUnsafeBytes { handle(.data(.init(rebasing: $0[..<matched]))) } }
            matched = 0
            if input[position] != ASCII.carriageReturn {
                if state == .data { handle(.data(.init(rebasing: input[position...position]))) }
                position += 1
            }
        }
        return position
    }

    /// Behind a delimiter: `--` ends the body, blanks and CRLF begin a part.
    private mutating func endDelimiter(_ byte: UInt8) throws(MultipartProblem) {
        switch (state, byte) {
        case (.delimiterEnd, UInt8(ascii: "-")): state = .dash
        case (.dash, UInt8(ascii: "-")): state = .epilogue
        case (.delimiterEnd, ASCII.carriageReturn), (.padding, ASCII.carriageReturn): state = .lineFeed
        case (.delimiterEnd, ASCII.space), (.delimiterEnd, ASCII.tab), (.padding, ASCII.space),
            (.padding, ASCII.tab):
            state = .padding
        case (.lineFeed, ASCII.lineFeed):
            guard parts < Self.maximumParts else { throw .tooManyParts }
            parts += 1
            head = []
            state = .head
        default: throw .malformedDelimiter
        }
    }

    // MARK: Heads

    private mutating func takeHead(_ byte: UInt8, _ handle: (MultipartEvent) -> Void) throws(MultipartProblem)
    {
        guard head.count < Self.maximumHeadBytes else { throw .headTooLong }
        head.append(byte)
        guard byte == ASCII.lineFeed else { return }
        guard head.count >= 2, head[head.count - 2] == ASCII.carriageReturn else { throw .malformedHead }
        let isEnd = head.count == 2 || head.count >= 4 && head[head.count - 3] == ASCII.lineFeed
        guard isEnd else { return }
        handle(.part(try MultipartHead.part(head)))
        head = []
        state = .data
        // The part may be empty: its delimiter's line end is then the head's own empty line. RFC 2046 wants one more,
        // and so do we.
        matched = 0
    }
}
