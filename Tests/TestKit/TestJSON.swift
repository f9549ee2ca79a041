// A JSON value that keeps member order and tells 1 from 1.0, so that a reply can be held to its exact shape.

/// One JSON value as it stands in a document: members in their order, integers apart from decimals.
///
/// The tests read replies with this reader and not with the server's own, so that one mistake can't hide another.
public enum TestJSON: Sendable, Equatable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case double(Double)
    /// A string, escapes resolved.
    case string(String)
    /// An array.
    case array([TestJSON])
    /// An object, members in document order.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// The member's name, escapes resolved.
        public let name: String
        /// The member's value.
        public let value: TestJSON

        /// Makes a member.
        public init(_ name: String, _ value: TestJSON) {
            self.name = name
            self.value = value
        }
    }
}

// MARK: - Reading parts

extension TestJSON {
    /// The member of that name, when this is an object that has one.
    public subscript(name: String) -> TestJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The element at that index, when this is an array that has one.
    public subscript(index: Int) -> TestJSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The string, when this is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The integer, when this is one.
    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The truth value, when this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, when this is an array.
    public var array: [TestJSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members in document order, when this is an object.
    public var members: [Member]? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member names in document order, when this is an object.
    public var keys: [String]? {
        members?.map(\.name)
    }

    /// This object with one member set: in place when the name is there, at the end otherwise.
    public func setting(_ name: String, _ value: TestJSON) -> TestJSON {
        guard case .object(var members) = self else { return self }
        if let place = members.firstIndex(where: { $0.name == name }) {
            members[place] = Member(name, value)
        } else {
            members.append(Member(name, value))
        }
        return .object(members)
    }

    /// This object without the member of that name.
    public func removing(_ name: String) -> TestJSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }

    /// The word for this value's type in a failure message.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .double: "a decimal number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

// MARK: - Literals

extension TestJSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// Writes `null` as `nil`.
    public init(nilLiteral: ()) { self = .null }
    /// Writes a boolean as itself.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Writes an integer as itself.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Writes a decimal number as itself.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Writes a string as itself.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Writes an array as itself.
    public init(arrayLiteral elements: TestJSON...) { self = .array(elements) }
    /// Writes an object as a dictionary literal, members in the order written.
    public init(dictionaryLiteral elements: (String, TestJSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

// MARK: - Writing

extension TestJSON: CustomStringConvertible {
    /// The value as compact JSON text.
    public var description: String {
        var text = ""
        write(into: &text)
        return text
    }

    /// The value as compact JSON bytes.
    public var bytes: [UInt8] { Array(description.utf8) }

    private func write(into text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .double(let value): text += String(value)
        case .string(let value): Self.write(value, into: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(into: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, into: &text)
                text += ":"
                member.value.write(into: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
