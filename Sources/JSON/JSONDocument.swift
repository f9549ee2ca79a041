// The entry of the reader: bytes in, a checked document or the reason why not.

/// A document that RFC 8259 allows, and that has one reading only.
///
/// The whole document is checked here: syntax, UTF-8, escapes, number ranges, duplicate keys, depth.
/// Reading values out of it afterwards can't fail, except by finding nothing. It keeps its bytes and 16
/// bytes for each value and key. Cost: one pass and two allocations for ordinary bodies; never more than
/// linear in the input.
public struct JSONDocument: Sendable {
    private let tape: Tape

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document; white space around its one value is allowed, nothing else is.
    ///   - maximumDepth: How many arrays and objects may be open at once, at most 1024; 0 allows only
    ///     scalars.
    ///   - maximumNodes: How many values and keys there may be, at most 2^28 - 1; it bounds the memory,
    ///     since two bytes of input (`1,`) become 16 of tape.
    /// - Throws: The first refusal met in document order. A duplicate key is met where its object ends.
    public init(
        _ bytes: [UInt8],
        maximumDepth: Int = 64,
        maximumNodes: Int = 1_000_000
    ) throws(JSONError) {
        // `JSONView.value()` and `JSONWriter.value(_:)` recurse, hence a bound that any stack can hold.
        precondition(0...1024 ~= maximumDepth, "maximumDepth must lie between 0 and 1024")
        precondition(1...Node.countLimit ~= maximumNodes, "maximumNodes must lie between 1 and 2^28 - 1")
        var builder = TapeBuilder(depthLimit: maximumDepth, nodeLimit: maximumNodes, inputCount: bytes.count)
        try builder.build(bytes.span)
        tape = Tape(bytes: bytes, nodes: builder.nodes)
    }

    /// The document's one value.
    public var root: JSONView { JSONView(tape, 0) }
}
