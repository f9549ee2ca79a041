// Appends a document to one buffer, value by value; commas, quotes and escapes are its own business.

/// Writes JSON without white space, in the order of the calls.
///
/// Between `beginObject` and `endObject` each value follows its `key`. Calls that would not make a document
/// are programmer errors: unbalanced ends always trap, a missing or misplaced key traps in debug builds.
public struct JSONWriter: Sendable {
    /// What has been written, after whatever the writer was given to append to.
    public private(set) var bytes: [UInt8]

    /// Whether the next key or value needs a comma before it.
    private var needsComma = false
    /// Whether a key has been written that has no value yet.
    private var awaitsValue = false
    private var depth = 0
    /// A bit for each of the innermost 64 open containers, set for objects, innermost lowest.
    private var objects: UInt64 = 0
    /// How many of the outermost open containers have lost their bits; what they hold goes unchecked.
    private var forgotten = 0

    /// A writer on an empty buffer.
    ///
    /// - Parameter reserving: The bytes to allocate at once; the buffer doubles when they don't suffice.
    public init(reserving: Int = 512) {
        bytes = []
        bytes.reserveCapacity(reserving)
    }

    /// A writer that continues a buffer, such as one that already holds a response's head.
    public init(appendingTo bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    /// Whether every object and array has been closed, and something has been written.
    public var isComplete: Bool { depth == 0 && needsComma }

    /// Empties the buffer for the next document, unless told otherwise keeping its memory.
    public mutating func reset(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        (needsComma, awaitsValue, depth, objects, forgotten) = (false, false, 0, 0, 0)
    }

    /// Ends a complete document with a line feed and makes ready for the next one in the same buffer: a log of one
    /// document a line.
    public mutating func endLine() {
        precondition(isComplete, "a line ends behind a complete document")
        bytes.append(ASCII.lineFeed)
        needsComma = false
    }

    /// Opens an object.
    public mutating func beginObject() {
        begin(ASCII.openBrace, isObject: 1)
    }

    /// Closes the innermost container, an object.
    public mutating func endObject() {
        assert(isUnchecked || objects & 1 == 1, "endObject without beginObject")
        end(ASCII.closeBrace)
    }

    /// Opens an array.
    public mutating func beginArray() {
        begin(ASCII.openBracket, isObject: 0)
    }

    /// Closes the innermost container, an array.
    public mutating func endArray() {
        assert(isUnchecked || objects & 1 == 0, "endArray without beginArray")
        end(ASCII.closeBracket)
    }

    /// A key that needs no escapes (ASCII without quote, backslash and control characters; checked in debug
    /// builds).
    public mutating func key(_ key: StaticString) {
        willWriteKey()
        key.withUTF8Buffer { text in
            assert(isPlainASCII(text), "a static key must need no escapes")
            appendItem(upTo: text.count + 3) { output in
                output.append(ASCII.quote)
                output.append(copying: text)
                output.append(ASCII.quote)
                output.append(ASCII.colon)
            }
        }
        needsComma = false
    }

    /// Any key.
    ///
    /// That no key occurs twice in an object is the caller's to see to.
    @_disfavoredOverload  // so that a literal is a `StaticString`
    public mutating func key(_ key: String) {
        willWriteKey()
        appendQuoted(key)
        bytes.append(ASCII.colon)
        needsComma = false
    }

    /// A string.
    public mutating func string(_ value: String) {
        willWriteValue()
        appendQuoted(value)
        needsComma = true
    }

    /// A string written out in the source, by the rules of a static key.
    public mutating func literal(_ value: StaticString) {
        willWriteValue()
        value.withUTF8Buffer { text in
            assert(isPlainASCII(text), "a literal must need no escapes")
            appendItem(upTo: text.count + 2) { output in
                output.append(ASCII.quote)
                output.append(copying: text)
                output.append(ASCII.quote)
            }
        }
        needsComma = true
    }

    /// An integer in decimal digits.
    public mutating func integer(_ value: Int64) {
        writeInteger(magnitude: value.magnitude, isNegative: value < 0)
    }

    /// An integer in decimal digits.
    public mutating func integer(_ value: UInt64) {
        writeInteger(magnitude: value, isNegative: false)
    }

    /// An integer of any type whose value fits `Int64` or `UInt64`.
    @inlinable
    public mutating func integer(_ value: some BinaryInteger) {
        if let signed = Int64(exactly: value) {
            integer(signed)
        } else if let unsigned = UInt64(exactly: value) {
            integer(unsigned)
        } else {
            preconditionFailure("an integer beyond Int64 and UInt64 would be refused by readers")
        }
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        scalar(value ? "true" : "false")
    }

    /// `null`.
    public mutating func null() {
        scalar("null")
    }

    /// The shortest digits that read back as this very value; whole values keep their ".0".
    ///
    /// JSON has no NaN and no infinities: they are written as `null`, as ECMAScript does, since one bad
    /// quotient in a reply must not end a server of many clients.
    public mutating func double(_ value: Double) {
        guard value.isFinite else { return null() }
        var digits = value.description
        digits.withUTF8 { scalar($0) }
    }

    /// The bytes of exactly one complete JSON value, such as `JSONView.text`; they are not checked.
    public mutating func raw(_ value: some Collection<UInt8>) {
        let count = value.count
        precondition(count > 0, "a raw value must not be empty")
        willWriteValue()
        if needsComma { bytes.append(ASCII.comma) }
        bytes.append(contentsOf: value)
        needsComma = true
    }
}

extension JSONWriter {
    private var isUnchecked: Bool { depth > 0 && depth <= forgotten }

    @inline(__always)
    private mutating func willWriteValue() {
        assert(depth > 0 || !needsComma, "a document has one value")
        assert(
            depth == 0 || isUnchecked || awaitsValue == (objects & 1 == 1),
            "a member's value needs a key, an element must have none"
        )
        awaitsValue = false
    }

    @inline(__always)
    private mutating func willWriteKey() {
        assert(isUnchecked || (depth > 0 && objects & 1 == 1), "a key outside an object")
        assert(!awaitsValue, "a key after a key")
        awaitsValue = true
    }

    @inline(__always)
    private mutating func begin(_ bracket: UInt8, isObject: UInt64) {
        willWriteValue()
        appendItem(upTo: 1) { output in
            output.append(bracket)
        }
        needsComma = false
        depth += 1
        objects = objects << 1 | isObject
        forgotten = max(forgotten, depth - 64)
    }

    @inline(__always)
    private mutating func end(_ bracket: UInt8) {
        precondition(depth > 0, "a container is ended that was not begun")
        assert(!awaitsValue, "a key without a value")
        bytes.append(bracket)
        needsComma = true
        depth -= 1
        objects >>= 1
        forgotten = min(forgotten, depth)
    }

    private mutating func scalar(_ word: StaticString) {
        word.withUTF8Buffer { scalar($0) }
    }

    private mutating func scalar(_ text: UnsafeBufferPointer<UInt8>) {
        willWriteValue()
        appendItem(upTo: text.count) { output in
            output.append(copying: text)
        }
        needsComma = true
    }

    private mutating func writeInteger(magnitude: UInt64, isNegative: Bool) {
        willWriteValue()
        appendItem(upTo: 21) { output in
            if isNegative { output.append(ASCII.minus) }
            output.append(decimal: magnitude)
        }
        needsComma = true
    }

    private mutating func appendQuoted(_ text: String) {
        var text = text
        text.withUTF8 { text in
            let plain = ordinaryPrefix(of: text, from: 0)
            appendItem(upTo: text.count + 3) { output in
                output.append(ASCII.quote)
                output.append(copying: UnsafeBufferPointer(rebasing: text[..<plain]))
                if plain == text.count { output.append(ASCII.quote) }
            }
            if plain < text.count { appendEscaped(text, from: plain) }
        }
    }

    /// The rest of a string from its first byte that must be escaped, and the closing quote.
    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, from first: Int) {
        var position = first
        while position < text.count {
            let escape = Escape(text[position])
            let next = ordinaryPrefix(of: text, from: position + 1)
            append(upTo: 6 + next - position) { output in
                output.append(escape)
                output.append(copying: UnsafeBufferPointer(rebasing: text[position + 1..<next]))
            }
            position = next
        }
        bytes.append(ASCII.quote)
    }

    /// Reserves memory for a comma, if one is due, and `count` more bytes, and fills it.
    @inline(__always)
    private mutating func appendItem(upTo count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        let needsComma = needsComma
        bytes.append(addingCapacity: count + 1) { output in
            if needsComma { output.append(ASCII.comma) }
            write(&output)
        }
    }

    @inline(__always)
    private mutating func append(upTo count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        bytes.append(addingCapacity: count, initializingWith: write)
    }
}
