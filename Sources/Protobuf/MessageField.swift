// The declaration of one field: number, name, and the property that holds it.

import JSON

/// One field of a message.
///
/// Its factory says how often it stands there, the property's type says of what.
///
/// A class, so that reading a message doesn't copy each field with its closures.
public final class MessageField<Owner>: Sendable {
    /// The declaration as others read it.
    let description: FieldDescription
    /// Whether a wire type may carry it; else it is stepped over like an unknown field.
    let accepts: @Sendable (WireType) -> Bool
    let readBinary: @Sendable (inout Owner, WireType, inout WireReader) throws(ProtobufError) -> Void
    let writeBinary: @Sendable (Owner, inout WireWriter) -> Void
    let readJSON: @Sendable (inout Owner, JSONView) throws(ProtobufError) -> Void
    let writeJSON: @Sendable (Owner, inout JSONWriter) -> Void

    init(
        _ number: Int,
        _ name: String,
        _ label: FieldDescription.Label,
        _ type: FieldType,
        accepts: @escaping @Sendable (WireType) -> Bool,
        readBinary:
            @escaping @Sendable (inout Owner, WireType, inout WireReader) throws(ProtobufError) -> Void,
        writeBinary: @escaping @Sendable (Owner, inout WireWriter) -> Void,
        readJSON: @escaping @Sendable (inout Owner, JSONView) throws(ProtobufError) -> Void,
        writeJSON: @escaping @Sendable (Owner, inout JSONWriter) -> Void
    ) {
        precondition((1...WireTag.maximumNumber).contains(number), "\(name) has no possible number")
        description = FieldDescription(
            number: number,
            name: name,
            jsonName: Self.lowerCamelCase(name),
            label: label,
            type: type
        )
        self.accepts = accepts
        self.readBinary = readBinary
        self.writeBinary = writeBinary
        self.readJSON = readJSON
        self.writeJSON = writeJSON
    }

    /// `session_id` is `sessionId`.
    static func lowerCamelCase(_ name: String) -> String {
        var result = ""
        var isCapital = false
        for character in name {
            if character == "_" {
                isCapital = true
            } else {
                result += isCapital ? character.uppercased() : String(character)
                isCapital = false
            }
        }
        return result
    }
}

extension MessageField {
    /// A field that always has a value; its default isn't sent.
    public static func field<Value: ProtobufValue>(
        _ number: Int,
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value> & Sendable
    ) -> MessageField {
        let json = lowerCamelCase(name)
        return MessageField(
            number,
            name,
            .singular,
            Value.type,
            accepts: { $0 == Value.wireType },
            readBinary: { owner, _, reader throws(ProtobufError) in
                try owner[keyPath: path].read(from: &reader)
            },
            writeBinary: { owner, writer in
                let value = owner[keyPath: path]
                if !value.isDefault { writer.value(value, number) }
            },
            readJSON: { owner, view throws(ProtobufError) in try owner[keyPath: path].read(from: view) },
            writeJSON: { owner, writer in
                let value = owner[keyPath: path]
                if !value.isDefault { writer.member(json, value) }
            }
        )
    }

    /// A field that has a value or none; every message in a message is one.
    public static func optional<Value: ProtobufValue>(
        _ number: Int,
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value?> & Sendable
    ) -> MessageField {
        let json = lowerCamelCase(name)
        return MessageField(
            number,
            name,
            .optional,
            Value.type,
            accepts: { $0 == Value.wireType },
            readBinary: { owner, _, reader throws(ProtobufError) in
                var value = owner[keyPath: path] ?? Value()
                try value.read(from: &reader)
                owner[keyPath: path] = value
            },
            writeBinary: { owner, writer in
                if let value = owner[keyPath: path] { writer.value(value, number) }
            },
            readJSON: { owner, view throws(ProtobufError) in
                var value = Value()
                try value.read(from: view)
                owner[keyPath: path] = value
            },
            writeJSON: { owner, writer in
                if let value = owner[keyPath: path] { writer.member(json, value) }
            }
        )
    }

    /// One of the members of a `oneof`; of several that are sent, the last counts (in JSON there may be one).
    ///
    /// - Parameters:
    ///   - group: the name of the `oneof`.
    ///   - put: makes the property's value.
    ///   - get: the member's value, where the property is this member.
    public static func member<Union: Sendable, Value: ProtobufValue>(
        _ number: Int,
        _ name: String,
        of group: String,
        _ path: any WritableKeyPath<Owner, Union?> & Sendable,
        _ put: @escaping @Sendable (Value) -> Union,
        _ get: @escaping @Sendable (Union) -> Value?
    ) -> MessageField {
        let json = lowerCamelCase(name)
        return MessageField(
            number,
            name,
            .oneOf(group),
            Value.type,
            accepts: { $0 == Value.wireType },
            readBinary: { owner, _, reader throws(ProtobufError) in
                var value = owner[keyPath: path].flatMap(get) ?? Value()
                try value.read(from: &reader)
                owner[keyPath: path] = put(value)
            },
            writeBinary: { owner, writer in
                if let value = owner[keyPath: path].flatMap(get) { writer.value(value, number) }
            },
            readJSON: { owner, view throws(ProtobufError) in
                guard owner[keyPath: path] == nil else { throw ProtobufError(.duplicate) }
                var value = Value()
                try value.read(from: view)
                owner[keyPath: path] = put(value)
            },
            writeJSON: { owner, writer in
                if let value = owner[keyPath: path].flatMap(get) { writer.member(json, value) }
            }
        )
    }
}

extension WireWriter {
    /// A value behind its tag.
    mutating func value<Value: ProtobufValue>(_ value: Value, _ number: Int) {
        tag(WireTag(number, Value.wireType))
        value.write(to: &self)
    }
}

extension JSONWriter {
    /// A value behind its key.
    mutating func member(_ name: String, _ value: some ProtobufValue) {
        key(name)
        value.write(to: &self)
    }
}
