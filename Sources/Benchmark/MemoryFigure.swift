// Figure 6: resident memory, alone and with idle connections.

import Glibc
import Reactor

/// How much memory a server takes that has started and answered, and what idle connections add.
struct MemoryFigure: Figure {
    let number = 6
    let title = "resident memory"

    private static let connections = 1000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        var alone = Series()
        var crowded = Series()
        for _ in 0..<place.count(3, quick: 1) {
            let server = try place.server(on: seed)
            let request = Requests.one(
                "GET",
                "/users/\(Seed.name(5000))",
                token: try seed.token(from: server)
            )
            var connection = try server.connect()
            _ = try connection.exchangeOK(request)
            alone.append(try ProcessFacts.residentMegabytes(server.processID))
            crowded.append(try residentMegabytes(of: server, after: request))
            try server.stop()
        }
        return [
            Row("6. resident memory, idle", ours: alone, unit: .megabytes, bar: .atMost(25)),
            Row(
                "6. … with \(Self.connections) idle connections",
                ours: crowded,
                unit: .megabytes,
                bar: .atMost(40)
            ),
        ]
    }

    /// Opens the connections, uses each once, and looks while all are open.
    private func residentMegabytes(of server: ServerProcess, after request: [UInt8]) throws -> Double {
        let client = try LoadClient(port: server.port, connections: Self.connections)
        // One request for each connection: all are sent before the first reply is read.
        _ = try client.run(0..<Self.connections, seconds: 10) { _, bytes in bytes += request }
        // The last replies are on their way while the server still gives buffers back.
        usleep(200_000)
        return try withExtendedLifetime(client) { try ProcessFacts.residentMegabytes(server.processID) }
    }
}
