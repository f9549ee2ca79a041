// Messages of BasicService.

import Protobuf

struct TimestampResponse: ProtobufMessage {
    var timestamp: ProtobufTimestamp?

    static let schema = MessageSchema<TimestampResponse>(
        "service.basic.v1.TimestampResponse",
        [.optional(1, "timestamp", \.timestamp)]
    )
}

enum RunningStatus: Int32, ProtobufEnumeration {
    case unspecified = 0
    case normal, maintaining

    static let protobufName = "service.basic.server.v1.RunningStatus"
    static let prefix = "RUNNING_STATUS_"
}

struct ServerVersion: ProtobufMessage {
    var major: Int32 = 0
    var minor: Int32 = 0
    var patch: Int32 = 0

    static let schema = MessageSchema<ServerVersion>(
        "service.basic.server.v1.ServerVersion",
        [.field(1, "major", \.major), .field(2, "minor", \.minor), .field(3, "patch", \.patch)]
    )
}

struct GetServerInfoResponse: ProtobufMessage {
    var status = EnumerationValue<RunningStatus>()
    var serverVersion: ServerVersion?
    var uniqueIdentifier = ""
    var serverName = ""

    static let schema = MessageSchema<GetServerInfoResponse>(
        "service.basic.server.v1.GetServerInfoResponse",
        [
            .field(1, "status", \.status), .optional(3, "server_version", \.serverVersion),
            .field(4, "unique_identifier", \.uniqueIdentifier), .field(5, "server_name", \.serverName),
        ]
    )
}

struct GetIDRequest: ProtobufMessage {
    var ocid = ""

    static let schema = MessageSchema<GetIDRequest>(
        "service.basic.v1.GetIdRequest",
        [.field(1, "ocid", \.ocid)]
    )
}

struct GetIDResponse: ProtobufMessage {
    var id: UInt64 = 0

    static let schema = MessageSchema<GetIDResponse>(
        "service.basic.v1.GetIdResponse",
        [.field(1, "id", \.id)]
    )
}

struct GetPresetUserStatusResponse: ProtobufMessage {
    var contents: [String] = []

    static let schema = MessageSchema<GetPresetUserStatusResponse>(
        "service.basic.preset_user_status.v1.GetPresetUserStatusResponse",
        [.repeated(1, "contents", \.contents)]
    )
}
