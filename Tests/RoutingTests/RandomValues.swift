// Random JSON values.

import JSON
import RandomKit

extension SeededGenerator {
    /// Any JSON value, nested at most so deep.
    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
        case 0: return [.null, true, false, 0, -1, 1.0, .unsigned(.max)].randomElement(using: &self) ?? .null
        case 1: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0..<64, using: &self))
        case 2: return .double(Double(Int32(truncatingIfNeeded: next())) / 1024 * 1e18)
        case 3, 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth - 1) })
        default: return .object(members(depth: depth - 1))
        }
    }

    /// A short text of characters that mean something in YAML or JSON.
    mutating func text() -> String {
        let pool: [Unicode.Scalar] = [
            "a", "b", "e", "n", "o", "y", "0", "1", ".", "-", "+", ":", "#", " ", " ", "\n", "\n", "\t", "\r",
            "'", "\"",
            "\\", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "~", "=", "<", "?", "/",
            "_", "$", "\0",
            "\u{1F}", "\u{7F}", "\u{85}", "\u{A0}", "é", "中", "\u{301}", "\u{2028}", "\u{FEFF}", "\u{FFFE}",
            "😀",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0..<7, using: &self) {
            text.unicodeScalars.append(pool.randomElement(using: &self) ?? "x")
        }
        return text
    }

    private mutating func members(depth: Int) -> [JSONValue.Member] {
        var keys: Set<[UInt8]> = []
        return (0..<Int.random(in: 0..<6, using: &self)).compactMap { _ in
            let key = text()
            return keys.insert(Array(key.utf8)).inserted ? .init(key, value(depth: depth)) : nil
        }
    }
}
