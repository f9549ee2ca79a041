// The table of the services that clients of gRPC expect beside those they come for: health, and what is served.

import Domain
import HTTP
import Routing

enum CallServices {
    static let rows: [MethodRow] = [
        row(
            "grpc.health.v1.Health",
            "Check",
            as: "checkHealth",
            "Tell whether the server, or one of its services, can be called.",
            failures: [.notFound(.service, id: "service.Unknown")],
            .pure(Health.check)
        ),
        row(
            "grpc.health.v1.Health",
            "Watch",
            as: "watchHealth",
            "Tell the same, and each change, for as long as the client listens.",
            Health.watchAction
        ),
        reflection("grpc.reflection.v1", as: "reflectServer"),
        reflection("grpc.reflection.v1alpha", as: "reflectServerAlpha"),
    ]

    /// The definitions of all that is served.
    static let files = DescriptorFiles(OurChatAPI.rows + rows)

    private static func reflection(_ package: String, as name: String) -> MethodRow {
        row(
            "\(package).ServerReflection",
            "ServerReflectionInfo",
            as: name,
            "Tell which services there are and how their messages are declared, one answer for each question.",
            Reflection.action { files }.moved(from: "grpc.reflection.v1", to: package)
        )
    }

    private static func row(
        _ service: String,
        _ name: String,
        as operation: String,
        _ summary: String,
        failures: [Failure] = [],
        _ action: MethodAction
    ) -> MethodRow {
        let route = Route(
            .post,
            "/{org}/{app}/\(service)/\(name)",
            operation,
            summary,
            auth: .open,
            failures: failures,
            servedInMaintenance: true,
            action.action
        ).speaking(ConnectDialect(isStreamed: action.action.bodyKind == .envelopes))
        return MethodRow(service: service, name: name, action: action, routes: [route])
    }
}
