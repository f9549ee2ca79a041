// Figure 12: messages to a large group, pushed to those of its members who are connected.

import Domain
import Glibc
import Reactor

/// Deliveries a second while a backend sends to a group of 1000 of whom 200 are connected, over 32 connections.
struct DeliveryFigure: Figure {
    let number = 12
    let title = "deliveries to a group of 1000 with 200 connected"

    private static let members = 1000
    private static let online = 200
    private static let senders = 32

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        let application = try seed.application(in: data)
        try seed.fill(data, 0..<1) { (index, store) throws(Failure) in
            try Conversations.make(index, of: 1...Self.members, application, in: store)
        }
        let server = try ServerProcess(place.executable, data: data)
        let token = try seed.token(from: server)
        // Not its owner, who sends.
        let people = try seed.tokens(of: 2..<Self.online + 2, from: server, with: token)
        let client = try SocketClient(port: server.port, tokens: people)
        let request = Requests.one(
            "POST",
            "/messages",
            token: token,
            body: Requests.message(
                "see you at the station at six",
                from: Seed.name(1),
                to: Conversations.id(of: 0),
                "chatgroups"
            )
        )
        var rates = Series()
        for _ in 0..<place.count(5, quick: 1) {
            rates.append(try deliver(request, through: server, to: client, each: place.count(16, quick: 4)))
        }
        try server.stop()
        return [
            Row(
                "12. deliveries, REST to a group of 1000 with 200 connected",
                ours: rates,
                unit: .perSecond,
                bar: .atLeast(20_000)
            )
        ]
    }

    /// Sends so many messages over each connection, one behind the other, and waits for the last delivery.
    private func deliver(
        _ request: [UInt8],
        through server: ServerProcess,
        to client: SocketClient,
        each: Int
    ) throws -> Double {
        let connections = try (0..<Self.senders).map { _ in
            try HTTPConnection.connect(port: server.port).take()
        }
        defer { for connection in connections { close(connection) } }
        let requests = Array(repeatElement(request, count: each).joined())
        let expected = Self.senders * each * Self.online
        let start = Clock.nanoseconds()
        for connection in connections { try HTTPConnection.send(requests, to: connection) }
        var delivered = 0
        while delivered < expected {
            guard try client.receive(waitingMilliseconds: 10_000, { _, _ in delivered += 1 }) else {
                throw BenchmarkError("\(expected - delivered) of \(expected) deliveries are missing")
            }
        }
        return Double(delivered) / Clock.seconds(since: start)
    }
}
