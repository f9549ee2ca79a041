// The text that a search looks for: compared without case, in any script.

/// A text to be found inside messages.
///
/// Characters are compared in lower case, one Unicode scalar at a time; nothing else is folded, so what is
/// found is what stands there. An index by groups of three scalars finds candidates, `matches` decides.
public struct HistorySearch: Equatable, Sendable {
    /// The text as sent.
    public let text: String
    private let folded: [Unicode.Scalar]

    /// The longest accepted text, in characters.
    public static let maximumCharacters = 128

    /// Wraps a text; nil for an empty one.
    public init?(_ text: String) {
        let folded = Self.folded(text)
        guard !folded.isEmpty else { return nil }
        self.text = text
        self.folded = folded
    }

    /// The groups of three neighbouring scalars, in lower case; none for a text of less than three.
    public var trigrams: [String] {
        guard folded.count >= 3 else { return [] }
        var seen: Set<String> = []
        var trigrams: [String] = []
        for start in 0...folded.count - 3 {
            var trigram = String.UnicodeScalarView()
            trigram.append(contentsOf: folded[start..<start + 3])
            if seen.insert(String(trigram)).inserted { trigrams.append(String(trigram)) }
        }
        return trigrams
    }

    /// Whether the text stands in this one.
    public func matches(_ other: String) -> Bool {
        let other = Self.folded(other)
        guard other.count >= folded.count else { return false }
        for start in 0...other.count - folded.count
        where other[start] == folded[0] && other[start..<start + folded.count].elementsEqual(folded) {
            return true
        }
        return false
    }

    private static func folded(_ text: String) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: scalars.append(Unicode.Scalar(UInt8(scalar.value) + 0x20))
            case 0..<0x80, 0x2E80..<0xA640, 0xAC00..<0xE000: scalars.append(scalar)  // No case in these.
            default:
                // Only mappings of one scalar to one: lengths stay as they are.
                let lower = scalar.properties.lowercaseMapping.unicodeScalars
                scalars.append(lower.count == 1 ? lower.first ?? scalar : scalar)
            }
        }
        return scalars
    }
}
