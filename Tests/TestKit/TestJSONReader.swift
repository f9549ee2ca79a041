// Reads JSON text strictly: one document, no duplicate names, no trailing bytes, valid UTF-8 (RFC 8259).

extension TestJSON {
    /// Why bytes were not JSON.
    public struct SyntaxError: Error, CustomStringConvertible {
        /// The fault.
        public let reason: String
        /// Where, in bytes from the start.
        public let offset: Int
        /// Both as one sentence.
        public var description: String { "not JSON: \(reason) at byte \(offset)" }
    }

    /// Reads one document.
    ///
    /// - Throws: `SyntaxError` for anything RFC 8259 doesn't allow, and for duplicate names and more than 512 levels.
    public init(parsing bytes: some Collection<UInt8>) throws(SyntaxError) {
        var reader = TestJSONReader(bytes: Array(bytes))
        self = try reader.document()
    }

    /// Reads one document from text.
    ///
    /// - Throws: `SyntaxError`, as for bytes.
    public init(parsing text: String) throws(SyntaxError) {
        try self.init(parsing: Array(text.utf8))
    }
}

private struct TestJSONReader {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    func failure(_ reason: String) -> TestJSON.SyntaxError {
        TestJSON.SyntaxError(reason: reason, offset: position)
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    mutating func expect(_ byte: UInt8) throws(TestJSON.SyntaxError) {
        guard current == byte else { throw failure("expected '\(Character(UnicodeScalar(byte)))'") }
        position += 1
    }

    mutating func document() throws(TestJSON.SyntaxError) -> TestJSON {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw failure("invalid UTF-8") }
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure("bytes after the document") }
        return value
    }

    mutating func value() throws(TestJSON.SyntaxError) -> TestJSON {
        guard let first = current else { throw failure("the document ends early") }
        switch first {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    mutating func word(_ word: String, _ value: TestJSON) throws(TestJSON.SyntaxError) -> TestJSON {
        for byte in word.utf8 { try expect(byte) }
        return value
    }

    mutating func enter() throws(TestJSON.SyntaxError) {
        depth += 1
        guard depth <= 512 else { throw failure("too deep") }
        position += 1
        skipSpace()
    }

    mutating func array() throws(TestJSON.SyntaxError) -> TestJSON {
        try enter()
        defer { depth -= 1 }
        var elements: [TestJSON] = []
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            skipSpace()
            if current == UInt8(ascii: "]") {
                position += 1
                return .array(elements)
            }
            try expect(UInt8(ascii: ","))
            skipSpace()
        }
    }

    mutating func object() throws(TestJSON.SyntaxError) -> TestJSON {
        try enter()
        defer { depth -= 1 }
        var members: [TestJSON.Member] = []
        var names: Set<String> = []
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            let name = try string()
            guard names.insert(name).inserted else {
                throw failure("the name \"\(name)\" stands twice in one object")
            }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            members.append(TestJSON.Member(name, try value()))
            skipSpace()
            if current == UInt8(ascii: "}") {
                position += 1
                return .object(members)
            }
            try expect(UInt8(ascii: ","))
            skipSpace()
        }
    }

    mutating func string() throws(TestJSON.SyntaxError) -> String {
        try expect(UInt8(ascii: "\""))
        var units: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"): units.append(contentsOf: try escape())
            case 0..<0x20: throw failure("a control character inside a string")
            default: units.append(byte)
            }
        }
        throw failure("a string without end")
    }

    mutating func escape() throws(TestJSON.SyntaxError) -> [UInt8] {
        guard let byte = current else { throw failure("a string without end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
        default: throw failure("an unknown escape")
        }
    }

    mutating func unicodeEscape() throws(TestJSON.SyntaxError) -> Unicode.Scalar {
        let high = try hexadecimalUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800..<0xDC00).contains(high), current == UInt8(ascii: "\\") else {
            throw failure("a lone surrogate")
        }
        position += 1
        try expect(UInt8(ascii: "u"))
        let low = try hexadecimalUnit()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure("a lone surrogate") }
        return scalar
    }

    mutating func hexadecimalUnit() throws(TestJSON.SyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure("an escape cut short") }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue else {
                throw failure("not a hexadecimal digit")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    mutating func number() throws(TestJSON.SyntaxError) -> TestJSON {
        let start = position
        var isInteger = true
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw failure("a number out of range") }
        return .double(value)
    }

    mutating func digits() throws(TestJSON.SyntaxError) {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw failure("not a value") }
    }
}
