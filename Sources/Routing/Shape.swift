// The shape of a value on the wire: the part of JSON Schema that requests and replies need.

import Domain
public import JSON

/// The set of JSON values that a place accepts or produces.
public indirect enum Shape: Sendable, Equatable {
    /// Text of so many characters (code points, as in JSON Schema); `pattern` and `format` as in JSON Schema.
    case string(length: ClosedRange<Int>? = nil, pattern: String? = nil, format: String? = nil)
    /// One of these texts.
    case oneOfTexts([String])
    /// One of these whole numbers.
    case oneOfNumbers([Int64])
    /// A whole number in a closed range.
    case integer(ClosedRange<Int64>? = nil)
    /// Any number.
    case number
    /// True or false.
    case boolean
    /// A list of at most so many.
    case array(Shape, maximum: Int? = nil)
    /// An object of exactly these members.
    case object(name: String? = nil, [Member])
    /// An object of any keys with values of one shape.
    case map(Shape)
    /// Any of these.
    case anyOf([Shape])
    /// Anything.
    case any
    /// A shape with what is to be said of it.
    case noted(Shape, Note)

    /// A member of an object.
    public struct Member: Sendable, Equatable {
        /// Its key.
        public let name: String
        /// Its values.
        public let shape: Shape
        /// Whether it is always there.
        public let isRequired: Bool
        /// The meaning, where the name alone says too little or another thing elsewhere; nil for the meaning
        /// that the dialect's glossary gives the name.
        public let meaning: String?

        /// Memberwise.
        public init(_ name: String, _ shape: Shape, isRequired: Bool = true, meaning: String? = nil) {
            self.name = name
            self.shape = shape
            self.isRequired = isRequired
            self.meaning = meaning
        }
    }

    /// The shape where every value is sent as text, as in a query: a number and its digits are the same there.
    var ofText: Shape {
        guard case .noted(let shape, var note) = self else { return self }
        note.tolerated.removeAll { shape in
            switch shape {
            case .string, .oneOfTexts: true
            default: false
            }
        }
        return note == Note() ? shape : .noted(shape, note)
    }

    /// The notes about the shape.
    public var note: Note {
        if case .noted(_, let note) = self { note } else { Note() }
    }

    /// The shape itself, without what is said of it and what is accepted beside it; the parts of it as they are.
    public var plain: Shape {
        if case .noted(let shape, _) = self { shape.plain } else { self }
    }

    /// Holds a value against the shape.
    ///
    /// - Returns: one sentence for each way it doesn't fit, with the path to the place; empty when it fits.
    public func violations(in value: JSONView, at path: String = "$") -> [String] {
        switch (self, value.kind) {
        case (.any, _), (.number, .number), (.boolean, .bool):
            return []
        case (.string(let length, _, let format), .string):
            let text = value.string ?? ""
            let count = text.unicodeScalars.count
            if let length, !length.contains(count) { return ["\(path): \(count) characters, not \(length)"] }
            if format == "uuid", UUID(text) == nil { return ["\(path): '\(text)' is no UUID"] }
            return []
        case (.oneOfTexts(let texts), .string):
            return texts.contains(value.string ?? "") ? [] : ["\(path): not one of \(texts)"]
        case (.oneOfNumbers(let numbers), .number):
            return numbers.contains { $0 == value.int64 } ? [] : ["\(path): not one of \(numbers)"]
        case (.integer(let range), .number):
            guard let number = value.int64 else { return ["\(path): not a whole number"] }
            return range.map { $0.contains(number) } ?? true ? [] : ["\(path): \(number) is out of range"]
        case (.array(let element, let maximum), .array):
            var found = maximum.map { value.count > $0 ? ["\(path): more than \($0) elements"] : [] } ?? []
            for (index, item) in value.elements.enumerated() {
                found += element.violations(in: item, at: "\(path)[\(index)]")
            }
            return found
        case (.map(let shape), .object):
            return value.members.flatMap { shape.violations(in: $0.value, at: "\(path).\($0.key)") }
        case (.object(_, let members), .object):
            return Self.violations(of: members, in: value, at: path)
        case (.noted(let shape, let note), _):
            let found = shape.violations(in: value, at: path)
            let isTolerated = note.tolerated.contains { $0.violations(in: value, at: path).isEmpty }
            return isTolerated ? [] : found
        case (.anyOf(let shapes), _):
            let attempts = shapes.map { $0.violations(in: value, at: path) }
            return attempts.contains([]) ? [] : attempts.first ?? ["\(path): no value belongs here"]
        default:
            return ["\(path): a value of kind \(value.kind) where \(self) belongs"]
        }
    }

    private static func violations(of members: [Member], in value: JSONView, at path: String) -> [String] {
        var found: [String] = []
        for member in members {
            if let part = value[member.name] {
                found += member.shape.violations(in: part, at: "\(path).\(member.name)")
            } else if member.isRequired {
                found.append("\(path).\(member.name): missing")
            }
        }
        for (key, _) in value.members where !members.contains(where: { $0.name == key }) {
            found.append("\(path).\(key): not declared")
        }
        return found
    }
}
