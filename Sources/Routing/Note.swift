// The API document's notes about a value, beside its form: meaning, unit, default, and what is tolerated.

public import JSON

/// The notes about a value, beside its form.
public struct Note: Sendable, Equatable {
    /// The meaning at its place; nil for the meaning that its name has in the dialect's glossary.
    public var meaning: String?
    /// Sentences that belong to the kind of value: its unit, how it is written, what is accepted beside it.
    public var remark: String?
    /// The forms that are accepted beside the documented one.
    public var tolerated: [Shape]
    /// The value that an absent one counts as.
    public var standard: JSONValue?

    /// Memberwise.
    public init(
        meaning: String? = nil,
        remark: String? = nil,
        tolerated: [Shape] = [],
        standard: JSONValue? = nil
    ) {
        self.meaning = meaning
        self.remark = remark
        self.tolerated = tolerated
        self.standard = standard
    }

    /// Both notes as one; where both say something of one kind, this one's meaning and default count.
    func joined(with other: Note) -> Note {
        let remarks = [remark, other.remark].compactMap(\.self)
        return Note(
            meaning: meaning ?? other.meaning,
            remark: remarks.isEmpty ? nil : remarks.joined(separator: " "),
            tolerated: tolerated + other.tolerated,
            standard: standard ?? other.standard
        )
    }
}

extension Shape {
    /// The shape with a note; one that has a note already has both.
    public func noted(_ note: Note) -> Shape {
        if case .noted(let shape, let known) = self { return .noted(shape, note.joined(with: known)) }
        return .noted(self, note)
    }

    /// The shape, with what it means where it stands.
    public func meaning(_ text: String) -> Shape { noted(Note(meaning: text)) }

    /// The shape, with a sentence on its unit or form.
    public func remark(_ text: String) -> Shape { noted(Note(remark: text)) }

    /// The shape, where other forms are accepted too; a sentence says so.
    public func tolerating(_ shapes: [Shape], _ remark: String? = nil) -> Shape {
        noted(Note(remark: remark, tolerated: shapes))
    }

    /// The shape, with what an absent value counts as.
    public func standard(_ value: JSONValue) -> Shape { noted(Note(standard: value)) }
}

extension Shape {
    /// The shape without whatever is accepted beside it, in all its parts.
    var canonical: Shape {
        switch self {
        case .noted(let shape, _): shape.canonical
        case .array(let element, let maximum): .array(element.canonical, maximum: maximum)
        case .map(let shape): .map(shape.canonical)
        case .anyOf(let shapes): .anyOf(shapes.map(\.canonical))
        case .object(let name, let members):
            .object(
                name: name,
                members.map { Member($0.name, $0.shape.canonical, isRequired: $0.isRequired) }
            )
        case .string, .oneOfTexts, .oneOfNumbers, .integer, .number, .boolean, .any: self
        }
    }
}

extension Value {
    /// The same kind of value, with something said of it.
    private func noted(_ note: Note) -> Value {
        Value(shape.noted(note), placeholder: placeholder, read: read, readText: readText)
    }

    /// The same kind of value, with what it means where it stands.
    public func meaning(_ text: String) -> Value { noted(Note(meaning: text)) }

    /// The same kind of value, with a sentence on its unit or form.
    public func remark(_ text: String) -> Value { noted(Note(remark: text)) }

    /// The same kind of value, with what an absent one counts as.
    public func standard(_ value: JSONValue) -> Value { noted(Note(standard: value)) }
}
