// A second reader, written for plainness and not for speed, to compare the module's own with.

import JSON

/// Reads by recursion over Unicode scalars, with the standard library's conversions and a set of keys.
struct ReferenceReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private let depthLimit: Int

    private struct Refused: Error {}

    /// The value of a document; nil if it is to be refused.
    static func value(of bytes: [UInt8], depthLimit: Int = 64) -> JSONValue? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var reader = ReferenceReader(scalars: Array(text.unicodeScalars), depthLimit: depthLimit)
        guard let value = try? reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        return reader.position == reader.scalars.count ? value : nil
    }

    private init(scalars: [Unicode.Scalar], depthLimit: Int) {
        self.scalars = scalars
        self.depthLimit = depthLimit
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func skipSpace() {
        while let scalar = current, [" ", "\n", "\r", "\t"].contains(scalar) { position += 1 }
    }

    private mutating func take(_ expected: Unicode.Scalar) -> Bool {
        guard current == expected else { return false }
        position += 1
        return true
    }

    private mutating func next() throws -> Unicode.Scalar {
        guard let scalar = current else { throw Refused() }
        position += 1
        return scalar
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        skipSpace()
        defer { skipSpace() }
        switch current {
        case "n": return try word("null", .null)
        case "t": return try word("true", .bool(true))
        case "f": return try word("false", .bool(false))
        case "\"": return .string(try string())
        case "[": return try array(depth: depth + 1)
        case "{": return try object(depth: depth + 1)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        for scalar in word.unicodeScalars where !take(scalar) { throw Refused() }
        return value
    }

    private mutating func array(depth: Int) throws -> JSONValue {
        guard depth <= depthLimit, take("[") else { throw Refused() }
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat { elements.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw Refused() }
        return .array(elements)
    }

    private mutating func object(depth: Int) throws -> JSONValue {
        guard depth <= depthLimit, take("{") else { throw Refused() }
        var members: [JSONValue.Member] = []
        var keys: Set<[UInt8]> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let key = try string()
            guard keys.insert(Array(key.utf8)).inserted else { throw Refused() }
            skipSpace()
            guard take(":") else { throw Refused() }
            members.append(.init(key, try value(depth: depth)))
        } while take(",")
        guard take("}") else { throw Refused() }
        return .object(members)
    }

    private mutating func string() throws -> String {
        guard take("\"") else { throw Refused() }
        var units: [UInt16] = []
        while true {
            switch try next() {
            case "\"":
                guard let text = String(validating: units, as: UTF16.self) else { throw Refused() }
                return text
            case "\\": units.append(try escape())
            case let scalar where scalar.value < 0x20: throw Refused()
            case let scalar: units.append(contentsOf: Character(scalar).utf16)
            }
        }
    }

    private mutating func escape() throws -> UInt16 {
        let names: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
        ]
        let letter = try next()
        if let unit = names[letter] { return unit }
        guard letter == "u" else { throw Refused() }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(try next()).hexDigitValue, digit < 16, scalars[position - 1].isASCII
            else {
                throw Refused()
            }
            unit = unit * 16 + UInt16(digit)
        }
        return unit
    }

    private mutating func digits() throws -> String {
        var digits = ""
        while let scalar = current, ("0"..."9").contains(scalar) {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        guard !digits.isEmpty else { throw Refused() }
        return digits
    }

    private mutating func number() throws -> JSONValue {
        var literal = take("-") ? "-" : ""
        let whole = try digits()
        guard whole.count == 1 || !whole.hasPrefix("0") else { throw Refused() }
        literal += whole
        var isInteger = true
        if take(".") {
            isInteger = false
            literal += "." + (try digits())
        }
        if take("e") || take("E") {
            isInteger = false
            literal += "e" + (take("-") ? "-" : take("+") ? "+" : "") + (try digits())
        }
        if isInteger {
            if let integer = Int64(literal) { return .integer(integer) }
            guard let unsigned = UInt64(literal) else { throw Refused() }
            return .unsigned(unsigned)
        }
        guard let double = Double(literal), double.isFinite else { throw Refused() }
        return .double(double)
    }
}
