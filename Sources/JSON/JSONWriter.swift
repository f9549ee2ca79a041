// Appends a document to one buffer, value by value; commas, quotes and escapes are its own business.

/// Writes JSON without white space, in the order of the calls.
///
/// Between `beginObject` and `endObject` each value follows its `key`. Calls that would not make a document
/// are programmer errors: unbalanced ends always trap, a missing or misplaced key traps in debug builds.
public struct JSONWriter: ~Copyable {
    private var output: Output

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
    public init(reserving: Int = 512) { output = Output(reserving: reserving) }

    private init(_ output: consuming Output) { self.output = output }

    /// The bytes that a closure writes.
    ///
    /// A document no longer than `reserving` bytes is written where it stays; a longer one is copied at the end.
    public static func document(reserving: Int = 512, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var longer: [UInt8]?
        let bytes = [UInt8](unsafeUninitializedCapacity: reserving) { memory, count in
            var json = JSONWriter(Output(lending: memory))
            write(&json)
            if json.output.isLent { count = json.count } else { longer = json.bytes }
        }
        return longer ?? bytes
    }

    /// A copy of what has been written.
    public var bytes: [UInt8] { Array(output.bytes) }

    /// Bytes written.
    public var count: Int { output.count }

    /// Lends what has been written.
    public func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(output.bytes.span) }

    /// Whether every object and array has been closed, and something has been written.
    public var isComplete: Bool { depth == 0 && needsComma }

    /// Empties the buffer for the next document, unless told otherwise keeping its memory.
    public mutating func reset(keepingCapacity: Bool = true) {
        output.removeAll(keepingCapacity: keepingCapacity)
        (needsComma, awaitsValue, depth, objects, forgotten) = (false, false, 0, 0, 0)
    }

    /// Ends a complete document with a line feed and makes ready for the next one in the same buffer: a log of one
    /// document a line.
    public mutating func endLine() {
        precondition(isComplete, "a line ends behind a complete document")
        output.reserve(1)
        output.put(ASCII.lineFeed)
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
        put(key, following: ASCII.colon)
        needsComma = false
    }

    /// Any key.
    ///
    /// That no key occurs twice in an object is the caller's to see to.
    @_disfavoredOverload  // so that a literal is a `StaticString`
    public mutating func key(_ key: String) {
        willWriteKey()
        putQuoted(key)
        output.reserve(1)
        output.put(ASCII.colon)
        needsComma = false
    }

    /// A string.
    public mutating func string(_ value: String) {
        willWriteValue()
        putQuoted(value)
        needsComma = true
    }

    /// A string of several parts, as if they were one.
    public mutating func string(concatenating parts: String...) {
        willWriteValue()
        putComma(andRoomFor: 1)
        output.put(ASCII.quote)
        for part in parts { putEscaped(part) }
        output.reserve(1)
        output.put(ASCII.quote)
        needsComma = true
    }

    /// A string of ASCII that needs no escapes (checked in debug builds), put together in place.
    ///
    /// - Parameters:
    ///   - room: the most bytes it has.
    ///   - fill: writes them and says how many there are.
    public mutating func plain(upTo room: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        willWriteValue()
        putComma(andRoomFor: room + 2)
        output.put(ASCII.quote)
        output.put(upTo: room) { memory in
            let count = fill(memory)
            assert(
                isPlainASCII(UnsafeBufferPointer(rebasing: memory[..<count])),
                "a plain string must need no escapes"
            )
            return count
        }
        output.put(ASCII.quote)
        needsComma = true
    }

    /// A string written out in the source, by the rules of a static key.
    public mutating func literal(_ value: StaticString) {
        willWriteValue()
        put(value, following: nil)
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
        putComma(andRoomFor: count)
        output.put(upTo: count) { memory in
            let (_, end) = memory.update(from: value)
            precondition(end == count, "a collection must have as many bytes as it says")
            return end
        }
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
        putComma(andRoomFor: 1)
        output.put(bracket)
        needsComma = false
        depth += 1
        objects = objects << 1 | isObject
        forgotten = max(forgotten, depth - 64)
    }

    @inline(__always)
    private mutating func end(_ bracket: UInt8) {
        precondition(depth > 0, "a container is ended that was not begun")
        assert(!awaitsValue, "a key without a value")
        output.reserve(1)
        output.put(bracket)
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
        putComma(andRoomFor: text.count)
        output.put(text)
        needsComma = true
    }

    private mutating func writeInteger(magnitude: UInt64, isNegative: Bool) {
        willWriteValue()
        putComma(andRoomFor: 21)
        if isNegative { output.put(ASCII.minus) }
        output.put(decimal: magnitude)
        needsComma = true
    }

    /// A text of the source in quotes.
    @inline(__always)
    private mutating func put(_ text: StaticString, following: UInt8?) {
        let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        assert(isPlainASCII(text), "a text of the source must need no escapes")
        putComma(andRoomFor: text.count + 3)
        output.put(ASCII.quote)
        output.put(text)
        output.put(ASCII.quote)
        if let following { output.put(following) }
    }

    private mutating func putQuoted(_ text: String) {
        putComma(andRoomFor: 1)
        output.put(ASCII.quote)
        putEscaped(text)
        output.reserve(1)
        output.put(ASCII.quote)
    }

    /// A text with what must be escaped escaped, without quotes.
    private mutating func putEscaped(_ text: String) {
        text.utf8Span.span.withUnsafeBufferPointer { text in
            var position = ordinaryPrefix(of: text, from: 0)
            output.reserve(position + 1)
            output.put(UnsafeBufferPointer(rebasing: text[..<position]))
            while position < text.count {
                let next = ordinaryPrefix(of: text, from: position + 1)
                output.reserve(7 + next - position)
                output.put(Escape(text[position]))
                output.put(UnsafeBufferPointer(rebasing: text[position + 1..<next]))
                position = next
            }
        }
    }

    /// Makes room for a comma, if one is due, and `count` more bytes, and puts the comma.
    @inline(__always)
    private mutating func putComma(andRoomFor count: Int) {
        output.reserve(count + 1)
        if needsComma { output.put(ASCII.comma) }
    }
}
