// One value of a document, read where it stands.

/// A value in a document; it keeps the document alive, and copying it costs one reference count.
///
/// Every accessor answers nil for a value of another kind, so a field of a request is read with
/// `body["username"]?.string`, and a wrong type is told apart from an absent key by `body["username"]` alone.
public struct JSONView: Sendable {
    /// The kind of a value.
    public enum Kind: Equatable, Sendable {
        case null, bool, number, string, array, object
    }

    let tape: Tape
    let index: Int

    init(_ tape: Tape, _ index: Int) {
        self.tape = tape
        self.index = index
    }

    private var node: Node { tape.nodes[index] }

    private func number<Value>(in node: Node, _ read: (Span<UInt8>) -> Value) -> Value {
        let bytes = tape.bytes
        return read(bytes.span.extracting(Int(node.start)..<Int(node.end)))
    }

    /// The kind of this value.
    public var kind: Kind {
        switch node.tag {
        case .null: .null
        case .false, .true: .bool
        case .integer, .real: .number
        case .plainString, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Whether this is `null`.
    public var isNull: Bool { node.tag == .null }

    /// The value of `true` or `false`.
    public var bool: Bool? {
        switch node.tag {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// The text of a string, unescaped; it may hold any character, U+0000 too.
    public var string: String? {
        let node = node
        guard node.tag == .plainString || node.tag == .escapedString else { return nil }
        return tape.text(of: node)
    }

    /// Whether this is a string with exactly this text, compared as bytes; allocates nothing.
    public func isString(_ text: StaticString) -> Bool {
        let node = node
        guard node.tag == .plainString || node.tag == .escapedString else { return false }
        return text.withUTF8Buffer { tape.textIsEqual(node, $0.span) }
    }

    /// An integer literal that fits; `1.0` and `1e3` are not integers.
    public var int64: Int64? {
        let node = node
        return node.tag == .integer ? number(in: node, signedInteger) : nil
    }

    /// An integer literal that fits, as `Int`.
    public var int: Int? { int64.flatMap { Int(exactly: $0) } }

    /// An integer literal that fits and is not negative; `1.0` and `1e3` are not integers.
    public var uint64: UInt64? {
        let node = node
        return node.tag == .integer ? number(in: node, unsignedInteger) : nil
    }

    /// The nearest value to any number; never infinite, and zero for what is too small to tell from it.
    public var double: Double? {
        let node = node
        return node.tag == .integer || node.tag == .real ? number(in: node, floatingPoint) : nil
    }

    /// How many elements an array or members an object has; 0 for everything else.
    public var count: Int { node.count }

    /// The member of an object with this key, compared as bytes; nil if there is none or this is no object.
    ///
    /// Members are walked in order: a few nanoseconds each, and no allocation.
    public subscript(key: StaticString) -> JSONView? {
        key.withUTF8Buffer { member(named: $0.span) }
    }

    /// The member of an object with this key, compared as bytes; nil if there is none or this is no object.
    ///
    /// Generic because for subscripts the compiler would prefer a plain `String` to `StaticString` for a
    /// literal.
    @_disfavoredOverload
    public subscript(key: some StringProtocol) -> JSONView? {
        var key = String(key)
        return key.withUTF8 { member(named: $0.span) }
    }

    private func member(named wanted: Span<UInt8>) -> JSONView? {
        tape.value(ofKey: wanted, inObjectAt: index).map { JSONView(tape, $0) }
    }

    /// The value's exact bytes in the document, for passing it through unread; shares the document's memory.
    public var text: ArraySlice<UInt8> {
        let node = node
        return tape.bytes[Int(node.start)..<Int(node.end)]
    }

    /// Where the value begins in the document, in bytes from 0.
    public var offset: Int { Int(node.start) }
}
