// Reading bodies: one list of members, found under the names of any generation.

import Domain
import JSON
import Routing

/// The members of a route's body.
///
/// The initializer reads every member it knows in a straight line, since it is also run once without a request, to
/// learn the members of each generation.
protocol Fields: Sendable {
    /// The names of the body's schemas.
    static var schemaName: String { get }
    /// Reads the body.
    init(_ fields: inout FieldReader) throws(FieldProblem)
}

/// Reads the members of one object by any of their names, in any case of letters, as the original does.
struct FieldReader {
    /// The generation that the request is of: its names are looked for first, and told in refusals.
    let generation: Generation
    private let members: [(key: String, folded: String, value: JSONView)]?
    /// The client's name for the request; empty where it doesn't say.
    var operation = ""
    /// By generation, in the trial run.
    private(set) var recorded: [[Shape.Member]] = Generation.allCases.map { _ in [] }

    /// The trial run.
    init() {
        generation = .first
        members = nil
    }

    /// Reads an object.
    init(_ view: JSONView, _ generation: Generation) throws(FieldProblem) {
        guard view.isObject else { throw FieldProblem(.wrongType(expected: "an object")) }
        self.generation = generation
        members = view.members.map { ($0.key, $0.key.lowercased(), $0.value) }
    }

    /// A member that must be there; `null` counts as missing.
    mutating func required<Result>(_ name: Spelling, _ value: Value<Result>) throws(FieldProblem) -> Result {
        guard members != nil else { return record(name, value, isRequired: true) }
        guard let result = try find(name, value) else {
            throw FieldProblem(.missing, at: told(name))
        }
        return result
    }

    /// A member that may be absent; `null` counts as absent, and so does what is empty where that can't be a value.
    mutating func optional<Result>(_ name: Spelling, _ value: Value<Result>) throws(FieldProblem) -> Result? {
        guard members != nil else { return record(name, value, isRequired: false) }
        do throws(FieldProblem) {
            return try find(name, value)
        } catch {
            guard try member(name)?.value.isEmptyTextOrList == true else { throw error }
            return nil
        }
    }

    /// Members that stand inside another object in the generations that have a name for that, beside the others
    /// in the rest; inside is also looked where it needn't be.
    mutating func within<Content: Fields>(_ wrapper: Spelling, _: Content.Type) throws(FieldProblem)
        -> Content
    {
        guard members != nil else { return try recordWithin(wrapper) }
        if let found = try member(wrapper) {
            do throws(FieldProblem) {
                var inner = try FieldReader(found.value, generation)
                return try Content(&inner)
            } catch {
                throw error.inside(found.key)
            }
        }
        guard wrapper[generation] == nil else { throw FieldProblem(.missing, at: told(wrapper)) }
        return try Content(&self)
    }

    private mutating func recordWithin<Content: Fields>(_ wrapper: Spelling) throws(FieldProblem) -> Content {
        var trial = FieldReader()
        let content = try Content(&trial)
        for generation in Generation.allCases {
            let inside = trial.recorded[generation.rawValue]
            if let name = wrapper[generation] {
                let shape = Shape.object(name: generation.schemaName(Content.schemaName), inside)
                recorded[generation.rawValue].append(Shape.Member(name.description, shape))
            } else {
                recorded[generation.rawValue] += inside
            }
        }
        return content
    }

    /// Whether nothing is read, only recorded.
    var isTrial: Bool { members == nil }

    /// The name by which a refusal calls a member.
    func told(_ name: Spelling) -> String { name.told(in: generation) }

    private mutating func record<Result>(_ name: Spelling, _ value: Value<Result>, isRequired: Bool) -> Result
    {
        for generation in Generation.allCases {
            guard let name = name[generation] else { continue }
            let shape = value.shape.spoken(in: generation)
            recorded[generation.rawValue].append(
                Shape.Member(name.description, shape, isRequired: isRequired)
            )
        }
        return value.placeholder
    }

    private func find<Result>(_ name: Spelling, _ value: Value<Result>) throws(FieldProblem) -> Result? {
        guard let member = try member(name) else { return nil }
        do throws(FieldProblem) {
            return try value.value(of: member.value)
        } catch {
            throw error.inside(member.key)
        }
    }

    private func member(_ name: Spelling) throws(FieldProblem) -> (
        key: String, folded: String, value: JSONView
    )? {
        for name in name.accepted(in: generation) {
            let folded = name.lowercased()
            let found = (members ?? []).filter { $0.folded == folded }
            // Two readings, unless they say the same: which one is meant can't be told.
            let isOne = found.dropFirst().allSatisfy { $0.value.value() == found[0].value.value() }
            guard isOne else { throw FieldProblem(.repeated, at: name) }
            if let member = found.first, member.value.kind != .null { return member }
        }
        return nil
    }
}

extension Collection {
    /// Nil for the empty text or list.
    var ifNotEmpty: Self? { isEmpty ? nil : self }
}

extension JSONView {
    /// Whether it is `""` or `[]`.
    fileprivate var isEmptyTextOrList: Bool { string?.isEmpty == true || kind == .array && count == 0 }
}

extension Fields {
    /// One object a generation, with the operation's name where that is in the body.
    static func shape(named operation: Spelling? = nil) -> Shape {
        var trial = FieldReader()
        guard (try? Self(&trial)) != nil else {
            preconditionFailure("\(Self.self) must be readable from placeholders, to tell its shape.")
        }
        return .anyOf(
            Generation.allCases.map { generation in
                var members = trial.recorded[generation.rawValue]
                if let name = operation?[generation] {
                    members.append(.init(name.description, operationName.shape))
                }
                return .object(name: generation.schemaName(schemaName), members)
            }
        )
    }

    /// As a member of another object.
    static var value: Value<Self> {
        var trial = FieldReader()
        guard let placeholder = try? Self(&trial) else {
            preconditionFailure("\(Self.self) must be readable from placeholders, to tell its shape.")
        }
        return Value(
            shape(),
            placeholder: placeholder,
            read: { view throws(FieldProblem) in
                // The names inside follow those outside; any are accepted.
                var fields = try FieldReader(view, .first)
                return try Self(&fields)
            },
            readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
        )
    }
}

extension Generation {
    /// A schema's name, which differs by generation.
    func schemaName(_ name: String) -> String { "OpenIM\(rawValue + 1)_\(name)" }
}

extension Shape {
    private var isObject: Bool {
        if case .object = self { true } else { false }
    }

    /// The shape in one generation, where there is one for each.
    fileprivate func spoken(in generation: Generation) -> Shape {
        switch self {
        case .anyOf(let shapes)
        where shapes.count == Generation.allCases.count && shapes.allSatisfy(\.isObject):
            shapes[generation.rawValue]
        case .array(let element, let maximum): .array(element.spoken(in: generation), maximum: maximum)
        case .noted(let shape, let note): .noted(shape.spoken(in: generation), note)
        default: self
        }
    }
}
