// The definitions of the services as files that clients learn them from: made of the declarations that serve them.

import Protobuf

/// Every file, by its name and by the names that it defines.
struct DescriptorFiles: Sendable {
    /// The names of the services, sorted.
    let services: [String]
    private var files: [String: FileDescriptorProto] = [:]
    private var bytes: [String: [UInt8]] = [:]
    private var fileNames: [String: String] = [:]
    private var messageNames: Set<String> = []

    /// Describes the services of these methods, and every message that they lead to.
    init(_ rows: [MethodRow]) {
        services = Set(rows.map(\.service)).sorted()
        for row in rows {
            add(row.action.request)
            add(row.action.reply)
        }
        for service in services { add(service, rows.filter { $0.service == service }) }
        for name in files.keys {
            let needed = dependencies(of: name)
            files[name]?.dependency = needed
        }
        bytes = files.mapValues(\.binary)
    }

    /// The file of that name and those that it depends on, itself first; nil where there is none.
    func file(named name: String) -> [[UInt8]]? {
        guard files[name] != nil else { return nil }
        var order = [name]
        var position = 0
        while position < order.count {
            let next = files[order[position]]?.dependency ?? []
            order += next.filter { !order.contains($0) }
            position += 1
        }
        return order.compactMap { bytes[$0] }
    }

    /// The same for the file that defines a service, a method, a message, a field, an enumeration or one of its values.
    func file(defining name: String) -> [[UInt8]]? { fileNames[name].flatMap { file(named: $0) } }

    /// Whether there is a message of that name.
    func hasMessage(_ name: String) -> Bool { messageNames.contains(name) }

    // MARK: Names

    /// A full name, taken apart: packages begin with a small letter, types with a capital.
    private struct TypeName {
        let package: String
        let path: [String]

        init(_ name: String) {
            let parts = name.split(separator: ".").map(String.init)
            let isCapital = { (part: String) in part.first?.isUppercase == true }
            let first = parts.firstIndex(where: isCapital) ?? parts.count
            package = parts[..<first].joined(separator: ".")
            path = Array(parts[first...])
        }

        /// `service/basic/v1/basic.proto` for `service.basic.v1`, as the definitions are filed.
        var fileName: String {
            let parts = package.split(separator: ".")
            let stem = parts.dropLast().last ?? "file"
            return (parts + ["\(stem).proto"]).joined(separator: "/")
        }
    }

    // MARK: Messages and enumerations

    private mutating func add(_ message: MessageDescription) {
        guard messageNames.insert(message.name).inserted else { return }
        let name = TypeName(message.name)
        var proto = DescriptorProto()
        proto.name = name.path.last ?? ""
        for field in message.fields { proto.add(field) }
        proto.addOptionalGroups()
        define(name, message.name) {
            $0.messageType.append(proto)
        } within: {
            $0.nestedType.append(proto)
        }
        for field in message.fields {
            fileNames["\(message.name).\(field.name)"] = fileNames[message.name]
            switch field.type {
            case .message(let inner): add(inner())
            case .enumeration(let enumeration): add(enumeration)
            case .timestamp, .duration: addTime(field.type.typeName)
            case .scalar: break
            }
        }
    }

    /// `google.protobuf.Timestamp` or `.Duration`.
    private mutating func addTime(_ fullName: String) {
        guard messageNames.insert(fullName).inserted else { return }
        let short = String(fullName.split(separator: ".").last ?? "")
        let fields = [("seconds", "int64"), ("nanos", "int32")].enumerated().map { index, field in
            FieldDescriptorProto(
                name: field.0,
                number: Int32(index + 1),
                label: 1,
                type: FieldType.scalar(field.1).number,
                jsonName: field.0
            )
        }
        let file = "google/protobuf/\(short.lowercased()).proto"
        files[file] = FileDescriptorProto(
            name: file,
            package: "google.protobuf",
            messageType: [DescriptorProto(name: short, field: fields)],
            syntax: "proto3"
        )
        fileNames[fullName] = file
    }

    private mutating func add(_ enumeration: EnumerationDescription) {
        guard fileNames[enumeration.name] == nil else { return }
        let name = TypeName(enumeration.name)
        let proto = EnumDescriptorProto(
            name: name.path.last ?? "",
            value: enumeration.values.map { EnumValueDescriptorProto(name: $0.name, number: $0.number) }
        )
        define(name, enumeration.name) {
            $0.enumType.append(proto)
        } within: {
            $0.enumType.append(proto)
        }
        // Values are named beside their enumeration, not within it.
        let scope = enumeration.name.split(separator: ".").dropLast().joined(separator: ".")
        for value in enumeration.values {
            fileNames["\(scope).\(value.name)"] = fileNames[enumeration.name]
        }
    }

    /// Puts a definition into its file, or into the message that it stands in.
    private mutating func define(
        _ name: TypeName,
        _ fullName: String,
        _ atTop: (inout FileDescriptorProto) -> Void,
        within: (inout DescriptorProto) -> Void
    ) {
        var file =
            files[name.fileName]
            ?? FileDescriptorProto(name: name.fileName, package: name.package, syntax: "proto3")
        let outer = name.path.count > 1 ? name.path[name.path.count - 2] : nil
        if let index = file.messageType.firstIndex(where: { $0.name == outer }) {
            within(&file.messageType[index])
        } else {
            atTop(&file)
        }
        files[name.fileName] = file
        fileNames[fullName] = name.fileName
    }

    // MARK: Services

    private mutating func add(_ service: String, _ rows: [MethodRow]) {
        let name = TypeName(service)
        let proto = ServiceDescriptorProto(
            name: name.path.last ?? "",
            method: rows.map { row in
                MethodDescriptorProto(
                    name: row.name,
                    inputType: ".\(row.action.request.name)",
                    outputType: ".\(row.action.reply.name)",
                    isClientStreaming: row.action.takesStream,
                    isServerStreaming: row.action.givesStream
                )
            }
        )
        var file =
            files[name.fileName]
            ?? FileDescriptorProto(name: name.fileName, package: name.package, syntax: "proto3")
        file.service.append(proto)
        files[name.fileName] = file
        fileNames[service] = name.fileName
        for row in rows { fileNames["\(service).\(row.name)"] = name.fileName }
    }

    /// The other files that a file names types of, sorted.
    private func dependencies(of name: String) -> [String] {
        guard let file = files[name] else { return [] }
        let fields = file.messageType.flatMap { $0.field + $0.nestedType.flatMap(\.field) }
        let methods = file.service.flatMap(\.method)
        let types = fields.map(\.typeName) + methods.flatMap { [$0.inputType, $0.outputType] }
        let needed = types.compactMap { fileNames[String($0.dropFirst())] }
        return Set(needed).subtracting([name]).sorted()
    }
}

extension DescriptorProto {
    fileprivate mutating func add(_ field: FieldDescription) {
        var proto = FieldDescriptorProto(
            name: field.name,
            number: Int32(field.number),
            label: field.label == .repeated ? 3 : 1,
            type: field.type.number,
            typeName: field.type.typeName.isEmpty ? "" : ".\(field.type.typeName)",
            jsonName: field.jsonName
        )
        if case .oneOf(let group) = field.label {
            let index = oneofDecl.firstIndex { $0.name == group }
            if index == nil { oneofDecl.append(NamedDescriptorProto(name: group)) }
            proto.oneofIndex = Int32(index ?? oneofDecl.count - 1)
        }
        // Of a message it is always known whether it is there.
        proto.isProto3Optional = field.label == .optional && proto.type != FieldType.messageNumber
        self.field.append(proto)
    }

    /// Each optional field is a group of its own, behind those that are declared.
    fileprivate mutating func addOptionalGroups() {
        for index in field.indices where field[index].isProto3Optional {
            field[index].oneofIndex = Int32(oneofDecl.count)
            oneofDecl.append(NamedDescriptorProto(name: "_\(field[index].name)"))
        }
    }
}

extension FieldType {
    fileprivate static let messageNumber: Int32 = 11

    /// `FieldDescriptorProto.Type`.
    fileprivate var number: Int32 {
        switch self {
        case .scalar(let name): Self.numbers[name] ?? 0
        case .enumeration: 14
        case .message, .timestamp, .duration: Self.messageNumber
        }
    }

    private static let numbers: [String: Int32] = [
        "double": 1, "float": 2, "int64": 3, "uint64": 4, "int32": 5, "fixed64": 6, "fixed32": 7, "bool": 8,
        "string": 9, "bytes": 12, "uint32": 13, "sfixed32": 15, "sfixed64": 16, "sint32": 17, "sint64": 18,
    ]

    /// Empty for a scalar.
    fileprivate var typeName: String {
        switch self {
        case .scalar: ""
        case .enumeration(let enumeration): enumeration.name
        case .message(let description): description().name
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        }
    }
}
