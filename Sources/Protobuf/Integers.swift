// Whole numbers: varints, and in JSON numbers or, beyond 32 bits, decimal texts.

public import JSON

/// A whole number that is written as a varint.
public protocol ProtobufInteger: ProtobufValue, FixedWidthInteger {
    /// Its name in a declaration.
    static var typeName: String { get }
}

extension ProtobufInteger {
    /// Its name.
    public static var type: FieldType { .scalar(typeName) }
    /// A varint.
    public static var wireType: WireType { .varint }
    /// The low bits of a varint: a number that was declared wider is cut, as protobuf demands.
    public mutating func read(from reader: inout WireReader) throws(ProtobufError) {
        self = Self(truncatingIfNeeded: try reader.varint())
    }
    /// A varint of 64 bits: a negative number has ten bytes.
    public func write(to writer: inout WireWriter) { writer.varint(UInt64(truncatingIfNeeded: self)) }
    /// A number without a fraction, however it is spelled, or its decimal text.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        let number: Self?
        switch json.kind {
        case .number:
            number =
                json.int64.flatMap(Self.init(exactly:)) ?? json.uint64.flatMap(Self.init(exactly:))
                ?? json.double.flatMap(Self.init(exactly:))
        case .string:
            let text = json.string ?? ""
            // Swift's reader takes a plus sign, protobuf's doesn't.
            number = text.utf8.first == UInt8(ascii: "+") ? nil : Self(text)
        default:
            throw ProtobufError(.wrongType(expected: "a whole number"))
        }
        guard let number else { throw ProtobufError(.illegal(String(decoding: json.text, as: UTF8.self))) }
        self = number
    }
    /// A number; of 64 bits its text, since many readers have 53 bits only.
    public func write(to json: inout JSONWriter) {
        if Self.bitWidth > 32 { json.string(String(self)) } else { json.integer(self) }
    }
}

extension Int32: ProtobufInteger {
    /// `int32`.
    public static var typeName: String { "int32" }
}

extension Int64: ProtobufInteger {
    /// `int64`.
    public static var typeName: String { "int64" }
}

extension UInt32: ProtobufInteger {
    /// `uint32`.
    public static var typeName: String { "uint32" }
}

extension UInt64: ProtobufInteger {
    /// `uint64`.
    public static var typeName: String { "uint64" }
}
