// Figure 4: a page far down a long list beside its first page.

import Domain

/// The latency of a page of 100 users at row 900 000 of 1 000 000, and of the first page.
///
/// Requests alternate on one connection; a round is the median of each kind.
struct PageFigure: Figure {
    let number = 4
    let title = "page at row 900 000 of 1 000 000"

    private static let users = 1_000_000
    private static let row = 900_000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: Self.users)
        // In place, not on a copy: no other figure uses a million users.
        let server = try ServerProcess(place.executable, data: seed.folder)
        let token = try seed.token(from: server)
        let first = Requests.one("GET", "/users?limit=100", token: token)
        let deep = Requests.one(
            "GET",
            "/users?limit=100&cursor=\(seed.cursor(after: Self.row).text)",
            token: token
        )
        var connection = try server.connect()
        try Self.check(try connection.exchangeOK(first), startsAfter: 0)
        try Self.check(try connection.exchangeOK(deep), startsAfter: Self.row)

        var series = (deep: Series(), first: Series())
        for _ in 0..<place.count(9, quick: 3) {
            var round = (deep: Series(), first: Series())
            for _ in 0..<place.count(200, quick: 50) {
                round.first.append(try Clock.seconds { _ = try connection.exchangeOK(first) })
                round.deep.append(try Clock.seconds { _ = try connection.exchangeOK(deep) })
            }
            series.first.append(round.first.median * 1e6)
            series.deep.append(round.deep.median * 1e6)
        }
        try server.stop()
        return [
            Row(
                "4. page of 100 at row 900 000 of 1 000 000 ÷ first page",
                ours: series.deep,
                yardstick: series.first,
                unit: .microseconds,
                bar: .atMost(1.2)
            )
        ]
    }

    /// Whether the page holds exactly the hundred users behind the row.
    private static func check(_ reply: HTTPConnection.Reply, startsAfter row: Int) throws {
        let body = reply.text
        let names = body.split(separator: "\"username\":\"").dropFirst().map { $0.prefix(11) }
        let expected = ((row + 1)...(row + 100)).map { Seed.name($0)[...] }
        guard names == expected else {
            throw BenchmarkError("the page behind row \(row) is wrong: \(body.prefix(500))")
        }
    }
}
