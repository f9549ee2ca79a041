// Messages: read and written in both forms by going through their one declaration.

public import JSON

/// A message.
///
/// Its `schema` is the one place that says which fields it has.
///
/// Unknown fields are stepped over and forgotten, in both forms: a client may be newer than the server.
public protocol ProtobufMessage: ProtobufValue {
    /// The declaration; make it once (`static let`).
    static var schema: MessageSchema<Self> { get }
}

extension ProtobufMessage {
    /// The message.
    public static var type: FieldType { .message { schema.description } }
    /// Length and bytes.
    public static var wireType: WireType { .bytes }

    /// Reads the binary form.
    public init(binary bytes: [UInt8], limits: ProtobufLimits = ProtobufLimits()) throws(ProtobufError) {
        self.init()
        var reader = WireReader(bytes, limits: limits)
        try readFields(from: &reader)
    }

    /// Reads the JSON form.
    ///
    /// Its depth and size are those of a document that has been read already.
    public init(json: JSONView) throws(ProtobufError) {
        self.init()
        try read(from: json)
    }

    /// The binary form, fields in the order of their numbers.
    public var binary: [UInt8] {
        var writer = WireWriter()
        writeFields(to: &writer)
        return writer.bytes
    }

    /// The JSON form, fields in the order of their numbers.
    public var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads a message inside another.
    public mutating func read(from reader: inout WireReader) throws(ProtobufError) {
        let outer = try reader.enter(isMessage: true)
        try readFields(from: &reader)
        reader.leave(to: outer, isMessage: true)
    }

    /// Writes it with its length.
    public func write(to writer: inout WireWriter) {
        writer.enclosed { writeFields(to: &$0) }
    }

    private mutating func readFields(from reader: inout WireReader) throws(ProtobufError) {
        let fields = Self.schema.fields
        while let tag = try reader.tag() {
            guard let field = fields.first(where: { $0.description.number == tag.number }),
                field.accepts(tag.type)
            else {
                try reader.skip(tag.type)
                continue
            }
            do throws(ProtobufError) {
                try field.readBinary(&self, tag.type, &reader)
            } catch {
                throw error.inside(field.description.name)
            }
        }
    }

    private func writeFields(to writer: inout WireWriter) {
        for field in Self.schema.fields { field.writeBinary(self, &writer) }
    }

    /// Reads an object; each field under either of its names, `null` as absent.
    public mutating func read(from json: JSONView) throws(ProtobufError) {
        guard json.kind == .object else { throw ProtobufError(.wrongType(expected: "an object")) }
        for field in Self.schema.fields {
            let description = field.description
            let spelled = json[description.jsonName]
            let original = description.name == description.jsonName ? nil : json[description.name]
            if spelled != nil, original != nil { throw ProtobufError(.duplicate, at: description.name) }
            guard let value = spelled ?? original, !value.isNull else { continue }
            do throws(ProtobufError) {
                try field.readJSON(&self, value)
            } catch {
                throw error.inside(description.name)
            }
        }
    }

    /// Writes an object with the lower-camel-case names.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        for field in Self.schema.fields { field.writeJSON(self, &json) }
        json.endObject()
    }
}
