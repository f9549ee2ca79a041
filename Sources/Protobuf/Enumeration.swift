// Enumerations: open, so that a number which nobody has named yet is a value too.

public import JSON

/// The named values of an enumeration; the first is 0 and stands for an absent field.
public protocol ProtobufEnumeration: CaseIterable, Equatable, Sendable, RawRepresentable
where RawValue == Int32 {
    /// Its name with its package.
    static var protobufName: String { get }
    /// The prefix of each value's name: `QUERY_VALUES_`.
    static var prefix: String { get }
}

extension ProtobufEnumeration {
    /// The value's name: its case in capitals behind the prefix.
    public var protobufName: String {
        var name = Self.prefix
        for byte in "\(self)".utf8 {
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if isCapital { name += "_" }
            let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            name.unicodeScalars.append(Unicode.Scalar(isSmall ? byte & ~0x20 : byte))
        }
        return name
    }
}

/// The value of a field: one of the named ones, or another number.
public struct EnumerationValue<Named: ProtobufEnumeration>: ProtobufValue {
    /// The number.
    public let number: Int32

    /// 0.
    public init() { number = 0 }

    /// A named value.
    public init(_ named: Named) { number = named.rawValue }

    /// Any number.
    public init(number: Int32) { self.number = number }

    /// The named value; nil for a number without a name.
    public var named: Named? { Named(rawValue: number) }

    /// The enumeration with its values.
    public static var type: FieldType {
        .enumeration(
            EnumerationDescription(
                name: Named.protobufName,
                values: Named.allCases.map { ($0.protobufName, $0.rawValue) }
            )
        )
    }
    /// A varint.
    public static var wireType: WireType { .varint }
    /// Any number.
    public mutating func read(from reader: inout WireReader) throws(ProtobufError) {
        self = EnumerationValue(number: Int32(truncatingIfNeeded: try reader.varint()))
    }
    /// The number, as an `int32` is.
    public func write(to writer: inout WireWriter) { writer.varint(UInt64(truncatingIfNeeded: number)) }
    /// A name, or any number.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        if let text = json.string {
            guard let named = Named.allCases.first(where: { $0.protobufName == text }) else {
                throw ProtobufError(.illegal(text))
            }
            self = EnumerationValue(named)
        } else {
            guard json.kind == .number else {
                throw ProtobufError(.wrongType(expected: "a name or a number"))
            }
            var number: Int32 = 0
            try number.read(from: json)
            self = EnumerationValue(number: number)
        }
    }
    /// The name; the number where there is none.
    public func write(to json: inout JSONWriter) {
        if let named { json.string(named.protobufName) } else { json.integer(Int64(number)) }
    }
}
