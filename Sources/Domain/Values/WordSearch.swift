// Words of names, and the pattern that finds them: whole words, beginnings of words, and parts of texts without spaces.

/// A search in names: words that stand one behind the other, the last one perhaps cut short.
///
/// A word is a run of letters and digits, compared in lower case. In scripts that put no space between words (Chinese, and Japanese
/// syllables) each character is a word of its own, so that any part of a text is found.
public struct WordSearch: Equatable, Sendable {
    /// The words, in lower case; at least one.
    public let words: [String]
    /// Whether the last word is only the beginning of one.
    public let isPrefix: Bool

    /// Reads a pattern: words, and a `*` behind the last one where it is a beginning.
    ///
    /// - Returns: nil for a pattern without a letter or digit, and for one with a `*` anywhere else.
    public init?(_ pattern: String) {
        let isPrefix = pattern.utf8.last == UInt8(ascii: "*")
        let text = isPrefix ? pattern.dropLast() : pattern[...]
        let words = Self.words(in: text)
        guard !words.isEmpty, !text.utf8.contains(UInt8(ascii: "*")) else { return nil }
        // Behind a sign that is no part of a word there is nothing to go on with.
        let endsWithWord = text.unicodeScalars.last.map { Self.kind(of: $0) != .other } ?? false
        guard !isPrefix || endsWithWord else { return nil }
        self.words = words
        self.isPrefix = isPrefix
    }

    /// Whether the words stand in a text.
    public func matches(_ text: String) -> Bool {
        let others = Self.words(in: text)
        guard others.count >= words.count else { return false }
        return (0...others.count - words.count).contains { start in
            words.indices.allSatisfy { index in
                let (wanted, found) = (words[index], others[start + index])
                let isCut = isPrefix && index == words.count - 1
                return isCut ? found.utf8.starts(with: wanted.utf8) : found.utf8.elementsEqual(wanted.utf8)
            }
        }
    }

    /// The words of a text in their order, in lower case.
    public static func words(in text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            switch kind(of: scalar) {
            case .letter:
                word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            case .mark where !word.isEmpty:
                word.append(scalar)
            case .ideograph:
                end()
                words.append(String(Character(scalar)))
            case .mark, .other:
                end()
            }
        }
        end()
        return words
    }

    private enum ScalarKind { case letter, mark, ideograph, other }

    private static func kind(of scalar: Unicode.Scalar) -> ScalarKind {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return .letter
        case 0..<0x80: return .other
        case 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
            return .ideograph
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            return .letter
        default: return .other
        }
    }
}
