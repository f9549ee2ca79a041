// Lists: packed into one value where their elements are numbers, and read in either form.

import JSON

extension MessageField {
    /// A list, in order.
    ///
    /// Numbers are written packed, and read packed or not.
    public static func repeated<Value: ProtobufValue>(
        _ number: Int,
        _ name: String,
        _ path: any WritableKeyPath<Owner, [Value]> & Sendable
    ) -> MessageField {
        let json = lowerCamelCase(name)
        let isPacked = Value.wireType != .bytes
        return MessageField(
            number,
            name,
            .repeated,
            Value.type,
            accepts: { $0 == Value.wireType || $0 == .bytes },
            readBinary: { owner, type, reader throws(ProtobufError) in
                if isPacked, type == .bytes {
                    try readPacked(into: &owner[keyPath: path], &reader)
                } else {
                    try readElement(into: &owner[keyPath: path], &reader)
                }
            },
            writeBinary: { owner, writer in
                let list = owner[keyPath: path]
                guard !list.isEmpty else { return }
                guard isPacked else {
                    for value in list { writer.value(value, number) }
                    return
                }
                writer.tag(WireTag(number, .bytes))
                writer.enclosed { inner in for value in list { value.write(to: &inner) } }
            },
            readJSON: { owner, view throws(ProtobufError) in
                owner[keyPath: path] = try list(in: view)
            },
            writeJSON: { owner, writer in
                let list = owner[keyPath: path]
                guard !list.isEmpty else { return }
                writer.key(json)
                writer.beginArray()
                for value in list { value.write(to: &writer) }
                writer.endArray()
            }
        )
    }

    private static func readElement<Value: ProtobufValue>(
        into list: inout [Value],
        _ reader: inout WireReader
    ) throws(ProtobufError) {
        try reader.countElement()
        var value = Value()
        do throws(ProtobufError) {
            try value.read(from: &reader)
        } catch {
            throw error.inside("[\(list.count)]")
        }
        list.append(value)
    }

    private static func readPacked<Value: ProtobufValue>(
        into list: inout [Value],
        _ reader: inout WireReader
    ) throws(ProtobufError) {
        let outer = try reader.enter(isMessage: false)
        while !reader.isAtEnd { try readElement(into: &list, &reader) }
        reader.leave(to: outer, isMessage: false)
    }

    private static func list<Value: ProtobufValue>(in view: JSONView) throws(ProtobufError) -> [Value] {
        guard view.kind == .array else { throw ProtobufError(.wrongType(expected: "an array")) }
        var list: [Value] = []
        list.reserveCapacity(view.count)
        for element in view.elements {
            var value = Value()
            do throws(ProtobufError) {
                guard !element.isNull else {
                    throw ProtobufError(.wrongType(expected: "a value that is not null"))
                }
                try value.read(from: element)
            } catch {
                throw error.inside("[\(list.count)]")
            }
            list.append(value)
        }
        return list
    }
}
