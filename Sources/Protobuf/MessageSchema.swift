// The description of messages, for readers of the declaration: documents and comparisons.

/// The type of a field's values.
public enum FieldType: Sendable {
    /// By its name in a declaration: `uint64`, `string`.
    case scalar(String)
    /// One of named numbers.
    case enumeration(EnumerationDescription)
    /// A message; made when it is asked for.
    case message(@Sendable () -> MessageDescription)
    /// `google.protobuf.Timestamp`, in JSON a text.
    case timestamp
    /// `google.protobuf.Duration`, in JSON a text.
    case duration
}

/// An enumeration.
public struct EnumerationDescription: Sendable {
    /// With its package.
    public let name: String
    /// In the order declared.
    public let values: [(name: String, number: Int32)]
}

/// A message.
public struct MessageDescription: Sendable {
    /// With its package.
    public let name: String
    /// By number, ascending.
    public let fields: [FieldDescription]

    /// Memberwise.
    public init(name: String, fields: [FieldDescription]) {
        self.name = name
        self.fields = fields
    }
}

/// A field.
public struct FieldDescription: Sendable {
    /// How often it stands in a message.
    public enum Label: Equatable, Sendable {
        /// Once, or not at all when it has its default.
        case singular
        /// Once or not at all, which makes a difference.
        case optional
        /// Any number of times.
        case repeated
        /// Once or not at all, and excludes the other members of this `oneof`.
        case oneOf(String)
    }

    /// On the wire.
    public let number: Int
    /// In the declaration: `session_id`.
    public let name: String
    /// In JSON: `sessionId`.
    public let jsonName: String
    /// How often.
    public let label: Label
    /// Of what.
    public let type: FieldType

    /// Memberwise.
    public init(number: Int, name: String, jsonName: String, label: Label, type: FieldType) {
        self.number = number
        self.name = name
        self.jsonName = jsonName
        self.label = label
        self.type = type
    }
}

/// The one declaration of a message, from which both forms come.
public struct MessageSchema<Owner>: Sendable {
    /// With its package.
    public let name: String
    /// By number, ascending.
    let fields: [MessageField<Owner>]

    /// Declares a message; two fields of one number or name are a programmer's error.
    public init(_ name: String, _ fields: [MessageField<Owner>] = []) {
        let numbers = Set(fields.map(\.description.number))
        let names = Set(fields.flatMap { [$0.description.name, $0.description.jsonName] })
        let spellings = fields.map { $0.description.name == $0.description.jsonName ? 1 : 2 }.reduce(0, +)
        precondition(numbers.count == fields.count && names.count == spellings, "\(name) has a field twice")
        self.name = name
        self.fields = fields.sorted { $0.description.number < $1.description.number }
    }

    /// The declaration as others read it.
    public var description: MessageDescription {
        MessageDescription(name: name, fields: fields.map(\.description))
    }
}
