// Reads the binary form, value by value, within a budget.

/// Reads values from the bytes of one message.
///
/// A message inside another is read by the same reader, whose end is moved in for as long.
public struct WireReader: Sendable {
    private let source: [UInt8]
    private var position: Int
    private var end: Int
    private var depth: Int
    private var elements: Int
    private let limits: ProtobufLimits

    /// A reader of one message.
    public init(_ bytes: [UInt8], limits: ProtobufLimits = ProtobufLimits()) {
        source = bytes
        position = 0
        end = bytes.count
        depth = 1
        elements = 0
        self.limits = limits
    }

    /// Whether the message has been read to its end.
    public var isAtEnd: Bool { position == end }

    /// The next value's tag; nil at the end of the message.
    public mutating func tag() throws(ProtobufError) -> WireTag? {
        guard position < end else { return nil }
        let code = try varint()
        let number = code >> 3
        guard number >= 1, number <= UInt64(WireTag.maximumNumber) else { throw ProtobufError(.badTag) }
        switch code & 7 {
        case 3, 4: throw ProtobufError(.group)
        case let type:
            guard let type = WireType(rawValue: UInt8(type)) else { throw ProtobufError(.badTag) }
            return WireTag(Int(number), type)
        }
    }

    /// A varint of at most ten bytes and 64 bits.
    public mutating func varint() throws(ProtobufError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < end else { throw ProtobufError(.truncated) }
            let byte = source[position]
            position += 1
            // The tenth byte has one bit to give.
            guard shift < 63 || byte <= 1 else { throw ProtobufError(.longVarint) }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// A varint in which small magnitudes of either sign are short (`sint64`, and `sint32` by its low half).
    public mutating func zigzag() throws(ProtobufError) -> Int64 {
        let code = try varint()
        return Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1)
    }

    /// Four bytes, lowest first.
    public mutating func fixed32() throws(ProtobufError) -> UInt32 {
        UInt32(truncatingIfNeeded: try fixed(4))
    }

    /// Eight bytes, lowest first.
    public mutating func fixed64() throws(ProtobufError) -> UInt64 { try fixed(8) }

    private mutating func fixed(_ count: Int) throws(ProtobufError) -> UInt64 {
        guard end - position >= count else { throw ProtobufError(.truncated) }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(source[position + index]) << UInt64(8 * index) }
        position += count
        return value
    }

    /// Bytes with their number before them.
    public mutating func bytes() throws(ProtobufError) -> ArraySlice<UInt8> {
        let count = try varint()
        guard count <= UInt64(end - position) else { throw ProtobufError(.truncated) }
        defer { position += Int(count) }
        return source[position..<position + Int(count)]
    }

    /// A text: bytes that must be UTF-8.
    public mutating func string() throws(ProtobufError) -> String {
        guard let text = String(validating: try bytes(), as: UTF8.self) else { throw ProtobufError(.badUTF8) }
        return text
    }

    /// Steps over a value that nobody asked for.
    public mutating func skip(_ type: WireType) throws(ProtobufError) {
        switch type {
        case .varint: _ = try varint()
        case .fixed64: _ = try fixed64()
        case .fixed32: _ = try fixed32()
        case .bytes: _ = try bytes()
        }
    }

    /// Enters a message inside this one, or a packed list; `leave` with the result comes back.
    mutating func enter(isMessage: Bool) throws(ProtobufError) -> Int {
        let count = try varint()
        guard count <= UInt64(end - position) else { throw ProtobufError(.truncated) }
        if isMessage {
            guard depth < limits.depth else { throw ProtobufError(.tooDeep(maximum: limits.depth)) }
            depth += 1
        }
        let outer = end
        end = position + Int(count)
        return outer
    }

    mutating func leave(to outer: Int, isMessage: Bool) {
        if isMessage { depth -= 1 }
        end = outer
    }

    /// Counts one element of a list against the limit.
    mutating func countElement() throws(ProtobufError) {
        elements += 1
        guard elements <= limits.elements else {
            throw ProtobufError(.tooManyElements(maximum: limits.elements))
        }
    }
}
