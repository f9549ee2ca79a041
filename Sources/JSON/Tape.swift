// The checked bytes of a document and the flat list of its values, shared by every view of it.

/// One value or key of a document: where it is, what it is, and how to step over it.
///
/// Sixteen bytes. Values stand in document order: a container's node is followed by the nodes of what it
/// holds, and a member is its key's node followed by its value's.
struct Node {
    /// The kind of value that a node's bytes spell.
    enum Tag: UInt8 {
        case null, `false`, `true`
        /// Digits with an optional minus sign, within `Int64` or `UInt64`.
        case integer
        /// A number with a fraction or an exponent, within `Double`.
        case real
        /// A string, or a key, whose bytes between the quotes are its text.
        case plainString
        /// A string, or a key, with at least one escape.
        case escapedString
        case array, object
    }

    /// The offset of the first byte.
    let start: UInt32
    /// The offset after the last byte.
    var end: UInt32
    /// In a container the index after its last node (while it is open, the index of the container around it);
    /// in a key its fingerprint.
    var link: UInt32
    /// The tag in the low 4 bits, the number of elements or members above.
    private(set) var info: UInt32

    /// The largest number of elements that `info` can count, hence of nodes in a tape.
    static var countLimit: Int { 1 << 28 - 1 }

    /// The link of a container with none around it.
    static var outermost: UInt32 { .max }

    init(_ tag: Tag, start: Int, end: Int, link: UInt32 = 0) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.link = link
        info = UInt32(tag.rawValue)
    }

    var tag: Tag {
        // Every node is made by the initialiser above, so the low bits are always a tag.
        Tag(rawValue: UInt8(truncatingIfNeeded: info & 15)) ?? .null
    }

    var isContainer: Bool { info & 15 >= UInt32(Tag.array.rawValue) }

    var count: Int { Int(info >> 4) }

    mutating func countOneMore() { info &+= 16 }

    /// Where the text of a string or key is, without its quotes.
    var content: Range<Int> { Int(start) + 1..<Int(end) - 1 }
}

/// A document that has passed every check; immutable, so its views may be read from any thread.
final class Tape: Sendable {
    let bytes: [UInt8]
    let nodes: [Node]

    init(bytes: [UInt8], nodes: [Node]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    /// The index after a value and everything in it.
    func index(after index: Int) -> Int {
        let node = nodes[index]
        return node.isContainer ? Int(node.link) : index + 1
    }

    /// The text of a string or key, unescaped.
    func text(of node: Node) -> String {
        bytes.withUnsafeBufferPointer { document in
            let content = UnsafeBufferPointer(rebasing: document[node.content])
            guard node.tag == .escapedString else { return String(decoding: content, as: UTF8.self) }
            return String(decoding: unescape(content.span), as: UTF8.self)
        }
    }

    /// Whether the unescaped text of a string is exactly these bytes; allocates nothing.
    func textIsEqual(_ node: Node, _ wanted: Span<UInt8>) -> Bool {
        let bytes = bytes
        return equals(bytes.span, node, wanted)
    }

    /// The index of the value that an object has under this key, unescaped; allocates nothing.
    func value(ofKey wanted: Span<UInt8>, inObjectAt object: Int) -> Int? {
        let (nodes, bytes) = (nodes, bytes)
        let (tape, document) = (nodes.span, bytes.span)
        guard tape[object].tag == .object else { return nil }
        let end = Int(tape[object].link)
        var key = object + 1
        while key < end {
            if equals(document, tape[key], wanted) { return key + 1 }
            let value = tape[key + 1]
            key = value.isContainer ? Int(value.link) : key + 2
        }
        return nil
    }
}

/// Whether the unescaped text of a string or key in this document is exactly `wanted`.
@inline(__always)
private func equals(_ document: Span<UInt8>, _ node: Node, _ wanted: Span<UInt8>) -> Bool {
    if node.tag == .escapedString {
        return unescaped(document.extracting(node.content), equals: wanted)
    }
    let (start, count) = (Int(node.start) + 1, wanted.count)
    guard Int(node.end) - 1 - start == count else { return false }
    for index in 0..<count where document[start + index] != wanted[index] { return false }
    return true
}
