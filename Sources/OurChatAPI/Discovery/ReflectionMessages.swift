// Messages of server reflection (grpc/reflection/v1/reflection.proto); those of v1alpha differ in their package only.

import Protobuf

struct ReflectionRequest: ProtobufMessage {
    enum Question: Equatable {
        case fileByName(String)
        case fileContainingSymbol(String)
        case fileContainingExtension(ExtensionRequest)
        case allExtensionNumbers(String)
        case listServices(String)
    }

    var host = ""
    var question: Question?

    static let schema = MessageSchema<ReflectionRequest>(
        "grpc.reflection.v1.ServerReflectionRequest",
        [
            .field(1, "host", \.host),
            .member(3, "file_by_filename", of: "message_request", \.question, Question.fileByName) {
                if case .fileByName(let name) = $0 { name } else { nil }
            },
            .member(
                4,
                "file_containing_symbol",
                of: "message_request",
                \.question,
                Question.fileContainingSymbol
            ) {
                if case .fileContainingSymbol(let name) = $0 { name } else { nil }
            },
            .member(
                5,
                "file_containing_extension",
                of: "message_request",
                \.question,
                Question.fileContainingExtension
            ) {
                if case .fileContainingExtension(let request) = $0 { request } else { nil }
            },
            .member(
                6,
                "all_extension_numbers_of_type",
                of: "message_request",
                \.question,
                Question.allExtensionNumbers
            ) {
                if case .allExtensionNumbers(let name) = $0 { name } else { nil }
            },
            .member(7, "list_services", of: "message_request", \.question, Question.listServices) {
                if case .listServices(let text) = $0 { text } else { nil }
            },
        ]
    )
}

struct ExtensionRequest: ProtobufMessage {
    var containingType = ""
    var number: Int32 = 0

    static let schema = MessageSchema<ExtensionRequest>(
        "grpc.reflection.v1.ExtensionRequest",
        [.field(1, "containing_type", \.containingType), .field(2, "extension_number", \.number)]
    )
}

struct ReflectionResponse: ProtobufMessage {
    enum Answer: Equatable {
        case files(FileDescriptorResponse)
        case extensionNumbers(ExtensionNumberResponse)
        case services(ListServiceResponse)
        case error(ErrorResponse)
    }

    var validHost = ""
    var originalRequest: ReflectionRequest?
    var answer: Answer?

    static let schema = MessageSchema<ReflectionResponse>(
        "grpc.reflection.v1.ServerReflectionResponse",
        [
            .field(1, "valid_host", \.validHost), .optional(2, "original_request", \.originalRequest),
            .member(4, "file_descriptor_response", of: "message_response", \.answer, Answer.files) {
                if case .files(let files) = $0 { files } else { nil }
            },
            .member(
                5,
                "all_extension_numbers_response",
                of: "message_response",
                \.answer,
                Answer.extensionNumbers
            ) {
                if case .extensionNumbers(let numbers) = $0 { numbers } else { nil }
            },
            .member(6, "list_services_response", of: "message_response", \.answer, Answer.services) {
                if case .services(let services) = $0 { services } else { nil }
            },
            .member(7, "error_response", of: "message_response", \.answer, Answer.error) {
                if case .error(let error) = $0 { error } else { nil }
            },
        ]
    )
}

struct FileDescriptorResponse: ProtobufMessage {
    var fileDescriptorProto: [[UInt8]] = []

    static let schema = MessageSchema<FileDescriptorResponse>(
        "grpc.reflection.v1.FileDescriptorResponse",
        [.repeated(1, "file_descriptor_proto", \.fileDescriptorProto)]
    )
}

struct ExtensionNumberResponse: ProtobufMessage {
    var baseTypeName = ""
    var numbers: [Int32] = []

    static let schema = MessageSchema<ExtensionNumberResponse>(
        "grpc.reflection.v1.ExtensionNumberResponse",
        [.field(1, "base_type_name", \.baseTypeName), .repeated(2, "extension_number", \.numbers)]
    )
}

struct ListServiceResponse: ProtobufMessage {
    var service: [ServiceResponse] = []

    static let schema = MessageSchema<ListServiceResponse>(
        "grpc.reflection.v1.ListServiceResponse",
        [.repeated(1, "service", \.service)]
    )
}

struct ServiceResponse: ProtobufMessage {
    var name = ""

    static let schema = MessageSchema<ServiceResponse>(
        "grpc.reflection.v1.ServiceResponse",
        [.field(1, "name", \.name)]
    )
}

struct ErrorResponse: ProtobufMessage {
    var code: Int32 = 0
    var message = ""

    static let schema = MessageSchema<ErrorResponse>(
        "grpc.reflection.v1.ErrorResponse",
        [.field(1, "error_code", \.code), .field(2, "error_message", \.message)]
    )
}
