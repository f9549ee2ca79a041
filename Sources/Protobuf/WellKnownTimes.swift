// Timestamp and Duration: messages in the binary form, texts in JSON.

public import JSON

/// `google.protobuf.Timestamp`: a moment, in JSON as RFC 3339 has it.
public struct ProtobufTimestamp: ProtobufMessage {
    /// Since 1970.
    public var seconds: Int64 = 0
    /// 0 to 999 999 999.
    public var nanoseconds: Int32 = 0

    /// 1970.
    public init() {}

    /// A moment.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The fields.
    public static let schema = MessageSchema<ProtobufTimestamp>(
        "google.protobuf.Timestamp",
        [.field(1, "seconds", \.seconds), .field(2, "nanos", \.nanoseconds)]
    )
    /// Its own.
    public static var type: FieldType { .timestamp }

    /// The years 1 to 9999, and nanoseconds of one second: what has a text.
    public var isValid: Bool {
        Self.range.contains(seconds) && (0..<1_000_000_000).contains(nanoseconds)
    }

    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// RFC 3339 with `Z` or an offset, and up to nine digits of a fraction.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        guard let text = json.string else {
            throw ProtobufError(.wrongType(expected: "a time as RFC 3339 has it"))
        }
        guard let moment = TimeText.timestamp(text) else { throw ProtobufError(.illegal(text)) }
        self = moment
    }

    /// RFC 3339 with `Z`, and 0, 3, 6 or 9 digits of a fraction.
    ///
    /// A moment without a text has the nearest one's.
    public func write(to json: inout JSONWriter) { json.string(TimeText.text(of: self)) }
}

/// `google.protobuf.Duration`: a span of time, in JSON seconds with an `s` behind.
public struct ProtobufDuration: ProtobufMessage {
    /// Whole seconds.
    public var seconds: Int64 = 0
    /// Of the same sign, below a second.
    public var nanoseconds: Int32 = 0

    /// None.
    public init() {}

    /// A span.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The fields.
    public static let schema = MessageSchema<ProtobufDuration>(
        "google.protobuf.Duration",
        [.field(1, "seconds", \.seconds), .field(2, "nanos", \.nanoseconds)]
    )
    /// Its own.
    public static var type: FieldType { .duration }

    static let maximumSeconds: Int64 = 315_576_000_000

    /// `3600s`, `-1.5s`.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        guard let text = json.string else {
            throw ProtobufError(.wrongType(expected: "seconds with an s behind"))
        }
        guard let span = TimeText.duration(text) else { throw ProtobufError(.illegal(text)) }
        self = span
    }

    /// Seconds with 0, 3, 6 or 9 digits of a fraction.
    public func write(to json: inout JSONWriter) { json.string(TimeText.text(of: self)) }
}
