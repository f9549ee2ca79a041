// A free-form value, for what the protocol leaves to its users, such as a message's `ext`.

/// Any JSON value, held apart from the document it came from.
///
/// Equality is that of the cases: `integer(1)` is not `double(1)`, and members count in their order.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Only for what is beyond `Int64`; without it, ids in the upper half of `UInt64` would lose their last
    /// digits.
    case unsigned(UInt64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    /// Members in their order. No key may occur twice, which is not checked here.
    case object([Member])

    /// One key of an object with its value.
    public struct Member: Equatable, Sendable {
        /// The key, unescaped.
        public var key: String
        /// The value of the member.
        public var value: JSONValue

        /// A member.
        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a document, by the rules of `JSONDocument`.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) {
        self = try JSONDocument(bytes, maximumDepth: maximumDepth).root.value()
    }

    /// The document that this value is written as, without white space.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}

extension JSONView {
    /// A copy of this value and all it holds, independent of the document.
    public func value() -> JSONValue {
        switch kind {
        case .null: .null
        case .bool: .bool(bool ?? false)
        case .number:
            if let integer = int64 {
                .integer(integer)
            } else if let unsigned = uint64 {
                .unsigned(unsigned)
            } else {
                .double(double ?? 0)
            }
        case .string: .string(string ?? "")
        case .array: .array(elements.map { $0.value() })
        case .object: .object(members.map { JSONValue.Member($0.key, $0.value.value()) })
        }
    }
}

extension JSONValue {
    /// The value of the member with this key, compared as bytes; nil if there is none or this is no object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The element at this position; nil if there is none or this is no array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text, of a string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value, of an integer within `Int64`.
    public var int64: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The value, of a number of any kind.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The value, of `true` or `false`.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }
}

extension JSONWriter {
    /// A free-form value and all it holds.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .unsigned(let value): integer(value)
        case .double(let value): double(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }
}
