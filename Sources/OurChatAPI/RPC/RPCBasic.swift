// BasicService: what anybody may ask.

import Domain
import Protobuf
import Routing

enum RPCBasic {
    static func timestamp(
        _ call: Call,
        _: EmptyMessage<Empty.TimestampRequest>
    ) throws(Failure) -> TimestampResponse {
        TimestampResponse(timestamp: ProtobufTimestamp(call.now))
    }

    static func ping(
        _ call: Call,
        _: EmptyMessage<Empty.PingRequest>
    ) throws(Failure) -> EmptyMessage<Empty.PingResponse> {
        EmptyMessage()
    }

    /// Answered under maintenance, too.
    static func info(
        _ call: Call,
        _: EmptyMessage<Empty.GetServerInfoRequest>
    ) throws(Failure) -> GetServerInfoResponse {
        GetServerInfoResponse(
            status: EnumerationValue(call.services.operations.isUnderMaintenance ? .maintaining : .normal),
            serverVersion: ServerVersion(major: 0, minor: 1, patch: 0),
            uniqueIdentifier: call.application.uuid.text,
            serverName: call.application.name
        )
    }

    static func id(_ call: Call, _ input: GetIDRequest, _ store: any Reader) throws(Failure) -> GetIDResponse
    {
        let user = try Username(input.ocid).flatMap { name throws(Failure) in try store.user(named: name) }
        guard let user else { throw .notFound(.user, id: String(input.ocid.prefix(64))) }
        return GetIDResponse(id: UInt64(user.id))
    }

    /// None: the interface has no way to make them.
    static func presetStatus(
        _ call: Call,
        _: EmptyMessage<Empty.GetPresetUserStatusRequest>
    ) throws(Failure) -> GetPresetUserStatusResponse {
        GetPresetUserStatusResponse()
    }
}
