// Figure 13: what a connected user who says nothing costs.

import Glibc

/// Resident memory that ten thousand idle sockets add, for each.
struct SocketMemoryFigure: Figure {
    let number = 13
    let title = "memory of 10 000 idle sockets"

    private static let sockets = 10_000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let count = place.count(Self.sockets, quick: 1000)
        let room = String(2 * Self.sockets)
        let server = try place.server(
            on: seed,
            flags: ["--connections", room, "--connections-per-address", room]
        )
        let token = try seed.token(from: server)
        let people = try seed.tokens(of: 1..<count + 1, from: server, with: token)
        let alone = try ProcessFacts.residentMegabytes(server.processID)
        let client = try SocketClient(port: server.port, tokens: people)
        // The first question of each is answered, so that nothing is on its way any more.
        while try client.receive(waitingMilliseconds: 500, { _, _ in }) {}
        let crowded = try withExtendedLifetime(client) {
            try ProcessFacts.residentMegabytes(server.processID)
        }
        try server.stop()
        var each = Series()
        each.append((crowded - alone) * 1024 / Double(count))
        return [
            Row("13. memory of an idle socket, of \(count)", ours: each, unit: .kilobytes, bar: .atMost(8))
        ]
    }
}
