// JSON values as YAML text: block style, two spaces a level, the same text for the same value.

import JSON

/// Writes YAML that readers of versions 1.1 and 1.2 take for the JSON value it was made from.
///
/// Everything that a reader might take for something else is quoted: `no` is a truth value in 1.1, `1e3` a number in
/// 1.2 only. Keys are written on one line, so they must be shorter than the 1024 characters that YAML allows there.
struct YAML {
    private var text = ""

    /// The document of a value, ending with a line feed.
    static func document(_ value: JSONValue) -> String {
        var yaml = YAML()
        switch value {
        case .object(let members) where !members.isEmpty: yaml.write(members, indent: 0)
        case .array(let elements) where !elements.isEmpty: yaml.write(elements, indent: 0)
        default: yaml.text += scalar(value, indent: 2) + "\n"
        }
        return yaml.text
    }

    /// Writes a mapping.
    ///
    /// Its first line continues the current one, which ends where the mapping's column begins.
    private mutating func write(_ members: [JSONValue.Member], indent: Int) {
        for (position, member) in members.enumerated() {
            if position > 0 { startLine(indent) }
            text += Self.word(member.key) + ":"
            switch member.value {
            case .object(let members) where !members.isEmpty:
                text += "\n"
                startLine(indent + 2)
                write(members, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty:
                if let row = Self.row(elements, column: indent + member.key.utf8.count + 2) {
                    text += " \(row)\n"
                } else {
                    text += "\n"
                    startLine(indent + 2)
                    write(elements, indent: indent + 2)
                }
            default:
                text += " \(Self.scalar(member.value, indent: indent + 2))\n"
            }
        }
    }

    /// Writes a sequence, beginning in the current line.
    private mutating func write(_ elements: [JSONValue], indent: Int) {
        for (position, element) in elements.enumerated() {
            if position > 0 { startLine(indent) }
            text += "- "
            switch element {
            case .object(let members) where !members.isEmpty: write(members, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty: write(elements, indent: indent + 2)
            default: text += Self.scalar(element, indent: indent + 2) + "\n"
            }
        }
    }

    private mutating func startLine(_ indent: Int) {
        text += String(repeating: " ", count: indent)
    }
}

extension YAML {
    /// A list of plain words in one line, where it fits, as `[action, data]`.
    ///
    /// Names of members are half of a schema.
    private static func row(_ elements: [JSONValue], column: Int) -> String? {
        var words: [String] = []
        for element in elements {
            guard let word = element.string, isPlain(word),
                word.utf8.allSatisfy({
                    isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x20 || $0 == UInt8(ascii: "_")
                        || $0 == UInt8(ascii: "-")
                })
            else { return nil }
            words.append(word)
        }
        let row = "[\(words.joined(separator: ", "))]"
        return column + row.utf8.count <= 140 ? row : nil
    }

    /// A value that isn't a filled container; a text of several lines goes on at `indent`.
    private static func scalar(_ value: JSONValue, indent: Int) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .unsigned(let value): "\(value)"
        case .double(let value): number(value)
        case .string(let text): block(text, indent: indent) ?? word(text)
        case .array: "[]"
        case .object: "{}"
        }
    }

    /// Version 1.1 takes a number without a point for a text.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        let digits = "\(value)"
        guard !digits.contains("."), let exponent = digits.firstIndex(of: "e") else { return digits }
        return digits[..<exponent] + ".0" + digits[exponent...]
    }

    /// A text of several lines as a literal block, where it can be one.
    private static func block(_ text: String, indent: Int) -> String? {
        let scalars = text.unicodeScalars
        guard scalars.contains("\n"), scalars.first != "\n", scalars.first != " ", !text.hasSuffix("\n\n"),
            scalars.allSatisfy({ $0 == "\n" || isPrintable($0) })
        else { return nil }
        let isClosed = text.hasSuffix("\n")
        let margin = String(repeating: " ", count: indent)
        let lines = (isClosed ? text.dropLast() : text[...]).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        return (isClosed ? "|" : "|-") + lines.map { $0.isEmpty ? "\n" : "\n\(margin)\($0)" }.joined()
    }

    /// A text on one line: bare where nothing else can be read, else quoted.
    private static func word(_ text: String) -> String {
        if isPlain(text) { return text }
        let isASCII = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "'") }
        if isASCII { return "'\(text)'" }
        return "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// Whether a text means itself without quotes: it begins like a word or a path, holds only visible ASCII and
    /// inner blanks, and nothing that would end it or begin a comment.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, isLetter(first) || "/_$".utf8.contains(first),
            let last = bytes.last, last != 0x20, last != UInt8(ascii: ":"),
            bytes.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return false }
        for (byte, next) in zip(bytes, bytes.dropFirst()) {
            if byte == UInt8(ascii: ":") && next == 0x20 || byte == 0x20 && next == UInt8(ascii: "#") {
                return false
            }
        }
        return !reserved.contains(text.lowercased())
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
    }

    /// The characters that a document may hold as they are, except line breaks (YAML 1.2.2 §5.1), without the
    /// byte order mark and the separators that version 1.1 takes for line breaks.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028, 0x2029, 0xFEFF: false
        case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case _ where isPrintable(scalar): return String(scalar)
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
    }
}
