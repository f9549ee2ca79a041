// Kinds of values that requests carry: how to read one, what is wrong with one, and its shape.

public import Domain
public import JSON

/// A fault of a request, and its place: `usernames[2]`, `password`; the empty path is the body itself.
public struct FieldProblem: Error, Equatable, Sendable {
    /// The place, outermost first.
    public let path: String
    /// The fault.
    public let reason: InvalidReason

    /// A problem of the value itself; whoever reads the value's owner adds the place.
    public init(_ reason: InvalidReason, at path: String = "") {
        self.path = path
        self.reason = reason
    }

    /// The same problem, seen from the owner of the value.
    public func inside(_ owner: String) -> FieldProblem {
        let separator = path.isEmpty || path.utf8.first == UInt8(ascii: "[") ? "" : "."
        return FieldProblem(reason, at: owner + separator + path)
    }
}

/// How one field of a request is read.
public struct Value<Result: Sendable>: Sendable {
    /// The accepted form.
    public let shape: Shape
    /// A value of the type, for learning the shape of an input without reading one.
    public let placeholder: Result
    /// Reads a JSON value.
    let read: @Sendable (JSONView) throws(FieldProblem) -> Result
    /// Reads a text of the path, the query or a form.
    let readText: @Sendable (String) throws(FieldProblem) -> Result

    /// Reads a JSON value.
    public func value(of view: JSONView) throws(FieldProblem) -> Result { try read(view) }

    /// Reads a text of the path, the query or a form.
    public func value(of text: String) throws(FieldProblem) -> Result { try readText(text) }

    /// Makes a kind from its two readers.
    public init(
        _ shape: Shape,
        placeholder: Result,
        read: @escaping @Sendable (JSONView) throws(FieldProblem) -> Result,
        readText: @escaping @Sendable (String) throws(FieldProblem) -> Result
    ) {
        self.shape = shape
        self.placeholder = placeholder
        self.read = read
        self.readText = readText
    }
}

extension Value {
    /// A kind that is text in JSON too, with one check for both.
    public static func textual(
        _ shape: Shape,
        placeholder: Result,
        _ check: @escaping @Sendable (String) throws(FieldProblem) -> Result
    ) -> Value {
        Value(
            shape,
            placeholder: placeholder,
            read: { view throws(FieldProblem) in
                guard let text = view.string else { throw FieldProblem(.wrongType(expected: "a string")) }
                return try check(text)
            },
            readText: check
        )
    }
}

extension Value<String> {
    /// Text within a length in characters, without NUL.
    ///
    /// Characters are code points: a limit in what readers see as one character would bound no memory, since that
    /// may have any number of accents.
    public static func text(_ length: ClosedRange<Int> = 0...4096) -> Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> String in
            // Counting characters walks the text; most are far below the bound even in bytes.
            if text.utf8.count > length.upperBound, text.unicodeScalars.count > length.upperBound {
                throw FieldProblem(.tooLong(maximum: length.upperBound, unit: "characters"))
            }
            if text.isEmpty, length.lowerBound > 0 { throw FieldProblem(.empty) }
            if text.utf8.contains(0) { throw FieldProblem(.illegal(value: "a text with NUL")) }
            return text
        }
        return textual(.string(length: length), placeholder: "", check)
    }

    /// One of a few texts.
    public static func oneOf(_ texts: [String]) -> Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> String in
            guard texts.contains(text) else { throw FieldProblem(.illegal(value: String(text.prefix(64)))) }
            return text
        }
        return textual(.oneOfTexts(texts), placeholder: texts.first ?? "", check)
    }
}

extension Value<Int> {
    /// A whole number, or its decimal text (real clients send both).
    public static func integer(_ range: ClosedRange<Int>) -> Value {
        let check = { @Sendable (number: Int?) throws(FieldProblem) -> Int in
            guard let number else { throw FieldProblem(.wrongType(expected: "a whole number")) }
            guard range.contains(number) else {
                throw FieldProblem(
                    .outOfRange(minimum: Int64(range.lowerBound), maximum: Int64(range.upperBound))
                )
            }
            return number
        }
        let shape = Shape.integer(Int64(range.lowerBound)...Int64(range.upperBound))
            .tolerating([.string(length: 1...20, pattern: "^-?[0-9]+$")])
        return Value(
            shape,
            placeholder: range.lowerBound,
            read: { view throws(FieldProblem) in
                try check(view.int64.flatMap(Int.init(exactly:)) ?? view.string.flatMap(Self.decimal))
            },
            readText: { text throws(FieldProblem) in try check(Self.decimal(text)) }
        )
    }

    private static func decimal(_ text: String) -> Int? {
        text.utf8.first == UInt8(ascii: "+") ? nil : Int(text)
    }
}

extension Value<Bool> {
    /// True or false, in any of the spellings that clients of this API use: a bool, 0/1, "0"/"1", "true"/"false".
    public static var flag: Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> Bool in
            switch text {
            case "true", "1": true
            case "false", "0": false
            default: throw FieldProblem(.wrongType(expected: "true or false"))
            }
        }
        let shape = Shape.boolean.tolerating([.integer(0...1), .oneOfTexts(["0", "1", "true", "false"])])
        return Value(
            shape,
            placeholder: false,
            read: { view throws(FieldProblem) in
                if let bool = view.bool { return bool }
                if let number = view.int64 { return try check(String(number)) }
                return try check(view.string ?? "")
            },
            readText: check
        )
    }
}

extension Value<Username> {
    /// A legal user name.
    public static var username: Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> Username in
            guard let name = Username(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(128))))
            }
            return name
        }
        let shape = Shape.string(length: 1...64, pattern: "^(?!\\.{1,2}$)[A-Za-z0-9_.-]{1,64}$")
        return textual(shape, placeholder: Username(stored: "user1", key: "user1"), check)
    }
}

extension Value {
    /// A list, in JSON only, of at most so many elements.
    public static func list<Element>(of element: Value<Element>, maximum: Int) -> Value
    where Result == [Element] {
        Value(
            .array(element.shape, maximum: maximum),
            placeholder: [element.placeholder],
            read: { view throws(FieldProblem) in
                guard view.kind == .array else { throw FieldProblem(.wrongType(expected: "an array")) }
                guard view.count <= maximum else {
                    throw FieldProblem(.tooLong(maximum: maximum, unit: "elements"))
                }
                var list: [Element] = []
                list.reserveCapacity(view.count)
                for item in view.elements {
                    do throws(FieldProblem) {
                        list.append(try element.read(item))
                    } catch {
                        throw error.inside("[\(list.count)]")
                    }
                }
                return list
            },
            readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an array")) }
        )
    }
}
