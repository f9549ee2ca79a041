// Objects in replies: one list of fields that gives the bytes, their order and the shape.

public import JSON

/// An object of fixed keys.
///
/// Its `fields` are the one place that says which, in what order, and from what.
public protocol ReplyObject: ReplyValue {
    /// The name of its schema in the API document; nil for one that is used once.
    static var schemaName: String? { get }
    /// The members in the order written.
    static var fields: [ReplyField<Self>] { get }
}

extension ReplyObject {
    /// No schema of its own.
    public static var schemaName: String? { nil }

    /// The object of the fields.
    public static var shape: Shape {
        .object(
            name: schemaName,
            fields.map { Shape.Member($0.name.description, $0.shape, isRequired: !$0.isOptional) }
        )
    }

    /// Writes the fields in order, leaving out optional ones without a value.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        // Lent one by one: a loop over the array would retain and release each field, at the price of writing it.
        Self.fields.withUnsafeBufferPointer { fields in
            for index in fields.indices {
                Unmanaged.passUnretained(fields[index])._withUnsafeGuaranteedRef { $0.write(self, &json) }
            }
        }
        json.endObject()
    }
}

/// One member of a `ReplyObject`.
///
/// A class, so that writing an object doesn't copy each field with its shape and its closure.
public final class ReplyField<Owner>: Sendable {
    /// The key.
    public let name: StaticString
    /// The value's shape.
    public let shape: Shape
    /// Whether the member is left out where there is no value.
    public let isOptional: Bool
    /// Writes key and value, or nothing.
    let write: @Sendable (Owner, inout JSONWriter) -> Void

    private init(
        name: StaticString,
        shape: Shape,
        isOptional: Bool,
        write: @escaping @Sendable (Owner, inout JSONWriter) -> Void
    ) {
        self.name = name
        self.shape = shape
        self.isOptional = isOptional
        self.write = write
    }

    /// A member that is always there.
    public static func field<Value: ReplyValue>(
        _ name: StaticString,
        _ value: @escaping @Sendable (Owner) -> Value
    ) -> ReplyField {
        ReplyField(name: name, shape: Value.shape, isOptional: false) { owner, json in
            json.key(name)
            value(owner).write(to: &json)
        }
    }

    /// A member that is left out where the value is nil.
    public static func optional<Value: ReplyValue>(
        _ name: StaticString,
        _ value: @escaping @Sendable (Owner) -> Value?
    ) -> ReplyField {
        ReplyField(name: name, shape: Value.shape, isOptional: true) { owner, json in
            guard let value = value(owner) else { return }
            json.key(name)
            value.write(to: &json)
        }
    }
}
