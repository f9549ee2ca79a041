// Values in replies, described once and written in the words of each generation.

import JSON
import Routing

/// A value that can stand in a reply of any generation.
protocol SpelledValue: Sendable {
    /// The shape of every such value in a generation.
    static func shape(in generation: Generation) -> Shape
    /// Writes it as the next value.
    func write(to json: inout JSONWriter, in generation: Generation)
}

extension SpelledValue where Self: ReplyValue {
    /// The same in all of them.
    static func shape(in generation: Generation) -> Shape { shape }
    /// The same in all of them.
    func write(to json: inout JSONWriter, in generation: Generation) { write(to: &json) }
}

extension String: SpelledValue {}
extension Int: SpelledValue {}
extension Int64: SpelledValue {}
extension Bool: SpelledValue {}

extension Array: SpelledValue where Element: SpelledValue {
    static func shape(in generation: Generation) -> Shape { .array(Element.shape(in: generation)) }

    func write(to json: inout JSONWriter, in generation: Generation) {
        json.beginArray()
        for element in self { element.write(to: &json, in: generation) }
        json.endArray()
    }
}

/// An object whose `fields` are the one place that says what is in it, under which names, in what order, and
/// from what.
protocol SpelledObject: SpelledValue {
    /// The name of its schemas; nil for one that is used once.
    static var schemaName: String? { get }
    /// The members in the order written.
    static var fields: [SpelledField<Self>] { get }
}

extension SpelledObject {
    static var schemaName: String? { nil }

    static func shape(in generation: Generation) -> Shape { object(in: generation) }

    func write(to json: inout JSONWriter, in generation: Generation) {
        writeObject(to: &json, in: generation)
    }

    /// The object of the fields.
    static func object(in generation: Generation) -> Shape {
        .object(
            name: schemaName.map(generation.schemaName),
            fields.compactMap { field in
                field.name[generation].map { name in
                    Shape.Member(name.description, field.shape(generation), isRequired: !field.isOptional)
                }
            }
        )
    }

    /// The object of the fields.
    func writeObject(to json: inout JSONWriter, in generation: Generation) {
        json.beginObject()
        writeMembers(to: &json, in: generation)
        json.endObject()
    }

    func writeMembers(to json: inout JSONWriter, in generation: Generation) {
        for field in Self.fields { field.write(self, &json, generation) }
    }
}

/// One member of a `SpelledObject`.
final class SpelledField<Owner>: Sendable {
    let name: Spelling
    let isOptional: Bool
    let shape: @Sendable (Generation) -> Shape
    /// Writes key and value, or nothing where the generation has no name for it.
    let write: @Sendable (Owner, inout JSONWriter, Generation) -> Void

    private init<Value: SpelledValue>(
        _ name: Spelling,
        isOptional: Bool,
        _ value: @escaping @Sendable (Owner, Generation) -> Value?
    ) {
        self.name = name
        self.isOptional = isOptional
        shape = Value.shape(in:)
        write = { owner, json, generation in
            guard let name = name[generation], let value = value(owner, generation) else { return }
            json.key(name)
            value.write(to: &json, in: generation)
        }
    }

    /// A member that is always there.
    static func field<Value: SpelledValue>(
        _ name: Spelling,
        _ value: @escaping @Sendable (Owner) -> Value
    ) -> SpelledField {
        SpelledField(name, isOptional: false) { owner, _ in value(owner) }
    }

    /// A member whose value differs by generation.
    static func field<Value: SpelledValue>(
        _ name: Spelling,
        byGeneration value: @escaping @Sendable (Owner, Generation) -> Value
    ) -> SpelledField {
        SpelledField(name, isOptional: false) { owner, generation in value(owner, generation) }
    }

    /// A member that is left out where the value is nil.
    static func optional<Value: SpelledValue>(
        _ name: Spelling,
        _ value: @escaping @Sendable (Owner) -> Value?
    ) -> SpelledField {
        SpelledField(name, isOptional: true) { owner, _ in value(owner) }
    }

    /// The same member, for the first generation only, of an object that has this one's owner; nil where that
    /// generation doesn't have it.
    func inFirstGeneration<Outer>(of owner: @escaping @Sendable (Outer) -> Owner) -> SpelledField<Outer>? {
        guard let first = name[.first] else { return nil }
        let write = write
        return SpelledField<Outer>(Spelling(first, nil, nil), isOptional, shape) { outer, json, generation in
            guard generation == .first else { return }
            write(owner(outer), &json, generation)
        }
    }

    private init(
        _ name: Spelling,
        _ isOptional: Bool,
        _ shape: @escaping @Sendable (Generation) -> Shape,
        _ write: @escaping @Sendable (Owner, inout JSONWriter, Generation) -> Void
    ) {
        self.name = name
        self.isOptional = isOptional
        self.shape = shape
        self.write = write
    }
}
