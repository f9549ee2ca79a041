// The body format application/x-www-form-urlencoded.

/// The decoded pairs of a form body, in order (URL Standard, application/x-www-form-urlencoded parsing).
///
/// Stricter than the standard where it would repair: a broken escape, NUL, or text that is not UTF-8 is an
/// error.
public struct FormURLEncoded: Sendable {
    private let texts: DecodedTexts

    /// Parses a whole body; `maximumPairs` bounds the number of pairs.
    ///
    /// Throws ``ParseError/invalidPercentEncoding``, ``ParseError/percentEncodedNUL``,
    /// ``ParseError/nulByte``, ``ParseError/invalidUTF8`` or ``ParseError/tooManyPairs``.
    public init(parsing body: Span<UInt8>, maximumPairs: Int = 256) throws(ParseError) {
        texts = try body.withUnsafeBufferPointer { (source) throws(ParseError) -> DecodedTexts in
            guard !source.contains(0) else { throw .nulByte }
            var texts = DecodedTexts(of: Array(source), capacity: 8)
            try texts.appendPairs(source, 0..<source.count, maximum: maximumPairs)
            return texts
        }
    }

    /// The number of pairs.
    public var count: Int { texts.slices.count / 2 }

    /// All pairs in order, repeats included.
    public var pairs: [(name: String, value: String)] {
        (0..<count).map { (texts.text(2 * $0), texts.text(2 * $0 + 1)) }
    }

    /// The value of the first pair with this name, or nil.
    public func value(_ name: StaticString) -> String? {
        for pair in 0..<count where texts.equals(2 * pair, name) { return texts.text(2 * pair + 1) }
        return nil
    }
}
