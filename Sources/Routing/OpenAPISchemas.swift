// Shapes as JSON Schema: named ones once, under components, everything else in its place.

import JSON

/// The schemas of one document.
struct OpenAPISchemas {
    private var shapes: [String: Shape] = [:]
    private var named: [String: JSONValue] = [:]
    /// The meanings of names in the dialect whose shapes are being described.
    var glossary = Glossary()

    /// Every named schema, by name.
    var components: [JSONValue.Member] {
        named.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
    }

    /// The schema of a shape: a reference where it has a name.
    ///
    /// Two different shapes of one name are a programmer's error.
    mutating func schema(of shape: Shape) -> JSONValue {
        switch shape {
        case .string(let length, let pattern, let format):
            .present([
                "type": "string",
                "minLength": length.flatMap { $0.lowerBound > 0 ? .count($0.lowerBound) : nil },
                "maxLength": length.map { .count($0.upperBound) }, "pattern": pattern.map(JSONValue.string),
                "format": format.map(JSONValue.string),
            ])
        case .oneOfTexts(let texts):
            ["type": "string", "enum": .array(texts.map(JSONValue.string))]
        case .oneOfNumbers(let numbers) where numbers.count == 1:
            ["type": "integer", "const": .integer(numbers[0])]
        case .oneOfNumbers(let numbers):
            ["type": "integer", "enum": .array(numbers.map(JSONValue.integer))]
        case .integer(let range):
            .present([
                "type": "integer", "format": range == nil ? "int64" : nil,
                "minimum": range.flatMap { $0.lowerBound > .min ? .integer($0.lowerBound) : nil },
                "maximum": range.flatMap { $0.upperBound < .max ? .integer($0.upperBound) : nil },
            ])
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .array(.anyOf([]), _): ["type": "array", "maxItems": 0, "items": [:]]
        case .array(let element, let maximum):
            .present(["type": "array", "maxItems": maximum.map { .count($0) }, "items": schema(of: element)])
        case .object(let name?, let members): reference(to: name, shape, members)
        case .object(nil, let members): schema(of: members)
        case .map(let shape): ["type": "object", "additionalProperties": schema(of: shape)]
        case .anyOf([]): ["not": [:]]
        case .anyOf(let shapes): alternatives(shapes)
        case .any: [:]
        case .noted(let shape, let note): annotated(schema(of: shape), note, meaning: note.meaning)
        }
    }

    /// A schema with what is said of its values.
    ///
    /// Beside a reference nothing but a description is read by all generators, and by some not even that.
    private func annotated(_ schema: JSONValue, _ note: Note, meaning: String?) -> JSONValue {
        guard case .object(let members) = schema else { return schema }
        let description = [meaning, note.remark].compactMap(\.self).joined(separator: " ")
        var added: [JSONValue.Member] = []
        if !description.isEmpty { added.append(.init("description", .string(description))) }
        if let standard = note.standard { added.append(.init("default", standard)) }
        guard !added.isEmpty, members.first?.key == "$ref" else { return .object(members + added) }
        return .object([.init("allOf", .array([schema]))] + added)
    }

    /// The schema of a member, with its meaning.
    private mutating func schema(of member: Shape.Member, in owner: String? = nil) -> JSONValue {
        var (shape, note) = (member.shape, Note())
        if case .noted(let inner, let known) = shape { (shape, note) = (inner, known) }
        let meaning = member.meaning ?? note.meaning ?? glossary[member.name, in: owner]
        return annotated(schema(of: shape), note, meaning: meaning)
    }

    /// A parameter's schema and description, which stand apart.
    mutating func parameter(of member: Shape.Member) -> (schema: JSONValue, description: String?) {
        guard case .object(let members) = schema(of: member) else { return ([:], nil) }
        let description = members.first { $0.key == "description" }?.value.string
        return (.object(members.filter { $0.key != "description" }), description)
    }

    /// Any of these, each once.
    private mutating func alternatives(_ shapes: [Shape]) -> JSONValue {
        var distinct: [Shape] = []
        for shape in shapes.flatMap(\.alternatives) where !distinct.contains(shape) { distinct.append(shape) }
        return distinct.count == 1
            ? schema(of: distinct[0]) : ["anyOf": .array(distinct.map { schema(of: $0) })]
    }

    private mutating func reference(to name: String, _ shape: Shape, _ members: [Shape.Member]) -> JSONValue {
        if let known = shapes[name] {
            precondition(known == shape, "Two different shapes are named \(name)")
        } else {
            shapes[name] = shape
            named[Self.component(name)] = schema(of: members, in: name)
        }
        return ["$ref": .string("#/components/schemas/\(Self.component(name))")]
    }

    /// The name under components: of those of messages, the dots are no part.
    private static func component(_ name: String) -> String {
        String(name.map { $0 == "." ? "_" : $0 })
    }

    private mutating func schema(of members: [Shape.Member], in owner: String? = nil) -> JSONValue {
        var properties: [JSONValue.Member] = []
        for member in members {
            properties.append(JSONValue.Member(member.name, schema(of: member, in: owner)))
        }
        let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
        // Generators make a class of members, and a dictionary where none is declared: the document says which.
        guard !properties.isEmpty else { return ["type": "object", "additionalProperties": [:]] }
        return .present([
            "type": "object", "required": required.isEmpty ? nil : .array(required),
            "properties": .object(properties),
        ])
    }
}

extension Shape {
    /// The shapes that a value may have, without alternatives among them.
    var alternatives: [Shape] {
        if case .anyOf(let shapes) = plain, !shapes.isEmpty { shapes.flatMap(\.alternatives) } else { [self] }
    }
}

extension JSONValue {
    /// An object of those members that have a value.
    static func present(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { key, value in value.map { Member(key, $0) } })
    }

    static func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}
