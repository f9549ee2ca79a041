// A request target taken apart once: path segments and query pairs, percent-decoded after splitting.

/// Path and query of a request target (RFC 9112 section 3.2, RFC 3986 sections 3.3 and 3.4).
///
/// The path is split at `/` first and each segment decoded once afterwards, so `%2F` is a slash inside a
/// segment and `%252e` is the text `%2e`. Refused, because two readers could disagree on what they name:
/// empty segments, `.` and `..` in any spelling, `%00`, broken escapes, text that is not UTF-8, a raw
/// backslash. One trailing slash is tolerated and remembered.
public struct RequestTarget: Sendable {
    /// The most query pairs accepted.
    public static let maximumQueryPairs = 256

    /// Whether the target is `*` (OPTIONS): no path, no query.
    public let isAsterisk: Bool
    /// Whether the path ended with a slash after its last segment.
    ///
    /// False for `/` alone.
    public let hadTrailingSlash: Bool
    /// The number of path segments; 0 for `/` and `*`.
    public let segmentCount: Int
    private let texts: DecodedTexts
    /// Where the path lies in the source.
    private let path: Range<Int>

    /// Takes apart `path?query`, or `*`.
    ///
    /// An empty path counts as `/` (RFC 9110 section 4.2.3).
    public init(parsing bytes: Span<UInt8>) throws(ParseError) {
        let source = bytes.withUnsafeBufferPointer { Array($0) }
        self = source == [ASCII.asterisk] ? .asterisk : try RequestTarget(source, 0..<source.count)
    }

    /// Takes apart the path and query of a parsed head, whatever form its target has.
    ///
    /// A CONNECT target has no path: it throws ``ParseError/invalidTarget``.
    public init(_ head: RequestHead) throws(ParseError) {
        switch head.targetForm {
        case .authority: throw .invalidTarget
        case .asterisk: self = .asterisk
        case .origin, .absolute:
            self = try RequestTarget(head.bytes, head.pathAndQuerySlice.range)
        }
    }

    /// The target `*`.
    private static let asterisk = RequestTarget()

    private init() {
        isAsterisk = true
        hadTrailingSlash = false
        segmentCount = 0
        texts = DecodedTexts()
        path = 0..<0
    }

    /// Takes apart the path and query that lie in a part of the source, which is kept.
    private init(_ bytes: [UInt8], _ whole: Range<Int>) throws(ParseError) {
        var texts = DecodedTexts(of: bytes, capacity: 8)
        var hadTrailingSlash = false
        var segmentCount = 0
        path = try bytes.withUnsafeBufferPointer { (source) throws(ParseError) -> Range<Int> in
            let end = source[whole].firstIndex(of: ASCII.question) ?? whole.upperBound
            let path = whole.lowerBound..<end
            guard path.isEmpty || source[path.lowerBound] == ASCII.slash else { throw .invalidTarget }
            hadTrailingSlash = try Self.split(source, path, into: &texts)
            segmentCount = texts.slices.count
            if path.upperBound < whole.upperBound {
                let query = path.upperBound + 1..<whole.upperBound
                try Self.checkVisible(source, query)
                try texts.appendPairs(source, query, maximum: Self.maximumQueryPairs)
            }
            return path
        }
        isAsterisk = false
        self.hadTrailingSlash = hadTrailingSlash
        self.segmentCount = segmentCount
        self.texts = texts
    }

    /// Adds the segments of `path`; answers whether a slash came last.
    private static func split(
        _ source: UnsafeBufferPointer<UInt8>,
        _ path: Range<Int>,
        into texts: inout DecodedTexts
    ) throws(ParseError) -> Bool {
        var start = path.lowerBound + 1
        while start < path.upperBound {
            var end = start
            var hasEscape = false
            while end < path.upperBound, source[end] != ASCII.slash {
                let byte = source[end]
                guard ByteClass.target.contains(byte), byte != ASCII.backslash else {
                    throw byte == 0x23 ? .fragmentInTarget : .invalidTargetByte
                }
                if byte == ASCII.percent { hasEscape = true }
                end &+= 1
            }
            guard end > start else { throw .emptySegment }
            if hasEscape {
                try texts.appendDecoded(source, start..<end, plusIsSpace: false)
            } else {
                texts.appendPlain(start..<end)
            }
            let last = texts.slices.count - 1
            if texts.slices[last].count <= 2, texts.equals(last, ".") || texts.equals(last, "..") {
                throw .dotSegment
            }
            guard end < path.upperBound else { return false }
            start = end + 1
        }
        return !texts.slices.isEmpty
    }

    private static func checkVisible(
        _ source: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>
    ) throws(ParseError) {
        for position in range where !ByteClass.target.contains(source[position]) {
            throw source[position] == 0x23 ? .fragmentInTarget : .invalidTargetByte
        }
    }
}

extension RequestTarget {
    /// The path exactly as received, without the query; `/` for an empty one, `*` for the asterisk form.
    public var rawPath: String {
        if isAsterisk { return "*" }
        guard !path.isEmpty else { return "/" }
        return String(decoding: texts.bytes[path], as: UTF8.self)
    }

    /// The decoded path segments, in order.
    public var segments: [String] { (0..<segmentCount).map(texts.text) }

    /// The decoded segment at `index`, which must be below ``segmentCount``.
    public func segment(_ index: Int) -> String {
        precondition(index < segmentCount, "there is no path segment with this index")
        return texts.text(index)
    }

    /// Whether the decoded segment at `index` is exactly `text`.
    ///
    /// No allocation.
    public func segment(_ index: Int, equals text: StaticString) -> Bool {
        precondition(index < segmentCount, "there is no path segment with this index")
        return texts.equals(index, text)
    }

    /// Lends the decoded bytes (UTF-8, no NUL) of the segment at `index`.
    ///
    /// No allocation.
    public func withSegment<Result, Failure: Error>(
        _ index: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(index < segmentCount, "there is no path segment with this index")
        return try body(texts.bytes.span.extracting(texts.slices[index].range))
    }

    /// The number of query pairs.
    public var queryCount: Int { (texts.slices.count - segmentCount) / 2 }

    /// The decoded query pairs in order, repeats included.
    ///
    /// `+` is a space in both names and values.
    public var query: [(name: String, value: String)] {
        (0..<queryCount).map { (texts.text(segmentCount + 2 * $0), texts.text(segmentCount + 2 * $0 + 1)) }
    }

    /// The decoded value of the first query pair with this name, or nil; empty for a pair without `=`.
    public func queryValue(_ name: StaticString) -> String? {
        for pair in 0..<queryCount where texts.equals(segmentCount + 2 * pair, name) {
            return texts.text(segmentCount + 2 * pair + 1)
        }
        return nil
    }

    /// The decoded names of all query pairs, in order.
    public var queryNames: [String] { (0..<queryCount).map { texts.text(segmentCount + 2 * $0) } }

    /// The decoded values of all query pairs with this name, in order.
    public func queryValues(_ name: StaticString) -> [String] {
        (0..<queryCount).filter { texts.equals(segmentCount + 2 * $0, name) }
            .map { texts.text(segmentCount + 2 * $0 + 1) }
    }
}
