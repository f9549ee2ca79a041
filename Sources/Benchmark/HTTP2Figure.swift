// Figure 16: HTTP/2 beside HTTP/1.1, and gRPC beside the Connect protocol.

/// GET of a user by one connection with 32 streams, beside 32 connections of HTTP/1.1; and GetId as a call of gRPC,
/// beside the same call of the Connect protocol.
struct HTTP2Figure: Figure {
    let number = 16
    let title = "HTTP/2 ÷ HTTP/1.1, gRPC ÷ Connect"

    private static let call =
        "/\(Seed.organization)/\(Seed.application)/service.basic.v1.BasicService/GetId"

    func measure(in place: Workplace) throws -> [Row] {
        let name = "16. GET user over HTTP/2, 1 × 32 streams, one loop ÷ HTTP/1.1, 32 connections"
        guard let load = try HTTP2Load(requests: place.count(60_000, quick: 5000), in: place) else {
            return [
                Row(
                    name,
                    absent: "h2load is not installed (apt-get install nghttp2-client)",
                    isFailure: false
                )
            ]
        }
        let seed = try place.seed(users: 10_000)
        let server = try place.server(on: seed, flags: ["--loops", "1"])
        let token = try seed.token(from: server)
        let user = "/\(Seed.organization)/\(Seed.application)/users/\(Seed.name(1))"
        let mine = ["authorization: Bearer \(token)"]
        let rounds = place.count(5, quick: 2)
        let gets = try Series.interleaved(
            rounds: rounds,
            [
                { try load.run(.streams, user, port: server.port, fields: mine) },
                { try load.run(.connections, user, port: server.port, fields: mine) },
            ]
        )
        let message = Self.message(ocid: Seed.name(1))
        let plain = try load.file("connect", message)
        let enveloped = try load.file("grpc", [0, 0, 0, 0, UInt8(message.count)] + message)
        let calls = try Series.interleaved(
            rounds: rounds,
            [
                {
                    try load.run(
                        .streams,
                        Self.call,
                        port: server.port,
                        fields: ["content-type: application/grpc", "te: trailers"],
                        bodyPath: enveloped
                    )
                },
                {
                    try load.run(
                        .streams,
                        Self.call,
                        port: server.port,
                        fields: ["content-type: application/proto"],
                        bodyPath: plain
                    )
                },
            ]
        )
        try server.stop()
        return [
            Row(name, ours: gets[0], yardstick: gets[1], unit: .perSecond, bar: .atLeast(0.70)),
            Row(
                "16. GetId by gRPC ÷ by Connect, both 1 × 32 streams",
                ours: calls[0],
                yardstick: calls[1],
                unit: .perSecond,
                bar: .atLeast(0.80)
            ),
        ]
    }

    /// `GetIdRequest` in the binary form.
    private static func message(ocid: String) -> [UInt8] {
        [0x0A, UInt8(ocid.utf8.count)] + Array(ocid.utf8)
    }
}
