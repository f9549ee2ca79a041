// The members of an object in a request: read one by one, and recorded in the trial run.

import Domain
import JSON

/// Reads the members of one JSON object, or in a trial run records them.
public struct ObjectReader {
    private let object: JSONView?
    private(set) var members: [Shape.Member] = []

    init(_ object: JSONView?) { self.object = object }

    /// A member that must be there; `null` counts as missing.
    public mutating func required<Result>(
        _ name: StaticString,
        _ value: Value<Result>
    ) throws(FieldProblem) -> Result {
        guard let object else {
            members.append(Shape.Member(name.description, value.shape))
            return value.placeholder
        }
        guard let member = object[name], member.kind != .null else {
            throw FieldProblem(.missing, at: name.description)
        }
        do throws(FieldProblem) { return try value.read(member) } catch {
            throw error.inside(name.description)
        }
    }

    /// A member that must be there, under its name or, as other documents have it, another one, which the API document says
    /// in a sentence.
    ///
    /// - Throws: `.contradiction` where both are there with different values.
    public mutating func required<Result: Equatable>(
        _ name: StaticString,
        orNamed other: StaticString,
        _ value: Value<Result>
    ) throws(FieldProblem) -> Result {
        guard let object else {
            return try required(name, value.remark("The name `\(other)` is taken as well."))
        }
        guard let member = object[other], member.kind != .null else { return try required(name, value) }
        let result = try required(other, value)
        if let first = object[name], first.kind != .null, try required(name, value) != result {
            throw FieldProblem(.contradiction(with: name.description), at: other.description)
        }
        return result
    }

    /// A member that may be absent; `null` counts as absent, and what ``Shape/readsAsAbsent(_:)`` names.
    ///
    /// - Parameter emptyIsAbsent: false for a text that would be cleared by an empty one and can't be: that is refused.
    public mutating func optional<Result>(
        _ name: StaticString,
        _ value: Value<Result>,
        emptyIsAbsent: Bool = true
    ) throws(FieldProblem) -> Result? {
        guard let object else {
            members.append(Shape.Member(name.description, value.shape, isRequired: false))
            return value.placeholder
        }
        guard let member = object[name], member.kind != .null else { return nil }
        if emptyIsAbsent, value.shape.readsAsAbsent(member) { return nil }
        do throws(FieldProblem) { return try value.read(member) } catch {
            throw error.inside(name.description)
        }
    }

    /// A member that may be absent, and that `null` clears.
    ///
    /// - Returns: nil for an absent one, `.some(nil)` for `null`.
    public mutating func clearable<Result>(
        _ name: StaticString,
        _ value: Value<Result>
    ) throws(FieldProblem) -> Result?? {
        if let object, object[name]?.kind == .null { return .some(nil) }
        let value = value.remark("`null` clears it.")
        return try optional(name, value, emptyIsAbsent: false).map { .some($0) }
    }

    /// A member that eras of this API spell differently, and may be absent: clients send several spellings of one value.
    ///
    /// - Returns: the value with the first spelling that was sent.
    /// - Throws: `.contradiction` where two spellings have different values.
    public mutating func optional<Result: Equatable>(
        spelled names: [StaticString],
        _ value: Value<Result>,
        emptyIsAbsent: Bool = true
    ) throws(FieldProblem) -> (name: StaticString, value: Result)? {
        var found: (name: StaticString, value: Result)?
        for name in names {
            guard let next = try optional(name, value, emptyIsAbsent: emptyIsAbsent) else { continue }
            guard let first = found else {
                found = (name, next)
                continue
            }
            guard first.value == next else {
                throw FieldProblem(.contradiction(with: first.name.description), at: name.description)
            }
        }
        return found
    }
}

extension Value {
    /// An object, read member by member; members that aren't read are ignored, as real clients send extra ones.
    ///
    /// Make it once (`static let`): the trial run happens here.
    public static func object(
        named name: String? = nil,
        _ read: @escaping @Sendable (inout ObjectReader) throws(FieldProblem) -> Result
    ) -> Value {
        var trial = ObjectReader(nil)
        guard let placeholder = try? read(&trial) else {
            preconditionFailure("An object of a request must be readable from placeholders.")
        }
        return Value(
            .object(name: name, trial.members),
            placeholder: placeholder,
            read: { view throws(FieldProblem) in
                guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "an object")) }
                var reader = ObjectReader(view)
                return try read(&reader)
            },
            readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
        )
    }
}
