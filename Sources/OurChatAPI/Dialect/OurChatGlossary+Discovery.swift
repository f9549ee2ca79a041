// The meanings of names in the OurChat dialect: health and reflection.

extension OurChatGlossary {
    /// Health of the server, and questions about what it serves.
    static let discoveryWords: [String: String] = [
        "grpc.health.v1.HealthCheckRequest.service":
            "The full name of a service; empty for the server as a whole.",
        "host": "The host that the client has called; not looked at.",
        "validHost": "The host of the question.",
        "originalRequest": "The question that is answered.",
        "fileByFilename": "The file of this name.",
        "fileContainingSymbol": "The file that declares this service, method or message, by its full name.",
        "fileContainingExtension": "The file that declares this extension; there are none.",
        "allExtensionNumbersOfType": "The numbers of all extensions of this message; there are none.",
        "listServices": "All services; the text isn't looked at.",
        "containingType": "The full name of the extended message.",
        "extensionNumber": "The number of an extension, or those of all.",
        "fileDescriptorResponse": "The files that were asked for, with those that they import.",
        "allExtensionNumbersResponse": "The numbers of extensions.",
        "listServicesResponse": "The services.",
        "errorResponse": "The refusal of the question.",
        "fileDescriptorProto": "Each file as a FileDescriptorProto, in base64.",
        "baseTypeName": "The full name of the extended message.",
        "grpc.reflection.v1.ListServiceResponse.service": "The services, by their full names.",
        "errorCode": "The number of a status of gRPC.",
        "errorMessage": "The refusal as a sentence.",
        "user_id": "The id of the account whose picture is wanted, in decimal digits.",
    ]
}
