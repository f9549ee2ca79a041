// Reads the structure of a document into nodes, in one pass and without recursion.

/// The reader's state between bytes.
///
/// Open containers are chained through their own nodes' links, so nesting costs neither the call stack nor
/// a stack of our own.
struct TapeBuilder {
    private(set) var nodes: [Node] = []
    private let depthLimit: Int
    private let nodeLimit: Int
    private var depth = 0
    /// The innermost open container.
    private var open = Node.outermost
    /// Whether the next thing to read is a value, rather than what follows one.
    private var awaitsValue = true

    init(depthLimit: Int, nodeLimit: Int, inputCount: Int) {
        self.depthLimit = depthLimit
        self.nodeLimit = nodeLimit
        // A guess that fits ordinary bodies at once; beyond it the array doubles, so that ten megabytes of
        // one refused document do not reserve memory for ten megabytes of values.
        nodes.reserveCapacity(min(inputCount / 8 + 8, 1024))
    }

    /// Reads the whole document.
    mutating func build(_ input: Span<UInt8>) throws(JSONError) {
        guard input.count <= Int(UInt32.max) else { throw JSONError(reason: .tooLong, offset: 0) }
        if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF {
            throw JSONError(reason: .byteOrderMark, offset: 0)
        }
        var position = skipWhiteSpace(input, from: 0)
        while true {
            position = try readValue(input, at: position)
            if awaitsValue { continue }
            guard let next = try readUpToNextValue(input, at: position) else { return }
            position = next
        }
    }

    /// Reads a scalar, an empty container, or the opening of any other up to its first value.
    private mutating func readValue(_ input: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        awaitsValue = false
        guard start < input.count else { throw JSONError(reason: .unexpectedEnd, offset: start) }
        switch input[start] {
        case ASCII.quote:
            return try readString(input, at: start)
        case ASCII.openBrace:
            try enter(.object, at: start)
            let next = skipWhiteSpace(input, from: start + 1)
            if next < input.count, input[next] == ASCII.closeBrace { return try leave(input, at: next) }
            awaitsValue = true
            return try readKey(input, at: next)
        case ASCII.openBracket:
            try enter(.array, at: start)
            let next = skipWhiteSpace(input, from: start + 1)
            if next < input.count, input[next] == ASCII.closeBracket { return try leave(input, at: next) }
            awaitsValue = true
            return next
        case ASCII.minus, ASCII.zero...ASCII.nine:
            let (tag, end) = try scanNumber(input, at: start)
            try append(Node(tag, start: start, end: end))
            return end
        case ASCII.t:
            return try readLiteral(input, at: start, "true", .true)
        case ASCII.f:
            return try readLiteral(input, at: start, "false", .false)
        case ASCII.n:
            return try readLiteral(input, at: start, "null", .null)
        case let byte:
            throw JSONError(reason: .unexpectedByte(byte), offset: start)
        }
    }

    /// Reads closing brackets, then the separator and, in an object, the key before the next value.
    ///
    /// - Returns: Where that value begins; nil at the end of the document.
    private mutating func readUpToNextValue(_ input: Span<UInt8>, at start: Int) throws(JSONError) -> Int? {
        var position = skipWhiteSpace(input, from: start)
        while open != Node.outermost {
            guard position < input.count else { throw JSONError(reason: .unexpectedEnd, offset: position) }
            let isObject = nodes[Int(open)].tag == .object
            let byte = input[position]
            if byte == ASCII.comma {
                let next = skipWhiteSpace(input, from: position + 1)
                return isObject ? try readKey(input, at: next) : next
            }
            guard byte == (isObject ? ASCII.closeBrace : ASCII.closeBracket) else {
                throw JSONError(reason: .unexpectedByte(byte), offset: position)
            }
            position = skipWhiteSpace(input, from: try leave(input, at: position))
        }
        guard position == input.count else { throw JSONError(reason: .trailingBytes, offset: position) }
        return nil
    }

    /// Reads a key and its colon.
    ///
    /// - Returns: Where the value begins.
    private mutating func readKey(_ input: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        guard start < input.count else { throw JSONError(reason: .unexpectedEnd, offset: start) }
        guard input[start] == ASCII.quote else {
            throw JSONError(reason: .unexpectedByte(input[start]), offset: start)
        }
        let (tag, end) = try scanString(input, from: start)
        let content = input.extracting(start + 1..<end - 1)
        let fingerprint = keyFingerprint(content, isEscaped: tag == .escapedString)
        try append(Node(tag, start: start, end: end, link: fingerprint), countedByContainer: false)
        let colon = skipWhiteSpace(input, from: end)
        guard colon < input.count else { throw JSONError(reason: .unexpectedEnd, offset: colon) }
        guard input[colon] == ASCII.colon else {
            throw JSONError(reason: .unexpectedByte(input[colon]), offset: colon)
        }
        return skipWhiteSpace(input, from: colon + 1)
    }

    private mutating func readString(_ input: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        let (tag, end) = try scanString(input, from: start)
        try append(Node(tag, start: start, end: end))
        return end
    }

    private mutating func readLiteral(
        _ input: Span<UInt8>,
        at start: Int,
        _ word: StaticString,
        _ tag: Node.Tag
    ) throws(JSONError) -> Int {
        let length = word.utf8CodeUnitCount
        for index in 1..<length {
            let position = start + index
            guard position < input.count else { throw JSONError(reason: .unexpectedEnd, offset: position) }
            guard input[position] == word.utf8Start[index] else {
                throw JSONError(reason: .unexpectedByte(input[position]), offset: position)
            }
        }
        try append(Node(tag, start: start, end: start + length))
        return start + length
    }

    private mutating func enter(_ tag: Node.Tag, at start: Int) throws(JSONError) {
        guard depth < depthLimit else { throw JSONError(reason: .tooDeep(depthLimit), offset: start) }
        depth += 1
        let index = nodes.count
        try append(Node(tag, start: start, end: start, link: open))
        open = UInt32(truncatingIfNeeded: index)
    }

    /// Closes the innermost container, whose closing bracket stands at `position`.
    private mutating func leave(_ input: Span<UInt8>, at position: Int) throws(JSONError) -> Int {
        let closing = Int(open)
        if nodes[closing].tag == .object, nodes[closing].count > 1 {
            try refuseDuplicateKeys(ofObjectAt: closing, input)
        }
        open = nodes[closing].link
        nodes[closing].end = UInt32(truncatingIfNeeded: position + 1)
        nodes[closing].link = UInt32(truncatingIfNeeded: nodes.count)
        depth -= 1
        return position + 1
    }

    private mutating func append(_ node: Node, countedByContainer: Bool = true) throws(JSONError) {
        guard nodes.count < nodeLimit else {
            throw JSONError(reason: .tooManyNodes(nodeLimit), offset: Int(node.start))
        }
        if countedByContainer, open != Node.outermost { nodes[Int(open)].countOneMore() }
        nodes.append(node)
    }
}

/// The first position that is not one of the four bytes RFC 8259 section 2 calls white space.
@inline(__always)
private func skipWhiteSpace(_ input: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position < input.count {
        let byte = input[position]
        guard byte <= ASCII.space else { break }
        guard
            byte == ASCII.space || byte == ASCII.lineFeed || byte == ASCII.carriageReturn || byte == ASCII.tab
        else { break }
        position += 1
    }
    return position
}
