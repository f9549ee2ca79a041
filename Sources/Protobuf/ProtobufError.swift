// Why a message couldn't be read, and where in it.

/// A fault of a message, and the field that has it.
public struct ProtobufError: Error, Equatable, Sendable {
    /// The kind of fault.
    public enum Reason: Equatable, Sendable {
        /// The bytes end inside a value.
        case truncated
        /// A varint of more than 64 bits.
        case longVarint
        /// A tag with a field number of 0 or beyond 2^29 - 1, or with a wire type that doesn't exist.
        case badTag
        /// A group, the form of nesting that proto3 doesn't have.
        case group
        /// A text that isn't UTF-8.
        case badUTF8
        /// Messages within messages beyond the limit.
        case tooDeep(maximum: Int)
        /// More elements in lists than the limit.
        case tooManyElements(maximum: Int)
        /// JSON of another type; what was expected.
        case wrongType(expected: String)
        /// JSON of the right type with a value that can't be, cut to a sane length.
        case illegal(value: String)
        /// A field under both of its names, or two members of one `oneof`.
        case duplicate
    }

    /// The fields down to the place, outermost first, as `header.size` or `user_ids[2]`; empty for the message
    /// itself.
    public let path: String
    /// The fault of that field.
    public let reason: Reason

    init(_ reason: Reason, at path: String = "") {
        self.path = path
        self.reason = reason
    }

    /// The same problem, seen from the owner of the value.
    func inside(_ owner: String) -> ProtobufError {
        let separator = path.isEmpty || path.utf8.first == UInt8(ascii: "[") ? "" : "."
        return ProtobufError(reason, at: owner + separator + path)
    }
}

extension ProtobufError.Reason {
    static func illegal(_ text: String) -> ProtobufError.Reason { .illegal(value: String(text.prefix(64))) }
}

/// How much a message may ask for.
public struct ProtobufLimits: Equatable, Sendable {
    /// Messages within messages, the outermost being the first.
    public var depth: Int
    /// Elements of all lists together: an element may take 16 times the bytes that it has in the message.
    public var elements: Int

    /// Memberwise.
    public init(depth: Int = 32, elements: Int = 100_000) {
        self.depth = depth
        self.elements = elements
    }
}
