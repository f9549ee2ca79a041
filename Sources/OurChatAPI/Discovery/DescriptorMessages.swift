// The messages that describe definitions of messages (google/protobuf/descriptor.proto), as far as they are used here.

import Protobuf

struct FileDescriptorProto: ProtobufMessage {
    var name = ""
    var package = ""
    var dependency: [String] = []
    var messageType: [DescriptorProto] = []
    var enumType: [EnumDescriptorProto] = []
    var service: [ServiceDescriptorProto] = []
    var syntax = ""

    static let schema = MessageSchema<FileDescriptorProto>(
        "google.protobuf.FileDescriptorProto",
        [
            .field(1, "name", \.name), .field(2, "package", \.package),
            .repeated(3, "dependency", \.dependency), .repeated(4, "message_type", \.messageType),
            .repeated(5, "enum_type", \.enumType), .repeated(6, "service", \.service),
            .field(12, "syntax", \.syntax),
        ]
    )
}

struct DescriptorProto: ProtobufMessage {
    var name = ""
    var field: [FieldDescriptorProto] = []
    var nestedType: [DescriptorProto] = []
    var enumType: [EnumDescriptorProto] = []
    var oneofDecl: [NamedDescriptorProto] = []

    static let schema = MessageSchema<DescriptorProto>(
        "google.protobuf.DescriptorProto",
        [
            .field(1, "name", \.name), .repeated(2, "field", \.field),
            .repeated(3, "nested_type", \.nestedType), .repeated(4, "enum_type", \.enumType),
            .repeated(8, "oneof_decl", \.oneofDecl),
        ]
    )
}

/// A `oneof`.
struct NamedDescriptorProto: ProtobufMessage {
    var name = ""

    static let schema = MessageSchema<NamedDescriptorProto>(
        "google.protobuf.OneofDescriptorProto",
        [.field(1, "name", \.name)]
    )
}

struct FieldDescriptorProto: ProtobufMessage {
    var name = ""
    var number: Int32 = 0
    var label: Int32 = 0
    var type: Int32 = 0
    var typeName = ""
    var oneofIndex: Int32?
    var jsonName = ""
    var isProto3Optional = false

    static let schema = MessageSchema<FieldDescriptorProto>(
        "google.protobuf.FieldDescriptorProto",
        [
            .field(1, "name", \.name), .field(3, "number", \.number), .field(4, "label", \.label),
            .field(5, "type", \.type), .field(6, "type_name", \.typeName),
            .optional(9, "oneof_index", \.oneofIndex), .field(10, "json_name", \.jsonName),
            .field(17, "proto3_optional", \.isProto3Optional),
        ]
    )
}

struct EnumDescriptorProto: ProtobufMessage {
    var name = ""
    var value: [EnumValueDescriptorProto] = []

    static let schema = MessageSchema<EnumDescriptorProto>(
        "google.protobuf.EnumDescriptorProto",
        [.field(1, "name", \.name), .repeated(2, "value", \.value)]
    )
}

struct EnumValueDescriptorProto: ProtobufMessage {
    var name = ""
    // Sent for 0, too.
    var number: Int32?

    static let schema = MessageSchema<EnumValueDescriptorProto>(
        "google.protobuf.EnumValueDescriptorProto",
        [.field(1, "name", \.name), .optional(2, "number", \.number)]
    )
}

struct ServiceDescriptorProto: ProtobufMessage {
    var name = ""
    var method: [MethodDescriptorProto] = []

    static let schema = MessageSchema<ServiceDescriptorProto>(
        "google.protobuf.ServiceDescriptorProto",
        [.field(1, "name", \.name), .repeated(2, "method", \.method)]
    )
}

struct MethodDescriptorProto: ProtobufMessage {
    var name = ""
    var inputType = ""
    var outputType = ""
    var isClientStreaming = false
    var isServerStreaming = false

    static let schema = MessageSchema<MethodDescriptorProto>(
        "google.protobuf.MethodDescriptorProto",
        [
            .field(1, "name", \.name), .field(2, "input_type", \.inputType),
            .field(3, "output_type", \.outputType),
            .field(5, "client_streaming", \.isClientStreaming),
            .field(6, "server_streaming", \.isServerStreaming),
        ]
    )
}
