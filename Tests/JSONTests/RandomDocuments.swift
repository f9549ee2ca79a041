// Random values, and random damage to documents.

import JSON
import RandomKit

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
        case 0: return chance(50) ? .null : .bool(chance(50))
        case 1: return .integer([0, -1, .max, .min, 10, 99].randomElement(using: &self) ?? 0)
        case 2: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0..<64, using: &self))
        case 3: return chance(20) ? .unsigned(next() | 1 << 63) : .double(finiteDouble())
        case 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth - 1) })
        default: return .object(members(depth: depth - 1))
        }
    }

    private mutating func members(depth: Int) -> [JSONValue.Member] {
        var keys: Set<[UInt8]> = []
        let count = chance(5) ? 40 : Int.random(in: 0..<6, using: &self)
        return (0..<count).compactMap { _ in
            let key = text()
            return keys.insert(Array(key.utf8)).inserted ? .init(key, value(depth: depth)) : nil
        }
    }

    private mutating func finiteDouble() -> Double {
        while true {
            let double =
                chance(30) ? Double(Int16(truncatingIfNeeded: next())) / 8 : Double(bitPattern: next())
            if double.isFinite { return double }
        }
    }

    private mutating func text() -> String {
        let pool: [Unicode.Scalar] = [
            "a", "b", "0", " ", "\"", "\\", "/", "\n", "\t", "\0", "\u{1F}", "\u{7F}", "\u{E9}", "e",
            "\u{301}", "中",
            "\u{1F600}", "\u{2028}", "\u{FFFF}", "\u{10FFFF}", "\u{D7FF}", "\u{E000}", "u", "{",
        ]
        var text = ""
        for _ in 0..<(chance(10) ? 40 : Int.random(in: 0..<8, using: &self)) {
            text.unicodeScalars.append(pool.randomElement(using: &self) ?? "x")
        }
        return text
    }

    /// One to three edits such as a damaged or hostile sender might make.
    mutating func damage(_ document: [UInt8]) -> [UInt8] {
        let pieces: [[UInt8]] =
            [
                "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "1", "-", ".", "e5", "E+9", "e400", "\\u",
                "\\ud83d", "\\udE00", "\\n",
                " ", "\n", "\0", "null", "true", "\u{FEFF}", "\u{E9}", "99999999999999999999", "{\"a\":1}",
                "\"a\"",
            ].map { Array($0.utf8) } + [
                [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE4],
            ]
        var damaged = document
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let at = Int.random(in: 0...damaged.count, using: &self)
            let end = min(damaged.count, at + Int.random(in: 1...4, using: &self))
            switch Int.random(in: 0..<6, using: &self) {
            case 0 where at < damaged.count: damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: damaged.removeSubrange(at..<end)
            case 2: damaged.insert(contentsOf: Array(damaged[at..<end]), at: at)
            case 3: damaged.replaceSubrange(at..<end, with: pieces.randomElement(using: &self) ?? [])
            case 4 where chance(20): damaged.removeSubrange(at...)
            default: damaged.insert(contentsOf: pieces.randomElement(using: &self) ?? [], at: at)
            }
        }
        return damaged
    }
}
