// Tags: the number of a field and how its value is written.

/// How a value is written (protobuf's encoding, section "Message Structure").
public enum WireType: UInt8, Sendable {
    /// Seven bits a byte, lowest first.
    case varint = 0
    /// Eight bytes, lowest first.
    case fixed64 = 1
    /// A varint with the number of bytes, and the bytes.
    case bytes = 2
    /// Four bytes, lowest first.
    case fixed32 = 5
}

/// The tag that precedes each value.
public struct WireTag: Equatable, Sendable {
    /// 1 to 2^29 - 1.
    public let number: Int
    /// How the value is written.
    public let type: WireType

    /// Memberwise.
    public init(_ number: Int, _ type: WireType) {
        self.number = number
        self.type = type
    }

    /// The largest number of a field.
    public static let maximumNumber = 1 << 29 - 1

    var code: UInt64 { UInt64(number) << 3 | UInt64(type.rawValue) }
}
