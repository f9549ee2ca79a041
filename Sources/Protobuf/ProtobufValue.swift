// Values of fields: each reads and writes itself in both forms.

public import JSON

/// A value that a field can have, in the binary form and in protobuf's JSON mapping.
public protocol ProtobufValue: Equatable, Sendable {
    /// The type's name in a declaration.
    static var type: FieldType { get }
    /// How it is written.
    static var wireType: WireType { get }
    /// The value of an absent field.
    init()
    /// Reads one; what is read into a message is merged with what it has, anything else is replaced.
    mutating func read(from reader: inout WireReader) throws(ProtobufError)
    /// Writes it, behind its tag.
    func write(to writer: inout WireWriter)
    /// Reads one, which is not null, in place of what is there.
    mutating func read(from json: JSONView) throws(ProtobufError)
    /// Writes it as the next value.
    func write(to json: inout JSONWriter)
}

extension ProtobufValue {
    /// Whether it is what an absent field has, so that it isn't written where presence doesn't matter.
    var isDefault: Bool { self == Self() }
}

extension Bool: ProtobufValue {
    /// `bool`.
    public static var type: FieldType { .scalar("bool") }
    /// A varint.
    public static var wireType: WireType { .varint }
    /// Any varint but 0 is true.
    public mutating func read(from reader: inout WireReader) throws(ProtobufError) {
        self = try reader.varint() != 0
    }
    /// 0 or 1.
    public func write(to writer: inout WireWriter) { writer.varint(self ? 1 : 0) }
    /// `true` or `false`.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        guard let bool = json.bool else { throw ProtobufError(.wrongType(expected: "true or false")) }
        self = bool
    }
    /// `true` or `false`.
    public func write(to json: inout JSONWriter) { json.bool(self) }
}

extension String: ProtobufValue {
    /// `string`.
    public static var type: FieldType { .scalar("string") }
    /// Length and bytes.
    public static var wireType: WireType { .bytes }
    /// UTF-8.
    public mutating func read(from reader: inout WireReader) throws(ProtobufError) {
        self = try reader.string()
    }
    /// UTF-8.
    public func write(to writer: inout WireWriter) { writer.bytes(utf8) }
    /// A string.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        guard let text = json.string else { throw ProtobufError(.wrongType(expected: "a string")) }
        self = text
    }
    /// A string.
    public func write(to json: inout JSONWriter) { json.string(self) }
}

extension [UInt8]: ProtobufValue {
    /// `bytes`.
    public static var type: FieldType { .scalar("bytes") }
    /// Length and bytes.
    public static var wireType: WireType { .bytes }
    /// As they are.
    public mutating func read(from reader: inout WireReader) throws(ProtobufError) {
        self = Array(try reader.bytes())
    }
    /// As they are.
    public func write(to writer: inout WireWriter) { writer.bytes(self) }
    /// Base64 of either alphabet, padded or not.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        guard let text = json.string else { throw ProtobufError(.wrongType(expected: "a string of base64")) }
        guard let bytes = Base64.decode(text) else { throw ProtobufError(.illegal(text)) }
        self = bytes
    }
    /// Base64, padded.
    public func write(to json: inout JSONWriter) { json.string(Base64.encode(self)) }
}
