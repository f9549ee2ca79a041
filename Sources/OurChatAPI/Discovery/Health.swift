// grpc.health.v1.Health: whether the services can be called, for balancers and supervisors.

import Domain
import HTTP
import Protobuf
import Routing

enum ServingStatus: Int32, ProtobufEnumeration {
    case unknown = 0
    case serving, notServing, serviceUnknown

    static let protobufName = "grpc.health.v1.HealthCheckResponse.ServingStatus"
    static let prefix = ""
}

struct HealthCheckRequest: ProtobufMessage {
    var service = ""

    static let schema = MessageSchema<HealthCheckRequest>(
        "grpc.health.v1.HealthCheckRequest",
        [.field(1, "service", \.service)]
    )
}

struct HealthCheckResponse: ProtobufMessage {
    var status = EnumerationValue<ServingStatus>()

    static let schema = MessageSchema<HealthCheckResponse>(
        "grpc.health.v1.HealthCheckResponse",
        [.field(1, "status", \.status)]
    )
}

enum Health {
    /// The server as a whole, by an empty name, and each of OurChat's services.
    private static let services: Set<String> = Set(Method.Service.allCases.map(\.rawValue) + [""])

    private static func status(isUnderMaintenance: Bool) -> HealthCheckResponse {
        HealthCheckResponse(status: EnumerationValue(isUnderMaintenance ? .notServing : .serving))
    }

    /// The state at the moment.
    ///
    /// - Throws: `.notFound(.service, …)`.
    static func check(_ call: Call, _ request: HealthCheckRequest) throws(Failure) -> HealthCheckResponse {
        guard services.contains(request.service) else {
            throw .notFound(.service, id: String(request.service.prefix(64)))
        }
        return status(isUnderMaintenance: call.services.operations.isUnderMaintenance)
    }

    static let watchAction = MethodAction(
        HealthCheckRequest.self,
        HealthCheckResponse.self,
        givesStream: true,
        .watch(.stream(HealthCheckResponse.schema.description.replyShape), watch)
    )

    /// The state, and each change of it; of a service that isn't known, that it may come yet.
    private static func watch(
        _ call: Call,
        _ request: StreamRequest<HealthCheckRequest>
    ) throws(Failure) -> Watch {
        let form = request.form
        let isKnown = services.contains(request.message.service)
        let unknown = HealthCheckResponse(status: EnumerationValue(.serviceUnknown))
        return Watch(form.streamHead) { isUnderMaintenance in
            form.envelope(isKnown ? status(isUnderMaintenance: isUnderMaintenance) : unknown)
        }
    }
}
