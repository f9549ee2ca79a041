// Figure 8: sending to a large group beside sending to a small one.

import Domain

/// Texts by a member over 64 connections, to a group of 2000 and to a group of 2, in turns on one server.
struct GroupMessageFigure: Figure {
    let number = 8
    let title = "send to a group of 2000 ÷ to a group of 2"

    private static let sizes = [2000, 2]

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        let application = try seed.application(in: data)
        try seed.fill(data, 0..<Self.sizes.count) { (index, store) throws(Failure) in
            try Conversations.make(index, of: 1...Self.sizes[index], application, in: store)
        }
        let server = try ServerProcess(place.executable, data: data)
        let token = try seed.token(from: server)
        let client = try LoadClient(port: server.port, connections: 64)
        let count = place.count(10_000, quick: 2000)
        var sent = 0
        let rates = try Series.interleaved(
            rounds: place.count(7, quick: 2),
            Self.sizes.indices.map { index in
                let group = Conversations.id(of: index)
                let request = Requests.one(
                    "POST",
                    "/messages",
                    token: token,
                    body: Requests.message(
                        "see you at the station at six",
                        from: Seed.name(1),
                        to: group,
                        "chatgroups"
                    )
                )
                return {
                    let run = try client.run(0..<count, seconds: 5) { _, bytes in bytes += request }
                    sent += run.replies
                    return Double(run.replies) / run.seconds
                }
            }
        )
        var connection = try server.connect()
        try Self.check(
            try connection.exchangeOK(
                Requests.one("GET", "/users/\(Seed.name(2))/offline_msg_count", token: token)
            ),
            waiting: sent
        )
        try server.stop()
        return [
            Row(
                "8. send to a group of 2000, 64 connections ÷ to a group of 2",
                ours: rates[0],
                yardstick: rates[1],
                unit: .perSecond,
                bar: .atLeast(0.8)
            )
        ]
    }

    /// Whether all that was sent waits for a member of both groups.
    private static func check(_ reply: HTTPConnection.Reply, waiting: Int) throws {
        guard reply.text.contains("\"\(Seed.name(2))\":\(waiting)") else {
            throw BenchmarkError("not all messages wait for the members: \(reply.text)")
        }
    }
}
