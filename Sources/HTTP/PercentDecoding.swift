// Percent-decoding, done once and strictly, for path segments, queries and forms.

/// A table of decoded texts: the source, with the texts that needed decoding appended behind a copy of it.
///
/// Text without escapes stays where it is in the source, so the usual target costs one allocation.
struct DecodedTexts: Sendable {
    private(set) var bytes: [UInt8]
    private(set) var slices: [HeadSlice] = []

    init(of source: [UInt8], capacity: Int) {
        bytes = source
        slices.reserveCapacity(capacity)
    }

    init() { bytes = [] }

    func text(_ index: Int) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0.slice(slices[index].range), as: UTF8.self) }
    }

    func equals(_ index: Int, _ text: StaticString) -> Bool {
        let slice = slices[index]
        guard Int(slice.count) == text.utf8CodeUnitCount else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            let start = Int(slice.start)
            for offset in 0..<Int(slice.count) where bytes[start + offset] != text.utf8Start[offset] {
                return false
            }
            return true
        }
    }

    /// Adds the text of `range` in the source, which holds no escapes and only ASCII.
    @inline(__always)
    mutating func appendPlain(_ range: Range<Int>) { slices.append(HeadSlice(range)) }

    /// Decodes `range` of the source and adds the result.
    ///
    /// `+` becomes a space when `plusIsSpace`.
    mutating func appendDecoded(
        _ source: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        plusIsSpace: Bool
    ) throws(ParseError) {
        let start = bytes.count
        var position = range.lowerBound
        var isASCII = true
        while position < range.upperBound {
            var byte = source[position]
            position += 1
            if byte == ASCII.percent {
                guard position + 1 < range.upperBound, let high = ASCII.hexValue(source[position]),
                    let low = ASCII.hexValue(source[position + 1])
                else { throw .invalidPercentEncoding }
                byte = high << 4 | low
                position += 2
                if byte == 0 { throw .percentEncodedNUL }
            } else if byte == ASCII.plus, plusIsSpace {
                byte = ASCII.space
            }
            if byte >= 0x80 { isASCII = false }
            bytes.append(byte)
        }
        if !isASCII {
            do {
                _ = try UTF8Span(validating: bytes.span.extracting(start..<bytes.count))
            } catch {
                throw .invalidUTF8
            }
        }
        slices.append(HeadSlice(start..<bytes.count))
    }

    /// Splits `range` at `&` and each part at its first `=`, and adds name and value of each.
    ///
    /// Empty parts are skipped; a part without `=` has an empty value (URL Standard,
    /// application/x-www-form-urlencoded).
    mutating func appendPairs(
        _ source: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        maximum: Int
    ) throws(ParseError) {
        var start = range.lowerBound
        var pairs = 0
        while start < range.upperBound {
            var end = start
            var equals = -1
            while end < range.upperBound, source[end] != ASCII.ampersand {
                if source[end] == ASCII.equals, equals < 0 { equals = end }
                end += 1
            }
            if end > start {
                pairs += 1
                guard pairs <= maximum else { throw .tooManyPairs }
                try appendDecoded(source, start..<(equals < 0 ? end : equals), plusIsSpace: true)
                try appendDecoded(source, (equals < 0 ? end : equals + 1)..<end, plusIsSpace: true)
            }
            start = end + 1
        }
    }
}
