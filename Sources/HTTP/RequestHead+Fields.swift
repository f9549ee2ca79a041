// Looking at the fields of a head by name, in order, with and without making strings.

extension RequestHead {
    /// The number of field lines.
    public var fieldCount: Int { lines.count }

    /// The value of the first field line with this lower-case name, without blanks around it, or nil.
    ///
    /// Bytes that are not UTF-8 become U+FFFD. Linear in the number of fields.
    public func firstValue(_ name: StaticString) -> String? {
        bytes.withUnsafeBufferPointer { bytes in
            guard let line = firstLine(name, bytes) else { return nil }
            return String(decoding: bytes.slice(line.value.range), as: UTF8.self)
        }
    }

    /// The values of all field lines with this lower-case name, in order of arrival.
    public func values(_ name: StaticString) -> [String] {
        bytes.withUnsafeBufferPointer { bytes in
            lines.filter { bytes.matchesToken($0.name.range, name) }
                .map { String(decoding: bytes.slice($0.value.range), as: UTF8.self) }
        }
    }

    /// Whether a field line with this lower-case name is there.
    public func hasField(_ name: StaticString) -> Bool {
        bytes.withUnsafeBufferPointer { firstLine(name, $0) != nil }
    }

    /// Lends the value bytes of the first field line with this lower-case name; nil if there is none.
    ///
    /// No allocation.
    public func withValue<Result, Failure: Error>(
        _ name: StaticString,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let line = bytes.withUnsafeBufferPointer({ firstLine(name, $0) }) else { return nil }
        return try body(bytes.span.extracting(line.value.range))
    }

    /// The value bytes of the first field line with this lower-case name, as a part of the head's own; nil if there is none.
    ///
    /// No allocation.
    public func valueBytes(_ name: StaticString) -> ArraySlice<UInt8>? {
        guard let line = bytes.withUnsafeBufferPointer({ firstLine(name, $0) }) else { return nil }
        return bytes[line.value.range]
    }

    /// Whether some field line with this lower-case name has `token`, lower case too, as a member of its
    /// comma-separated list, in any case (RFC 9110 section 5.6.1).
    ///
    /// No allocation.
    public func listContains(_ name: StaticString, _ token: StaticString) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            lines.contains { line in
                bytes.matchesToken(line.name.range, name) && bytes.list(line.value.range, contains: token)
            }
        }
    }

    /// The fields in order of arrival, repeats included, as strings; for logs and tests.
    public var fields: Fields { Fields(head: self) }

    /// The field lines of a head, in order.
    public struct Fields: Sequence, Sendable {
        let head: RequestHead

        /// Iterates over name and value; names keep the spelling received.
        public func makeIterator() -> AnyIterator<(name: String, value: String)> {
            var lines = head.lines.makeIterator()
            return AnyIterator { [head] in
                lines.next().map { (head.text($0.name), head.text($0.value)) }
            }
        }
    }

    @inline(__always)
    private func firstLine(_ name: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) -> FieldLine? {
        for line in lines where bytes.matchesToken(line.name.range, name) { return line }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the comma-separated list in `range` has the member `token`, which is lower case; any case
    /// matches.
    func list(_ range: Range<Int>, contains token: StaticString) -> Bool {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, self[end] != ASCII.comma { end &+= 1 }
            if matchesToken(trimmingBlanks(start..<end), token) { return true }
            start = end &+ 1
        }
        return false
    }
}
