// Figure 10: how many messages wait for a user.

import Domain

/// The latency of the offline count of a user for whom 10 000 messages wait, 100 in each of 100 conversations.
struct OfflineCountFigure: Figure {
    let number = 10
    let title = "offline count of 10 000 messages in 100 conversations"

    private static let senders = 100
    private static let messages = 10_000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        try seed.fill(data, 0..<Self.messages) { (number, store) throws(Failure) in
            try MessageFigure.send("message \(number)", from: 2 + number % Self.senders, to: 1, in: store)
        }
        let server = try ServerProcess(place.executable, data: data)
        let request = Requests.one(
            "GET",
            "/users/\(Seed.name(1))/offline_msg_count",
            token: try seed.token(from: server)
        )
        var connection = try server.connect()
        let reply = try connection.exchangeOK(request)
        guard reply.text.contains("\"\(Seed.name(1))\":\(Self.messages)") else {
            throw BenchmarkError("the offline count is wrong: \(reply.text)")
        }
        var times = Series()
        for _ in 0..<place.count(9, quick: 3) {
            var round = Series()
            for _ in 0..<place.count(200, quick: 50) {
                round.append(try Clock.seconds { _ = try connection.exchangeOK(request) })
            }
            times.append(round.median * 1000)
        }
        try server.stop()
        return [
            Row(
                "10. offline count, 10 000 waiting in 100 conversations",
                ours: times,
                unit: .milliseconds,
                bar: .atMost(5)
            )
        ]
    }
}
